"""A published table of dyads: one row a pair and year or session, one column a measure of agreement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from comity.errors import BadPeriod, BadValue, DamagedFile, UnknownLayout, UsageError
from comity.model.period import Clock
from comity.model.words import say
from comity.sources import intake
from comity.sources.dyadic_layouts import LAYOUTS, SESSION_OPENS, Layout, coincidence_rule, folded
from comity.sources.sheet import Sheet, load, whole
from comity.states.resolve import SCHEMES

OWN = "own"
_MISSING = ("", "NA", "NAN", "NULL", ".")
_LAST_SESSION, _FIRST_YEAR, _LAST_YEAR = 200, 1945, 2100
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Named:
    """What a user says of a table; whatever is not said comes from the layout that the header shows.

    a, b, period : columns.
    partner      : the state of every row, where there is no second column of states.
    when         : the year or session of every row, where no column tells it.
    measures     : column → id of ours.
    scheme       : of names or codes (see states.resolve).
    """

    a: str | None = None
    b: str | None = None
    period: str | None = None
    partner: str | None = None
    when: int | None = None
    measures: Mapping[str, str] = field(default_factory=dict)
    scheme: str | None = None


@dataclass(frozen=True, slots=True)
class MeasureColumn:
    """One column that is compared.

    key      : its name in ``Dyads.frame``; ``written`` as the file has it.
    decimals : digits after the point that the file prints, of values as they stand in the frame.
    percent  : the file writes a percent sign; values in the frame are divided by 100.
    """

    key: str
    written: str
    measure: str
    decimals: int
    percent: bool


@dataclass(frozen=True, slots=True, eq=False)
class Dyads:
    """A table as its file has it, states not resolved.

    frame       : row (from 0), a, b (codes as text), period, n (roll calls behind the row, null where not told), and
                  one float column a measure.
    layout      : id of a known layout, or "own".
    partner     : the second state of every row, by any name or code; None where column b holds it.
    unit        : what the period column counts; ``clock`` what its values are computed on, None where not known.
    passed_over : column → why it is not compared.
    """

    file: str
    layout: str
    scheme: str
    partner: str | None
    unit: Clock
    clock: Clock | None
    frame: pl.DataFrame
    columns: tuple[MeasureColumn, ...]
    passed_over: Mapping[str, str]
    sheet: Sheet

    def place(self, row: int) -> str:
        """Where a row stands in the file."""
        return self.sheet.place(row)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which columns are what; names as the sheet has them (lower case)."""

    layout: Layout | None
    a: str
    b: str | None
    period: str | None
    measures: Mapping[str, str]
    scheme: str


def read(path: Path, named: Named | None = None) -> Dyads:
    """Read a table of dyads: CSV, or R's .rda, .RData and .rds with the extra "r".

    Raises UnknownLayout where neither the header nor the user tells what the columns are, UsageError for a column or
    scheme that is not there, BadValue for a cell that is no number, BadFile and DamagedFile for the file itself.
    """
    given = named or Named()
    if given.scheme is not None and given.scheme not in SCHEMES:
        raise UsageError(say("published.scheme"), got=given.scheme, allowed=", ".join(SCHEMES))
    sheet = _sheet(path)
    plan = _plan(sheet, given)
    if not sheet.frame.height:
        raise DamagedFile(say("published.no_rows", file=path.name))
    period, unit = _periods(sheet, plan, given)
    measures = _measures(sheet, plan, period, unit)
    second = _codes(sheet, plan.b) if plan.b else pl.repeat(None, sheet.frame.height, dtype=pl.String, eager=True)
    frame = pl.DataFrame({"a": _codes(sheet, plan.a), "b": second, "period": period})
    columns: list[MeasureColumn] = []
    values: list[pl.Series] = []
    for name, id in measures.items():
        column, cells = _values(sheet, name, id, key=f"value {len(columns)}")
        columns.append(column)
        values.append(cells)
    frame = frame.with_columns(_roll_calls(sheet, plan), *values).with_row_index("row")
    there = {folded(sheet.written.get(c, c)): sheet.written.get(c, c) for c in sheet.frame.columns}
    over = plan.layout.passed_over if plan.layout else {}
    return Dyads(
        file=path.name,
        layout=plan.layout.id if plan.layout else OWN,
        scheme=plan.scheme,
        partner=None if plan.b else given.partner or (plan.layout.partner if plan.layout else None),
        unit=unit,
        clock=plan.layout.clock if plan.layout else None,
        frame=frame,
        columns=tuple(columns),
        passed_over={there[c]: why for c, why in over.items() if c in there},
        sheet=sheet,
    )


