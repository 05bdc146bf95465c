"""States that came before one: what a reader has to ask for by another name."""

from __future__ import annotations

from collections.abc import Iterable

from comity.model.words import say
from comity.states.registry import State, registry
from comity.study.answers.common import Note


def forerunner_notes(states: Iterable[State], first_year: int | None = None) -> tuple[Note, ...]:
    """A note for each state that followed others under ids of their own, not before ``first_year``; None: at any time.

    A seat that continued under one id (the Soviet Union's, by Russia) needs none.
    """
    told = []
    for state in states:
        before = [s for s in registry().predecessors(state.id) if first_year is None or s.day.year >= first_year]
        if before:
            names = ", ".join(f"{registry().name(s.predecessor)} ({s.predecessor})" for s in before)
            text = say("strand_state.forerunners", state=state.name, names=names)
            told.append(Note("strand_state.forerunners", text))
    return tuple(told)
