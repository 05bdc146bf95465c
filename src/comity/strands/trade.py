"""Trade of states: flows, totals, shares, ranks, mirror gaps and intensity, from rows with states resolved.

A flow that is not known is null and stays so: a total over partners counts how many values it lacks, and what divides
by something unknown or zero is null with a reason.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

IMPORT, EXPORT = "import", "export"
COVERED = 0.9
"""Share of a state's trade that must be with states which report themselves, for world totals to mean the world."""
LARGE = 0.01
"""Part of all that a table records from which a state's absence falsifies the totals of others."""
NEAR = 30
"""Years within which a state has to have been a large trader for its absence to be a hole."""
LEAST = 20
"""Partners with a known value, under which neither is their sum a state's trade nor does a rank among them say much."""


@dataclass(frozen=True, slots=True, eq=False)
class Flows:
    """Every flow as one side sees it.

    rows     : year, state, other (id, null for an area that is no state), other_name, flow, amount (null: not known),
               valuation; one row a key.
    world    : year, state, flow, amount: totals that the source publishes; empty where it has none.
    mirrored : the source records imports alone, so that a state's exports are what its partners record as imports.
    """

    rows: pl.DataFrame
    world: pl.DataFrame
    mirrored: bool

    def of(self, year: int) -> Flows:
        """Those of one year."""
        that = pl.col("year") == year
        return Flows(self.rows.filter(that), self.world.filter(that), self.mirrored)


def flows(table: pl.DataFrame) -> Flows:
    """The flows of a stored table of trade (columns of sources.trade.TRADE, with reporter and partner).

    Two names of one state in a year (the two Germanies' numbers in 1990) are added up.
    """
    known = table.filter(pl.col("reporter").is_not_null())
    own = known.filter(~pl.col("world")).select(
        "year",
        state="reporter",
        other="partner",
        other_name=pl.coalesce("partner", "partner_name"),
        flow="flow",
        amount="amount",
        valuation="valuation",
    )
    mirrored = one_record(table)
    if mirrored:
        back = own.filter(pl.col("other").is_not_null()).with_columns(
            state="other", other="state", other_name="state", flow=pl.lit(EXPORT)
        )
        own = pl.concat([own, back])
    key = ["year", "state", "other", "other_name", "flow"]
    world = known.filter(pl.col("world")).group_by("year", state="reporter", flow="flow").agg(_sum("amount"))
    return Flows(own.group_by(key).agg(_sum("amount"), pl.col("valuation").first()), world, mirrored)


def one_record(table: pl.DataFrame) -> bool:
    """Whether the source records imports alone, so that a flow has one record, the importer's."""
    return table.filter(pl.col("reporter").is_not_null(), ~pl.col("world"), pl.col("flow") == EXPORT).is_empty()


def _sum(column: str) -> pl.Expr:
    """The sum of what is known; null where nothing is."""
    return pl.when(pl.col(column).count() > 0).then(pl.col(column).sum()).alias(column)


def totals(made: Flows, least: int = LEAST) -> pl.DataFrame:
    """Each state's trade by year and flow.

    Columns year, state, flow, recorded (sum of the known values), known and lacking (numbers of partners), published
    (null where the source gives no total), total (published, else recorded; null where neither is published nor has
    the table at least ``least`` partners with a known value).
    """
    summed = made.rows.group_by("year", "state", "flow").agg(
        pl.when(pl.col("amount").count() > 0).then(pl.col("amount").sum()).alias("recorded"),
        known=pl.col("amount").count(),
        lacking=pl.col("amount").null_count(),
    )
    published = made.world.rename({"amount": "published"})
    both = summed.join(published, on=["year", "state", "flow"], how="full", coalesce=True)
    enough = pl.when(pl.col("known") >= least).then(pl.col("recorded"))
    counted = both.with_columns(pl.col("known", "lacking").fill_null(0))
    return counted.with_columns(total=pl.coalesce(pl.col("published"), enough)).sort("year", "state", "flow")


