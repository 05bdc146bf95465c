"""Names of states and groups, and what is noted of them, in other languages than English.

They are in ``names_vi.csv`` of ``data/states`` and ``data/groups``, and in ``data/states/notes_vi.csv``. A name in
another language stands for an English one, so what it means on which day is what the English name means.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from comity.model.language import ENGLISH, LANGUAGES, language

KINDS = ("states", "groups")


def read_table(path: str) -> Iterator[dict[str, str]]:
    """Rows of a shipped table, as written; ``path`` is relative to ``comity/data``."""
    yield from csv.DictReader(files("comity").joinpath("data", path).read_text("utf-8").splitlines())


def localised(english: str) -> str:
    """A name, note or footnote of a shipped table in the language now spoken; as it is where that language has none."""
    return english if language() == ENGLISH else _names(language()).get(english, english)


def in_english(text: str) -> str | None:
    """The English name of a state that a text names in another language; None where it names none.

    A name is taken where its letters, marks and all, are the table's, whatever their case. One without a mark of its
    own ("Nga", which is also a code) only in that language, and written as the table writes it.
    """
    given = _letters(text)
    for spoken in LANGUAGES:
        if (found := _spelled(spoken).get(given.casefold())) is None:
            continue
        if not given.isascii() or (spoken == language() and given[:1].isupper() and not given.isupper()):
            return found
    return None


def unmarked(text: str) -> str | None:
    """As ``in_english`` for a name written without its marks ("Trung Quoc"): for a text that is no English name."""
    found = {by[bare] for of in LANGUAGES if (bare := _bare(text)) in (by := _bare_names(of))}
    return found.pop() if len(found) == 1 else None


def in_order(name: str) -> str:
    """What names are sorted by: themselves in English, else their letters before their marks ("Đức" after "Dominica").

    >>> sorted(["Zambia", "Áo", "Bỉ"], key=in_order)
    ['Bỉ', 'Zambia', 'Áo']
    """
    return name if language() == ENGLISH else f"{_bare(name)} {name}"


@cache
def _names(of: str) -> dict[str, str]:
    names = {row["english"]: row["name"] for kind in KINDS for row in read_table(f"{kind}/names_{of}.csv")}
    return names | {row["english"]: row["text"] for row in read_table(f"states/notes_{of}.csv")}


@cache
def _spelled(of: str) -> dict[str, str]:
    rows = [] if of == ENGLISH else list(read_table(f"states/names_{of}.csv"))
    return {
        _letters(text).casefold(): r["english"] for r in rows for text in (r["name"], *r["also"].split(";")) if text
    }


@cache
def _bare_names(of: str) -> dict[str, str]:
    return {_bare(name): english for name, english in _spelled(of).items()}


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    return " ".join("".join(c if c.isalnum() else "" if unicodedata.combining(c) else " " for c in plain).split())


def _letters(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))
