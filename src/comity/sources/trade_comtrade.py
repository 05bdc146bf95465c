"""UN Comtrade's answer, as JSON or as the CSV that its site saves: one row a reporter, partner, flow and period.

Only yearly totals over all goods count as trade of a pair; rows by commodity, by month, by second partner, customs
procedure or means of transport are set apart and counted, and so are re-exports and re-imports, which the totals hold.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from comity.errors import BadFile, BadValue, DamagedFile
from comity.model.words import say
from comity.sources.copies import as_utf8
from comity.sources.dataset import RawDataset
from comity.sources.intake import chunks, peek, text_lines
from comity.sources.strand_sheet import FIRST_YEAR, LAST_YEAR, columns_of, number
from comity.sources.trade import AS_RECORDED, CIF, EXPORT, FOB, IMPORT, trade_dataset

_NEEDED = ("refyear", "reportercode", "flowcode", "partnercode", "primaryvalue")
_WHOLE = {
    "cmdcode": "TOTAL",
    "freqcode": "A",
    "partner2code": "0",
    "customscode": "C00",
    "moscode": "0",
    "motcode": "0",
}
"""What a yearly total over all goods has in these columns, where they are there."""
_APART = {"cmdcode": "commodity", "freqcode": "frequency"}
_FLOWS = {"M": IMPORT, "X": EXPORT}
_MAX_JSON = 256 * 1024 * 1024
# Comtrade's own numbers for six reporters, where it differs from the United Nations' list of country numbers.
_OWN_CODES = {"842": "USA", "757": "CHE", "699": "IND", "251": "FRA", "579": "NOR", "381": "ITA"}

Record = dict[str, str]
Place = Callable[[int], str]


class Comtrade:
    """reporterCode or reporterISO, partnerCode or partnerISO, flowCode, refYear, primaryValue, cifvalue, fobvalue."""

    layout = "comtrade"
    version = 1

    def recognise(self, path: Path, head: bytes) -> bool:
        """By the names of its fields."""
        if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
            return b'"reporterCode"' in head and b'"primaryValue"' in head
        return columns_of(path, head) >= {"reportercode", "flowcode", "primaryvalue"}

    def read(self, path: Path) -> RawDataset:
        """Read the totals; the World as a partner stays a total of its own."""
        records, place = _records(path)
        for at, record in enumerate(records):
            if lacking := [name for name in _NEEDED if name not in record]:
                raise DamagedFile(
                    f"{path.name}, {place(at)}: no field {', '.join(lacking)}",
                    next="Save the answer with all its fields",
                )
        kept, warnings = _totals(records)
        if not kept:
            raise BadFile(
                f"{path.name} holds no yearly total over all goods",
                got="; ".join(warnings),
                allowed="rows with freqCode A, cmdCode TOTAL and flowCode M or X",
                next="Ask Comtrade for annual data and the commodity TOTAL",
            )
        rows = [_row(record, at, lambda i: f"{path.name}, {place(i)}") for at, record in kept]
        return trade_dataset(
            pl.DataFrame(rows, infer_schema_length=None),
            path=path,
            place=place,
            layout=self.layout,
            label="comtrade",
            source="comtrade",
            scheme="any",
            warnings=tuple(warnings),
        )


def _records(path: Path) -> tuple[list[Record], Place]:
    """Every record with lower-case names and text values, and how to say where one stands."""
    head = next(chunks(path), b"")[:64]
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return _json_records(path), lambda i: f"record {i + 1:,}"
    return _csv_records(path), lambda i: f"line {i + 2:,}"


def _csv_records(path: Path) -> list[Record]:
    """Rows may end with one separator more than the header, as the site's own files do."""
    peek(path)
    with text_lines(as_utf8(path, "cp1252")) as lines:
        rows = csv.reader(lines, strict=True)
        try:
            header = [name.strip().lower() for name in next(rows)]
            found = []
            for row in rows:
                cells = row[:-1] if len(row) == len(header) + 1 and not row[-1] else row
                if len(cells) != len(header):
                    raise DamagedFile(
                        f"{path.name}, line {rows.line_num}: {len(cells)} cells where the header has {len(header)}",
                        next="Look for a stray separator, quote or line break, or save the answer again",
                    )
                found.append({name: cell.strip() for name, cell in zip(header, cells, strict=True)})
        except csv.Error as error:
            raise DamagedFile(f"{path.name}, line {rows.line_num}: {error}", next="Look for a stray quote") from None
    return found


