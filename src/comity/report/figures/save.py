"""Figures to files, without a browser and without the network."""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path
from typing import Any

from comity.errors import UsageError
from comity.model.words import said
from comity.report.files import write_atomic

_ROLES = re.compile(r' (?:role="graphics-[a-z]+"|aria-roledescription="[^"]*")')
"""What the renderer says of single marks: the picture is one thing, with one name and one description."""
FORMATS = ("svg", "png", "pdf", "html", "json")


def save(figure: Any, path: str | Path, *, scale: float = 2.0) -> Path:
    """Write a figure as SVG, PNG (``scale`` pixels a unit), PDF, self-contained HTML, or Vega-Lite JSON, by suffix.

    Raises UsageError for another suffix, StoreReadOnly or StoreFull where the file cannot be written.
    """
    path = Path(path)
    return write_atomic(path, rendered(figure, format_of(path), scale=scale))


def format_of(path: Path) -> str:
    """The format a file name asks for; UsageError where there is none."""
    kind = path.suffix.lstrip(".").lower()
    if kind not in FORMATS:
        raise UsageError("Unknown figure format", got=path.name, allowed=", ".join(f".{f}" for f in FORMATS))
    return kind


def rendered(figure: Any, kind: str, *, scale: float = 2.0) -> bytes:
    """A figure in one of FORMATS."""
    import vl_convert

    made = spec(figure)
    match kind:
        case "svg":
            return svg(figure).encode()
        case "png":
            return bytes(vl_convert.vegalite_to_png(made, scale=scale))
        case "pdf":
            return bytes(vl_convert.vegalite_to_pdf(made))
        case "html":
            return str(vl_convert.vegalite_to_html(made, bundle=True)).encode()
        case _:
            return made.encode()


def svg(figure: Any, made: str | None = None) -> str:
    """The figure as SVG, for screen readers named by its title and described; ``made`` is its ``spec``, if known."""
    import vl_convert

    made = made or spec(figure)
    drawn: str = vl_convert.vegalite_to_svg(made)
    described = figure.description or ""
    name = escape(_title(json.loads(made)) or described)
    drawn = _ROLES.sub("", drawn)
    opening = f'<svg role="img" aria-label="{name}" '
    return re.sub(r"<svg ([^>]*)>", lambda m: f"{opening}{m[1]}><desc>{escape(described)}</desc>", drawn, count=1)


def _title(part: dict[str, Any]) -> str:
    """The first title of a chart or of one inside it; "" where none has any."""
    title = part.get("title")
    text = title.get("text", "") if isinstance(title, dict) else title or ""
    if text:
        return " ".join(text) if isinstance(text, list) else str(text)
    inside = (inner for kind in ("layer", "hconcat", "vconcat", "concat") for inner in part.get(kind, ()))
    return next((found for inner in inside if (found := _title(inner))), "")


def spec(figure: Any) -> str:
    """The figure as Vega-Lite JSON, what is told at a mark under its words instead of the names of fields."""
    # Each part was validated when it was made; the renderer would refuse a bad whole.
    return json.dumps(_told(figure.to_dict(validate=False)), ensure_ascii=False)


def _told(part: Any) -> Any:
    match part:
        case list():
            return [_told(inner) for inner in part]
        case dict():
            return {key: _tips(inner) if key == "tooltip" else _told(inner) for key, inner in part.items()}
        case _:
            return part


def _tips(told: Any) -> Any:
    fields = told if isinstance(told, list) else []
    return [{**tip, "title": _word(tip["field"])} for tip in fields] or told


def _word(name: str) -> str:
    return said(f"tip.{name}", name)
