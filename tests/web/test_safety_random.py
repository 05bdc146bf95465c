"""Ten thousand URLs out of a seeded grammar: nothing fails inside, nothing shows through, no other file is opened."""

from __future__ import annotations

import sys
import sysconfig
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest
from test_safety import is_sound
from web_client import Client

import comity
from comity.web.registry import registry

QUESTIONS = tuple(q for q in registry().questions.values() if not q.costly)
STATES = ("VNM", "RUS", "USA", "cow:816", "Viet Nam", "XXX", "", "2", "vnm")
WORDS = (
    "hr",
    "me",
    "all",
    "1990-1999",
    "2000-2020",
    "ASEAN",
    "year",
    "session",
    "keep",
    "drop",
    "vi",
    "en",
    "csv",
    "svg",
    "0",
    "1",
    "5",
)
GARBAGE = (
    "..", "../", "%2e%2e%2f", "%", "%zz", "%00", "%0a", "%ff", "%c3%a9", "%e2%80%ae", "<b>", "{{1}}", "'", '"',
    "\\", "~", "//", "?", "#", "&", "=", ";",
    "+", ",", ":", "set:", "title:", "subject:", "NaN", "1e999", "-1", "9" * 40, "null", "None", "true", "[]", "{}",
    "*", "$", "|", "a" * 90,
    "/etc/passwd", "file:///", "http://localhost/", "\u202e", "\u0000", "é", "中", "😀", "\x7f", " ", "%20", "%09",
)  # fmt: skip
ROOTS = ("", "", "", "/api/v1", "/api/v1", "/part", "/figure", "/cite", "/static", "/local", "/api", "/api/v2")


class Grammar:
    """URLs: mostly well formed, with a part or two that is not."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def piece(self) -> str:
        pool = self.random.choices((STATES, WORDS, GARBAGE), (4, 3, 3))[0]
        return self.random.choice(pool)

    def word(self) -> str:
        return "".join(self.piece() for _ in range(self.random.choice((1, 1, 1, 1, 2, 3))))

    def url(self) -> str:
        question = self.random.choice(QUESTIONS)
        asked = question.asked.model_validate(dict(question.example))
        fields = {n: self.word() if self.random.random() < 0.25 else str(getattr(asked, n)) for n in asked.in_path}
        path = question.path.format(**fields)
        if self.random.random() < 0.1:
            path = "/" + "/".join(self.word() for _ in range(self.random.randrange(5)))
        return self.random.choice(ROOTS) + path + self.query(question.asked.model_fields)

    def query(self, fields: Any) -> str:
        names = [*fields, "format", "form", "figure", "limit", "offset", "x"]
        parts = []
        for _ in range(self.random.choice((0, 0, 1, 1, 1, 2, 3))):
            name = self.random.choice(names) if self.random.random() < 0.9 else self.word()
            parts.append(f"{name}={self.word()}")
        return "?" + "&".join(parts) if parts else ""


opened: list[str] = []
watching = False


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if watching and event in ("open", "os.listdir", "os.scandir", "os.mkdir", "os.remove", "subprocess.Popen"):
        opened.append(str(arguments[0]))


sys.addaudithook(_watch)  # a hook cannot be taken away: it only looks while a test says so


@contextmanager
def files_opened() -> Iterator[list[str]]:
    global watching
    opened.clear()
    watching = True
    try:
        yield opened
    finally:
        watching = False


def allowed_to_open(home: Path) -> tuple[Path, ...]:
    """The store, the package, the interpreter with its packages, and what draws finds its fonts in."""
    own = (
        home,
        Path(comity.__file__).parent,
        Path(sys.prefix),
        Path(sys.base_prefix),
        Path(sysconfig.get_path("stdlib")),
    )
    return (*own, Path(sysconfig.get_path("purelib")), Path("/usr/share/fonts"), Path("/dev/null"))


@pytest.mark.parametrize(("store", "number"), [("starter", 7_000), ("small", 3_000)])
def test_any_url_is_answered(store: str, number: int, request: pytest.FixtureRequest) -> None:
    client: Client = request.getfixturevalue(store)
    home: Path = request.getfixturevalue(f"{store}_home")
    grammar, statuses = Grammar(len(store)), Counter[int]()
    client.page("/pair/VNM/RUS")
    with files_opened() as found:
        for _ in range(number):
            target = grammar.url()
            answer = client.page(target) if grammar.random.random() < 0.5 else client.get(target)
            statuses[answer.status_code] += 1
            is_sound(answer)
            assert str(home) not in answer.text, target
    outside = {f for f in found if not any(Path(f).is_relative_to(root) for root in allowed_to_open(home))}
    assert not outside
    assert statuses.keys() <= {200, 303, 307, 400, 404, 414, 422}, statuses
    assert statuses[200] > number / 20, f"the grammar must reach the answers too: {statuses}"
