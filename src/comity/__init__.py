"""Comity measures how states align and checks what is said about it.

>>> import comity
>>> answer = comity.pair("VNM", "RUS", issue="hr", periods="1992-1999,2000-2020", release="starter")
>>> [cell.counts.same for cell in answer.lead.cells]
[40, 345]

Every question returns a frozen answer with ``to_dict()`` and ``to_polars()``; import ``comity.report`` for charts,
files and the notebook's rich display.
"""

from comity.api import (
    atlas,
    blocs,
    breaks,
    cohesion,
    compare,
    decompose,
    dossier,
    dyad_year,
    families,
    family,
    list_measures,
    moved,
    outliers,
    pair,
    rank,
    shield,
    situations,
    splits,
    trend,
    vote,
)
from comity.api_audit import audit_claims, contradictions, multiverse, solve, vintage
from comity.api_data import add, diff, group, releases, resolve
from comity.api_ideal import ideal_compare, ideal_distance, ideal_fit, ideal_show, ideal_vote
from comity.api_strands import (
    arguments,
    arms,
    balance,
    events,
    ledger,
    money,
    predictions,
    statements,
    survey,
    tiers,
    ties,
    timeline,
    trade,
    visits,
)
from comity.errors import ComityError
from comity.model.period import Period
from comity.model.reading import Reading

__all__ = [
    "ComityError",
    "Period",
    "Reading",
    "add",
    "arguments",
    "arms",
    "atlas",
    "audit_claims",
    "balance",
    "blocs",
    "breaks",
    "cohesion",
    "compare",
    "contradictions",
    "decompose",
    "diff",
    "dossier",
    "dyad_year",
    "events",
    "families",
    "family",
    "group",
    "ideal_compare",
    "ideal_distance",
    "ideal_fit",
    "ideal_show",
    "ideal_vote",
    "ledger",
    "list_measures",
    "money",
    "moved",
    "multiverse",
    "outliers",
    "pair",
    "predictions",
    "rank",
    "releases",
    "resolve",
    "shield",
    "situations",
    "solve",
    "splits",
    "statements",
    "survey",
    "tiers",
    "ties",
    "timeline",
    "trade",
    "trend",
    "vintage",
    "visits",
    "vote",
]