def partners(made: Flows, state: str, first: int, last: int, least: int = LEAST) -> pl.DataFrame:
    """A state's partners by year.

    Columns year, other, other_name, import, export, both (null where either is not known), total_import, total_export,
    total (null where either is not known), ranked (partners with a known value), rank (by ``both``, 1 the largest,
    equal values share the lower number; null among fewer than ``least``).
    """
    mine = made.rows.filter(pl.col("state") == state, pl.col("year").is_between(first, last))
    wide = mine.select("year", "other", "other_name", "flow", "amount").pivot(
        "flow", index=["year", "other", "other_name"], values="amount"
    )
    lacking = [pl.lit(None, pl.Float64).alias(f) for f in (IMPORT, EXPORT) if f not in wide.columns]
    wide = wide.with_columns(lacking).with_columns(both=pl.col(IMPORT) + pl.col(EXPORT))
    sums = totals(made, least).filter(pl.col("state") == state)
    for flow in (IMPORT, EXPORT):
        of_flow = sums.filter(pl.col("flow") == flow).select("year", pl.col("total").alias(f"total_{flow}"))
        wide = wide.join(of_flow, on="year", how="left")
    count = pl.col("both").count().over("year")
    rank = pl.when(count >= least).then(pl.col("both").rank("min", descending=True).over("year"))
    return (
        wide.with_columns(
            total=pl.col("total_import") + pl.col("total_export"),
            rank=rank,
            ranked=count,
        )
        .select(
            *("year", "other", "other_name", IMPORT, EXPORT, "both"),
            *("total_import", "total_export", "total", "rank", "ranked"),
        )
        .sort("year", pl.col("both").neg(), "other_name", nulls_last=True)
    )


def over(years: pl.DataFrame, least: int = LEAST) -> pl.DataFrame:
    """Partners over several years, from ``partners``: sums over the years known, with how many those are.

    Columns other, other_name, import, export, both, total (of the same years as ``both``), years (with ``both``
    known), share (of ``both`` in ``total``; null without either), rank (null among fewer than ``least``).
    """
    known = pl.col("both").is_not_null()
    summed = years.group_by("other", "other_name").agg(
        *(_sum(c) for c in (IMPORT, EXPORT, "both")),
        pl.when(pl.col("total").filter(known).count() == known.sum(), known.any())
        .then(pl.col("total").filter(known).sum())
        .alias("total"),
        years=known.sum(),
    )
    share = pl.when(pl.col("total") > 0).then(pl.col("both") / pl.col("total")).alias("share")
    ordered = pl.col("both").rank("min", descending=True)
    rank = pl.when(pl.col("both").count() >= least).then(ordered).alias("rank")
    return summed.with_columns(share, rank).sort(pl.col("both").neg(), "other_name", nulls_last=True)


@dataclass(frozen=True, slots=True)
class Ratio:
    """A quotient, or why there is none.

    reason : "not_known", "total_not_known", "zero_total", "one_record", "world_not_covered"; "" where there is one.
    """

    value: float | None
    reason: str = ""


def ratio(part: float | None, whole: float | None) -> Ratio:
    """part / whole.

    >>> ratio(1.0, 4.0).value, ratio(None, 4.0).reason, ratio(1.0, None).reason, ratio(1.0, 0.0).reason
    (0.25, 'not_known', 'total_not_known', 'zero_total')
    """
    if part is None or whole is None:
        return Ratio(None, "not_known" if part is None else "total_not_known")
    return Ratio(part / whole) if whole > 0 else Ratio(None, "zero_total")


@dataclass(frozen=True, slots=True)
class Mirror:
    """One flow in both states' records. gap : importer's record less exporter's; ratio : importer's over exporter's."""

    importer: float | None
    exporter: float | None
    gap: float | None
    ratio: Ratio


def mirror(made: Flows, importer: str, exporter: str, year: int) -> Mirror:
    """The importer's record of a flow against the exporter's.

    Imports are mostly valued with freight and insurance (c.i.f.) and exports without (f.o.b.), so a gap of some
    percent is to be expected. None, with reason "one_record", where the source has one record a flow.
    """
    taken = _amount(made, importer, exporter, IMPORT, year)
    if made.mirrored:
        return Mirror(taken, None, None, Ratio(None, "one_record"))
    sent = _amount(made, exporter, importer, EXPORT, year)
    gap = taken - sent if taken is not None and sent is not None else None
    return Mirror(taken, sent, gap, ratio(taken, sent))


