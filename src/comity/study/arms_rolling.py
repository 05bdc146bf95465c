"""Each supplier's share of a state's arms deliveries over a window of years that ends in each year."""

from __future__ import annotations

from functools import partial

from comity.errors import UsageError
from comity.model.period import Period
from comity.model.words import say
from comity.strands.arms import Amount, total
from comity.study.answers.arms_rolling import REST, ArmsRollingAnswer, RollingShare
from comity.study.arms import dated_measures, opened, sources
from comity.study.arms_notes import notes
from comity.study.arms_parts import parts
from comity.study.arms_tables import Held, begins
from comity.study.strand import strand_header

WINDOW = 5
SHOWN = 3


def arms_rolling(
    recipient: str,
    *,
    period: str | Period | None = None,
    window: int = WINDOW,
    joined: bool = True,
    register: str | None = None,
) -> ArmsRollingAnswer:
    """The shares of the three suppliers with the largest volume in the period, and of all others together.

    A window reaches back before the period where the register does. Raises as ``arms``, and UsageError for no year.
    """
    if window < 1:
        raise UsageError("A window has at least one year", got=window)
    held, cut = opened({"recipient": recipient}, period, joined=joined, register=register)
    subject = cut.parties["recipient"]
    first = tuple(held.volumes("recipient", subject.key, cut.first, cut.last))[:SHOWN]
    rows = [
        row
        for year in range(max(cut.first, begins(cut.parties.values(), held.dataset) + window - 1), cut.last + 1)
        for row in _of_window(held, subject.key, first, year - window + 1, year)
    ]
    whole = partial(held.whole, "recipient", subject.key)
    dated = tuple(m for m in dated_measures(held, cut, whole) if cut.first <= m.year <= cut.last)
    return ArmsRollingAnswer(
        header=strand_header(say("arms.subject_rolling", window=window), sources(held, cut, dated)),
        notes=notes(held, cut.parties, cut.asked, cut.period, dated, cut.beside(held), [r.amount for r in rows]),
        recipient=subject.key,
        name=subject.name,
        period=cut.period,
        window=window,
        order=(*first, REST),
        rows=tuple(rows),
        marks=dated,
    )


def _of_window(held: Held, key: str, first: tuple[str, ...], start: int, end: int) -> list[RollingShare]:
    """Shares in one window, the suppliers chosen in their order and the others last; none where nothing came."""
    found = {k: v.amount for k, v in held.volumes("recipient", key, start, end).items()}
    told: dict[str, Amount] = {k: found[k] for k in first if k in found}
    if rest := [amount for k, amount in found.items() if k not in first]:
        told[REST] = total(rest)
    return [
        RollingShare(k, say("arms.other") if k == REST else held.name(k), end, told[k], share)
        for k, share in parts(told).items()
        if share
    ]