def _sheet(path: Path) -> Sheet:
    try:
        found = intake.peek(path)
        if found.kind == "text":
            intake.scan(found)
    except UnknownLayout as error:
        raise UnknownLayout(
            error.what.replace("a table of votes", "a table of dyads"), next=say("published.save")
        ) from None
    return load(found)


def _plan(sheet: Sheet, given: Named) -> _Plan:
    names = {folded(sheet.written.get(c, c)): c for c in sheet.frame.columns}
    # An own table is one whose every part is named; a known one may have parts named otherwise.
    whole_own = given.a and (given.b or given.partner) and (given.period or given.when) and given.measures
    layout = None if whole_own else next((x for x in LAYOUTS if x.fits(names)), None)
    if layout is None and not whole_own:
        raise UnknownLayout(
            say("published.unknown_layout", file=sheet.path.name),
            got=", ".join(sheet.written.get(c, c) for c in sheet.frame.columns[:_SHOWN]),
            allowed=say("published.known_layouts"),
            next=say("published.name_columns"),
        )

    def pick(said: str | None, candidates: Sequence[str]) -> str | None:
        return _column(sheet, said) if said else next((names[c] for c in candidates if c in names), None)

    a = pick(given.a, layout.a if layout else ())
    b = None if given.partner else pick(given.b, layout.b if layout else ())
    period = None if given.when is not None else pick(given.period, layout.period if layout else ())
    known = {names[c]: id for c, id in layout.measures.items() if c in names} if layout else {}
    measures = {_column(sheet, c): id for c, id in given.measures.items()} or known
    assert a is not None  # a layout fits only where it is there
    if period is None and given.when is None:
        raise UsageError(say("published.no_period", file=sheet.path.name), next=say("published.give_year"))
    scheme = given.scheme or (layout.schemes.get(folded(a), "name") if layout else "any")
    return _Plan(layout, a, b, period, measures, scheme)


def _column(sheet: Sheet, said: str) -> str:
    """The sheet's name of a column; UsageError where it is not there."""
    wanted = said.strip().lower()
    if wanted not in sheet.frame.columns:
        there = ", ".join(sheet.written.get(c, c) for c in sheet.frame.columns[:_SHOWN])
        raise UsageError(say("published.no_column", file=sheet.path.name), got=said, allowed=there)
    return wanted


def _codes(sheet: Sheet, column: str) -> pl.Series:
    """Names or codes as text; a code that an export wrote as 2.0 is 2."""

    def parse(text: str) -> str | None:
        return text.removesuffix(".0") or None  # "NA" is Namibia, or no state: never a missing cell

    return sheet.translate(column, parse, pl.String, say("published.allowed_state"), required=True)


def _periods(sheet: Sheet, plan: _Plan, given: Named) -> tuple[pl.Series, Clock]:
    if plan.period is None:
        assert given.when is not None
        return pl.repeat(given.when, sheet.frame.height, dtype=pl.Int32, eager=True), _unit(sheet, [given.when])

    def parse(text: str) -> int | None:
        number = whole(text)
        if number is not None and not 1 <= number <= _LAST_YEAR:
            raise ValueError(text)
        return number

    found = sheet.translate(plan.period, parse, pl.Int32, say("published.allowed_period"), required=True)
    return found, _unit(sheet, found.unique().to_list())


