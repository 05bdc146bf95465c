"""Every row of the shipped tables is well formed."""

import csv
from collections import defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

import comity
from comity.states.groups import KINDS, groups
from comity.states.registry import BEFORE, Spell, registry, spell_of
from comity.states.resolve import CODE_SCHEMES, SOURCE_SCHEMES, fold

DATA = Path(comity.__file__).parent / "data"
TABLES = {
    "states/states.csv": "id,name,iso3,iso2,m49,cow,gw,note",
    "states/spells.csv": "state,kind,start,end",
    "states/names.csv": "state,name,start,end,use",
    "states/codes.csv": "scheme,code,state,start,end,use,note",
    "states/seats.csv": "state,start,end,kind,footnote,source,checked",
    "states/successions.csv": "predecessor,successor,day,kind,note",
    "groups/groups.csv": "id,name,kind,aliases,source,note",
    "groups/organizations.csv": "group,state,start,end,checked,note",
    "groups/un_groups.csv": "group,state,start,end,checked,note",
    "groups/m49.csv": "group,state,start,end,checked,note",
    "groups/names_vi.csv": "id,english,name,checked",
    "states/names_vi.csv": "id,english,name,also,checked",
    "states/notes_vi.csv": "english,text",
}
SEAT_KINDS = {
    "other_government", "barred", "withdrawn", "vacant", "envoy_of_previous_government", "predecessor", "union",
}  # fmt: skip


def rows(table: str) -> list[dict[str, str]]:
    with (DATA / table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def in_order(spells: list[Spell]) -> bool:
    """Ordered, each not empty, none overlapping the next."""
    each = all(s.end is None or s.start < s.end for s in spells)
    return each and all(a.end is not None and a.end <= b.start for a, b in pairwise(spells))


def test_no_table_is_forgotten() -> None:
    found = {f"{p.parent.name}/{p.name}" for folder in ("states", "groups") for p in (DATA / folder).glob("*.csv")}
    assert found == set(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_whole(table: str) -> None:
    lines = (DATA / table).read_text("utf-8").splitlines()
    assert lines[0] == TABLES[table]
    assert len(set(lines)) == len(lines), "a row twice"
    ids = set(registry().by_id)
    for row in rows(table):
        assert None not in row and None not in row.values()
        assert all(value == value.strip() for value in row.values())
        assert all(row[key] in ids for key in ("state", "predecessor", "successor") if key in row)


@pytest.mark.parametrize("kind", ["existence", "membership"])
def test_spells_are_in_order(kind: str) -> None:
    for state in registry().states():
        spells = list(getattr(state, kind))
        assert in_order(spells), state.id
        assert spells or kind == "membership"
    assert {row["kind"] for row in rows("states/spells.csv")} == {"existence", "membership"}


def test_membership_lies_within_existence() -> None:
    for state in registry().states():
        for spell in state.membership:
            assert spell.start >= date(1945, 10, 24)
            covering = [e for e in state.existence if spell.start in e]
            assert len(covering) == 1, state.id
            assert covering[0].end is None or (spell.end is not None and spell.end <= covering[0].end), state.id


def test_names_cover_the_existence_of_a_state_without_overlap() -> None:
    for state in registry().states():
        spells = [name.spell for name in state.names]
        assert in_order(spells), state.id
        if spells:
            assert spells[0].start in (BEFORE, state.existence[0].start), state.id
            assert all(a.end == b.start for a, b in pairwise(spells)), state.id
            assert state.names[-1].text == state.name or spells[-1].end is not None, state.id
    assert {row["use"] for row in rows("states/names.csv")} == {"name", "own", "read"}


def test_no_code_means_two_states_on_a_day() -> None:
    by_code: dict[tuple[str, str], list[Spell]] = defaultdict(list)
    for row in rows("states/states.csv"):
        for scheme in CODE_SCHEMES[1:]:
            if row[scheme]:
                by_code[scheme, row[scheme]].append(Spell(BEFORE, None))
    for row in rows("states/codes.csv"):
        assert row["scheme"] in {*CODE_SCHEMES, *SOURCE_SCHEMES}
        assert row["use"] in {"both", "read"}
        by_code[row["scheme"], row["code"]].append(spell_of(row))
    for code, spells in by_code.items():
        assert in_order(sorted(spells, key=lambda s: s.start)), code


def test_seats_are_in_order_and_sourced() -> None:
    by_state: dict[str, list[Spell]] = defaultdict(list)
    for row in rows("states/seats.csv"):
        by_state[row["state"]].append(spell_of(row))
        assert row["kind"] in SEAT_KINDS
        assert row["checked"] in {"yes", "no"}
        assert row["source"]
        assert row["footnote"].endswith(".")
    assert all(in_order(spells) for spells in by_state.values())


def test_successions_join_states_that_meet() -> None:
    for row in rows("states/successions.csv"):
        before, after = registry().state(row["predecessor"]), registry().state(row["successor"])
        day = date.fromisoformat(row["day"])
        # between the fall of Saigon and unification the south had another government, which is not in the registry
        assert row["predecessor"] == "RVN" or before.existed_on(date.fromordinal(day.toordinal() - 1)), row
        assert after.existed_on(day), row
        assert row["kind"] in {"dissolution", "separation", "unification", "seat"}


def test_no_spelling_names_two_groups() -> None:
    meant: dict[str, str] = {}
    for g in groups():
        assert g.kind in KINDS and g.source and g.memberships
        for text in (g.id, g.name, *g.aliases):
            assert meant.setdefault(fold(text), g.id) == g.id, text


def test_memberships_of_groups_are_in_order() -> None:
    known = {g.id for g in groups()}
    by_pair: dict[tuple[str, str], list[Spell]] = defaultdict(list)
    for table in ("organizations", "un_groups", "m49"):
        for row in rows(f"groups/{table}.csv"):
            assert row["group"] in known
            assert row["checked"] in {"yes", "no"}
    for g in groups():
        for m in g.memberships:
            by_pair[g.id, m.state].append(m.spell)
            assert m.precision in {"day", "month", "year"}
    for pair, spells in by_pair.items():
        assert in_order(spells), pair