def intensity(made: Flows, sums: pl.DataFrame, state: str, other: str, year: int, flow: str) -> Ratio:
    """Trade intensity: the other's share of a state's trade, over its share of the world's trade open to that state.

    For exports ``(x_ij / x_i) / (m_j / (m_w - m_i))``: the share of j in i's exports, over the share of j in the
    imports of all states but i. For imports the same with imports and exports exchanged. 1 where the two trade as their
    sizes let expect; no upper limit. ``sums`` is ``totals(made)``.

    None, with a reason, where a value is not known or a total is zero, and "world_not_covered" where states that
    report themselves make up less than 90 % of i's trade, so that the table's states are not the world.

    Source: Brown (1949); Kojima (1964), "The Pattern of International Trade Among Advanced Countries", Hitotsubashi
    Journal of Economics 5; Drysdale and Garnaut (1982), "Trade Intensities and the Analysis of Bilateral Trade Flows
    in a Many-Country World: A Survey", Hitotsubashi Journal of Economics 22.
    """
    back = IMPORT if flow == EXPORT else EXPORT
    of_year = sums.filter(pl.col("year") == year)
    share = ratio(_amount(made, state, other, flow, year), _total(of_year, state, flow))
    if share.value is None:
        return share
    world = pl.coalesce("published", "recorded").alias("world")  # a small state's few partners count for the world
    reporting = of_year.filter(pl.col("flow") == back).with_columns(world).filter(pl.col("world").is_not_null())
    mine = made.rows.filter(pl.col("state") == state, pl.col("year") == year, pl.col("flow") == flow)
    within = _sum_of(mine.filter(pl.col("other").is_in(reporting["state"].to_list())), "amount")
    recorded = _sum_of(mine, "amount")
    if recorded and within / recorded < COVERED:
        return Ratio(None, "world_not_covered")
    rest = _sum_of(reporting.filter(pl.col("state") != state), "world")
    expected = ratio(_total(of_year, other, back), rest)
    return ratio(share.value, expected.value) if expected.value is not None else expected


def thin(table: pl.DataFrame, first: int, last: int) -> pl.DataFrame:
    """Large traders that a table knows little of in years of [first, last]: holes that falsify the totals of others.

    A state counts as large where its records make up at least 1 % of all in a year at most 30 years away, and a year
    as thin where it has values with fewer than a quarter as many partners as the median state of that year. Columns
    state, since, until, most (partners with a value in the fullest of those years), usual (least of the medians); one
    row a run of years. Years before a state's first and after its last row are not looked at.
    """
    near = pl.col("year").is_between(first - NEAR, last + NEAR)
    known = table.filter(near, pl.col("reporter").is_not_null(), pl.col("amount").is_not_null(), ~pl.col("world"))
    counted = known.group_by("year", state="reporter").agg(values=pl.len(), amount=pl.col("amount").sum())
    part = (pl.col("amount") / pl.col("amount").sum().over("year")).alias("part")
    of_state = (
        counted.with_columns(part).group_by("state").agg(pl.max("part"), begun=pl.min("year"), ended=pl.max("year"))
    )
    of_year = counted.group_by("year").agg(usual=pl.median("values")).filter(pl.col("year").is_between(first, last))
    every = of_state.filter(pl.col("part") >= LARGE).join(of_year, how="cross")
    seen = every.filter(pl.col("year").is_between("begun", "ended")).join(counted, on=["state", "year"], how="left")
    bare = seen.filter(pl.col("values").fill_null(0) < pl.col("usual") / 4).sort("state", "year")
    run = (pl.col("year") - pl.int_range(pl.len()).over("state")).alias("run")
    return (
        bare.with_columns(run, pl.col("values").fill_null(0))
        .group_by("state", "run", maintain_order=True)
        .agg(since=pl.min("year"), until=pl.max("year"), most=pl.max("values"), usual=pl.min("usual"))
        .drop("run")
    )


def _sum_of(frame: pl.DataFrame, column: str) -> float:
    return float(frame[column].sum())


def _amount(made: Flows, state: str, other: str, flow: str, year: int) -> float | None:
    found = made.rows.filter(
        pl.col("state") == state, pl.col("other") == other, pl.col("flow") == flow, pl.col("year") == year
    )["amount"]
    return None if found.is_empty() else found[0]


def _total(of_year: pl.DataFrame, state: str, flow: str) -> float | None:
    found = of_year.filter(pl.col("state") == state, pl.col("flow") == flow)["total"]
    return None if found.is_empty() else found[0]
