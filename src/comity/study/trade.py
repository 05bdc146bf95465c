"""Trade of a pair by year, and a state's partners, from a stored table of trade."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.errors import BadPeriod, EmptySelection
from comity.model.language import numeral
from comity.model.period import Period
from comity.model.words import again, say, span
from comity.states.registry import State, registry
from comity.store.datasets import Dataset, get_dataset, list_datasets, read_dataset
from comity.strands.trade import (
    EXPORT,
    IMPORT,
    LEAST,
    Flows,
    Ratio,
    flows,
    intensity,
    mirror,
    one_record,
    over,
    partners,
    ratio,
    thin,
    totals,
)
from comity.study.answers.common import Note
from comity.study.answers.trade import MirrorYear, PartnersAnswer, PartnerTrade, Side, TradeAnswer, TradeSum, TradeYear
from comity.study.ask import one_state, two_states
from comity.study.forerunners import forerunner_notes
from comity.study.strand import source_line, strand_header

if TYPE_CHECKING:
    import polars as pl

KIND = "trade"
_YEARS = 20  # of a pair, where no period is asked for
_FIVE = 5  # of a state's partners
_WARNED = 3
_HOLES = 6


def trade(a: str, b: str, *, period: str | None = None, source: str | None = None) -> TradeAnswer:
    """The trade of a pair by year: amounts, shares of each side's trade, ranks, intensity, mirror gaps.

    period : years; by default the last 20 of the table. source : a table's label; by default the one that reaches
    furthest of those with the pair. Raises NoDataset, BadPeriod, EmptySelection where no table has the pair, and the
    errors of two states.
    """
    first, second = two_states(a, b, past=True)
    dataset, table = _table(source, period, first, second)
    years = _years(period, dataset, _YEARS)
    made = flows(_within(table, years))
    sides = {s.id: partners(made, s.id, years.start, years.end) for s in (first, second)}
    rows = _pair_years(made, sides, first.id, second.id, years)
    if not any(y.imports is not None or y.exports is not None for y in rows):
        raise EmptySelection(
            f"{dataset.label} has no value of trade between {first.name} and {second.name}",
            got=years.label,
            next=say("trade.ask_other", label=dataset.label, span=f"{dataset.first}-{dataset.last}"),
        )
    mirrors = _mirrors(made, first.id, second.id, years)
    currency, valuations = _money(made, table, first.id, second.id)
    notes = _notes(dataset, made, years, rows, (first, second)) + holes(table, years)
    subject = say("trade.subject", a=first.name, b=second.name, period=span(years.label))
    return TradeAnswer(
        strand_header(subject, [source_line(dataset)]),
        notes,
        *(first.id, second.id, first.name, second.name),
        period=years,
        currency=currency,
        valuations=valuations,
        mirrored=made.mirrored,
        years=rows,
        sums=_sums(rows, sides, first.id, second.id, years),
        mirrors=mirrors,
    )


def trade_partners(state: str, *, period: str | None = None, source: str | None = None) -> PartnersAnswer:
    """A state's partners over a period, by default the table's last five years: amounts, shares, ranks.

    Raises as ``trade``.
    """
    of = one_state(state, past=True)
    dataset, table = _table(source, period, of)
    years = _years(period, dataset, _FIVE)
    made = flows(_within(table, years))
    by_year = partners(made, of.id, years.start, years.end)
    if by_year.is_empty():
        raise EmptySelection(
            f"{dataset.label} has no trade of {of.name}",
            got=years.label,
            next=say("trade.ask_other", label=dataset.label, span=f"{dataset.first}-{dataset.last}"),
        )
    sums = totals(made).filter(_column("state") == of.id)
    named = tuple(_partner(row) for row in over(by_year).iter_rows(named=True))
    currency, valuations = _money(made, table, of.id)
    subject = say("trade.subject_one", state=of.name, period=span(years.label))
    return PartnersAnswer(
        strand_header(subject, [source_line(dataset)]),
        _notes(dataset, made, years, (), (of,)) + holes(table, years),
        state=of.id,
        name=of.name,
        period=years,
        currency=currency,
        valuations=valuations,
        mirrored=made.mirrored,
        published=sums["published"].null_count() == 0,
        total_imports=_total(sums, IMPORT),
        total_exports=_total(sums, EXPORT),
        partners=named,
    )


def _column(name: str) -> pl.Expr:
    import polars as pl

    return pl.col(name)


def _table(source: str | None, period: str | None, *states: State) -> tuple[Dataset, pl.DataFrame]:
    """The named table; else, of those with the states, the one that reaches furthest, first among those with a row in
    the period asked for."""
    if source is not None or not list_datasets(KIND):
        dataset = get_dataset(KIND, source)
        return dataset, read_dataset(dataset)
    wanted = Period.parse(period, "year") if period else None
    spare: tuple[Dataset, pl.DataFrame] | None = None
    for dataset in list_datasets(KIND):
        table = read_dataset(dataset)
        mine = _about(table, [state.id for state in states])
        if not mine.is_empty() and (wanted is None or not _within(mine, wanted).is_empty()):
            return dataset, table
        spare = spare or (None if mine.is_empty() else (dataset, table))
    if spare is None:
        held = ", ".join(d.label for d in list_datasets(KIND))
        names = " with ".join(s.name for s in states)
        raise EmptySelection(f"No table of trade has {names}", got=held, next=say("trade.add_table"))
    return spare


def _about(table: pl.DataFrame, ids: list[str]) -> pl.DataFrame:
    """The rows of one state as reporter, or between two, whichever reports."""
    reports = _column("reporter").is_in(ids)
    return table.filter(reports if len(ids) == 1 else reports & _column("partner").is_in(ids))


def _years(asked: str | None, dataset: Dataset, usual: int) -> Period:
    """The years asked for, as far as the table covers them; BadPeriod where it covers none."""
    whole = Period(dataset.first, dataset.last)
    if asked is None:
        return Period(max(dataset.first, dataset.last - usual + 1), dataset.last)
    wanted = Period.parse(asked, "year")
    if not wanted.overlaps(whole):
        raise BadPeriod(f"{dataset.label} has no such year", got=asked, allowed=f"years of {whole.label}")
    return Period(max(wanted.start, whole.start), min(wanted.end, whole.end))


def _within(table: pl.DataFrame, years: Period) -> pl.DataFrame:
    return table.filter(_column("year").is_between(years.start, years.end))


def _pair_years(made: Flows, sides: dict[str, pl.DataFrame], a: str, b: str, years: Period) -> tuple[TradeYear, ...]:
    theirs = {r["year"]: r for r in sides[b].filter(_column("other") == a).iter_rows(named=True)}
    ours = {r["year"]: r for r in sides[a].filter(_column("other") == b).iter_rows(named=True)}
    ranked = {s: dict(sides[s].select("year", "ranked").unique().iter_rows()) for s in (a, b)}
    rows = []
    for year in range(years.start, years.end + 1):
        mine, back, one = ours.get(year, {}), theirs.get(year, {}), made.of(year)
        sums = totals(one)
        rows.append(
            TradeYear(
                year,
                mine.get(IMPORT),
                mine.get(EXPORT),
                mine.get("both"),
                _side(mine, ranked[a].get(year, 0)),
                _side(back, ranked[b].get(year, 0)),
                intensity(one, sums, a, b, year, IMPORT),
                intensity(one, sums, a, b, year, EXPORT),
            )
        )
    return tuple(rows)


def _side(row: dict[str, float | None], ranked: int) -> Side:
    rank = row.get("rank")
    return Side(ratio(row.get("both"), row.get("total")), int(rank) if rank is not None else None, ranked)


def _sums(rows: tuple[TradeYear, ...], sides: dict[str, pl.DataFrame], a: str, b: str, years: Period) -> TradeSum:
    """Over the years in which both flows are known, so that parts and wholes are of the same years."""
    known = [row for row in rows if row.both is not None]
    asked = years.end - years.start + 1
    if not known:
        return TradeSum(0, asked, None, None, None, Ratio(None, "not_known"), Ratio(None, "not_known"))
    shares = []
    for state, other in ((a, b), (b, a)):
        pair = sides[state].filter(_column("other") == other, _column("both").is_not_null())
        lacks = pair.is_empty() or pair["total"].null_count()
        shares.append(ratio(float(pair["both"].sum()), None if lacks else float(pair["total"].sum())))
    imports, exports = (sum(v for row in known if (v := getattr(row, f)) is not None) for f in ("imports", "exports"))
    return TradeSum(len(known), asked, imports, exports, imports + exports, *shares)


def _mirrors(made: Flows, a: str, b: str, years: Period) -> tuple[MirrorYear, ...]:
    if made.mirrored:
        return ()
    rows = []
    for year in range(years.start, years.end + 1):
        for importer, exporter in ((a, b), (b, a)):
            m = mirror(made, importer, exporter, year)
            if m.importer is not None or m.exporter is not None:
                rows.append(MirrorYear(year, importer, exporter, m.importer, m.exporter, m.gap, m.ratio))
    return tuple(rows)


def _partner(row: dict[str, object]) -> PartnerTrade:
    other, name = row["other"], str(row["other_name"])
    known = registry().name(str(other)) if other is not None else name
    keep = {k: row[k] for k in ("both", "share", "rank", "years")}
    return PartnerTrade(None if other is None else str(other), known, row[IMPORT], row[EXPORT], **keep)  # type: ignore[arg-type]


def _total(sums: pl.DataFrame, flow: str) -> float | None:
    found = sums.filter(_column("flow") == flow)["total"].drop_nulls()
    return None if found.is_empty() else float(found.sum())


def _money(made: Flows, table: pl.DataFrame, *states: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The table's one currency, and the valuations of the states' imports and exports."""
    mine = made.rows.filter(_column("state").is_in(states), _column("amount").is_not_null())
    told = mine.select("flow", "valuation").unique().drop_nulls()
    return str(table["currency"][0]), tuple(sorted(told.iter_rows(), reverse=True))


