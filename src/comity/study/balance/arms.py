"""Ties in arms: what each power delivered to a state, and against the power's part of all deliveries."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import polars as pl

from comity.errors import NoDataset
from comity.model.language import numeral
from comity.model.period import Period
from comity.model.words import say
from comity.states.registry import registry
from comity.store.datasets import Dataset, read_dataset
from comity.strands.arms import NOTHING, amounts, deliveries
from comity.study.answers.common import Note
from comity.study.arms_tables import REGISTER, world_register
from comity.study.balance.found import Found, none_at_hand
from comity.study.notes import note
from comity.study.strand import source_line


def found(state: str, powers: Sequence[str], period: Period) -> Found:
    """TIV delivered by each power, rows that span years split evenly over them; the Soviet Union counts as Russia."""
    try:
        dataset = world_register()
    except NoDataset:
        return none_at_hand("arms", REGISTER)
    first, last = max(period.start, dataset.first), min(period.end, dataset.last)
    register = _opened(dataset)
    mine = amounts(register.filter(pl.col("recipient_key") == state), "supplier_key", first, last)
    world = amounts(register, "supplier_key", first, last)
    taken, given = (sum(a.even for a in each.values()) for each in (mine, world))
    values = {p: mine[p].even if p in mine else 0.0 for p in powers}
    usual = {p: world[p].even / given if p in world and given else 0.0 for p in powers}
    return Found(
        strand="arms",
        unit=say("balance.unit_arms"),
        values=values,
        baseline={p: values[p] / taken / usual[p] if taken and usual[p] else None for p in powers},
        whole=taken or None,
        parts=[a.even for a in mine.values()],
        covered=f"{first}–{last}" if first <= last else "",
        sources=(source_line(dataset),),
        gap="" if taken else say("balance.no_deliveries"),
    )


def notes(state: str, powers: Sequence[str], period: Period) -> tuple[Note, ...]:
    """That the register alone is read, and between what its volumes lie where rows span the ends of the period."""
    try:
        dataset = world_register()
    except NoDataset:
        return ()
    register = _opened(dataset).filter(pl.col("recipient_key") == state)
    found = amounts(register, "supplier_key", max(period.start, dataset.first), min(period.end, dataset.last))
    open_ = [(p, a) for p in powers if not (a := found.get(p, NOTHING)).settled]
    if not open_:
        return ()
    told = [
        say("balance.between", power=registry().name(p), low=numeral(a.low, ",.0f"), high=numeral(a.high, ",.0f"))
        for p, a in open_
    ]
    return (note("balance_arms", between="; ".join(told)),)


@lru_cache(maxsize=1)
def _opened(dataset: Dataset) -> pl.DataFrame:
    """The register's rows; kept, for a path asks for them window by window."""
    return deliveries(read_dataset(dataset), joined=True)
