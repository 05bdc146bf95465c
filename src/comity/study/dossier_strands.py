"""What the dossier tells of a pair beside its votes: each strand's answer, or why there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from comity.errors import BadPeriod, EmptySelection, NoAnswer, UsageError
from comity.model.period import Period
from comity.model.reading import Reading
from comity.model.words import say
from comity.states.registry import State
from comity.study.answers.arms import ArmsPairAnswer
from comity.study.answers.dossier import DossierStrand
from comity.study.answers.strand import StrandAnswer
from comity.study.corpus import Corpus

POWERS = ("USA", "CHN", "RUS")
"""Between which a pair's other state is placed; a state that is one of them is not placed between the others."""
Asked = Callable[[], StrandAnswer]


def strands(a: State, b: State, span: Period, corpus: Corpus) -> tuple[DossierStrand, ...]:
    """Arms, trade, money, treaties, timeline, tiers, visits, words, spread of ties, events, arguments, predictions.

    span : the dossier's years; ledgers are shown whole, for what is in force now may have begun before.
    """
    asked = (DossierStrand(key, *_told(ask_it)) for key, ask_it in _questions(a, b, span, corpus))
    return tuple(s for s in asked if not (isinstance(s.answer, ArmsPairAnswer) and not s.answer.amount.high))


def _questions(a: State, b: State, span: Period, corpus: Corpus) -> Iterator[tuple[str, Asked]]:
    # Here, so that a pair on the terminal does not load what only a dossier asks.
    from comity.study.arms import arms
    from comity.study.arms_rolling import arms_rolling
    from comity.study.balance.spread import balance
    from comity.study.events import events
    from comity.study.money import money
    from comity.study.reasons import arguments, predictions
    from comity.study.statements import statements
    from comity.study.tiers import tiers
    from comity.study.ties import ties
    from comity.study.timeline import timeline
    from comity.study.trade import trade
    from comity.study.visits import visits

    years = f"{span.start}-{span.end}" if span.clock == "year" else None
    pair = [a.id, b.id]
    yield "arms", lambda: arms(a.id, supplier=b.id, period=years)
    yield "arms", lambda: arms(b.id, supplier=a.id, period=years)
    for state in pair:
        yield "suppliers", partial(arms_rolling, state, period=years)
    yield "trade", lambda: trade(a.id, b.id, period=years)
    yield "money", lambda: money(a.id, b.id)
    yield "ties", lambda: ties(a.id, b.id)
    for state in pair:
        yield "tiers", partial(tiers, state)
    yield "visits", lambda: visits(a.id, b.id)
    yield "statements", lambda: statements(pair, either=True)
    reading = Reading(release=corpus.origin.release)
    for state in (s.id for s in (a, b) if s.id not in POWERS):
        yield "balance", partial(balance, state, powers=POWERS, period=years, reading=reading, corpus=corpus)
    yield "events", lambda: events(a.id, b.id, period=years)
    yield "arguments", lambda: arguments(pair)
    yield "predictions", lambda: predictions(pair)
    yield "timeline", lambda: timeline(pair)


def _told(ask_it: Asked) -> tuple[StrandAnswer | None, str]:
    try:
        return ask_it(), ""
    except EmptySelection as err:
        # What to do about it is the same for all and is said once, above the list.
        return None, say("strands.gap_empty", what=err.what, of=err.got) if err.got else f"{err.what}."
    except (NoAnswer, BadPeriod, UsageError) as err:
        return None, str(err)
