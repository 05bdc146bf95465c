"""Which register and which TIV tables answer a question about arms, and what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from comity.errors import BadPeriod, NoAnswer, NoDataset, UnknownState
from comity.model.period import Period
from comity.states.registry import registry as states
from comity.states.resolve import fold
from comity.store.datasets import Dataset, get_dataset, list_datasets, read_dataset
from comity.strands.arms import (
    NOTHING,
    SOVIET_UNION,
    Amount,
    TivTable,
    amounts,
    deliveries,
    put_together,
    tiv_table,
    total,
    volume,
)
from comity.study.ask import one_state

REGISTER, TABLE = "arms-register", "arms-tiv"
OTHER = {"recipient": "supplier", "supplier": "recipient"}
_TABLE_OF = {"recipient": "imports", "supplier": "exports"}


Tabled = tuple[TivTable, tuple[tuple[Dataset, frozenset[int]], ...]]


@dataclass(frozen=True, slots=True)
class Party:
    """A state, or what the register names without its being one. key : the id, or the name as written."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Volume:
    """What a period holds; register : the register's own figure where the first is a table's."""

    amount: Amount
    register: Amount | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """A table beside the register: whose, which years of the period it has, and the datasets these are from."""

    key: str
    first: int
    last: int
    datasets: tuple[Dataset, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """One register, with whom each row is counted for, and the tables beside it.

    only   : side → the one party the register was exported for, None where it holds all.
    tables : ("exports" or "imports", whose) → the table, and the datasets it is made of with the years of each.
    """

    dataset: Dataset
    rows: pl.DataFrame
    only: Mapping[str, str | None]
    tables: Mapping[tuple[str, str], Tabled]
    joined: bool

    def complete(self, side: str, key: str) -> bool:
        """Whether all of a party's deliveries on its side are in the register."""
        return self.only[side] in (None, key) and self.only[OTHER[side]] is None

    def of(self, side: str, key: str) -> pl.DataFrame:
        """A party's rows."""
        return self.rows.filter(pl.col(f"{side}_key") == key)

    def both(self, recipient: str, supplier: str) -> pl.DataFrame:
        """The rows from one to the other."""
        return self.of("recipient", recipient).filter(pl.col("supplier_key") == supplier)

    def partners(self, side: str, key: str, first: int, last: int) -> dict[str, Volume]:
        """``volumes`` where all of the party's deliveries are known; none where they are not."""
        known = self.complete(side, key) or self.table(side, key, first, last)
        return self.volumes(side, key, first, last) if known else {}

    def table(self, side: str, key: str, first: int, last: int) -> TivTable | None:
        """A party's own table, where it covers a period whole."""
        found = self.tables.get((_TABLE_OF[side], key))
        return found[0] if found and found[0].covers(first, last) else None

    def volumes(self, side: str, key: str, first: int, last: int) -> dict[str, Volume]:
        """Every partner of a party with its volume in a period, the largest first.

        A table that covers the period whole wins over the register, the party's own before its partner's.
        """
        register = amounts(self.of(side, key), f"{OTHER[side]}_key", first, last)
        own = self.table(side, key, first, last)
        partners = dict.fromkeys([*register, *(own.partners(first, last) if own else self._tabled(side))])
        found = {p: self._volume(side, key, p, first, last, register.get(p, NOTHING)) for p in partners}
        held = {p: v for p, v in found.items() if v.amount.high > 0 or (v.register and v.register.high > 0)}
        return dict(sorted(held.items(), key=lambda item: (-item[1].amount.even, item[0])))

    def whole(self, side: str, key: str, first: int, last: int) -> Volume:
        """All of a party's volume in a period: its table's own sum, or the sum over partners."""
        found = self.volumes(side, key, first, last).values()
        own = self.table(side, key, first, last)
        register = total(v.register or v.amount for v in found) if any(v.register for v in found) else None
        return Volume(own.total(first, last) if own else total(v.amount for v in found), register)

    def between(self, recipient: str, supplier: str, first: int, last: int) -> Volume:
        """What one delivered to the other; the recipient's own table wins over the supplier's."""
        register = volume(self.both(recipient, supplier), first, last)
        return self._volume("recipient", recipient, supplier, first, last, register)

    def beside(self, parties: Mapping[str, Party], first: int, last: int) -> list[Beside]:
        """The tables that stand in for the register in years of a period: a subject's own, or a partner's."""
        found = []
        for (kind, key), (table, parts) in self.tables.items():
            side = "supplier" if kind == "exports" else "recipient"
            years = [year for year in table.totals if first <= year <= last]
            if years and self._concerned(side, key, parties, first, last):
                of = tuple(dataset for dataset, held in parts if held.intersection(years))
                found.append(Beside(key, min(years), max(years), of))
        return found

    def _concerned(self, side: str, key: str, parties: Mapping[str, Party], first: int, last: int) -> bool:
        if side in parties:
            return parties[side].key == key
        other = parties[OTHER[side]].key
        pair = (other, key) if side == "supplier" else (key, other)
        return self.between(*pair, first, last).amount.high > 0

    def name(self, key: str) -> str:
        """A party's name today, or as the register writes it."""
        return states().name(key) if self.is_state(key) else key

    def is_state(self, key: str) -> bool:
        """Whether a party is a state of the registry."""
        return key in states().by_id

    def _tabled(self, side: str) -> list[str]:
        return [whose for kind, whose in self.tables if kind == _TABLE_OF[OTHER[side]]]

    def _volume(self, side: str, key: str, partner: str, first: int, last: int, register: Amount) -> Volume:
        for table, other in (
            (self.table(side, key, first, last), partner),
            (self.table(OTHER[side], partner, first, last), key),
        ):
            if table:
                return Volume(table.amount(other, first, last), register)
        return Volume(register)


def held_for(sides: Mapping[str, str], asked: Period | None, *, label: str | None, joined: bool) -> Held:
    """The register that holds all of the parties' deliveries and most of the period, the newest first, and the tables.

    sides : side → the party's name or code. NoDataset where the store has no register, NoAnswer where none is complete.
    """
    candidates = [get_dataset(REGISTER, label)] if label else list(list_datasets(REGISTER))
    if not candidates:
        get_dataset(REGISTER)
    opened = [_open(d, joined) for d in candidates]
    fit = [h for h in opened if any(_may_hold(h, side, text) for side, text in sides.items())]
    if not fit:
        raise NoAnswer(
            "No register at hand holds all deliveries of that state",
            got=", ".join(sides.values()),
            allowed="; ".join(f"{h.dataset.label}: {_scope_words(h)}" for h in opened),
            next="Export the trade register for all countries and add it with: comity data add FILE",
        )
    return max(
        fit,
        key=lambda h: (_named_in(h, sides), _years_in(h.dataset, asked), str(h.dataset.as_of or ""), h.dataset.added),
    )


def party(text: str, held: Held) -> Party:
    """A state by name or code, or a party that the register names; UnknownState where it is neither."""
    if not held.joined and fold(text) in (fold(SOVIET_UNION), "ussr"):
        return Party(SOVIET_UNION, SOVIET_UNION)
    try:
        found = one_state(text, past=True)
    except UnknownState:
        names = pl.concat([held.rows["supplier_key"], held.rows["recipient_key"]]).unique().to_list()
        named = [name for name in names if name.casefold() == text.strip().casefold()]
        if not named:
            raise
        return Party(named[0], named[0])
    return Party(found.id, found.name)


def begins(parties: Iterable[Party], dataset: Dataset) -> int:
    """The first year of which a register can tell: its own, or the one in which a party came of a union.

    Before that, deliveries stand under the names of those that were united.
    """
    years = [dataset.first]
    for key in (p.key for p in parties if p.key in states().by_id):
        start = states().state(key).existence[0].start
        if any(s.kind == "unification" and s.day == start for s in states().predecessors(key)):
            years.append(start.year)
    return max(years)


def inside(asked: Period | None, parties: Iterable[Party], dataset: Dataset) -> tuple[Period, Period]:
    """The years asked for and those of them that the register covers; BadPeriod where it covers none."""
    begin = begins(parties, dataset)
    asked = asked or Period(begin, dataset.last)
    first, last = max(asked.start, begin), min(asked.end, dataset.last)
    if first > last:
        raise BadPeriod(
            f"The register {dataset.label} holds no delivery of those years under that name",
            got=asked.label,
            allowed=f"{begin}-{dataset.last}",
        )
    return asked, Period(first, last)


def world_register() -> Dataset:
    """The newest register that was exported for all suppliers and all recipients; NoDataset where there is none."""
    whole = [d for d in list_datasets(REGISTER) if _is_whole(d)]
    if not whole:
        raise NoDataset(
            "The store holds no register of all suppliers and all recipients",
            allowed=", ".join(d.label for d in list_datasets(REGISTER)),
            next="Export the trade register for all countries and add it with: comity data add FILE",
        )
    return max(whole, key=lambda d: (str(d.as_of or ""), d.added))


@lru_cache(maxsize=16)
def _is_whole(dataset: Dataset) -> bool:
    return not any(_only(read_dataset(dataset)).values())


def _open(dataset: Dataset, joined: bool) -> Held:
    frame = read_dataset(dataset)
    return Held(dataset, deliveries(frame, joined=joined), _only(frame), _tables(joined), joined)


def _only(frame: pl.DataFrame) -> dict[str, str | None]:
    """Side → the one party that a register was exported for: its id, or its name where that is no state's."""
    found: dict[str, str | None] = {}
    for side in OTHER:
        columns = [c for c in (f"only_{side}_state", f"only_{side}") if c in frame.columns]
        found[side] = next((name for c in columns if (name := frame[c][0]) is not None), None)
    return found


def _tables(joined: bool) -> dict[tuple[str, str], Tabled]:
    """Every table of the store by side and party, the newest edition of a year first."""
    found: dict[tuple[str, str], Tabled] = {}
    for dataset in sorted(list_datasets(TABLE), key=lambda d: (str(d.as_of or ""), d.added), reverse=True):
        made = tiv_table(dataset.label, read_dataset(dataset), first=dataset.first, last=dataset.last, joined=joined)
        place = (made.side, made.key)
        if place in found:
            table, of = found[place]
            if new := frozenset(made.totals) - frozenset(table.totals):
                found[place] = put_together(table, made), (*of, (dataset, new))
        else:
            found[place] = made, ((dataset, frozenset(made.totals)),)
    return found


def _may_hold(held: Held, side: str, text: str) -> bool:
    """Whether the register is complete for the party."""
    if held.only[side] is None:
        return held.only[OTHER[side]] is None
    try:
        return held.complete(side, party(text, held).key)
    except UnknownState:
        return False


def _named_in(held: Held, sides: Mapping[str, str]) -> bool:
    """Whether the register has a row of each party."""
    try:
        return all(held.of(side, party(text, held).key).height for side, text in sides.items())
    except UnknownState:
        return False


def _years_in(dataset: Dataset, asked: Period | None) -> int:
    if asked is None:
        return dataset.last - dataset.first + 1
    return max(0, min(asked.end, dataset.last) - max(asked.start, dataset.first) + 1)


def _scope_words(held: Held) -> str:
    return ", ".join(f"{side} {key or 'all'}" for side, key in held.only.items())
