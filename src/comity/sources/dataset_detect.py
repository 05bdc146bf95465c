"""Which layout of another strand a file is of, by its content."""

from __future__ import annotations

from pathlib import Path

from comity.sources.alliances import Atop, CowAlliances
from comity.sources.dataset import DatasetAdapter
from comity.sources.desta import Desta
from comity.sources.intake import chunks
from comity.sources.sipri import SipriDeliveries, SipriRegister
from comity.sources.sipri_tiv import SipriTivTable
from comity.sources.survey import Survey
from comity.sources.trade_comtrade import Comtrade
from comity.sources.trade_cow import CowTrade
from comity.sources.trade_plain import PlainTrade
from comity.sources.visit_counts import ChinaVisits, Colt

DATASETS: tuple[DatasetAdapter, ...] = (
    SipriRegister(),
    SipriDeliveries(),
    SipriTivTable(),
    *(CowTrade(), Comtrade(), PlainTrade()),
    *(Atop(), CowAlliances(), Desta()),
    Survey(),
    *(Colt(), ChinaVisits()),
)

_HEAD = 1 << 16


def recognise_dataset(path: Path) -> DatasetAdapter | None:
    """The adapter for the file; None where it is of no such layout, or is no readable file at all.

    DamagedFile where a compressed file is broken.
    """
    if not path.is_file():
        return None
    head = next(chunks(path), b"")[:_HEAD]
    return next((adapter for adapter in DATASETS if head and adapter.recognise(path, head)), None)
