"""Answers about trade: a pair by year, and a state's partners."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.model.period import Period
from comity.strands.trade import Ratio
from comity.study.answers.common import Json
from comity.study.answers.strand import StrandAnswer

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Side:
    """The pair's trade from one side.

    share : of this state's trade with all; rank : of the other among ``ranked`` partners, None where the pair's trade
    is not known or the partners are too few.
    """

    share: Ratio
    rank: int | None
    ranked: int


@dataclass(frozen=True, slots=True)
class TradeYear:
    """One year of a pair, amounts in whole units of the currency; None where not known, never 0 for that.

    imports, exports    : of the first state from and to the second; both : their sum, None where either is None.
    of_a, of_b          : the pair's trade from each side.
    intensity_imports   : of the first state's imports from the second; intensity_exports : of its exports to it.
    """

    year: int
    imports: float | None
    exports: float | None
    both: float | None
    of_a: Side
    of_b: Side
    intensity_imports: Ratio
    intensity_exports: Ratio

    def to_dict(self) -> Json:
        """Flat; beside each quotient that is missing, the reason."""
        flat: Json = {"year": self.year, "imports": self.imports, "exports": self.exports, "both": self.both}
        for name, side in (("a", self.of_a), ("b", self.of_b)):
            flat |= _told(f"share_of_{name}", side.share) | {f"rank_for_{name}": side.rank}
            flat[f"ranked_for_{name}"] = side.ranked
        return (
            flat
            | _told("intensity_imports", self.intensity_imports)
            | _told("intensity_exports", self.intensity_exports)
        )


@dataclass(frozen=True, slots=True)
class MirrorYear:
    """One flow of a year in both states' records. gap : the importer's record less the exporter's."""

    year: int
    importer: str
    exporter: str
    by_importer: float | None
    by_exporter: float | None
    gap: float | None
    ratio: Ratio

    def to_dict(self) -> Json:
        """Flat."""
        return {
            "year": self.year,
            "importer": self.importer,
            "exporter": self.exporter,
            "by_importer": self.by_importer,
            "by_exporter": self.by_exporter,
            "gap": self.gap,
            **_told("ratio", self.ratio),
        }


@dataclass(frozen=True, slots=True)
class TradeSum:
    """A period summed over the ``years`` in which both flows are known, of ``asked`` years.

    share_a, share_b : of each state's trade with all in those same years.
    """

    years: int
    asked: int
    imports: float | None
    exports: float | None
    both: float | None
    share_a: Ratio
    share_b: Ratio

    def to_dict(self) -> Json:
        """Flat."""
        flat: Json = {"years": self.years, "asked": self.asked}
        flat |= {"imports": self.imports, "exports": self.exports, "both": self.both}
        return flat | _told("share_of_a", self.share_a) | _told("share_of_b", self.share_b)


@dataclass(frozen=True, slots=True)
class TradeAnswer(StrandAnswer):
    """Trade of a pair.

    currency   : of the amounts.
    valuations : of imports and exports: "cif", "fob" or "as recorded".
    mirrored   : whether the source has one record a flow, the importer's.
    """

    a: str
    b: str
    name_a: str
    name_b: str
    period: Period
    currency: str
    valuations: tuple[tuple[str, str], ...]
    mirrored: bool
    years: tuple[TradeYear, ...]
    sums: TradeSum
    mirrors: tuple[MirrorYear, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "a": self.a,
            "b": self.b,
            "name_a": self.name_a,
            "name_b": self.name_b,
            "period": self.period.label,
            "currency": self.currency,
            "valuations": [{"flow": flow, "valuation": v} for flow, v in self.valuations],
            "one_record_a_flow": self.mirrored,
            "sums": self.sums.to_dict(),
            "years": [year.to_dict() for year in self.years],
            "mirrors": [row.to_dict() for row in self.mirrors],
            "notes": [note.to_dict() for note in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a year."""
        import polars as pl

        fixed = {"a": self.a, "b": self.b, "currency": self.currency}
        return pl.DataFrame([fixed | year.to_dict() for year in self.years], infer_schema_length=None)


@dataclass(frozen=True, slots=True)
class PartnerTrade:
    """One partner over a period. id : None for an area that is no state; years : with both flows known.

    both, share : over those years; imports and exports: over the years in which each is known.
    """

    id: str | None
    name: str
    imports: float | None
    exports: float | None
    both: float | None
    share: float | None
    rank: int | None
    years: int

    def to_dict(self) -> Json:
        """Flat."""
        return {
            "partner": self.id,
            "name": self.name,
            "imports": self.imports,
            "exports": self.exports,
            "both": self.both,
            "share": self.share,
            "rank": self.rank,
            "years": self.years,
        }


@dataclass(frozen=True, slots=True)
class PartnersAnswer(StrandAnswer):
    """A state's partners by their trade over a period, the largest first.

    total_imports, total_exports : of the state with all over the period; published : whether the source gives them
    itself (else they are sums over its partners).
    """

    state: str
    name: str
    period: Period
    currency: str
    valuations: tuple[tuple[str, str], ...]
    mirrored: bool
    published: bool
    total_imports: float | None
    total_exports: float | None
    partners: tuple[PartnerTrade, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "state": self.state,
            "name": self.name,
            "period": self.period.label,
            "currency": self.currency,
            "valuations": [{"flow": flow, "valuation": v} for flow, v in self.valuations],
            "one_record_a_flow": self.mirrored,
            "published_totals": self.published,
            "total_imports": self.total_imports,
            "total_exports": self.total_exports,
            "partners": [partner.to_dict() for partner in self.partners],
            "notes": [note.to_dict() for note in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a partner."""
        import polars as pl

        fixed = {"state": self.state, "period": self.period.label, "currency": self.currency}
        return pl.DataFrame([fixed | partner.to_dict() for partner in self.partners], infer_schema_length=None)


def _told(name: str, ratio: Ratio) -> Json:
    return {name: ratio.value, f"{name}_missing": ratio.reason}
