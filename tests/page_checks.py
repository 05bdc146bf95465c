"""What a browser would do with a page, read from its tags: what it loads, how it is built."""

from __future__ import annotations

import re
from html.parser import HTMLParser

LOADING = {
    "script": "src",
    "link": "href",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "object": "data",
    "embed": "src",
    "image": "href",
    "use": "href",
    "base": "href",
}
VOID = {"meta", "link", "br", "img", "input", "hr", "base", "source", "embed"}


class Page(HTMLParser):
    """Tags with their attributes, the text of each element, and every resource the page would load."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.loads: list[str] = []
        self._open: list[tuple[str, list[str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        for name in ({LOADING[tag]} if tag in LOADING else set()) | {"srcset", "background", "xlink:href"}:
            value = found.get(name)
            if value and not value.startswith(("#", "data:")):
                self.loads.append(f"{tag} {name}={value}")
        self.loads += _styles(found.get("style") or "")
        if tag not in VOID:
            self._open.append((tag, []))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        name, pieces = self._open.pop()
        assert name == tag, f"</{tag}> closes <{name}>"
        text = " ".join("".join(pieces).split())
        self.texts.append((tag, text))
        if tag == "style":
            self.loads += _styles(text)
        if self._open:
            self._open[-1][1].append(f" {text} " if tag not in {"script", "style"} else "")

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[-1][1].append(data)

    @property
    def unclosed(self) -> list[str]:
        return [tag for tag, _ in self._open]

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]

    def text_of(self, *tags: str) -> list[str]:
        return [text for tag, text in self.texts if tag in tags]


def _styles(css: str) -> list[str]:
    return re.findall(r"@import[^;]+|url\((?!['\"]?(?:#|data:))[^)]*\)", css)
