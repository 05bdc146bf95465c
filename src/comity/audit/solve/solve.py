"""Which readings give the figures a text prints?"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence

import numpy as np

from comity.audit.solve.answer import SolveAnswer
from comity.audit.solve.find import Nearest, find
from comity.audit.solve.items import OF, Item, members, pairs_of, parse_item
from comity.audit.solve.space import Base, Space, space
from comity.errors import EmptySelection, UsageError
from comity.model.choice import Choice
from comity.model.language import numeral
from comity.model.period import Period
from comity.model.reading import Reading
from comity.model.words import say, span
from comity.states.registry import registry
from comity.store.releases import list_releases
from comity.study import ask
from comity.study.answers.common import Note
from comity.study.corpus import Corpus
from comity.study.notes import note, unique
from comity.study.opening import open_corpus
from comity.study.release import ReleaseCorpus
from comity.study.strand import release_line, strand_header
from comity.votes.selection import issue_label

MOST_SHIFT, MOST_ITEMS = 10, 40
_CANDIDATES = 12
Printed = tuple[str, str, str]
"""State, state, and "same=75%"."""


def solve(
    printed: Iterable[Printed],
    *,
    issue: str = "all",
    period: str,
    n: int | None = None,
    of: str | None = None,
    shift: int = 2,
    release: str | None = None,
    seed: int = 1945,
) -> SolveAnswer:
    """Try every defensible reading of the figures together; one reading has to serve them all.

    printed : (state, state, "same=75%"), of one pair or several; period : calendar years as the text declares them.
    n       : the number of roll calls that the text prints. of : of what shares are (of items.OF), where it says so.
    shift : how far the ends may move on each clock.
    release : only this one; by default all in the store, or the starter data.
    UsageError, BadPeriod, UnknownState; EmptySelection where no release covers the period.
    """
    items = _items(printed)
    if not 0 <= shift <= MOST_SHIFT:
        raise UsageError("The ends may move by so many years", got=shift, allowed=f"0 to {MOST_SHIFT}")
    if n is not None and n < 1:
        raise UsageError("A text prints one roll call or more", got=n)
    if of is not None and of not in OF:
        raise UsageError("Shares are of one of these", got=of, allowed=", ".join(OF))
    declared = Period.parse(period, "year")
    issue_label(issue)
    corpora = corpora_of(release)
    begun = time.perf_counter()
    made = space(corpora, pairs_of(items), [issue], declared, shift)
    if not made.bases:
        raise EmptySelection(
            "No release at hand covers the period with these votes",
            got=f"{issue}, {declared.label}",
            next="Add a release that does: comity data pull unga",
        )
    base = Base(Reading(release=made.bases[0].reading.release, issue=issue), declared, 0, 0)
    found = find(made, items, n, base, seed, of=(of,) if of else OF)
    seconds = time.perf_counter() - begun
    nearest = found.nearest
    return SolveAnswer(
        header=strand_header(
            say("solve.subject", issue=issue_label(issue), period=span(declared.label)),
            map(release_line, (c.origin for c in used(corpora, made))),
        ),
        notes=_notes(items, corpora),
        names={s: registry().name(s) for pair in pairs_of(items) for s in pair},
        issue=issue,
        period=declared.label,
        n=n,
        of=of,
        shift=shift,
        items=items,
        found=found,
        seconds=seconds,
        candidates=_candidates(corpora, items, nearest) if nearest else (),
    )


def _items(printed: Iterable[Printed]) -> tuple[Item, ...]:
    """The figures with their states resolved; UsageError for none, or for very many."""
    found = []
    for a, b, text in printed:
        first, second = ask.two_states(a, b, past=True)
        found.append(parse_item(text, first.id, second.id))
    if not 1 <= len(found) <= MOST_ITEMS:
        raise UsageError(
            "Name what the text prints",
            got=f"{len(found)} figures",
            allowed=f"1 to {MOST_ITEMS}",
            next="Such as --print same=75% --print opposite=2",
        )
    return tuple(found)


def corpora_of(release: str | None) -> list[Corpus]:
    """The named release, or all in the store, newest first; the starter data where the store is empty."""
    if release is not None:
        return [open_corpus(release)]
    held = [m.release for m in list_releases() if m.layout != "plain-long"]
    return [open_corpus(label) for label in held] or [open_corpus()]


def _notes(items: Sequence[Item], corpora: Sequence[Corpus]) -> tuple[Note, ...]:
    told = [note("solve_consistent"), note("solve_null", points=3, draws=numeral(1000, ","))]
    if not any(isinstance(c, ReleaseCorpus) for c in corpora):
        told.append(note("solve_starter"))
    elif len(corpora) == 1:
        told.append(note("solve_one_release"))
    if any(i.category == "absent" for i in items):
        told.append(note("solve_absent"))
    return unique(told)


def used(corpora: Sequence[Corpus], made: Space) -> list[Corpus]:
    """Those that some reading rests on: a release that does not cover the period gives none."""
    labels = {base.reading.release for base in made.bases}
    return [c for c in corpora if c.origin.release in labels]


def _candidates(corpora: Sequence[Corpus], items: Sequence[Item], nearest: Nearest) -> tuple[tuple[str, ...], ...]:
    """For each figure that needs a change, the roll calls whose joint choice differs by one step from what it needs."""
    base = nearest.reading.base
    corpus = next(c for c in corpora if c.origin.release == base.reading.release)
    if not isinstance(corpus, ReleaseCorpus):
        return tuple(() for _ in items)
    rows = corpus.select(base.reading).rows(base.period)
    table, cells = corpus.roll_calls, corpus.matrix.cells[rows]
    names = [s or r for s, r in zip(table["symbol"].to_list(), table["roll_call"].to_list(), strict=True)]
    found = []
    for item, change in zip(items, nearest.changes, strict=True):
        if change is None:
            found.append(())
            continue
        column = corpus.matrix.column
        x, y = (np.minimum(cells[:, column[s]], Choice.ABSENT) for s in (item.a, item.b))
        inside = members(item.category)[4 * x + y]
        # One choice away: the two choices differ by one step on the scale of yes, abstain, no.
        near = (np.abs(x.astype(int) - y.astype(int)) == 1) & (x < Choice.ABSENT) & (y < Choice.ABSENT)
        asked = inside if change < 0 else near & ~inside
        found.append(tuple(names[rows[k]] for k in np.flatnonzero(asked)[:_CANDIDATES]))
    return tuple(found)
