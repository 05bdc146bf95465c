"""How two states voted on country situations, target by target and year by year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from comity.errors import EmptySelection, FieldMissing, UsageError
from comity.model.choice import Choice
from comity.model.counts import NO_COUNTS, Counts
from comity.model.period import Period
from comity.model.reading import Reading
from comity.model.symbol import link_of
from comity.states.names import in_order
from comity.states.registry import State, registry
from comity.study import ask
from comity.study.answers.common import Note
from comity.study.answers.situations import Silent, SituationsAnswer, SituationVote, TargetRow
from comity.study.context import Frame, Periods, frame, pair_and_periods
from comity.study.corpus import Corpus
from comity.study.lent import lent_notes, of_reading
from comity.study.notes import footnote, general, note, of_set, seats, unique
from comity.study.release import ReleaseCorpus, ReleaseCut
from comity.study.splits import needs_roll_calls
from comity.votes.family_text import is_speech
from comity.votes.situations import KINDS, LEFT_OUT, Situation, Text, is_motion, situations_of

ALL = "all"


def situations(
    a: str,
    b: str,
    *,
    targets: str | Iterable[str] = ALL,
    kinds: str | Iterable[str] = "rights",
    period: Periods = None,
    reading: Reading | None = None,
    corpus: Corpus | None = None,
) -> SituationsAnswer:
    """The grid of a pair: each text about the situation in a state, with both votes.

    targets : "all", or the states that the texts are about.
    kinds   : "rights" (human rights in a state), "political" ("The situation in …"), "credentials", several joined
              by commas, or "all".

    RollCallsMissing on the starter data; FieldMissing on a release without titles; EmptySelection where no text is
    found.
    """
    chosen_kinds = read_kinds(kinds)
    fr = frame(reading or Reading(), corpus)
    needs_roll_calls(fr.corpus)
    given = (period,) if isinstance(period, str | Period) else period
    first, second, periods = pair_and_periods(a, b, given, fr)
    span = ask.hull(periods)
    named = () if targets == ALL else _targets(targets, fr, span)
    wanted = {s.id for s in named} or None
    found = About.of(fr, span)
    votes = found.votes(first.id, second.id, chosen_kinds, wanted)
    if not votes:
        found.refuse(span, named)
        names = ALL if wanted is None else ", ".join(sorted(wanted))
        raise EmptySelection(
            f"{fr.origin.release} holds no text about a country situation in this selection",
            got=f"{names}; {', '.join(chosen_kinds)}; {span.label}",
            next="Widen the period, --targets or --kind",
        )
    return SituationsAnswer(
        header=fr.header,
        a=first.id,
        b=second.id,
        name_a=first.name,
        name_b=second.name,
        period=span,
        kinds=chosen_kinds,
        rows=_rows(votes, wanted),
        total=counted(votes),
        exceptions=tuple(v for v in votes if v.outcome != "same"),
        silent=found.silent,
        dropped=found.cut.dropped,
        notes=unique(notes_of(fr, found, (first, second), span, votes)),
    )


def read_kinds(kinds: str | Iterable[str]) -> tuple[str, ...]:
    """The kinds asked for, in their order; UsageError for an unknown one."""
    parts = [k.strip() for k in (kinds.split(",") if isinstance(kinds, str) else kinds)]
    if parts == [ALL]:
        return KINDS
    unknown = [k for k in parts if k not in KINDS]
    if unknown or not parts:
        raise UsageError("Unknown kind of text", got=", ".join(unknown), allowed=f"{', '.join(KINDS)}, {ALL}")
    return tuple(k for k in KINDS if k in parts)


def _targets(targets: str | Iterable[str], fr: Frame, span: Period) -> tuple[State, ...]:
    """The states named; one that existed only at another time than the period's end is meant too."""
    parts = targets.split(",") if isinstance(targets, str) else list(targets)
    day = min(ask.last_day(span), fr.origin.last)
    found = tuple(ask.one_state(part.strip(), day, past=True) for part in parts if part.strip())
    if not found:
        raise UsageError("No target state given", got=targets, allowed=f"{ALL}, or states: IRN,PRK")
    return found


