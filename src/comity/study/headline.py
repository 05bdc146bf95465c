"""The sentences to quote: a share with its N, then what it means against others."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from comity.model.words import during, named, ordinal, percent, possessive, rate, say
from comity.study.answers.common import Header, PairRow
from comity.study.answers.pair import PairAnswer, Standing
from comity.study.answers.uncertainty import Band, Intervals, RankBands

_SMALL = 20


def headline(
    row: PairRow, header: Header, standings: Sequence[Standing], too_few: Collection[str], roll_calls: int
) -> str:
    """The last period first, the one before it for comparison, then both ranks with both medians.

    A share never stands alone: where a rank cannot be computed the sentence says so.

    roll_calls : of the last period, whether or not both held a seat: where it is more, the sentence says so.
    too_few    : states of the pair whose ranking leaves the other out for want of common votes.
    """
    last = row.cells[-1]
    sentences = [_share(row, len(row.cells) - 1, header)]
    if last.counts.cast == 0:
        return sentences[0]
    if last.counts.roll_calls < roll_calls:
        sentences.append(say("headline.part", k=last.counts.roll_calls, n=roll_calls))
    if len(row.cells) > 1 and row.cells[-2].counts.roll_calls:
        sentences.append(_before(row))
    for state, partner in ((row.a, row.b), (row.b, row.a)):
        found = [s for s in standings if s.state == state and s.partner == partner and s.period == last.period]
        sentences.append(_rank(found[0], last.counts.cast) if found else _no_rank(row, state, state in too_few))
    return " ".join([*sentences, *_corrected(row, standings)])


def ranges(answer: PairAnswer, held: Intervals) -> tuple[str, ...]:
    """The intervals of both ranks and medians in the last period; nothing without known families, or with few votes."""
    last = answer.lead.cells[-1]
    bands = {r.state: r for r in held.ranks if r.period == last.period.label}
    n = last.counts.cast
    if n < _SMALL or not held.drawn.families_known or not {answer.a, answer.b} <= bands.keys():
        return ()
    first, second = bands[answer.a], bands[answer.b]
    placed = {s.state: s for s in answer.standings if s.period == last.period}
    said = [
        say(
            "headline.ranges",
            whose_first=possessive(answer.lead.name_b),
            first=_range(first, placed[answer.a]),
            whose_second=possessive(answer.lead.name_a),
            second=_range(second, placed[answer.b]),
            a=named(answer.lead.name_a),
            b=named(answer.lead.name_b),
            median_first=_ends(first.median, n),
            median_second=_ends(second.median, n),
        )
    ]
    if not (first.reliable and second.reliable):
        said.append(say("intervals.unreliable"))
    return tuple(said)


def _range(bands: RankBands, placed: Standing) -> str:
    """Where a rank runs, by share and chance-corrected."""
    by_share = _stays(bands.rank, placed.among) or say("headline.runs", ends=_ends(bands.rank))
    if None in bands.corrected_rank:
        return by_share
    corrected = _stays(bands.corrected_rank, placed.corrected_among) or _ends(bands.corrected_rank)
    return say("headline.corrected_ends", ends=by_share, corrected=corrected)


def _stays(band: Band, among: int) -> str:
    """A rank that is the same at both ends of its interval, in words; "" for any other."""
    low, high = (round(x or 0) for x in (band.low, band.high))
    if low != high:
        return ""
    if low in (1, among):
        return say(f"headline.stays_{'first' if low == 1 else 'last'}", among=among)
    return say("headline.stays", rank=ordinal(low))


def _ends(band: Band, n: int | None = None) -> str:
    """A share's interval where ``n`` is given, else a rank's."""
    low, high = (ordinal(round(x or 0)) if n is None else rate(x, n) for x in (band.low, band.high))
    return say("headline.range", low=low, high=high)


def _corrected(row: PairRow, standings: Sequence[Standing]) -> list[str]:
    """Both ranks by chance-corrected agreement, where both are defined and rest on enough votes."""
    last = row.cells[-1]
    by_state = {s.state: s for s in standings if s.period == last.period and s.corrected_rank is not None}
    if last.counts.cast < _SMALL or not {row.a, row.b} <= by_state.keys():
        return []
    first, second = by_state[row.a], by_state[row.b]
    return [
        say(
            "headline.corrected",
            first=ordinal(first.corrected_rank or 0),
            first_among=first.corrected_among,
            second=ordinal(second.corrected_rank or 0),
            second_among=second.corrected_among,
        )
    ]


def _share(row: PairRow, k: int, header: Header) -> str:
    cell = row.cells[k]
    c = cell.counts
    fields = {"when": during(cell.period), "a": named(row.name_a), "b": named(row.name_b)}
    fields |= {"issue": header.issue_label, **header.where}
    if c.roll_calls == 0:
        return say("headline.none", **fields)
    if c.cast == 0:
        return say("headline.none_cast", **fields, n=c.roll_calls)
    fields |= {
        "same": str(c.same),
        "n": str(c.roll_calls),
        "cast": str(c.cast),
        "share": percent(c.same, c.roll_calls),
        "cast_share": percent(c.same, c.cast),
        "same_yes": str(c.same_yes),
        "same_abstain": str(c.same_abstain),
        "same_no": str(c.same_no),
    }
    key = "first_small" if c.cast < _SMALL else "first_all_cast" if c.absent == 0 else "first"
    return say(f"headline.{key}", **fields)


def _before(row: PairRow) -> str:
    cell = row.cells[-2]
    c = cell.counts
    key = "before" if c.roll_calls >= _SMALL else "before_small"
    share = percent(c.same, c.roll_calls)
    return say(f"headline.{key}", when=during(cell.period), same=c.same, n=c.roll_calls, share=share)


def _rank(s: Standing, n: int) -> str:
    if n < _SMALL:
        fields = {"whose": possessive(s.name_state), "partner": named(s.name_partner), "rank": ordinal(s.rank)}
        return say("headline.standing_small", among=s.among, **fields)
    key = "standing" if s.tied == 0 else "standing_tied_one" if s.tied == 1 else "standing_tied"
    return say(
        f"headline.{key}",
        whose=possessive(s.name_state),
        partner=named(s.name_partner),
        rank=ordinal(s.rank),
        among=s.among,
        tied=s.tied,
        median=rate(s.median, n),
    )


def _no_rank(row: PairRow, state: str, too_few: bool) -> str:
    names = {row.a: row.name_a, row.b: row.name_b}
    other = row.b if state == row.a else row.a
    sentence = say(
        "headline.standing_few" if too_few else "headline.standing_none",
        state=named(names[state]),
        whose=possessive(names[state]),
        partner=named(names[other]),
    )
    return sentence[0].upper() + sentence[1:]