def _unit(sheet: Sheet, values: Sequence[int]) -> Clock:
    sessions = [v for v in values if v <= _LAST_SESSION]
    years = [v for v in values if _FIRST_YEAR <= v <= _LAST_YEAR]
    if sessions and years:
        raise BadValue(say("published.mixed_periods", file=sheet.path.name), got=f"{sessions[0]}, {years[0]}")
    if len(sessions) + len(years) < len(values):
        odd = next(v for v in values if v not in sessions and v not in years)
        raise BadPeriod(
            say("published.bad_period", file=sheet.path.name), got=odd, allowed=say("published.allowed_period")
        )
    return "session" if sessions else "year"


def _measures(sheet: Sheet, plan: _Plan, period: pl.Series, unit: Clock) -> dict[str, str]:
    """Column → measure; the State Department's by its years."""
    years = [p if unit == "year" else p + SESSION_OPENS for p in period.unique().to_list()]
    chosen = {}
    for column, id in plan.measures.items():
        rule = id or coincidence_rule(years, [folded(c) for c in sheet.frame.columns])
        if rule is None:
            raise UsageError(say("published.two_rules", file=sheet.path.name), next=say("published.name_measure"))
        chosen[column] = rule
    return chosen


def _values(sheet: Sheet, column: str, measure: str, key: str) -> tuple[MeasureColumn, pl.Series]:
    """The numbers of a column; BadValue with the place of the first that is none."""
    text = sheet.frame[column].cast(pl.String).str.strip_chars()
    cells = text.to_frame("text").with_columns(
        missing=pl.col("text").is_null() | pl.col("text").str.to_uppercase().is_in(_MISSING),
        percent=pl.col("text").str.ends_with("%").fill_null(value=False),
        bare=pl.col("text").str.strip_suffix("%").str.strip_chars_end(),
    )
    cells = cells.with_columns(value=pl.when(~pl.col("missing")).then(pl.col("bare").cast(pl.Float64, strict=False)))
    wrong = cells.select(~pl.col("missing") & ~pl.col("value").is_finite().fill_null(value=False)).to_series()
    if wrong.any():
        raise sheet.bad(column, wrong.arg_max() or 0, say("published.no_number"), say("published.allowed_number"))
    told = cells.filter(~pl.col("missing"))
    if told["percent"].any() and not told["percent"].all():
        bare = cells.select((~pl.col("missing") & ~pl.col("percent")).arg_max()).item()
        raise sheet.bad(column, bare, say("published.some_percent"), say("published.all_percent"))
    percent = bool(told.height and told["percent"].all())
    tail = told["bare"].str.extract(r"\.(\d*)", 1).fill_null("").str.len_chars()
    # 1e-05 has more digits than stand after its point.
    decimals = 15 if told["bare"].str.contains("[eE]").any() else int(tail.max() or 0)  # type: ignore[arg-type]
    written = sheet.written.get(column, column)
    values = (cells["value"] / 100 if percent else cells["value"]).alias(key)
    return MeasureColumn(key, written, measure, decimals + 2 * percent, percent), values


def _roll_calls(sheet: Sheet, plan: _Plan) -> pl.Series:
    """How many roll calls the file counts in a row, where it counts them."""
    names = {folded(sheet.written.get(c, c)): c for c in sheet.frame.columns}
    groups = plan.layout.counts if plan.layout else ()
    found = [next((names[c] for c in group if c in names), None) for group in groups]
    if not found or None in found:
        return pl.Series("n", [None] * sheet.frame.height, dtype=pl.Float64)
    cells = (sheet.frame[c].cast(pl.String).str.strip_chars().cast(pl.Float64, strict=False) for c in found if c)
    total = next(cells)
    for more in cells:
        total = total + more
    return total.alias("n")
