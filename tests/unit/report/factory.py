"""Answers made by hand, so that what is printed can be tested without votes, store or study.

The counts of the lead pair over both periods are the published ones; the yearly and contrast counts are invented.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from comity.model.choice import Choice
from comity.model.counts import Counts, Share
from comity.model.origin import Origin
from comity.model.period import Period
from comity.model.reading import Dropped, Reading
from comity.study.answers.common import Cell, Header, Note, PairRow
from comity.study.answers.dossier import DossierAnswer
from comity.study.answers.pair import Change, PairAnswer, Standing, TrendAnswer
from comity.study.answers.rank import Partner, RankAnswer
from comity.study.answers.splits import Split, SplitsAnswer
from comity.study.answers.vote import Ballot, GroupStand, Tally, VoteAnswer

NAMES = {
    "VNM": "Viet Nam",
    "RUS": "Russia",
    "USA": "United States",
    "CHN": "China",
    "TUR": "Türkiye",
    "CIV": "Côte d'Ivoire",
}
EARLY, LATE = Period(1992, 1999), Period(2000, 2020)
ORIGIN = Origin(
    release="made-up-2024",
    source="Made-up votes of a test",
    sha256="3f7a9c0d" * 8,
    first=date(1946, 1, 1),
    last=date(2024, 6, 4),
    roll_calls=6551,
    licence="CC0-1.0",
    citation="Nobody (2024). Made-up votes. https://example.org/made-up",
    link="https://example.org/made-up",
)
NOTES = (
    Note("consensus", "Texts adopted without a vote are not seen here."),
    Note("coded_nonmember", "4 of the 13 absences are coded not-a-member although both were members."),
)
DROPPED = (Dropped("duplicate", 3, ("R1", "R2", "R3")), Dropped("tally_mismatch", 1, ("R9",)))


def counts(yes: int, abstain: int, no: int, ambivalent: int, opposite: int, absent: int, coded: int = 0) -> Counts:
    """A table with the given margins: both yes, both abstained, both no, then the other categories."""
    half, side = ambivalent // 2, opposite // 2
    return Counts(
        (
            (yes, ambivalent - half, opposite - side, absent),
            (half, abstain, 0, 0),
            (side, 0, no, 0),
            (0, 0, 0, 0),
        ),
        coded,
    )


def header(issue: str = "hr", label: str = "human rights", **changes: object) -> Header:
    reading = Reading(release=ORIGIN.release, issue=issue)
    made = Header(ORIGIN, reading, label, date(2026, 11, 23), "0.1.0")
    return replace(made, **changes)  # type: ignore[arg-type]


def row(a: str, b: str, cells: tuple[Cell, ...]) -> PairRow:
    return PairRow(a, b, NAMES[a], NAMES[b], cells)


LEAD = row("VNM", "RUS", (Cell(EARLY, counts(39, 1, 0, 52, 19, 13)), Cell(LATE, counts(330, 14, 1, 100, 2, 13, 4))))
CONTRASTS = (
    row("VNM", "USA", (Cell(EARLY, counts(0, 0, 0, 19, 92, 13)), Cell(LATE, counts(15, 2, 2, 59, 368, 14, 4)))),
    row("VNM", "CHN", (Cell(EARLY, counts(100, 6, 1, 3, 0, 14)), Cell(LATE, counts(400, 10, 4, 32, 0, 14, 4)))),
    row("RUS", "USA", (Cell(EARLY, counts(30, 2, 2, 43, 47, 0)), Cell(LATE, counts(20, 5, 5, 102, 327, 1)))),
)


def change(pair: PairRow) -> Change:
    first, last = pair.cells[0].counts, pair.cells[-1].counts
    names = ("same", "ambivalent", "opposite", "absent")

    def difference(over: str, name: str) -> float | None:
        old, new = (getattr(c, over)(name).value for c in (first, last))
        return None if old is None or new is None else 100 * (new - old)

    return Change(
        pair.a,
        pair.b,
        pair.cells[0].period.label,
        pair.cells[-1].period.label,
        {n: difference("share_of_all", n) for n in names},
        {n: difference("share_of_cast", n) for n in names[:3]},
        dict.fromkeys(names, (-2.5, 12.5) if first.cast and last.cast else None),
        dict.fromkeys(names, 0.0004 if first.cast and last.cast else None),
    )


def pair_answer(issue: str = "hr", label: str = "human rights", rows: tuple[PairRow, ...] = ()) -> PairAnswer:
    rows = rows or (LEAD, *CONTRASTS)
    share = rows[0].cells[-1].counts.share_of_cast("same")
    standings = (
        Standing("VNM", "RUS", "Viet Nam", "Russia", LATE, 101, 187, 2, share, 0.787, 0.46),
        Standing("RUS", "VNM", "Russia", "Viet Nam", LATE, 15, 188, 1, share, 0.693, 0.93),
    )
    return PairAnswer(
        header(issue, label),
        "VNM",
        "RUS",
        rows,
        tuple(change(r) for r in rows),
        standings,
        "In 2000–2020 Viet Nam and Russia voted alike on 345 of 460 recorded votes in the General Assembly (75.0 %).",
        DROPPED,
        NOTES,
    )


def small_answer() -> PairAnswer:
    """A pair with 12 votes in one period and none in the other."""
    cells = (Cell(EARLY, counts(5, 1, 0, 3, 1, 2)), Cell(LATE, counts(0, 0, 0, 0, 0, 0)))
    made = pair_answer(rows=(row("TUR", "CIV", cells),))
    return replace(made, standings=(), dropped=(), headline="Türkiye and Côte d'Ivoire voted alike on 6 of 12.")


def trend_answer(a: str = "VNM", b: str = "RUS", tilt: int = 0) -> TrendAnswer:
    cells = []
    for year in range(1992, 2025):
        late = year >= 2000
        yes = (15 if late else 4) - tilt
        cells.append(
            Cell(
                Period(year, year),
                counts(yes + year % 3, year % 2, 0, 5, (0 if late else 3) + tilt, year % 4),
                partial=year == 2024,
            )
        )
    medians = {s: tuple(0.6 + 0.01 * (i % 9) for i in range(len(cells))) for s in (a, b)}
    return TrendAnswer(header(), row(a, b, tuple(cells)), medians, DROPPED, NOTES)


def splits_answer(empty: bool = False) -> SplitsAnswer:
    splits = (
        Split(
            "R5312", date(2002, 12, 18), "day", 57, "A/RES/57/222", "made-up-trio",
            "Human rights and <unilateral> coercive measures", "made-up-trio",
            Choice.YES, Choice.NO, "https://undocs.org/A/RES/57/222", ("The seat was held by another government.",),
        ),
        Split("R5400", date(2003, 1, 1), "month", 58, None, None, None, None, Choice.NO, Choice.YES, None),
    )  # fmt: skip
    return SplitsAnswer(
        header(), "VNM", "RUS", "Viet Nam", "Russia", LATE, LEAD.cells[1].counts,
        () if empty else splits, DROPPED, NOTES,
    )  # fmt: skip


def rank_answer(state: str = "RUS", partner: str = "VNM", size: int = 40) -> RankAnswer:
    shares = [(f"S{i:02d}", f"State {i:02d}", counts(400 - 9 * i, 10, 0, 20 + 9 * i, 10, 10)) for i in range(size - 1)]
    shares.append((partner, NAMES[partner], LEAD.cells[1].counts))
    shares.sort(key=lambda s: (-(s[2].share_of_cast("same").value or 0), s[1]))
    partners = tuple(
        Partner(code, name, i + 1, 1 - i / (size - 1), table) for i, (code, name, table) in enumerate(shares)
    )
    values = [p.counts.share_of_cast("same").value or 0 for p in partners]
    median = (values[(size - 1) // 2] + values[size // 2]) / 2
    return RankAnswer(
        header(), state, NAMES[state], LATE, 460, 0.5, median, partners,
        (("TLS", "Timor-Leste", 120),), DROPPED, NOTES,
    )  # fmt: skip


def vote_answer() -> VoteAnswer:
    ballots = (
        Ballot("VNM", "Viet Nam", Choice.ABSTAIN, in_group=True),
        Ballot("PHL", "Philippines", Choice.YES, in_group=True),
        Ballot("KHM", "Cambodia", Choice.ABSTAIN, "The seat was held by another government.", in_group=True),
        Ballot("LAO", "Lao People's Democratic Republic", Choice.NO, in_group=True, apart=True),
        Ballot("RUS", "Russia", Choice.NO),
        Ballot("USA", "United States", Choice.YES),
        Ballot("TUR", "Türkiye", Choice.YES),
        Ballot("CIV", "Côte d'Ivoire", Choice.ABSENT),
        Ballot("COM", "Comoros", Choice.CODED_NONMEMBER),
    )
    group = GroupStand("asean", "ASEAN", ("VNM", "PHL", "KHM", "LAO"), (Choice.ABSTAIN,), Share(2, 4), ("LAO", "PHL"))
    return VoteAnswer(
        header("all", "all issues"), "R9999", "A/RES/68/262", "Territorial integrity of [a state]", date(2014, 3, 27),
        "day", 68, "68", ("co",), "GA", Tally(3, 2, 2, 2), Tally(3, 2, 2, 2), "made-up-library", True,
        None, None, "https://undocs.org/A/RES/68/262", True, ballots, group, {"title": "made-up-trio"}, NOTES,
    )  # fmt: skip


def dossier_answer(starter: bool = False) -> DossierAnswer:
    lead = pair_answer()
    if starter:
        origin = replace(ORIGIN, aggregates=True, release="starter-made-up-2024")
        lead = replace(lead, header=header(origin=origin))
    other = {"all": "all issues", "me": "Middle East", "nu": "nuclear weapons"}
    return DossierAnswer(
        lead,
        (*(pair_answer(i, label, (LEAD,)) for i, label in other.items()), lead),
        trend_answer(),
        (trend_answer("VNM", "USA", 3), trend_answer("VNM", "CHN"), trend_answer("RUS", "USA", 2)),
        None if starter else splits_answer(),
        () if starter else (rank_answer(), rank_answer("VNM", "RUS")),
        NOTES,
    )
