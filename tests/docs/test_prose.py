"""The prose of README and docs keeps to the wording standard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / n for n in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")] + sorted((ROOT / "docs").rglob("*.md"))
FORBIDDEN = {
    r"\bUN votes\b": "recorded votes in the General Assembly",
    r"\ballied\b|\ballies\b": "voted alike",
    r"\bregimes?\b": "state, or its name",
    r"\bthe remaining\b": "say what is left out",
    r"\bexpelled\b": "suspended",
    r"\bdefected\b|\bvoted wrongly\b": "differs from its own record",
    r"\b(?:states?|Russia|China|Viet Nam) (?:supports?|follows|followed|supported)\b": "voted alike",
    r"\bneutral votes?\b": "abstention",
}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_words(page: Path) -> None:
    text = " ".join(page.read_text("utf-8").split())
    found = {m[0]: instead for pattern, instead in FORBIDDEN.items() if (m := re.search(pattern, text))}
    assert not found
    assert not re.search(r"https?://(?:pypi|files\.pythonhosted|registry\.npmjs)\.", text), "names a package host"


def test_the_patterns_find_what_they_forbid() -> None:
    sentence = (
        "UN votes show that allied regimes followed; the remaining were expelled or defected; Russia supports it."
    )
    assert sum(bool(re.search(pattern, sentence)) for pattern in FORBIDDEN) == len(FORBIDDEN) - 1
