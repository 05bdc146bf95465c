"""A table of trade of the user's own: reporter, partner, year, flow, value, unit, and optionally source, currency,
valuation."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl

from comity.errors import BadValue
from comity.sources.dataset import RawDataset
from comity.sources.sheet import Sheet
from comity.sources.strand_sheet import columns_of, numbers, require, slug, table, texts, words, years
from comity.sources.trade import AS_RECORDED, CIF, EXPORT, FOB, IMPORT, trade_dataset

_NEEDED = ("reporter", "partner", "year", "flow", "value", "unit")
_OPTIONAL = ("source", "currency", "valuation")
_FLOWS = {"m": IMPORT, "import": IMPORT, "imports": IMPORT, "x": EXPORT, "export": EXPORT, "exports": EXPORT}
_WORLD = ("world", "w00", "wld")
_SCALES = {
    **dict.fromkeys(("", "1"), 1.0),
    **dict.fromkeys(("thousand", "thousands", "k"), 1e3),
    **dict.fromkeys(("million", "millions", "m", "mn"), 1e6),
    **dict.fromkeys(("billion", "billions", "bn"), 1e9),
}
_SIGNS = {"US$": "USD", "$US": "USD", "€": "EUR", "£": "GBP"}
_ALLOWED_UNIT = "money with its scale, such as USD, thousand USD, USD million, EUR bn"
_VALUATIONS = {"cif": CIF, "fob": FOB, "as recorded": AS_RECORDED}


def money_unit(text: str, currency: str = "") -> tuple[float, str]:
    """Scale and currency of a unit; ValueError for what is no money or names no currency ("$" alone names none).

    >>> money_unit("million USD"), money_unit("US$ bn"), money_unit("thousand", "EUR")
    ((1000000.0, 'USD'), (1000000000.0, 'USD'), (1000.0, 'EUR'))
    """
    told = " ".join(_SIGNS.get(word, word) for word in re.sub(r"(US\$|\$US|€|£)", r" \1 ", text).split())
    codes = re.findall(r"\b[A-Z]{3}\b", told)
    named = {*codes, *([currency.upper()] if currency else [])} - {"TIV"}
    scale = " ".join(word for word in told.split() if word not in codes).lower()
    if "TIV" in codes or scale not in _SCALES or len(named) != 1 or not re.fullmatch("[A-Z]{3}", code := named.pop()):
        raise ValueError(text)
    return _SCALES[scale], code


class PlainTrade:
    """One row a flow; states by name or ISO code, "World" for a total."""

    layout = "plain-trade"
    version = 1

    def recognise(self, path: Path, head: bytes) -> bool:
        """By reporter, partner, flow and value."""
        return columns_of(path, head) >= {"reporter", "partner", "flow", "value"}

    def read(self, path: Path) -> RawDataset:
        """Read the rows; one currency a file."""
        sheet = table(path, (*_NEEDED, *_OPTIONAL))
        allowed = ", ".join((*_NEEDED, *(f"[{name}]" for name in _OPTIONAL)))
        require(sheet, _NEEDED, allowed=allowed, next="A value without its unit is no figure")
        return trade_dataset(
            _rows(sheet),
            path=path,
            place=sheet.place,
            layout=self.layout,
            label=slug(path),
            source="plain-trade",
            scheme="any",
        )


def _rows(sheet: Sheet) -> pl.DataFrame:
    partner = texts(sheet, "partner", "a state, or World")
    scale, currency = _units(sheet)
    every = pl.int_range(sheet.frame.height, eager=True)
    frame = pl.DataFrame(
        {
            "year": years(sheet),
            "reporter_name": texts(sheet, "reporter", "a state"),
            "partner_name": partner,
            "world": partner.str.to_lowercase().is_in(_WORLD),
            "flow": words(sheet, "flow", _FLOWS),
            "amount": numbers(sheet, "value", "a number that is not negative, or empty where not known") * scale,
            "currency": currency,
            "unit": texts(sheet, "unit", _ALLOWED_UNIT),
            "valuation": words(sheet, "valuation", _VALUATIONS, AS_RECORDED),
            "row_source": sheet.texts("source", at=every),
        }
    ).with_row_index("@row")
    own = frame["reporter_name"] == frame["partner_name"]
    if own.any():
        raise sheet.bad("partner", own.arg_max() or 0, "a state that trades with itself", "two different states")
    return frame


def _units(sheet: Sheet) -> tuple[pl.Series, pl.Series]:
    """Scale and currency of every row; BadValue for a unit that is no money and for a second currency."""
    units = texts(sheet, "unit", _ALLOWED_UNIT)
    told = sheet.texts("currency", at=pl.int_range(sheet.frame.height, eager=True)).fill_null("")
    read: dict[tuple[str, str], tuple[float, str]] = {}
    for row, pair in enumerate(zip(units, told, strict=True)):
        if pair in read:
            continue
        try:
            read[pair] = money_unit(*pair)
        except ValueError:
            raise sheet.bad("unit", row, "no unit of money", _ALLOWED_UNIT) from None
        if len({code for _, code in read.values()}) > 1:
            codes = " and ".join(dict.fromkeys(code for _, code in read.values()))
            where = f"{sheet.path.name}, {sheet.place(row)}"
            raise BadValue(f"{where}: two currencies in one table", got=codes, allowed="one currency a file")
    chosen = [read[pair] for pair in zip(units, told, strict=True)]
    scale, currency = zip(*chosen, strict=True)
    return pl.Series("scale", scale, dtype=pl.Float64), pl.Series("currency", currency, dtype=pl.String)
