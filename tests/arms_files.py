"""Small files in SIPRI's layouts, made up."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from comity.ingest.datasets import add_dataset

PREAMBLE = """Transfers of major conventional arms from {suppliers}  to {recipients} . Deals with deliveries or orders made for year range '{first}' to '{last}'
A '?' in a column indicates uncertain data.
SIPRI trend-indicator values (TIVs) are in millions.

Source: SIPRI Arms Transfers Database (c) SIPRI.
Data generated: {made}
"""  # noqa: E501
OLD_HEADER = (
    "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,Number delivered, ,"
    "Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons"
)
NEW_HEADER = (
    "SIPRI AT Database ID,Supplier,Recipient,Designation,Description,Armament category,Order date,"
    "Order date is estimate,Numbers delivered,Numbers delivered is estimate,Delivery year,Delivery year is estimate,"
    "Status,SIPRI estimate,TIV deal unit,TIV delivery values,Local production"
)


def preamble(
    suppliers: str = "All countries",
    recipients: str = "All countries",
    first: str = "Not specified",
    last: str = "Not specified",
    made: str = "18 Mar 2024 6:13:50 PM",
) -> str:
    return PREAMBLE.format(suppliers=suppliers, recipients=recipients, first=first, last=last, made=made)


def old_row(
    recipient: str,
    supplier: str,
    years: str,
    tiv: float | str,
    *,
    order: int | str = 2000,
    number: int | str = 4,
    what: str = "Kite",
    comment: str = "",
) -> str:
    cells = (
        recipient,
        supplier,
        order,
        "?",
        number,
        "",
        what,
        "aircraft",
        number,
        "?",
        years,
        "New",
        comment,
        "1.5",
        tiv,
    )
    return ",".join(map(str, (*cells, tiv)))


def register(rows: Sequence[str], **above: str) -> str:
    return preamble(**above) + "\n".join((OLD_HEADER, *rows)) + "\n"


def new_row(deal: int, supplier: str, recipient: str, year: int, tiv: float | str, *, order: int = 2020) -> str:
    made = (
        deal,
        supplier,
        recipient,
        "Kite",
        "aircraft",
        "Aircraft",
        order,
        "No",
        2,
        "Yes",
        year,
        "No",
        "New",
        1.5,
        1.5,
    )
    return ",".join(map(str, (*made, tiv, "No")))


def deliveries(rows: Sequence[str], **above: str) -> str:
    return preamble(**above) + "\n".join((NEW_HEADER, *rows)) + "\n"


def tiv_table(
    rows: dict[str, Sequence[int | str]],
    years: Sequence[int],
    *,
    who: str = "Russia",
    side: str = "exports from",
    totals: Sequence[int] | None = None,
    title: str = "TIV of arms {side} {who}, {first}-{last}",
) -> str:
    commas = "," * (len(years) + 1)
    sums = [sum(int(r[i] or 0) for r in rows.values()) for i in range(len(years))] if totals is None else list(totals)
    body = [",".join(map(str, (name, *cells, sum(int(c or 0) for c in cells)))) for name, cells in rows.items()]
    head = f'"{title.format(side=side, who=who, first=years[0], last=years[-1])}"{commas}'
    lines = [
        head,
        f"Figures are SIPRI Trend Indicator Values (TIVs) expressed in millions.{commas}",
        f"Generated: 28 July 2022{commas}",
        commas,
        f",{','.join(map(str, years))},Total",
        *body,
        commas,
        f"Total,{','.join(map(str, sums))},{sum(sums)}",
    ]
    return "\n".join(lines) + "\n"


def keep_arms(folder: Path) -> None:
    """A made-up register in the store of COMITY_HOME: three suppliers of Viet Nam, two customers of Russia."""
    rows = [old_row("Viet Nam", "Russia", f"{year}; {year + 1}", year - 1950) for year in range(1988, 2022, 3)]
    rows += [old_row("Viet Nam", "Israel", "2012", 20), old_row("Viet Nam", "Belarus", "2023", 5)]
    path = folder / "register.csv"
    path.write_text(register([*rows, old_row("India", "Russia", "2012; 2015", 300)]), encoding="utf-8")
    add_dataset(path)
    path.unlink()
