"""An assembly that votes in space, with texts that return: to try a method where the truth is known.

States hold ideal points on one line and move slowly. A resolution family has a cutting point, a direction and a stance
of every state towards it that lasts; it lives for some sessions and is voted on again in most of them, at a cutting
point that wobbles. A state votes yes, abstains or votes no as its utility falls above, within or below a band around 0.
All lengths are in standard deviations of the ideal points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from comity.model.choice import Choice

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class World:
    """The law of an assembly.

    families    : resolution families alive in a session, on average.
    life        : sessions that a family lives, on average (geometric).
    recurrence  : chance that a living family is voted on in a session.
    extra_votes : further roll calls of a family in a session where it is voted on, on average (paragraphs, amendments).
    drift       : sd of a state's move from one session to the next.
    mood        : sd of a state's shift in a single session, gone in the next: votes then cluster by session too.
    middle      : mean cutting point; below 0 most texts pass.
    spread      : sd of cutting points; wobble: sd of a return around its family's.
    westward    : chance that a family is of the other direction.
    stance      : sd of a state's lasting stance towards a family, beyond its ideal point.
    noise       : sd of what is left to chance in a single vote.
    band        : half the width of the band of abstention.
    absence     : mean chance of absence; states differ (Beta with parameters absence × 8 and (1 − absence) × 8).
    """

    states: int = 40
    sessions: int = 20
    families: float = 40.0
    life: float = 8.0
    recurrence: float = 0.8
    extra_votes: float = 0.4
    drift: float = 0.05
    mood: float = 0.0
    middle: float = -0.8
    spread: float = 0.8
    wobble: float = 0.2
    westward: float = 0.2
    stance: float = 0.6
    noise: float = 0.4
    band: float = 0.3
    absence: float = 0.08


@dataclass(frozen=True, eq=False)
class Assembly:
    """What was voted.

    cells   : Choice codes, shape (R, states).
    session : 0 to sessions − 1, shape (R,), rising; family : ids, shape (R,).
    ideal   : ideal points, shape (sessions, states).
    """

    cells: NDArray[np.uint8]
    session: Ints
    family: Ints
    ideal: Floats


class _Texts(NamedTuple):
    """Families: cutting point, direction (1 or −1), stance of each state."""

    cut: Floats
    direction: Floats
    stance: Floats


def ideal_points(world: World, rng: np.random.Generator) -> Floats:
    """Slowly moving ideal points, shape (sessions, states): a random walk from a standard normal start."""
    start = rng.standard_normal(world.states)
    moves = world.drift * rng.standard_normal((world.sessions, world.states))
    moves[0] = 0
    path: Floats = start + np.cumsum(moves, axis=0)
    return path


def assembly(world: World, rng: np.random.Generator, ideal: Floats | None = None) -> Assembly:
    """One assembly; ``ideal`` keeps the states where they are while texts and votes are drawn anew.

    ideal : shape (sessions, states); drawn by ``ideal_points`` where not given.
    """
    path = ideal_points(world, rng) if ideal is None else ideal
    alive = _lives(world, rng)
    times = (rng.random(alive.shape) < world.recurrence) & alive
    votes = np.where(times, 1 + rng.poisson(world.extra_votes, alive.shape), 0)
    session, family = (np.repeat(axis, votes.T.reshape(-1)) for axis in _axes(*votes.T.shape))
    texts = _texts(world, len(alive), rng)
    chance = world.absence * 8, (1 - world.absence) * 8
    absent = rng.random((len(session), world.states)) < rng.beta(*chance, world.states)
    shifted = path + _moods(world, path.shape, rng)
    cells = np.where(absent, np.uint8(Choice.ABSENT), _choices(world, shifted[session], texts, family, rng))
    return Assembly(cells, session, family, path)


def bsv_assembly(
    states: int, sessions: int, texts: int, rng: np.random.Generator, *, linked: int = 4, drift: float = 0.25
) -> Assembly:
    """An assembly that votes by the dynamic ordinal ideal-point model (``measures.ideal``); one vote in ten is absent.

    texts  : roll calls a session, of which ``linked`` were voted on in the session before.
    ideal  : mean 0, sd 1 over all states and sessions; the first state stands far up, the second far down.
    """
    moves = rng.standard_normal((sessions, states))
    moves[1:] *= drift
    path = _standard(np.cumsum(moves, axis=0))
    path[:, 0] += 2.0
    path[:, 1] -= 2.0
    path = _standard(path)
    cells = np.empty((sessions * texts, states), np.uint8)
    family = np.arange(len(cells))
    slope, cuts = rng.standard_normal(len(cells)), np.sort(0.8 * rng.standard_normal((len(cells), 2)), axis=1)
    cuts[:, 1] += 0.3
    for t in range(sessions):
        rows = slice(t * texts, (t + 1) * texts)
        if t:
            again, last = np.arange(linked) + t * texts + linked, np.arange(linked) + (t - 1) * texts
            slope[again], cuts[again], family[again] = slope[last], cuts[last], family[last]
        response = slope[rows, None] * path[t] + rng.standard_normal((texts, states))
        cast = (response > cuts[rows, :1]).astype(np.uint8) + (response > cuts[rows, 1:])
        cells[rows] = np.where(rng.random(cast.shape) < 0.1, np.uint8(Choice.ABSENT), cast)
    return Assembly(cells, np.repeat(np.arange(sessions), texts), family, path)


def _standard(path: Floats) -> Floats:
    scaled: Floats = (path - path.mean()) / path.std()
    return scaled


def expected_same(world: World, ideal: Floats, rng: np.random.Generator, texts: int = 4000) -> Floats:
    """The chance that the first state votes alike with each other when both cast a vote, shape (sessions, N − 1).

    ideal : ideal points of the first state and the others, shape (sessions, N).
    texts : new families to average over, one roll call each in every session, each in a mood of its own.
    """
    count = ideal.shape[1]
    drawn, family = _texts(world, texts, rng, states=count), np.arange(texts)
    made = (_choices(world, at + _moods(world, (texts, count), rng), drawn, family, rng) for at in ideal)
    return np.array([(cells[:, :1] == cells[:, 1:]).mean(axis=0) for cells in made])


def _moods(world: World, shape: tuple[int, ...], rng: np.random.Generator) -> Floats:
    """Passing shifts; without them nothing is drawn, so that older seeds give what they gave."""
    moods: Floats = world.mood * rng.standard_normal(shape) if world.mood else np.zeros(shape)
    return moods


def _lives(world: World, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Which family lives in which session, shape (families, sessions); as many at the start as later, on average."""
    opening = rng.poisson(world.families)
    entries = rng.poisson(world.families / world.life, world.sessions - 1)
    enter = np.concatenate([np.zeros(opening, np.int64), np.repeat(np.arange(1, world.sessions), entries)])
    leave = enter + rng.geometric(1 / world.life, len(enter))
    at = np.arange(world.sessions)
    return (at >= enter[:, None]) & (at < leave[:, None])


def _axes(sessions: int, families: int) -> tuple[Ints, Ints]:
    """Session and family of each cell of a sessions × families grid, row by row."""
    return np.repeat(np.arange(sessions), families), np.tile(np.arange(families), sessions)


def _texts(world: World, count: int, rng: np.random.Generator, states: int | None = None) -> _Texts:
    cut = world.middle + world.spread * rng.standard_normal(count)
    direction = np.where(rng.random(count) < world.westward, -1.0, 1.0)
    return _Texts(cut, direction, world.stance * rng.standard_normal((count, states or world.states)))


def _choices(world: World, ideal: Floats, texts: _Texts, family: Ints, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Votes of all states on roll calls, one row each; ``ideal`` has the states' points on each."""
    cut = texts.cut[family] + world.wobble * rng.standard_normal(len(family))
    side = texts.direction[family, None] * ideal - cut[:, None]
    utility = side + texts.stance[family] + world.noise * rng.standard_normal(ideal.shape)
    cast = np.where(utility < 0, np.uint8(Choice.NO), np.uint8(Choice.YES))
    return np.where(np.abs(utility) <= world.band, np.uint8(Choice.ABSTAIN), cast)
