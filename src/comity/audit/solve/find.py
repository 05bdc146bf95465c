"""Which readings give the printed figures, jointly; how many would by luck; what is nearest where none does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.audit.printed import Rounding
from comity.audit.solve.items import ALL, OF, Item, pairs_of, values
from comity.audit.solve.space import Base, Space

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
ROUNDINGS: tuple[Rounding, ...] = ("nearest", "down")
DRAWS, POINTS = 1000, 3.0
_AT_ONCE = 2_000_000  # figures held against draws at a time, so that memory stays small whatever is asked
_LOOKED = 5000  # readings looked at for the nearest


@dataclass(frozen=True, slots=True)
class Tried:
    """One question that was tried: which roll calls count, what shares are of, how they were rounded.

    base : index into the space; of : of items.OF; fits : of the printed figures, N first where one was given;
    departures : choices that differ from what the text declares, in words to be said by the report.
    """

    base: Base
    of: str
    rounding: Rounding
    fits: tuple[bool, ...]
    values: tuple[float | None, ...]
    roll_calls: int
    departures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Nearest:
    """The smallest change of counts that would give every figure under a reading.

    changes : for each printed item, how many roll calls more (or, below 0, fewer) would have to be of its category;
    None where it fits as it is, or no whole number does.
    """

    reading: Tried
    changes: tuple[int | None, ...]
    size: int


@dataclass(frozen=True, eq=False)
class Found:
    """tried : readings; giving_all, giving_most : the best, fewest departures first; most : figures the latter give.

    null_rate : of figures moved at random by up to three points, the share that some reading gives; all_count,
    most_count : how many readings there are, of which the lists may show the first.
    """

    tried: int
    giving_all: tuple[Tried, ...]
    giving_most: tuple[Tried, ...]
    all_count: int
    most_count: int
    most: int
    null_rate: float
    nearest: Nearest | None


def find(
    made: Space,
    items: Sequence[Item],
    n: int | None,
    declared: Base,
    seed: int = 0,
    show: int = 20,
    of: Sequence[str] = OF,
) -> Found:
    """Hold every reading against the printed figures.

    items : at least one; n : the number of roll calls that the text prints, None where it prints none.
    declared : the reading that the text itself declares; departures are counted from it. of : of what shares may be,
    the declared one first.
    """
    table = _values(made, items, of)
    given = table[..., : len(items)]
    fits = _fits(given, items, made, n, of)
    hits = fits.sum(axis=-1)
    most = int(hits.max()) if hits.size else 0
    wanted = len(items) + (n is not None)
    whole = _listed(made, table, fits, np.argwhere(hits == wanted), declared, of)
    part = whole if most == wanted else _listed(made, table, fits, np.argwhere(hits == most), declared, of)
    nearest = None
    if not whole and hits.size:
        # With an N, every reading that has it is looked at; without, those that give most.
        where = np.argwhere(fits[..., 0]) if n is not None else np.empty((0, 3), np.intp)
        nearest = _nearest(made, items, n, _listed(made, table, fits, where[:_LOOKED], declared, of) or part)
    return Found(
        tried=hits.size,
        giving_all=tuple(whole[:show]),
        giving_most=() if whole else tuple(part[:show]),
        all_count=len(whole),
        most_count=0 if whole else len(part),
        most=most,
        null_rate=null_rate(given, items, made, n, seed, of=of),
        nearest=nearest,
    )


def _values(made: Space, items: Sequence[Item], of: Sequence[str]) -> Floats:
    """Value of each item under each base and each of ``of``, shape (B, of, items)."""
    place = {pair: k for k, pair in enumerate(pairs_of(items))}
    columns = [
        values(made.counts[:, place[i.a, i.b]].astype(float), i.category, share=i.printed.unit == "percent")
        for i in items
    ]
    table = np.stack(columns, axis=-1)
    chosen = table[:, [OF.index(name) for name in of]]
    if len(of) == 1:  # what shares are of is settled: a count beside them is a count all the same
        counted = np.array([i.printed.unit == "count" for i in items])
        chosen = np.where(np.isnan(chosen) & counted, table[:, :1], chosen)
    return chosen


def _fits(given: Floats, items: Sequence[Item], made: Space, n: int | None, of: Sequence[str]) -> Mask:
    """Which figures each reading gives, shape (B, of, roundings, figures), the N first."""
    shape = (*given.shape[:2], len(ROUNDINGS), len(items))
    found = np.zeros(shape, dtype=bool)
    for k, item in enumerate(items):
        for r, rounding in enumerate(ROUNDINGS):
            low, high = item.printed.bounds(rounding)
            with np.errstate(invalid="ignore"):
                found[:, :, r, k] = (given[:, :, k] >= low) & (given[:, :, k] <= high)
    if n is None:
        return found
    right = np.broadcast_to(_right_n(made, n, of)[:, :, None, None], (*shape[:3], 1))
    return np.concatenate([right, found], axis=-1)


def _right_n(made: Space, n: int, of: Sequence[str]) -> Mask:
    """Whether N is the number of roll calls that count, or of those that the shares are of, shape (B, of)."""
    lead = made.counts[:, 0]
    both = lead.sum(axis=-1)
    cast = lead.reshape(-1, 4, 4)[:, :3, :3].sum(axis=(-2, -1))
    totals = [both if name == ALL else cast for name in of]
    return np.stack([(made.chosen == n) | (k == n) for k in totals], axis=-1)


def _listed(
    made: Space, table: Floats, fits: Mask, where: NDArray[np.intp], declared: Base, of: Sequence[str]
) -> list[Tried]:
    """Readings as such, the fewest departures first, then the least moved ends."""
    found = []
    for b, o, r in where.tolist():
        base = made.bases[b]
        found.append(
            Tried(
                base=base,
                of=of[o],
                rounding=ROUNDINGS[r],
                fits=tuple(bool(f) for f in fits[b, o, r]),
                values=tuple(None if np.isnan(v) else float(v) for v in table[b, o]),
                roll_calls=int(made.chosen[b]),
                departures=_departures(base, of[o] if of[o] != of[0] else ALL, ROUNDINGS[r], declared),
            )
        )
    found.sort(
        key=lambda x: (len(x.departures), abs(x.base.start) + abs(x.base.end), OF.index(x.of), str(x.base.period))
    )
    return found


def _departures(base: Base, of: str, rounding: Rounding, declared: Base) -> tuple[str, ...]:
    """Names of the choices that differ from those declared."""
    mine, theirs = base.reading.to_dict(), declared.reading.to_dict()
    told = [name for name in mine if mine[name] != theirs[name]]
    told += ["start"] * bool(base.start) + ["end"] * bool(base.end)
    return tuple(told + [f"of_{of}"] * (of != ALL) + ["rounded_down"] * (rounding != "nearest"))


def null_rate(
    given: Floats,
    items: Sequence[Item],
    made: Space,
    n: int | None,
    seed: int,
    draws: int = DRAWS,
    of: Sequence[str] = OF,
) -> float:
    """How often figures moved by up to POINTS points (counts: as much of their N) are given by some reading.

    All figures move, each by itself; N stays. NaN where there is no reading.
    """
    ok = _right_n(made, n, of) if n is not None else np.ones(given.shape[:2], dtype=bool)
    rows = np.unique(given[ok], axis=0) if ok.any() else np.empty((0, len(items)))
    if not given.size:
        return float("nan")
    if not len(rows):
        return 0.0
    rng = np.random.default_rng(seed)
    size = float(np.median(made.chosen)) if len(made.chosen) else 0.0
    half = np.array([POINTS if i.printed.unit == "percent" else POINTS * size / 100 for i in items])
    step = np.array([i.printed.step for i in items])
    centre = np.array([i.printed.value for i in items])
    tolerance = np.array([i.printed.half for i in items]) + 1e-9
    moved = centre + rng.uniform(-half, half, (draws, len(items)))
    moved = np.maximum(np.round(moved / step) * step, 0.0)
    hits = 0
    step_of = max(1, _AT_ONCE // rows.size)
    for start in range(0, draws, step_of):
        gap = np.abs(rows[None] - moved[start : start + step_of, None])
        hits += int((gap <= tolerance).all(axis=-1).any(axis=-1).sum())
    return hits / draws


def _nearest(made: Space, items: Sequence[Item], n: int | None, part: Sequence[Tried]) -> Nearest | None:
    """The reading, among those that give most, that the fewest changed roll calls would make give all."""
    best: Nearest | None = None
    place = {pair: k for k, pair in enumerate(pairs_of(items))}
    index = {id(base): k for k, base in enumerate(made.bases)}
    first = int(n is not None)
    for reading in part:
        if first and not reading.fits[0]:
            continue
        changes: list[int | None] = []
        for item, fits, value in zip(items, reading.fits[first:], reading.values, strict=True):
            counts = made.counts[index[id(reading.base)], place[item.a, item.b]]
            changes.append(None if fits or value is None else _change(item, value, counts, reading))
        missing = sum(not f for f in reading.fits[first:])
        if sum(c is not None for c in changes) == missing:
            size = sum(abs(c) for c in changes if c is not None)
            if best is None or size < best.size:
                best = Nearest(reading, tuple(changes), size)
    return best


def _change(item: Item, value: float, counts: NDArray[np.int64], reading: Tried) -> int | None:
    """How many roll calls more or fewer of the category would give the figure, the N staying as it is."""
    table = counts.reshape(4, 4)
    n = int(table.sum() if reading.of == ALL else table[:3, :3].sum())
    allowed = item.printed.counts(n, reading.rounding)
    have = value if item.printed.unit == "count" else value * n / 100
    return min((round(k - have) for k in allowed), key=abs, default=None)