def _json_records(path: Path) -> list[Record]:
    parts, size = [], 0
    for chunk in chunks(path):
        size += len(chunk)
        if size > _MAX_JSON:
            raise DamagedFile(f"{path.name} is longer than {_MAX_JSON:,} bytes", next="Ask for fewer years at a time")
        parts.append(chunk)
    try:
        answer = json.loads(b"".join(parts))
    except UnicodeDecodeError:
        raise DamagedFile(f"{path.name} is not UTF-8 text", next="Save the answer again") from None
    except json.JSONDecodeError as error:
        what = f"{path.name}, line {error.lineno}: no whole JSON document ({error.msg})"
        raise DamagedFile(what, next="It may be cut off: save the answer again") from None
    except RecursionError:
        raise DamagedFile(f"{path.name} is nested too deeply to be Comtrade's answer") from None
    held = answer.get("data") if isinstance(answer, dict) else answer
    if not isinstance(held, list) or not held or not all(isinstance(record, dict) for record in held):
        raise DamagedFile(f"{path.name} holds no list of records", allowed='Comtrade\'s answer with its "data"')
    return [{str(k).lower(): _text(v) for k, v in record.items()} for record in held]


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _totals(records: Sequence[Record]) -> tuple[list[tuple[int, Record]], list[str]]:
    """The yearly totals with their positions, and a sentence on each kind of row that is set apart."""
    kept: list[tuple[int, Record]] = []
    apart: dict[str, int] = {}
    for at, record in enumerate(records):
        other = next((name for name, total in _WHOLE.items() if record.get(name, total) not in (total, "")), None)
        reason = _APART.get(other, "breakdown") if other else None
        reason = reason or (None if record["flowcode"].upper() in _FLOWS else "flow")
        if reason:
            apart[reason] = apart.get(reason, 0) + 1
        else:
            kept.append((at, record))
    return kept, [say(f"trade_file.apart_{reason}", count=count) for reason, count in apart.items()]


def _row(record: Record, at: int, place: Place) -> dict[str, Any]:
    flow = _FLOWS[record["flowcode"].upper()]
    year, values = record["refyear"], {}
    if not (year.isdecimal() and FIRST_YEAR <= int(year) <= LAST_YEAR):
        raise BadValue(f"{place(at)}, refYear: no year", got=year, allowed=f"a year from {FIRST_YEAR} to {LAST_YEAR}")
    for name in ("primaryvalue", "cifvalue", "fobvalue"):
        try:
            values[name] = number(record.get(name, ""))
        except ValueError:
            values[name] = -1.0
        if (values[name] or 0) < 0:
            got = record[name]
            raise BadValue(f"{place(at)}, {name}: no value of trade", got=got, allowed="US dollars, at least 0")
    reporter, partner = _name(record, "reporter"), _name(record, "partner")
    if not reporter or not partner:
        raise BadValue(f"{place(at)}: a flow without a reporter or partner", allowed="a code in every row")
    if reporter == partner:
        raise BadValue(f"{place(at)}: a state that trades with itself", got=reporter, allowed="two different states")
    return {
        "@row": at,
        "year": int(year),
        "reporter_name": reporter,
        "partner_name": partner,
        "world": record["partnercode"] == "0",
        "flow": flow,
        "amount": values["primaryvalue"],
        "currency": "USD",
        "unit": "USD",
        "valuation": _valuation(flow, values),
        "row_source": None,
    }


def _name(record: Record, side: str) -> str:
    """ISO code where the record has one; else Comtrade's number, of an area its description."""
    code = record.get(f"{side}code", "").removesuffix(".0").lstrip("0") or ("0" if record.get(f"{side}code") else "")
    if code == "0":
        return "World"
    iso = record.get(f"{side}iso", "")
    if code in _OWN_CODES:
        return _OWN_CODES[code]
    if iso.isalpha() and len(iso) == 3:
        return iso
    found = _m49(code)
    return found or record.get(f"{side}desc", "") or iso or code


def _m49(code: str) -> str | None:
    """Our id of a country number; None where there is none."""
    from comity.states.resolve import meanings

    ids = {meaning.state for meaning in meanings(code, "m49")} if code else set()
    return ids.pop() if len(ids) == 1 else None


def _valuation(flow: str, values: dict[str, float | None]) -> str:
    """Which of the two valuations the primary value is; imports are told c.i.f. and exports f.o.b. where both agree."""
    primary, cif, fob = (values[name] for name in ("primaryvalue", "cifvalue", "fobvalue"))
    first, second = ((CIF, cif), (FOB, fob)) if flow == IMPORT else ((FOB, fob), (CIF, cif))
    if primary is None:
        return AS_RECORDED
    return next((name for name, value in (first, second) if value == primary), AS_RECORDED)
