"""The rows of a published table on our own terms: states resolved, each pair and period once, others with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from comity.errors import BadValue, UnknownState
from comity.model.language import numeral
from comity.model.period import Clock, Period
from comity.model.words import say
from comity.sources.dyadic import Dyads
from comity.states.registry import registry
from comity.states.resolve import SCHEMES, Meaning, fold, meanings
from comity.study import ask

if TYPE_CHECKING:
    import polars as pl

UNKNOWN, SELF, REPEATED, NO_SEAT = "unknown_state", "self", "repeated", "no_seat"
_SHOWN = 8
_NOISE = 1e-9  # what floating point adds to one value written twice
_ALSO = {"voeten_cow": "cow"}  # a code that no member of this scheme has then is read as the scheme it came from has it


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """What is left to compare.

    frame    : a, b (ids, a before b in the alphabet), period, n, and the file's measure columns; each pair and period
               once, of states that both held a seat in it.
    left_out : reason → rows.
    unknown  : codes that stand for no state.
    """

    frame: pl.DataFrame
    left_out: dict[str, int]
    unknown: tuple[str, ...]


def matched(file: Dyads, *, skip_unknown: bool) -> Rows:
    """Resolve and sort the rows of a file.

    Raises UnknownState for codes that stand for no state, unless they are skipped, and BadValue where a pair and
    period has two values.
    """
    import polars as pl

    frame, keys = file.frame, [c.key for c in file.columns]
    for side in ("a", "b"):
        if side == "b" and file.partner is not None:
            partner = ask.one_state(file.partner, past=True).id
            frame = frame.with_columns(id_b=pl.lit(partner), reason_b=pl.lit(None, pl.String))
            continue
        table = _resolved(frame.select(pl.col(side), "period").unique(), side, file.scheme, file.unit)
        frame = frame.join(table, on=[side, "period"], how="left", maintain_order="left")
    frame = frame.with_columns(
        reason=pl.when((pl.col("reason_a") == UNKNOWN) | (pl.col("reason_b") == UNKNOWN))
        .then(pl.lit(UNKNOWN))
        .when(pl.col("id_a") == pl.col("id_b"))
        .then(pl.lit(SELF))
        .otherwise(pl.coalesce("reason_a", "reason_b"))
    )
    unknown = _unknown(frame)
    if unknown and not skip_unknown:
        raise _error(file, unknown, frame.filter(pl.col("reason") == UNKNOWN).height)
    left_out = dict(frame["reason"].drop_nulls().value_counts(sort=True).rows())
    kept = frame.filter(pl.col("reason").is_null()).select(
        "row",
        "period",
        "n",
        *keys,
        a=pl.min_horizontal("id_a", "id_b"),
        b=pl.max_horizontal("id_a", "id_b"),
    )
    once = _once(file, kept, keys)
    if repeated := kept.height - once.height:
        left_out[REPEATED] = repeated
    return Rows(once, left_out, unknown)


def _resolved(codes: pl.DataFrame, side: str, scheme: str, unit: Clock) -> pl.DataFrame:
    """code, period → the state's id, or why there is none."""
    import polars as pl

    found = []
    for code, step in codes.iter_rows():
        id, reason = _state(code, meanings(code, scheme), Period(step, step, unit))
        if reason == NO_SEAT and scheme in _ALSO:
            id, reason = _state(code, meanings(code, _ALSO[scheme]), Period(step, step, unit))
        found.append((code, step, id, reason))
    schema = {side: pl.String, "period": pl.Int32, f"id_{side}": pl.String, f"reason_{side}": pl.String}
    return pl.DataFrame(found, schema=schema, orient="row")


def _state(code: str, found: Sequence[Meaning], period: Period) -> tuple[str | None, str | None]:
    """The one state that a code stands for in a period and that held a seat in it; or why there is none."""
    if not found:
        return None, UNKNOWN
    first, last = ask.days(period)
    spoken = [m for m in found if m.spell.overlaps(first, last + timedelta(days=1))]
    seated = {m.state for m in spoken if _seated(m.state, period)}
    if len(seated) > 1:  # a code that passed from one state to another within the period
        seated = _on(spoken, seated, last) or _on(spoken, seated, first)
    if len(seated) > 1:  # "Congo" is the state called so, though the other one was too
        seated = {s for s in seated if fold(code) == fold(registry().by_id[s].english)} or seated
    if len(seated) == 1:
        return seated.pop(), None
    return None, UNKNOWN if seated else NO_SEAT


def _on(spoken: Sequence[Meaning], among: set[str], day: date) -> set[str]:
    there = {m.state for m in spoken if m.state in among and day in m.spell}
    return {s for s in there if registry().state(s).member_on(day)}


def _seated(state: str, period: Period) -> bool:
    return any(ask.touches(spell, period) for spell in registry().state(state).membership)


def _unknown(frame: pl.DataFrame) -> tuple[str, ...]:
    import polars as pl

    sides = (frame.filter(pl.col(f"reason_{s}") == UNKNOWN)[s].unique().to_list() for s in ("a", "b"))
    return tuple(sorted({code for side in sides for code in side}))


def _error(file: Dyads, unknown: Sequence[str], rows: int) -> UnknownState:
    names = say("published.name_one" if len(unknown) == 1 else "published.name_more")
    shown = ", ".join(unknown[:_SHOWN]) + (" …" if len(unknown) > _SHOWN else "")
    what = say(
        "published.unknown_states",
        count=len(unknown),
        names=names,
        file=file.file,
        scheme=file.scheme,
        rows=numeral(rows, ","),
    )
    return UnknownState(what, got=shown, next=say("published.unknown_next", schemes=", ".join(SCHEMES)))


def _once(file: Dyads, kept: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """Each pair and period once; BadValue where its rows tell two values."""
    import polars as pl

    pair = ["a", "b", "period"]
    if not kept.select(pair).is_duplicated().any():
        return kept
    spread = kept.group_by(pair).agg(pl.col("row").min(), *((pl.col(k).max() - pl.col(k).min()).alias(k) for k in keys))
    for column in file.columns:
        apart = spread.filter(pl.col(column.key) > _NOISE).sort("row")
        if apart.height:
            rows = kept.join(apart.head(1).select(pair), on=pair).sort("row")
            lowest, highest = (
                rows.row(rows[column.key].arg_min() or 0, named=True),
                rows.row(rows[column.key].arg_max() or 0, named=True),
            )
            one, two = sorted((lowest, highest), key=lambda r: r["row"])
            raise BadValue(
                say(
                    "published.two_values",
                    file=file.file,
                    first=file.place(one["row"]),
                    second=file.place(two["row"]),
                    column=column.written,
                ),
                got=f"{one[column.key]:g}, {two[column.key]:g}",
                next=say("published.two_values_next"),
            )
    first = [pl.col(c).drop_nulls().first() for c in ("n", *keys)]
    return kept.group_by(pair, maintain_order=True).agg(pl.col("row").first(), *first)