def holes(table: pl.DataFrame, years: Period) -> tuple[Note, ...]:
    """Large traders of which a table with one record a flow knows little in those years."""
    one = one_record(_within(table, years))
    found = list(thin(table, years.start, years.end).iter_rows(named=True)) if one else []
    if not found:
        return ()
    runs = [
        say(
            "trade.hole",
            state=registry().name(row["state"]),
            years=span(Period(row["since"], row["until"]).label),
            most=row["most"],
            usual=numeral(row["usual"], "g"),
        )
        for row in found[:_HOLES]
    ]
    more = say("trade.holes_more", k=len(found) - _HOLES) if len(found) > _HOLES else ""
    return (Note("trade.holes", say("trade.holes", runs="; ".join(runs), more=more)),)


def _notes(
    dataset: Dataset, made: Flows, years: Period, rows: tuple[TradeYear, ...], states: tuple[State, ...]
) -> tuple[Note, ...]:
    """What the reader has to know of the table, its records and its gaps."""
    told = [
        Note("trade.ends", say("trade.ends", label=dataset.label, first=dataset.first, last=dataset.last)),
        Note("trade.one_record", say("trade.one_record")) if made.mirrored else Note("trade.own", say("trade.own")),
        Note("trade.prices", say("trade.prices")),
        Note("trade.totals_published", say("trade.totals_published"))
        if not made.world.filter(_column("state").is_in([s.id for s in states])).is_empty()
        else Note("trade.totals_summed", say("trade.totals_summed")),
    ]
    lacking = [str(row.year) for row in rows if row.both is None]
    if lacking:
        key = "trade.lacking_all" if len(lacking) == len(rows) else "trade.lacking"
        told.append(Note("trade.lacking", say(key, years=", ".join(lacking), k=len(lacking))))
    if rows and {"world_not_covered"} & {r.intensity_imports.reason for r in rows}:
        told.append(Note("trade.not_world", say("trade.not_world")))
    if rows and all(row.of_a.share.reason == "total_not_known" for row in rows if row.both is not None):
        told.append(Note("trade.no_total", say("trade.no_total", least=LEAST)))
    told += [Note("trade.state", f"{s.name}: {s.note}") for s in states if s.note and years.start < 1992]
    told += forerunner_notes(states, years.start)
    told += [Note("trade.source", again(warning)) for warning in dataset.warnings[:_WARNED]]
    others = [d.label for d in list_datasets(KIND) if d.label != dataset.label]
    if others:
        told.append(Note("trade.others", say("trade.others", labels=", ".join(others))))
    return tuple(told)
