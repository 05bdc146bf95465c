"""Checks across ledgers: each kind of fault is found, with its file, row and reason; the shipped ledgers have none."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

sys.path.insert(0, str(Path(__file__).parent))

from ledger_files import row, tier, visit, write

from comity.strands.ledgers.check import check_ledgers
from comity.strands.ledgers.kinds import KINDS, CouncilVote
from comity.strands.ledgers.load import ledger_files, read_placed
from comity.strands.ledgers.schema import schema

TODAY = date(2026, 11, 23)


def told(folder: Path) -> list[str]:
    """What is wrong in a folder, without what the shipped ledgers may say."""
    ours = {p.name for p in folder.glob("*.yaml")}
    return [str(p) for p in check_ledgers([folder], TODAY) if (p.file in ours and "-own" in p.id) or p.row == 0]


def test_the_shipped_ledgers_are_sound() -> None:
    assert [str(p) for p in check_ledgers([], date.today())] == []


def test_sound_rows_pass(tmp_path: Path) -> None:
    write(
        tmp_path,
        tiers=[
            tier("a-own", "1901", rank=2, partner="BRA", until="1902", status="ended"),
            tier("b-own", "1902", "BRA"),
        ],
        visits=[visit("v-own", "2001-01")],
        treaties=[row("t-own", form="treaty", date="1950", status="ended", until="1994", event="x")],
    )
    assert told(tmp_path) == []


FAULTS: dict[str, tuple[dict[str, list[dict[str, Any]]], str]] = {
    "a wrong date": ({"events": [row("e-own", date="1978-13")]}, "date: no month: '1978-13'"),
    "an unknown state": ({"events": [row("e-own", "VNM,XXX")]}, "no such state: 'XXX'"),
    "a missing source": ({"events": [row("e-own", sources=[])]}, "sources: Tuple should have at least 1 item"),
    "an end before the beginning": (
        {"events": [row("e-own", until="1999")]},
        "it ends (1999) before it begins (2001-03)",
    ),
    "an unknown text": (
        {"events": [row("e-own", sources=[{"text": "nobody-1900"}])]},
        "it cites a text that documents.yaml does not have: 'nobody-1900'",
    ),
    "a treaty that replaces nothing": (
        {"treaties": [row("t-own", form="treaty", replaces="u-own")]},
        "replaces names no other row of treaties: 'u-own'",
    ),
    "a treaty that replaces a later one": (
        {"treaties": [row("t-own", form="treaty", replaces="u-own"), row("u-own", form="treaty", date="2005")]},
        "it replaces a later one, u-own of 2005",
    ),
    "an argument that repeats the other side": (
        {
            "arguments": [
                row("a-own", side="continuity", argument="x", strength="weak"),
                row("b-own", side="reconsideration", argument="x", strength="weak", repeats="a-own"),
            ]
        },
        "it repeats a-own, which is on the other side",
    ),
    "evidence that is nothing": (
        {"arguments": [row("a-own", side="continuity", argument="x", strength="weak", evidence=["treaties/none"])]},
        "its evidence is neither a row nor a symbol: 'treaties/none'",
    ),
    "overlapping tiers": (
        {"tiers": [tier("a-own", "1901", "BRA", 2, until="1905", status="ended"), tier("b-own", "1903", "BRA")]},
        "it ends (1905) after b-own began (1903)",
    ),
    "a tier without an end before the next": (
        {"tiers": [tier("a-own", "1901", "BRA", 2), tier("b-own", "1903", "BRA")]},
        "it has no end, though b-own followed on 1903",
    ),
    "a visit before the person held the office": (
        {
            "offices": [row("o-own", person="A. Person", office="President", date="2000-05-07", until="2008-05-07")],
            "visits": [visit("v-own", "2000-05-06", person="A. Person")],
        },
        "A. Person was President from 2000-05-07 to 2008-05-07, not on 2000-05-06",
    ),
    "a state that did not exist": (
        {"events": [row("e-own", "SSD,RUS", date="2005")]},
        "SSD did not exist on 2005",
    ),
    "a party that is not among the states": (
        {"visits": [visit("v-own", "2001-01", host="BRA", person="Someone else")]},
        "BRA is named in it but not among its states",
    ),
    "a date to come": ({"visits": [visit("v-own", "2031")]}, "it is held, but its date is to come: 2031"),
    "an end that is missing": ({"events": [row("e-own", status="ended")]}, "it has ended: until is missing"),
    "in force after its end": (
        {"treaties": [row("t-own", form="treaty", status="in force", until="2010")]},
        "it is in force, but ended on 2010",
    ),
    "more votes than the tally": (
        {"council_votes": [row("c-own", symbol="A/HRC/RES/1/1", choices={"VNM": "no", "RUS": "no"}, tally=[40, 1, 6])]},
        "2 states are listed as no, its tally has 1",
    ),
    "a tally of too many seats": (
        {"council_votes": [row("c-own", symbol="A/HRC/RES/1/1", choices={"VNM": "no"}, tally=[40, 2, 6])]},
        "its tally 40-2-6 is not of 47 seats",
    ),
    "a share above the whole": (
        {"events": [row("e-own", figures=[{"what": "part", "unit": "share", "kind": "share", "value": 33}])]},
        "part: a share is not above 1",
    ),
    "an index in money": (
        {"events": [row("e-own", figures=[{"what": "arms", "unit": "USD", "kind": "index", "value": 3}])]},
        "an index of volume is in TIV, not in USD",
    ),
    "an id twice": ({"events": [row("e-own"), row("e-own")]}, "another row has this id"),
    "an unknown sanctioner": (
        {"sanctions": [row("s-own", by=["nobody"], on=["RUS"], measure="trade")]},
        "no such state or group: 'nobody'",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_with_file_row_and_reason(name: str, tmp_path: Path) -> None:
    kinds, why = FAULTS[name]
    found = told(write(tmp_path, **kinds))
    assert len(found) == 1, found
    assert why in found[0]
    # The faulty kind is the last named; its file, row and id stand before the reason.
    assert any(found[0].startswith(f"{kind}.yaml, row ") for kind in kinds)


def test_an_account_that_another_contradicts_stands(tmp_path: Path) -> None:
    office = row("o-own", person="A. Person", office="President", date="2000", until="2008")
    wrong = visit("v-own", "1999-06", person="A. Person", event="one")
    right = visit("w-own", "2001-06", person="A. Person", event="one")
    assert told(write(tmp_path, offices=[office], visits=[wrong, right])) == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("treaty: 1", "a ledger is a list of rows"),
        ("- [", "while parsing"),
        (b"\xff\xfe\x00", "codec can't decode"),
    ],
)
def test_a_file_that_is_no_ledger(text: str | bytes, why: str, tmp_path: Path) -> None:
    content = text if isinstance(text, bytes) else text.encode()
    (tmp_path / "visits.yaml").write_bytes(content)
    (found,) = told(tmp_path)
    assert found.startswith("visits.yaml, the file: ") and why in found and "\n" not in found


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_of_a_kind_asks_for_what_its_rows_need(kind: str) -> None:
    made = schema(kind)
    (name,) = [n for n, d in made["$defs"].items() if "states" in d.get("properties", {})]
    assert made["items"] == {"$ref": f"#/$defs/{name}"}
    assert {"id", "states", "title", "date", "sources"} <= set(made["$defs"][name]["required"])
    assert made["$defs"][name]["additionalProperties"] is False


class _AsEditorsRead(yaml.SafeLoader):
    """YAML 1.2, as editors read it: a date is text, and so are yes and no."""


_AsEditorsRead.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in found if tag.rsplit(":", 1)[1] not in ("timestamp", "bool")]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_rows_are_of_their_schema_and_a_bad_one_is_not(kind: str) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    (file,) = ledger_files(kind)
    rows = [_plain(r) for r in yaml.load(file.read_text(encoding="utf-8"), Loader=_AsEditorsRead)]
    validator = jsonschema.Draft202012Validator(schema(kind))
    assert [e.message for e in validator.iter_errors(rows)] == []
    bad = [rows[0] | {"date": "May 2001"}, rows[0] | {"sources": []}, rows[0] | {"unknown": 1}, {}]
    assert [validator.is_valid([r]) for r in bad] == [False] * 4


def _plain(value: Any) -> Any:
    """Truth values as YAML 1.2 writes them."""
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_plain(v) for v in value]
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


def test_a_bare_yes_or_no_is_a_vote(tmp_path: Path) -> None:
    write(tmp_path, council_votes=[row("c-own", symbol="A/HRC/RES/1/1", choices={"VNM": False, "RUS": True})])
    (_, found), *_ = read_placed(CouncilVote, tmp_path / "council_votes.yaml")[0]
    assert found.choices == {"VNM": "no", "RUS": "yes"}
