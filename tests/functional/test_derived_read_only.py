"""A store that only another user may write answers what is kept in it, and what is not."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from comity.store.derived import read_derived
from comity.study.opening import open_corpus
from comity.study.recurring import families_of
from other_user import run_as_other_user
from small_store import fill

IMPORTS = """
import comity
from comity.states import registry
from comity.study import families, recurring
from comity.store import db, derived
import comity.votes.themes
comity.votes.themes.themes(); registry.registry(); db.query("SELECT 1")
kept = []
recognise = recurring.recognise
recurring.recognise = lambda *given: kept.append("recognised") or recognise(*given)
"""
ASK = "print(len(comity.families().rows), *kept)"


@pytest.fixture
def closed_store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A store with recurring texts kept for one release of three, which nobody may write (tmp_path is closed)."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        monkeypatch.setenv("COMITY_HOME", name)
        fill()
        families_of(open_corpus())  # type: ignore[arg-type]
        for path in (place, *place.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        yield place
        for path in (place, *place.rglob("*")):
            path.chmod(0o755)


def test_a_read_only_store_answers_from_what_is_kept_and_without_it(closed_store: Path) -> None:
    ran = run_as_other_user(IMPORTS, ASK, closed_store)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "5\n", "")
    before = sorted(closed_store.rglob("*"))
    ran = run_as_other_user(IMPORTS, ASK.replace("families()", "families(release='voeten-2016')"), closed_store)
    assert ran.returncode == 0 and ran.stdout.endswith(" recognised\n"), ran.stderr
    assert sorted(closed_store.rglob("*")) == before
    assert read_derived("voeten-2016", "families", "any") is None
