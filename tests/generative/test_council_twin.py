"""Counts of two members of the Security Council against a slow count over the rows of the file itself."""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.errors import EmptySelection, StateDidNotExist
from comity.ingest.add import add_files
from comity.model.body import NEWEST_OF_COUNCIL
from comity.model.reading import Reading
from comity.store.home import at
from comity.study.pair import pair
from comity.study.rank import rank
from council_files import PERMANENT, Resolution, council_csv

ELECTED = ("VNM", "IDN", "ITA", "NOR")
STATES = (*PERMANENT, *ELECTED)
COUNCIL = Reading(release=NEWEST_OF_COUNCIL)
LETTERS = "YANX"

votes = st.fixed_dictionaries(dict.fromkeys(STATES, st.sampled_from([*LETTERS, None]))).map(
    lambda cells: {state: letter for state, letter in cells.items() if letter}
)
resolutions = st.lists(st.tuples(votes.filter(len), st.booleans(), st.integers(0, 1400)), min_size=1, max_size=12)


def slow(rows: list[Resolution], a: str, b: str) -> dict[tuple[str, str], int]:
    """How often each two letters met; a resolution without both, or without a vote, is none."""
    met: dict[tuple[str, str], int] = {}
    for row in rows:
        if a in row.votes and b in row.votes and row.modality != "Without vote":
            key = row.votes[a], row.votes[b]
            met[key] = met.get(key, 0) + 1
    return met


@settings(max_examples=40, deadline=None)
@given(resolutions, st.sampled_from([("USA", "RUS"), ("VNM", "RUS"), ("VNM", "IDN"), ("NOR", "CHN")]))
def test_a_pair_is_counted_where_the_file_lists_both(
    made: list[tuple[dict[str, str], bool, int]], asked: tuple[str, str]
) -> None:
    rows = [
        Resolution(
            90001 + k,
            (date(2005, 1, 1) + timedelta(days)).isoformat(),
            cells,
            "Without vote" if quiet and k else "Recorded vote",
        )
        for k, (cells, quiet, days) in enumerate(made)
    ]
    a, b = asked
    expected = slow(rows, a, b)
    with TemporaryDirectory() as name, at(Path(name) / "home"):
        file = Path(name) / "council.csv"
        file.write_text(council_csv(rows))
        add_files([file])
        try:
            answer = pair(a, b, reading=COUNCIL)
        except (EmptySelection, StateDidNotExist):
            assert not expected
            return
        table = [[sum(cell.counts.table[i][j] for cell in answer.lead.cells) for j in range(4)] for i in range(4)]
        assert table == [[expected.get((x, y), 0) for y in LETTERS] for x in LETTERS]
        assert sum(count for _, count in open_years(rows)) == len([r for r in rows if r.modality == "Without vote"])
        try:
            partners = rank(a, reading=COUNCIL, min_common=0)
        except EmptySelection:
            return
        beside = {s for row in rows if a in row.votes and row.modality != "Without vote" for s in row.votes} - {a}
        assert {p.state for p in partners.partners} <= beside
        assert {s for s, _, _ in partners.too_few} | {p.state for p in partners.partners} == beside


def open_years(rows: list[Resolution]) -> tuple[tuple[int, int], ...]:
    """What the release in the store says it left out, by year."""
    from comity.study.opening import open_release

    return tuple(open_release(NEWEST_OF_COUNCIL, council=True).without_a_vote)
