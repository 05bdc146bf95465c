"""The dyad-year table as it is exported: code columns resolved in each row's year, labels, and facts about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from comity.model.reading import Dropped
from comity.model.words import say
from comity.report import parts
from comity.states.resolve import codes as codes_of
from comity.study.answers.common import Header
from comity.study.dyad_year import COLUMNS, DyadYears

if TYPE_CHECKING:
    import polars as pl

CODES = ("iso3", "iso2", "cow", "gw", "m49")

_NUMBERS = ("cow", "gw", "m49")
_SESSION_OPENS = 1945  # the year in which session 0 would have opened


@dataclass(frozen=True, eq=False)
class Table:
    """What is written: the frame with its code columns, and what is said about each column.

    frame  : state_a, state_b, the clock's column, two columns a code scheme, then study.dyad_year.COLUMNS.
    labels : column → label, every column of the frame in its order.
    clock  : "year" or "session".
    """

    header: Header
    frame: pl.DataFrame
    labels: dict[str, str]
    clock: str
    codes: tuple[str, ...]
    dropped: tuple[Dropped, ...]


def with_codes(years: DyadYears, codes: Sequence[str]) -> Table:
    """The table with two columns a code scheme, resolved in each row's year.

    Codes of cow, gw and m49 are Int16, of iso3 and iso2 String.
    """
    import polars as pl

    frame, clock = years.frame, years.header.reading.clock
    seen = pl.concat([frame.select(pl.col(s).alias("state"), clock) for s in ("state_a", "state_b")]).unique()
    found = seen.with_columns(
        pl.Series(scheme, [_code(state, scheme, when, clock) for state, when in seen.iter_rows()], pl.String).cast(
            pl.Int16 if scheme in _NUMBERS else pl.String
        )
        for scheme in codes
    )
    for side in ("a", "b"):
        named = found.rename({"state": f"state_{side}"} | {scheme: f"{scheme}_{side}" for scheme in codes})
        frame = frame.join(named, on=[f"state_{side}", clock], how="left", maintain_order="left")
    order = ["state_a", "state_b", clock, *(f"{scheme}_{side}" for scheme in codes for side in ("a", "b")), *COLUMNS]
    return Table(years.header, frame.select(order), _labels(clock, codes), clock, tuple(codes), years.dropped)


def facts(header: Header) -> dict[str, str]:
    """What every file carries about itself: release, hash, last roll call, reading, date, licence, citation."""
    origin = header.origin
    given = {
        "release": origin.release,
        "source": origin.source,
        "sha256": origin.sha256,
        "last": origin.last.isoformat(),
        "reading": parts.reading_words(header),
        "fields": "; ".join(f"{name} = {value}" for name, value in header.reading.to_dict().items()),
        "licence": origin.licence or say("provenance.unknown"),
        "citation": origin.citation or say("provenance.unknown"),
        "answered": header.answered.isoformat(),
        "version": header.version,
    }
    return {say(f"provenance.{key}"): text for key, text in given.items()}


def _code(state: str, scheme: str, when: int, clock: str) -> str | None:
    """The scheme's code of a state at the end of a year, or at its beginning where the state or code then ended."""
    year = when if clock == "year" else when + _SESSION_OPENS
    for day in (date(year, 12, 31), date(year, 1, 1)):
        if found := codes_of(state, scheme, day):
            return found[0]
    return None


def _labels(clock: str, codes: Sequence[str]) -> dict[str, str]:
    columns = ("state_a", "state_b", clock)
    return (
        {column: say(f"variable.{column}") for column in columns}
        | {
            f"{scheme}_{side}": say(f"variable.code_{side}", scheme=say(f"scheme.{scheme}"))
            for scheme in codes
            for side in ("a", "b")
        }
        | COLUMNS
    )