@dataclass(frozen=True, eq=False)
class About:
    """What the roll calls of a release are about, and the cut of a reading and period."""

    corpus: ReleaseCorpus
    cut: ReleaseCut
    found: Sequence[Situation | None]

    @classmethod
    def of(cls, fr: Frame, span: Period) -> About:
        """FieldMissing where the release has no titles and none are lent."""
        corpus = needs_roll_calls(fr.corpus)
        if corpus.roll_calls["title"].is_null().all():
            raise FieldMissing(
                "This release has no titles, and no release in the store lends them",
                got=fr.origin.release,
                next="Add a release that has them: comity data pull unga, or comity data add FILE",
            )
        return cls(corpus, corpus.cut(fr.reading, [span]), _situations_in(corpus))

    @cached_property
    def silent(self) -> Silent:
        """The roll calls of the cut with neither a title nor a row of the ledger."""
        untitled = self.corpus.roll_calls["title"].is_null().to_numpy()
        rows = self.cut.rows[0]
        mute = np.array([bool(untitled[i]) and self.found[i] is None for i in rows], dtype=bool)
        slots = self.corpus.matrix.clock(self.cut.reading.clock)[rows]
        mostly = [int(s) for s in np.unique(slots[mute]) if 2 * mute[slots == s].sum() > (slots == s).sum()]
        return Silent(int(mute.sum()), len(rows), tuple(mostly))

    def refuse(self, span: Period, subjects: Iterable[State]) -> None:
        """EmptySelection that says why no text is found: no titles then, or texts left out by design."""
        if self.silent.all:
            raise EmptySelection(
                f"None of the {self.silent.of} recorded votes of this selection has a title here, so which are about "
                "a country situation cannot be said",
                got=span.label,
                next="Choose a period with titles, or add a release that has them: comity data add FILE",
            )
        left_out = [s.name for s in subjects if s.id in LEFT_OUT]
        if left_out:
            raise EmptySelection(
                "Texts on Israel and Palestine, and on Western Sahara, are left out of country situations by design, "
                "and the ledger of vetoes does not cover them",
                got=", ".join(left_out),
                next="docs/explanation/situations.md says why; --issue me chooses votes on the Middle East",
            )

    def votes(self, a: str, b: str, kinds: Sequence[str], targets: set[str] | None) -> tuple[SituationVote, ...]:
        """The texts of these kinds about these states on which both held a seat, oldest first."""
        column = self.corpus.matrix.column
        if a not in column or b not in column:
            return ()
        cells, rows, days = self.cut.cells(0), self.cut.rows[0], self.corpus.matrix.day
        made = []
        for k in np.argsort(days[rows], kind="stable"):
            row = rows[k]
            about = self.found[row]
            if about is None or about.kind not in kinds or (targets is not None and targets.isdisjoint(about.targets)):
                continue
            choices = Choice(cells[k, column[a]]), Choice(cells[k, column[b]])
            if Choice.NOT_MEMBER not in choices:
                made.append(self._vote(int(row), about, a, b, choices))
        return tuple(made)

    def _vote(self, i: int, about: Situation, a: str, b: str, choices: tuple[Choice, Choice]) -> SituationVote:
        r = self.corpus.roll_calls.row(i, named=True)
        day = r["date"]
        marks = (footnote(s, day) for s in (a, b)) if day else ()
        part = "part" if r["paragraph"] or r["amendment"] or about.basis == "symbol" else "whole"
        return SituationVote(
            roll_call=r["roll_call"],
            date=day,
            date_precision=r["date_precision"] or "session",
            slot=self._slot(i),
            session=r["session"],
            symbol=r["symbol"],
            symbol_from=r.get("symbol_from"),
            title=r["title"],
            title_from=r.get("title_from"),
            kind=about.kind,
            voted_on="motion" if is_motion(r["title"]) else part,
            targets=about.targets,
            place=about.place,
            basis=about.basis,
            checked=about.checked,
            remark=about.note,
            choice_a=choices[0],
            choice_b=choices[1],
            outcome=outcome(*choices),
            link=r["link"] or link_of(r["symbol"]),
            footnotes=tuple(m for m in marks if m),
        )

    def _slot(self, i: int) -> int:
        matrix = self.corpus.matrix
        return int((matrix.session if self.cut.reading.clock == "session" else matrix.year)[i])


