"""Whether other releases in the store give another count for the same question."""

from __future__ import annotations

from comity.errors import ComityError
from comity.model.counts import Counts
from comity.model.origin import Origin
from comity.model.period import Period
from comity.model.words import named, say, span
from comity.study import ask
from comity.study.answers.common import Note, PairRow
from comity.study.context import Frame
from comity.study.coverage import partial
from comity.study.notes import note

_LIBRARY = "undl"


def disagreements(fr: Frame, row: PairRow) -> list[Note]:
    """A note for each other release, adapter permitting, that covers a period and counts this pair otherwise.

    Sources that cannot answer the reading (no flags, no such period) say nothing here.
    """
    if fr.origin.aggregates:
        return []
    from comity.store import releases
    from comity.study.opening import open_release

    found = []
    for manifest in releases.list_releases(fr.origin.body):
        if manifest.release == fr.origin.release:
            continue
        origin = manifest.origin()
        cells = [cell for cell in row.cells if _covers(cell.period, origin, fr.origin)]
        if not cells:
            continue
        try:
            other = open_release(manifest.release, council=True)
            cut = other.cut(ask.make_reading(fr.reading, release=manifest.release), [c.period for c in cells])
        except ComityError:
            continue
        for k, cell in enumerate(cells):
            there, here = cut.counts(k, row.a, row.b), cell.counts
            if there.roll_calls and (there.same, there.roll_calls) != (here.same, here.roll_calls):
                found.append(
                    note(
                        "differs",
                        release=manifest.release,
                        a=named(row.name_a),
                        b=named(row.name_b),
                        same=there.same,
                        n=there.roll_calls,
                        same_here=here.same,
                        n_here=here.roll_calls,
                        period=span(cell.period.label),
                        reason=say(f"notes.reason_{_reason(here, there, manifest.layout, fr)}"),
                    )
                )
    return found


def _reason(here: Counts, there: Counts, layout: str, fr: Frame) -> str:
    """The likely reason of a difference: cells coded not-a-member, other votes on as many texts, other texts."""
    if abs(here.coded_nonmember - there.coded_nonmember) > abs(here.roll_calls - there.roll_calls):
        return "coded"
    if here.roll_calls == there.roll_calls:
        return "votes"
    return "library" if (layout == _LIBRARY) != (fr.origin.layout == _LIBRARY) else "lineage"


def _covers(period: Period, origin: Origin, own: Origin) -> bool:
    """Whether a release holds the period as wholly as ours: one that ends within it counts fewer texts by nature."""
    try:
        return not partial(ask.inside(period, origin), origin) or partial(period, own)
    except ComityError:
        return False
