"""Arms deliveries: who supplies a state, whom a supplier serves, and what one delivered to the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from comity.errors import EmptySelection, SamePair, UsageError
from comity.model.period import Period
from comity.model.words import say, span
from comity.strands.arms import NOTHING, Amount, peak
from comity.strands.ledgers.kinds import Sanction
from comity.study.answers.arms import ArmsAnswer, ArmsPairAnswer, Part, Partner, Peak, Year
from comity.study.answers.arms_rows import Mark
from comity.study.answers.strand import SourceLine
from comity.study.arms_lists import marks, orders, platforms
from comity.study.arms_notes import notes
from comity.study.arms_parts import concentration, parts, places
from comity.study.arms_tables import Beside, Held, Party, Volume, begins, held_for, inside, party
from comity.study.ledgers import ledger_source
from comity.study.ledgers import rows as ledger_rows
from comity.study.strand import source_line, strand_header

BY = ("supplier", "year", "platform")


def arms(
    recipient: str | None = None,
    *,
    supplier: str | None = None,
    period: str | Period | None = None,
    by: str = "supplier",
    joined: bool = True,
    stock_since: int | None = None,
    register: str | None = None,
) -> ArmsAnswer | ArmsPairAnswer:
    """Deliveries of major conventional arms in a period, in TIV: with bounds where register rows span years.

    recipient   : its suppliers; supplier : its customers; both: what the one delivered to the other.
    by          : what a table shows first: "supplier" (partners), "year" or "platform".
    joined      : count the Soviet Union under Russia, as everywhere in Comity; False keeps them apart.
    stock_since : first year of the cumulative deliveries; by default the register's first.
    register    : label of the stored register; by default the newest that holds all of the state's deliveries.
    UsageError where neither is named; NoDataset, NoAnswer, BadPeriod; EmptySelection where a state has no row at all.
    """
    if by not in BY:
        raise UsageError("Unknown table", got=by, allowed=", ".join(BY))
    sides = {side: text for side, text in (("recipient", recipient), ("supplier", supplier)) if text}
    if not sides:
        raise UsageError("No state given", allowed="a recipient, --supplier, or both", next="Try: comity arms VNM")
    held, cut = opened(sides, period, joined=joined, register=register)
    begin = begins(cut.parties.values(), held.dataset)
    since = begin if stock_since is None else stock_since
    if not begin <= since <= cut.last:
        allowed = f"a year from {begin} to {cut.last}"
        raise UsageError("The stock begins outside the data", got=stock_since, allowed=allowed)
    return _pair(held, cut, by, since) if len(sides) == 2 else _one(held, cut, by, since)


@dataclass(frozen=True, slots=True)
class Cut:
    """What was asked: side → party, the years asked for, and those of them with data."""

    parties: dict[str, Party]
    asked: Period
    period: Period

    @property
    def first(self) -> int:
        """First year."""
        return self.period.start

    @property
    def last(self) -> int:
        """Last year."""
        return self.period.end

    def beside(self, held: Held) -> list[Beside]:
        """Tables that stand in for the register."""
        return held.beside(self.parties, self.first, self.last)


def opened(
    sides: dict[str, str], period: str | Period | None, *, joined: bool, register: str | None
) -> tuple[Held, Cut]:
    """The register and tables for a question, and the question in their terms."""
    asked = Period.parse(period) if isinstance(period, str) else period
    held = held_for(sides, asked, label=register, joined=joined)
    parties = {side: party(text, held) for side, text in sides.items()}
    if len({subject.key for subject in parties.values()}) < len(parties):
        raise SamePair("Recipient and supplier are the same state", got=", ".join(sides.values()))
    for side, subject in parties.items():
        if not held.of(side, subject.key).height:
            raise EmptySelection(
                f"{held.dataset.label} holds no row with that {side}",
                got=f"{subject.name} ({subject.key})",
                next="It may stand under another name then, or have had no transfers that the register knows of",
            )
    return held, Cut(parties, *inside(asked, parties.values(), held.dataset))


def _one(held: Held, cut: Cut, by: str, since: int) -> ArmsAnswer:
    ((side, subject),) = cut.parties.items()
    whole = partial(held.whole, side, subject.key)
    found = held.volumes(side, subject.key, cut.first, cut.last)
    told = {key: volume.amount for key, volume in found.items()}
    rows, dated = held.of(side, subject.key), dated_measures(held, cut, whole)
    years = tuple(
        Year(year, volume.amount, volume.register, volume.amount, None)
        for year, volume in ((y, whole(y, y)) for y in range(cut.first, cut.last + 1))
    )
    return ArmsAnswer(
        header=strand_header(say(f"arms.subject_{side}", period=span(cut.period.label)), sources(held, cut, dated)),
        notes=notes(
            held,
            cut.parties,
            cut.asked,
            cut.period,
            dated,
            cut.beside(held),
            [*told.values(), *(y.amount for y in years)],
        ),
        side=side,
        key=subject.key,
        name=subject.name,
        asked=cut.asked,
        period=cut.period,
        by=by,
        joined=held.joined,
        partners=_partners(held, side, subject.key, found, since, cut.first, cut.last),
        total=whole(cut.first, cut.last).amount,
        concentration=concentration(told),
        years=years,
        peak=Peak(*peak({y.year: y.amount for y in years})),
        stock_since=since,
        orders=orders(rows, cut.first, cut.last),
        platforms=platforms(rows, cut.first, cut.last, held.name) if by == "platform" else (),
        marks=dated,
    )


def _partners(
    held: Held, side: str, key: str, found: dict[str, Volume], since: int, first: int, last: int
) -> tuple[Partner, ...]:
    told, shares = _shares(held, side, key, found, first, last)
    stock, stock_shares = _shares(held, side, key, held.volumes(side, key, since, last), since, last)
    ranks = places(told)
    return tuple(
        Partner(
            key=partner,
            name=held.name(partner),
            state=held.is_state(partner),
            amount=volume.amount,
            share=shares[partner],
            place=ranks.get(partner),
            register=volume.register,
            stock=stock.get(partner, NOTHING),
            stock_share=stock_shares.get(partner),
        )
        for partner, volume in found.items()
    )


def _pair(held: Held, cut: Cut, by: str, since: int) -> ArmsPairAnswer:
    recipient, supplier = cut.parties["recipient"], cut.parties["supplier"]
    ends = cut.first, cut.last
    between = partial(held.between, recipient.key, supplier.key)
    own = between(*ends)
    imports, import_shares = _known(held, "recipient", recipient.key, *ends)
    exports, export_shares = _known(held, "supplier", supplier.key, *ends)
    stock, stock_shares = _known(held, "recipient", recipient.key, since, cut.last)
    years = tuple(_year(held, recipient.key, supplier.key, year) for year in range(cut.first, cut.last + 1))
    rows = held.both(recipient.key, supplier.key)
    dated = dated_measures(held, cut, between)
    shown = [own.amount, *(y.amount for y in years)]
    return ArmsPairAnswer(
        header=strand_header(say("arms.subject_pair", period=span(cut.period.label)), sources(held, cut, dated)),
        notes=notes(held, cut.parties, cut.asked, cut.period, dated, cut.beside(held), shown, years),
        recipient=recipient.key,
        supplier=supplier.key,
        recipient_name=recipient.name,
        supplier_name=supplier.name,
        asked=cut.asked,
        period=cut.period,
        by=by,
        joined=held.joined,
        amount=own.amount,
        by_register=own.register,
        import_share=import_shares.get(supplier.key),
        import_place=places(imports).get(supplier.key),
        export_share=export_shares.get(recipient.key),
        export_place=places(exports).get(recipient.key),
        stock=stock.get(supplier.key, NOTHING),
        stock_share=stock_shares.get(supplier.key),
        stock_since=since,
        years=years,
        peak=Peak(*peak({y.year: y.amount for y in years})),
        orders=orders(rows, *ends),
        platforms=platforms(rows, *ends, held.name),
        marks=dated,
    )


def _year(held: Held, recipient: str, supplier: str, year: int) -> Year:
    """One year of a pair, beside all that the recipient got."""
    found = held.volumes("recipient", recipient, year, year)
    own = found.get(supplier) or held.between(recipient, supplier, year, year)
    return Year(
        year=year,
        amount=own.amount,
        register=own.register,
        total=held.whole("recipient", recipient, year, year).amount,
        share=_shares(held, "recipient", recipient, found, year, year)[1].get(supplier),
    )


def _shares(
    held: Held, side: str, key: str, found: dict[str, Volume], first: int, last: int
) -> tuple[dict[str, Amount], dict[str, Part | None]]:
    """Volumes, and shares of all that the party got or gave."""
    told = {partner: volume.amount for partner, volume in found.items()}
    return told, parts(told, held.whole(side, key, first, last).amount) if told else {}


def _known(held: Held, side: str, key: str, first: int, last: int) -> tuple[dict[str, Amount], dict[str, Part | None]]:
    """The same; nothing where not all of the party's deliveries are known."""
    return _shares(held, side, key, held.partners(side, key, first, last), first, last)


def dated_measures(held: Held, cut: Cut, of: Callable[[int, int], Volume]) -> tuple[Mark, ...]:
    """Measures of the sanctions ledger on the states asked about, in force in the period, with the volumes around."""
    parties = cut.parties.values()
    known = begins(parties, held.dataset), held.dataset.last
    return marks(lambda first, last: of(first, last).amount, [p.key for p in parties], known, cut.period)


def sources(held: Held, cut: Cut, dated: tuple[Mark, ...]) -> list[SourceLine]:
    """The register, the tables used beside it in the period and around dates, and the ledger where it gave a date."""
    spans = [(cut.first, cut.last)]
    for mark in dated:
        spans += [(mark.year - mark.window, mark.year - 1)] if mark.before else []
        spans += [(mark.year + 1, mark.year + mark.window)] if mark.after else []
    used = (dataset for ends in spans for table in held.beside(cut.parties, *ends) for dataset in table.datasets)
    tables = [source_line(dataset) for dataset in dict.fromkeys(used)]
    told = {mark.row for mark in dated}
    measures = [ledger_source("sanctions", [row for row in ledger_rows(Sanction) if row.id in told])] if told else []
    return [source_line(held.dataset), *tables, *measures]