def outcome(a: Choice, b: Choice) -> str:
    """The class of two votes: same, ambivalent (exactly one abstained), opposite, or absent (at least one).

    >>> outcome(Choice.NO, Choice.NO), outcome(Choice.NO, Choice.ABSTAIN), outcome(Choice.CODED_NONMEMBER, Choice.NO)
    ('same', 'ambivalent', 'absent')
    """
    if not (a.cast and b.cast):
        return "absent"
    if a == b:
        return "same"
    return "ambivalent" if Choice.ABSTAIN in (a, b) else "opposite"


def counted(votes: Iterable[SituationVote]) -> Counts:
    """The 4×4 table of these texts."""
    table = np.zeros((4, 4), dtype=np.int64)
    coded = 0
    for vote in votes:
        table[min(vote.choice_a, Choice.ABSENT), min(vote.choice_b, Choice.ABSENT)] += 1
        coded += Choice.CODED_NONMEMBER in (vote.choice_a, vote.choice_b)
    return Counts.of(table.tolist(), coded) if table.any() else NO_COUNTS


def notes_of(
    fr: Frame, found: About, pair: Sequence[State], span: Period, votes: Sequence[SituationVote]
) -> list[Note]:
    """What must be said next to country situations."""
    first = [note("situations_line")]
    if found.silent.k:
        first.append(note("situations_untold", k=found.silent.k, n=found.silent.of))
    if span.years[0] < _TITLES_ARE_SENTENCES_BEFORE:
        first.append(note("situations_sentences", year=_TITLES_ARE_SENTENCES_BEFORE))
    unchecked = sum(not v.checked for v in votes)
    if unchecked:
        first.append(note("situations_unchecked", k=unchecked, n=len(votes)))
    if any(v.voted_on == "motion" for v in votes):
        first.append(note("situations_motion"))
    placed = {v.remark for v in votes if v.place and v.remark}
    first += [note("situations_place", text=remark) for remark in sorted(placed)]
    return [
        *first,
        *of_set(found.cut),
        *of_reading(found.cut),
        *general(fr.origin, fr.reading, [span]),
        *seats([s.id for s in pair], [span]),
        *lent_notes(found.corpus.marks, ("symbol", "title")),
        note("not_corrected"),
    ]


_TITLES_ARE_SENTENCES_BEFORE = 1985


@lru_cache(maxsize=4)
def _situations_in(corpus: ReleaseCorpus) -> tuple[Situation | None, ...]:
    """What each roll call of a release is about; as many releases kept as are kept open."""
    return tuple(situations_of(_texts(corpus)))


def _texts(corpus: ReleaseCorpus) -> list[Text]:
    columns = corpus.roll_calls.select("roll_call", "symbol", "title", "date", "paragraph", "amendment").rows()
    return [
        Text(call, symbol, title, day, bool(par or am) or is_motion(title) or _is_read_out_part(title))
        for call, symbol, title, day, par, am in columns
    ]


def _is_read_out_part(title: str | None) -> bool:
    """Words of a presiding officer that put a paragraph or an amendment to the vote, not the text as a whole."""
    return is_speech(title) and "as a whole" not in " ".join((title or "").split())


def _rows(votes: Sequence[SituationVote], wanted: set[str] | None) -> tuple[TargetRow, ...]:
    """One row a target, those with most texts first."""
    by_target: dict[str, list[SituationVote]] = {}
    for vote in votes:
        for target in vote.targets:
            if wanted is None or target in wanted:
                by_target.setdefault(target, []).append(vote)
    rows = [
        TargetRow(target, registry().name(target), counted(mine), _by_slot(mine)) for target, mine in by_target.items()
    ]
    return tuple(sorted(rows, key=lambda r: (-r.counts.roll_calls, in_order(r.name))))


def _by_slot(votes: Sequence[SituationVote]) -> tuple[tuple[int, tuple[SituationVote, ...]], ...]:
    slots = sorted({v.slot for v in votes if v.slot is not None})
    return tuple((slot, tuple(v for v in votes if v.slot == slot)) for slot in slots)
