"""Fail where the built site would load anything from elsewhere, or lost a picture or a font of its own."""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser
from pathlib import Path

SITE = Path(__file__).resolve().parents[1] / "site"
LOADS = {"src", "srcset", "poster", "data"}
LINKS = {"stylesheet", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "icon", "manifest"}
STYLE = re.compile(r"url\(\s*['\"]?([^'\")\s]+)|@import\s+['\"]([^'\"]+)")
OUTSIDE = re.compile(r"^(?:[a-z]+:)?//", re.IGNORECASE)


class Loads(HTMLParser):
    """Collects what a page loads by itself; a link for the reader to follow is not a load."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note sources and stylesheets."""
        given = {name: value or "" for name, value in attrs}
        if tag == "link" and LINKS & set(given.get("rel", "").split()):
            self.found.append(given.get("href", ""))
        if tag != "a":
            self.found += [given[name] for name in LOADS & set(given)]
        self.found += [a or b for a, b in STYLE.findall(given.get("style", ""))]


def loads(file: Path) -> list[str]:
    """Everything a page or stylesheet loads."""
    text = file.read_text("utf-8")
    if file.suffix == ".css":
        return [a or b for a, b in STYLE.findall(text)]
    page = Loads()
    page.feed(text)
    return page.found


def faults(file: Path) -> list[str]:
    """What is wrong with one file."""
    found = []
    for target in loads(file):
        place = target.split("#")[0].split("?")[0]
        if OUTSIDE.match(target):
            found.append(f"loads {target}")
        elif place and not place.startswith("data:") and not (file.parent / place).exists() and file.name != "404.html":
            found.append(f"lacks {target}")
    return [f"{file.relative_to(SITE)}: {fault}" for fault in found]


def main() -> None:
    """Check the whole site."""
    files = [f for f in SITE.rglob("*") if f.suffix in {".html", ".css"}]
    if not files:
        sys.exit("no site: run mkdocs build first")
    if found := [fault for file in files for fault in faults(file)]:
        sys.exit("\n".join(found))
    print(f"{len(files)} pages and stylesheets load nothing from elsewhere")


if __name__ == "__main__":
    main()
