"""Which states voted alike more than chance, as blocs; how firm they are, and who moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from comity.errors import EmptySelection, UsageError
from comity.measures.blocs import METHODS, Found, adjusted_rand, canonical, matched
from comity.measures.blocs import blocs as find
from comity.model.period import Period
from comity.model.reading import Reading
from comity.model.words import rate, span
from comity.states.names import in_order
from comity.states.registry import registry
from comity.study import ask, faults
from comity.study.answers.blocs import Bloc, BlocsAnswer, Earlier, Member, Move, Step
from comity.study.answers.common import Note
from comity.study.context import Frame, frame
from comity.study.corpus import Corpus
from comity.study.coverage import partial
from comity.study.lent import of_reading
from comity.study.network import Network, network
from comity.study.notes import general, note, of_set, seats, unique
from comity.study.splits import needs_roll_calls
from comity.study.standing import MIN_COMMON

RUNS, SEED = 100, 1
SWEEP = tuple(round(0.5 + 0.1 * k, 1) for k in range(11))
SWEEP_RUNS = 10
_FEW = 20  # roll calls below which kappa rests on next to nothing
_NAMED = 3


def blocs(
    period: str | int | Period | None = None,
    *,
    resolution: float = 1.0,
    seed: int = SEED,
    runs: int = RUNS,
    method: str = "louvain",
    min_common: float = MIN_COMMON,
    reading: Reading | None = None,
    corpus: Corpus | None = None,
) -> BlocsAnswer:
    """Blocs of a year, a session or a longer stretch.

    period     : by default the last year (or session) that the release covers to its end.
    resolution : above 1 more and smaller blocs, below 1 fewer and larger.
    seed, runs : the starts; the same seed gives the same answer.
    method     : "louvain", or "leiden" with the extra ``graph`` (MissingExtra without it).
    min_common : in [0, 1]; a pair is linked where both cast a vote on at least this share of the recorded votes.

    RollCallsMissing on the starter data; EmptySelection where no two states agree or disagree beyond chance.
    """
    _check(resolution, seed, runs, method, min_common)
    fr = frame(reading or Reading(), corpus)
    needs_roll_calls(fr.corpus)
    given = str(period) if isinstance(period, int) else period
    chosen = ask.one_period(given, fr.reading.clock, fr.origin) or _last_whole(fr)
    net = _network(fr, chosen, min_common)
    found = _find(net, seed, runs, resolution, method)
    steps, swept = _sweep(net, found, seed, method)
    inside = _Inside(net, found, swept, ask.last_day(chosen))
    earlier, why = _earlier(fr, chosen, inside, (resolution, seed, runs, method, min_common))
    cut = needs_roll_calls(fr.corpus).cut(fr.reading, [chosen])
    rule = note("blocs_rule", share=rate(min_common, 0), runs=runs, sweep_runs=SWEEP_RUNS)
    few = [note("blocs_few", n=cut.roll_calls(0))] if cut.roll_calls(0) < _FEW else []
    told = [
        rule,
        *few,
        *why,
        note("blocs_meaning"),
        *faults.of_states(fr.corpus, net.states, [chosen]),
        *of_set(cut),
        *of_reading(cut),
        *(n for n in general(fr.origin, fr.reading, [chosen]) if n.id != "abstention"),
        *seats(net.states, [chosen]),
    ]
    sizes = np.bincount(found.labels)
    return BlocsAnswer(
        header=fr.header,
        period=chosen,
        roll_calls=cut.roll_calls(0),
        method=method,
        resolution=resolution,
        runs=runs,
        seed=seed,
        min_common=min_common,
        blocs=tuple(inside.bloc(k) for k in np.flatnonzero(sizes > 1).tolist()),
        alone=_by_name(inside.members(k)[0] for k in np.flatnonzero(sizes == 1).tolist()),
        unplaced=net.unplaced,
        links=net.links,
        no_link=net.no_link,
        modularity=found.modularity,
        partitions=found.partitions,
        sweep=steps,
        earlier=earlier,
        dropped=cut.dropped,
        notes=unique(told),
    )


class _Inside:
    """The states of a partition, by bloc, the most central first."""

    def __init__(self, net: Network, found: Found, swept: NDArray[np.float64], day: date) -> None:
        self.net, self.found, self.swept, self.day = net, found, swept, day

    def order(self, k: int) -> NDArray[np.intp]:
        """Members of bloc k by falling mean agreement with the others of it."""
        inside = np.flatnonzero(self.found.labels == k)
        part = self.net.weights[np.ix_(inside, inside)]
        linked = np.isfinite(part)
        mean = np.where(linked, part, 0).sum(axis=1) / np.maximum(linked.sum(axis=1), 1)
        return inside[np.argsort(-mean, kind="stable")]

    def members(self, k: int) -> tuple[Member, ...]:
        """Members of bloc k."""
        inside = self.order(k)
        return tuple(
            Member(
                self.net.states[i],
                registry().name(self.net.states[i], self.day),
                _mean(self.found.together[i, inside[inside != i]]),
                _mean(self.swept[i, inside[inside != i]]),
            )
            for i in inside
        )

    def bloc(self, k: int) -> Bloc:
        """Bloc k with its mean agreement."""
        inside = self.order(k)
        part = self.net.weights[np.ix_(inside, inside)]
        return Bloc(k + 1, self.members(k), _mean(part[np.isfinite(part)]))


def _check(resolution: float, seed: int, runs: int, method: str, min_common: float) -> None:
    for good, what, got, allowed in (
        (0 < resolution <= 10, "The resolution is a positive number", resolution, "more than 0, to 10"),
        (seed >= 0, "The seed is a whole number", seed, "0 and more"),
        (1 <= runs <= 10_000, "The number of starts is too small or too large", runs, "1 to 10000"),
        (method in METHODS, "Unknown method", method, ", ".join(METHODS)),
        (0 <= min_common <= 1, "The minimum of common votes is a share", min_common, "0 to 1"),
    ):
        if not good:
            raise UsageError(what, got=got, allowed=allowed)


def _last_whole(fr: Frame) -> Period:
    whole = ask.whole(fr.origin, fr.reading.clock)
    if fr.reading.clock == "day":
        return whole
    last = Period(whole.end, whole.end, whole.clock)
    if partial(last, fr.origin) and whole.end > whole.start:
        return Period(whole.end - 1, whole.end - 1, whole.clock)
    return last


def _network(fr: Frame, period: Period, min_common: float) -> Network:
    return network(needs_roll_calls(fr.corpus).cut(fr.reading, [period]), min_common)


def _find(net: Network, seed: int, runs: int, resolution: float, method: str) -> Found:
    return find(net.weights, seed=seed, runs=runs, resolution=resolution, method=method)


def _sweep(net: Network, chosen: Found, seed: int, method: str) -> tuple[tuple[Step, ...], NDArray[np.float64]]:
    """Blocs at each resolution, and how often two states share one over all of them."""
    steps, together = [], np.zeros_like(net.weights)
    for resolution in SWEEP:
        found = _find(net, seed, SWEEP_RUNS, resolution, method)
        sizes = np.bincount(found.labels)
        steps.append(
            Step(
                resolution,
                tuple(int(n) for n in sizes if n > 1),
                int((sizes == 1).sum()),
                found.modularity,
                adjusted_rand(found.labels, chosen.labels),
            )
        )
        together += found.together
    return tuple(steps), together / len(SWEEP)


def _earlier(
    fr: Frame, period: Period, now: _Inside, choices: tuple[float, int, int, str, float]
) -> tuple[Earlier | None, list[Note]]:
    """The stretch of equal length just before; None, with a note, where it has no blocs."""
    length = period.end - period.start + 1
    resolution, seed, runs, method, min_common = choices
    before = period.start - length
    if before < ask.whole(fr.origin, period.clock).start:
        return None, [note("blocs_first", period=span(period.label))]
    stretch = Period(before, period.start - 1, period.clock)
    try:
        net = _network(fr, stretch, min_common)
    except EmptySelection:
        return None, [note("blocs_none_before", period=span(stretch.label))]
    found = _find(net, seed, runs, resolution, method)
    then = _Inside(net, found, found.together, ask.last_day(stretch))
    return _compared(fr, stretch, then, now), []


def _compared(fr: Frame, stretch: Period, then: _Inside, now: _Inside) -> Earlier:
    earlier, present = _in_blocs(then), _in_blocs(now)
    shared = [s for s in now.net.states if s in earlier and s in present]
    old, new = (np.array([where[s] for s in shared], np.intp) for where in (earlier, present))
    continues = matched(old, new)
    moved: dict[tuple[int, int], list[str]] = {}
    for state, was, is_ in zip(shared, old.tolist(), new.tolist(), strict=True):
        if continues.get(is_) != was:
            moved.setdefault((was, is_), []).append(state)
    roll_calls = needs_roll_calls(fr.corpus).cut(fr.reading, [stretch]).roll_calls(0)
    alike = adjusted_rand(canonical(old), canonical(new)) if len(shared) > 1 else None
    moves = sorted(
        (_move(was, is_, who, then, now) for (was, is_), who in moved.items()), key=lambda m: -len(m.members)
    )
    return Earlier(stretch, roll_calls, tuple(shared), alike, tuple(moves))


def _move(was: int, is_: int, who: Sequence[str], then: _Inside, now: _Inside) -> Move:
    old = then.members(was)
    central = tuple(m.name for m in old[:_NAMED])
    members = tuple(m for m in now.members(is_) if m.state in who)
    return Move(central, len(old), is_ + 1, _by_name(members))


def _by_name(members: Iterable[Member]) -> tuple[Member, ...]:
    return tuple(sorted(members, key=lambda m: in_order(m.name)))


def _in_blocs(inside: _Inside) -> dict[str, int]:
    """State → label, of states that a bloc of two or more holds."""
    labels = inside.found.labels
    sizes = np.bincount(labels)
    return {s: int(k) for s, k in zip(inside.net.states, labels, strict=True) if sizes[k] > 1}


def _mean(values: NDArray[np.float64]) -> float | None:
    return float(values.mean()) if len(values) else None
