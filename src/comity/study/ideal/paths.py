"""A pair's ideal points beside other states, and how far apart the members of a group stood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from comity.model.reading import Reading
from comity.states.groups import KINDS, Group, group, groups_of
from comity.study import ask
from comity.study.answers.ideal import Point
from comity.study.answers.ideal_paths import GroupRange, GroupSession, IdealPathsAnswer
from comity.study.context import States, frame
from comity.study.corpus import Corpus
from comity.study.ideal.fitted import Progress
from comity.study.ideal.settings import Settings
from comity.study.ideal.show import ideal_show, settled

_FIRST = 1945  # session n is held mostly in the autumn of the year 1945 + n
_QUARTILES_FROM = 12
"""A quarter of fewer members than this is one or two states: the whole range says more."""


def ideal_paths(
    a: str,
    b: str,
    *,
    vs: States = None,
    of_group: str | None = None,
    chosen: Settings | None = None,
    release: str | None = None,
    corpus: Corpus | None = None,
    progress: Progress | None = None,
) -> IdealPathsAnswer:
    """The ideal points of two states over the sessions.

    vs       : states beside them; by default the permanent members of the Security Council that are not in the pair.
    of_group : a group whose range is drawn, by id or name; none by default.
    """
    fr = frame(Reading(clock="session", release=release), corpus)
    day = fr.origin.last
    pair = ask.two_states(a, b, day, past=True)
    beside = ask.p5_except(*(s.id for s in pair), day=day) if vs is None else ask.several_states(vs, day, past=True)
    named = list(dict.fromkeys(s.id for s in (*pair, *beside)))
    found = group(of_group) if of_group else None
    members = sorted({m.state for m in found.memberships}) if found else []
    every = [*named, *(m for m in members if m not in named)]
    shown = ideal_show(every, chosen, release=release, corpus=fr.corpus, progress=progress)
    return IdealPathsAnswer(
        shown=replace(
            shown,
            names=tuple((s, name) for s, name in shown.names if s in named),
            points=tuple(p for p in shown.points if p.state in named),
        ),
        group=range_of(found, shown.points) if found else None,
    )


def range_of(of: Group, points: Iterable[Point]) -> GroupRange:
    """The range of a group's members, session by session: those that belonged to it on 1 December of the session."""
    by_session: dict[int, list[float]] = {}
    spells = {m.state: [n.spell for n in of.memberships if n.state == m.state] for m in of.memberships}
    for p in points:
        if any(date(_FIRST + p.session, 12, 1) in spell for spell in spells.get(p.state, ())):
            by_session.setdefault(p.session, []).append(p.theta)
    several = {t: theta for t, theta in by_session.items() if len(theta) > 1}
    quartiles = max(map(len, several.values()), default=0) >= _QUARTILES_FROM
    ends = (0.25, 0.5, 0.75) if quartiles else (0.0, 0.5, 1.0)
    sessions = tuple(_session(t, theta, ends) for t, theta in sorted(several.items()))
    return GroupRange(of.id, of.name, quartiles, sessions)


def _session(session: int, theta: Sequence[float], ends: tuple[float, float, float]) -> GroupSession:
    low, middle, high = (settled(q) for q in np.quantile(theta, ends))
    return GroupSession(session, low, middle, high, len(theta))


def usual_group(state: str, day: date) -> str | None:
    """The group a dossier shows beside a state: its first organization, else its group at the United Nations.

    Regions are no bloc, and the permanent members are drawn one by one anyway.
    """
    known = [g for g in groups_of(state, day) if g.kind != "region" and g.id != ask.P5.lower()]
    return min(known, key=lambda g: KINDS.index(g.kind)).id if known else None
