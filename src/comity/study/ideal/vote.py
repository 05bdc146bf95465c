"""One roll call on the scale of ideal points: curve, cut points, and how unusual each vote was for its place."""

from __future__ import annotations

import numpy as np

from comity.errors import EmptySelection
from comity.measures.ideal.likelihood import log_probability
from comity.model.choice import Choice
from comity.model.symbol import link_of
from comity.states.registry import registry
from comity.study import ask
from comity.study.answers.ideal_vote import IdealVoteAnswer, Placed
from comity.study.context import States
from comity.study.corpus import Corpus
from comity.study.ideal.ballots import why_left_out
from comity.study.ideal.fitted import Fitted, Progress
from comity.study.ideal.settings import Settings
from comity.study.ideal.show import fit_notes, fit_of, header_of, open_fit
from comity.study.lent import lent_notes
from comity.study.notes import note, unique
from comity.study.splits import needs_roll_calls
from comity.study.vote import row_of

NEIGHBOURS = 20
_FLAT = 0.05


def ideal_vote(
    symbol: str,
    states: States = None,
    chosen: Settings | None = None,
    *,
    release: str | None = None,
    corpus: Corpus | None = None,
    progress: Progress | None = None,
) -> IdealVoteAnswer:
    """A roll call's curve, cut points, and what each state's vote had been given at its place.

    states : those to look at among their neighbours on the scale. EmptySelection where the fit left the roll call out.
    """
    opened = needs_roll_calls(corpus) if corpus is not None else None
    held, row = row_of(symbol, release, opened)
    fr, found = open_fit(chosen or Settings(), None, held, progress)
    item = int(found.votes.row_item[row])
    if item < 0:
        raise EmptySelection(
            "The fit left this roll call out",
            got=symbol,
            next=why_left_out(found.corpus, found.chosen, row),
        )
    r = held.roll_calls.row(row, named=True)
    placed = _placed(found, row, item)
    given = ask.several_states(states, r["date"] or fr.origin.last, past=True)
    beta, low, high = (float(x[item]) for x in (found.estimate.beta, found.estimate.gamma1, found.estimate.gamma2))
    session = _session(found, row)
    silent = [s.name for s in given if not _is(placed, s.id)]
    unplaced = [note("ideal_no_vote", names=", ".join(silent))] if silent else []
    return IdealVoteAnswer(
        header=header_of(fr, found),
        fit=fit_of(found),
        symbol=r["symbol"],
        roll_call=r["roll_call"],
        title=r["title"],
        date=r["date"],
        date_precision=r["date_precision"] or "session",
        session=session,
        link=r["link"] or link_of(r["symbol"]),
        beta=beta,
        gamma1=low,
        gamma2=high,
        cuts=(low / beta, high / beta) if abs(beta) >= _FLAT else None,
        text=int((found.votes.row_item == item).sum()),
        placed=tuple(placed),
        focus=tuple((s.id, _neighbours(placed, s.id)) for s in given if _is(placed, s.id)),
        notes=unique(
            [
                *unplaced,
                *fit_notes(found, {session}),
                note("ideal_vote"),
                *lent_notes(held.marks, ("symbol", "title")),
            ]
        ),
    )


def given_on_line(found: Fitted, row: int) -> dict[str, float]:
    """What each state's vote on a roll call had been given at its place; empty where the fit left the roll call out."""
    item = int(found.votes.row_item[row])
    return {p.state: p.p for p in _placed(found, row, item)} if item >= 0 else {}


def _is(placed: list[Placed], state: str) -> bool:
    return any(p.state == state for p in placed)


def _placed(found: Fitted, row: int, item: int) -> list[Placed]:
    """By theta, the states that voted on this roll call and are placed that session."""
    votes, estimate = found.votes, found.estimate
    cells = found.corpus.matrix.cells[row]
    places = votes.item_start[item], votes.item_start[item + 1]
    units = np.unique(votes.unit[places[0] : places[1]])
    session = _session(found, row)
    units = units[votes.session[units] == session]
    units = units[cells[votes.state[units]] <= Choice.NO]
    theta = estimate.theta[units]
    cuts = np.atleast_2d(estimate.gamma1[item]), np.atleast_2d(estimate.gamma2[item])
    p = np.exp(log_probability((estimate.beta[item] * theta)[:, None], *cuts, np.arange(3, dtype=np.int8)[None]))
    name = registry().name
    ids = [found.states[s] for s in votes.state[units]]
    made = [
        Placed(s, name(s), Choice(int(cells[votes.state[u]])), float(t), *(float(x) for x in q))
        for s, u, t, q in zip(ids, units, theta, p, strict=True)
    ]
    return sorted(made, key=lambda p: (p.theta, p.state))


def _session(found: Fitted, row: int) -> int:
    from comity.study.expected import sessions_of

    return int(sessions_of(found.corpus)[row])


def _neighbours(placed: list[Placed], state: str) -> tuple[int, int, int]:
    """How the twenty nearest on the scale voted."""
    mine = next(p for p in placed if p.state == state)
    others = sorted((p for p in placed if p.state != state), key=lambda p: (abs(p.theta - mine.theta), p.state))
    voted = [p.choice for p in others[:NEIGHBOURS]]
    return voted.count(Choice.YES), voted.count(Choice.ABSTAIN), voted.count(Choice.NO)
