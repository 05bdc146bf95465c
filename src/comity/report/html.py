"""A document as one self-contained HTML page: styles and figures inline, nothing loaded from anywhere."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from comity.model.language import language
from comity.model.words import say
from comity.report.document import Document

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

TEMPLATE = "page.html.j2"
_SIZE = re.compile(r'(<svg [^>]*?) width="([\d.]+)" height="([\d.]+)"')


def render(document: Document, kind: str, *, interactive: bool = False) -> str:
    """The whole page. ``kind`` names the sort of page in its masthead ("dossier" or "answer").

    interactive : the page carries its figures as Vega-Lite too, and the program that draws them, nearly a megabyte: a
                  browser with JavaScript tells the numbers of a mark that is pointed at. Without it nothing is lost.
    """
    page = _environment().get_template(TEMPLATE)
    words = {"kind": say(f"page.kind_{kind}"), "language": language()}
    return page.render(document=document, interactive=interactive, **words)


def fragment(document: Document) -> str:
    """The document's content without a page around it, for a notebook's cell: plain tables, no styles."""
    return _environment().get_template("fragment.html.j2").render(document=document)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("comity.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"say": say, "style": _style, "program": _program}
    made.filters |= {"tidy": tidy, "drawing": drawing, "inert": inert, "linked": str}
    return made


def tidy(text: str) -> str:
    """Numbers kept with what belongs to them: "75.0 %", "345 of 460", "1992–1999".

    >>> tidy("345 of 460 (75.0 %)"), tidy("1992–1999")
    ('345\\xa0of\\xa0460 (75.0\\xa0%)', '1992\\u2060–\\u20601999')
    """
    text = re.sub(r"(\d)–(\d)", "\\1\u2060–\u2060\\2", text)
    text = re.sub(r"(\d) %", "\\1\u00a0%", text)
    return re.sub(r"(\d) (of|trên) (\d)", "\\1\u00a0\\2\u00a0\\3", text)


def drawing(svg: str) -> Markup:
    """A figure that fills its box and follows the page's colours. The SVG is the renderer's own, hence safe."""
    from markupsafe import Markup

    return Markup(_SIZE.sub(r"\1", svg, count=1))


def inert(json: str) -> Markup:
    """JSON that cannot end the script element it stands in.

    >>> str(inert('{"title": "</script><b>&"}'))
    '{"title": "\\\\u003c/script>\\\\u003cb>&"}'
    """
    from markupsafe import Markup

    return Markup(json.replace("<", "\\u003c"))


@cache
def _program() -> Markup:
    """The libraries that draw a figure in a browser, from the renderer's own copy, and what sets them to work."""
    import vl_convert
    from markupsafe import Markup

    upgrade = (resources.files("comity.report") / "templates" / "figures.js").read_text(encoding="utf-8")
    libraries = str(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;"))
    return Markup(f"{libraries}\n{upgrade}".replace("</script", "<\\/script").replace("<!--", "<\\!--"))


@cache
def _style() -> Markup:
    from markupsafe import Markup

    return Markup((resources.files("comity.report") / "templates" / "page.css").read_text(encoding="utf-8"))
