"""Releases of two bodies in one store: no question about the Assembly ever meets the Council's."""

import json
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.errors import UnknownRelease, UsageError
from comity.ingest.add import add_files
from comity.model.body import ASSEMBLY, COUNCIL, NEWEST_OF_COUNCIL
from comity.store.home import at
from comity.store.manifest import Manifest
from comity.store.releases import body_of, get, list_releases, read_release
from comity.study.opening import open_corpus, open_release
from council_files import PERMANENT, Resolution, council_csv

FIRST = date(2001, 1, 1)


def assembly(folder: Path, day: date, label: str) -> None:
    file = folder / f"{label}.csv"
    file.write_text(f"symbol,date,title,iso3,vote\nA/RES/1/1,{day},Made up {label},USA,Y\n")
    add_files([file], label=label)


def council(folder: Path, day: date, label: str) -> None:
    file = folder / f"{label}.csv"
    file.write_text(council_csv([Resolution(90001, day.isoformat(), dict.fromkeys(PERMANENT, "Y"), note=label)]))
    add_files([file], label=label)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 8000)), min_size=1, max_size=5, unique_by=lambda x: x[1]))
def test_the_newest_is_that_of_the_body_asked_for(made: list[tuple[bool, int]]) -> None:
    with TemporaryDirectory() as name, at(Path(name) / "home"):
        newest: dict[bool, tuple[int, str]] = {}
        for of_council, days in made:
            label = f"r{days}"
            (council if of_council else assembly)(Path(name), FIRST + timedelta(days), label)
            newest[of_council] = max(newest.get(of_council, (-1, "")), (days, label))
        assert len(list_releases()) + len(list_releases(COUNCIL)) == len(made)
        for of_council, body in ((False, ASSEMBLY), (True, COUNCIL)):
            if of_council in newest:
                assert get(body=body).release == newest[of_council][1]
            else:
                with pytest.raises(UnknownRelease):
                    get(body=body)
        assert open_corpus().origin.release == newest.get(False, (0, "starter"))[1]
        if True in newest:
            label = newest[True][1]
            assert body_of(label) == body_of(NEWEST_OF_COUNCIL) == COUNCIL
            assert open_release(NEWEST_OF_COUNCIL, council=True).origin.release == label
            for asked in (label, NEWEST_OF_COUNCIL):
                with pytest.raises(UnknownRelease, match="of which this question cannot be asked"):
                    open_corpus(asked)
            with pytest.raises(UnknownRelease):
                read_release(label)


def test_a_label_is_of_one_body(tmp_path: Path) -> None:
    with at(tmp_path / "home"):
        council(tmp_path, FIRST, "mine")
        with pytest.raises(UsageError, match="taken by a release of the other body"):
            assembly(tmp_path, FIRST, "mine")
        with pytest.raises(UsageError, match="names the newest"):
            assembly(tmp_path, FIRST, NEWEST_OF_COUNCIL)
        assert list_releases() == ()


def test_a_manifest_without_a_body_is_the_assemblys(tmp_path: Path) -> None:
    with at(tmp_path / "home"):
        assembly(tmp_path, FIRST, "older")
        raw = json.loads((tmp_path / "home/releases/unga/older/manifest.json").read_text())
        del raw["body"]
        assert Manifest.from_dict(raw).body == ASSEMBLY
        assert Manifest.from_dict(raw).origin().to_dict()["body"] == "GA"
