"""Tests on ledger rows of the made-up store, each with the verdict that it must have."""

from __future__ import annotations

from typing import Any

ROWS: dict[str, tuple[dict[str, Any], str]] = {
    "a date": ({"kind": "date", "ledger": "events", "row": "independent", "is": "2001"}, "supported"),
    "another date": ({"kind": "date", "ledger": "events", "row": "independent", "is": "2002"}, "conflicting"),
    "a date too exact": ({"kind": "date", "ledger": "events", "row": "checked", "is": "2003-01-05"}, "not_testable"),
    "by the text alone": ({"kind": "date", "ledger": "events", "row": "by-the-text", "is": "2002"}, "not_testable"),
    "against its own row": ({"kind": "date", "ledger": "events", "row": "by-the-text", "is": "2003"}, "conflicting"),
    "a checked row differs": ({"kind": "date", "ledger": "events", "row": "checked", "is": "2001"}, "contradicted"),
    "two accounts": ({"kind": "date", "ledger": "events", "row": "twice-a", "is": "2004"}, "conflicting"),
    "an interval": (
        {
            "kind": "interval",
            "from": {"ledger": "events", "row": "independent"},
            "to": "2003-05-04",
            "length": 2,
            "unit": "years",
        },
        "supported",
    ),
    "a longer one": (
        {
            "kind": "interval",
            "from": {"ledger": "events", "row": "independent"},
            "to": "2003-05-04",
            "length": 5,
            "unit": "years",
        },
        "conflicting",
    ),
    "dates alone": (
        {"kind": "interval", "from": "2001-01-01", "to": "2001-01-15", "length": 2, "unit": "weeks"},
        "reproduced",
    ),
    "an order": (
        {"kind": "ordering", "first": {"ledger": "events", "row": "independent"}, "then": "2004"},
        "supported",
    ),
    "an order turned": (
        {"kind": "ordering", "first": "2004", "then": {"ledger": "events", "row": "independent"}},
        "conflicting",
    ),
    "an order too coarse": ({"kind": "ordering", "first": "2001", "then": "2001-05"}, "not_testable"),
    "a row": ({"kind": "ledger-fact", "ledger": "events", "row": "independent"}, "supported"),
    "a field": (
        {"kind": "ledger-fact", "ledger": "visits", "row": "visit-1", "field": "type", "is": "state"},
        "supported",
    ),
    "another field": (
        {"kind": "ledger-fact", "ledger": "visits", "row": "visit-1", "field": "type", "is": "working"},
        "conflicting",
    ),
    "a figure": (
        {"kind": "ledger-fact", "ledger": "aid", "row": "aid-1", "figure": "grants", "printed": "5 m USD"},
        "supported",
    ),
    "another figure": (
        {"kind": "ledger-fact", "ledger": "aid", "row": "aid-1", "figure": "grants", "printed": "9 m USD"},
        "conflicting",
    ),
    "visits": (
        {"kind": "visit-count", "pair": ["BRA", "CUB"], "rule": "state", "period": "2000-2010", "printed": "2"},
        "supported",
    ),
    "more visits": (
        {"kind": "visit-count", "pair": ["BRA", "CUB"], "rule": "state", "period": "2000-2010", "printed": "3"},
        "conflicting",
    ),
    "no visits listed": (
        {"kind": "visit-count", "pair": ["BRA", "CUB"], "rule": "state", "period": "2015-2020", "printed": "0"},
        "not_testable",
    ),
    "a tier": ({"kind": "tier-on-date", "holder": "BRA", "partner": "CUB", "on": "2010-01-01", "rank": 1}, "supported"),
    "a named tier": (
        {"kind": "tier-on-date", "holder": "BRA", "partner": "CUB", "on": "2010-01-01", "tier": "comprehensive"},
        "conflicting",
    ),
    "no tier": (
        {"kind": "tier-on-date", "holder": "BRA", "partner": "USA", "on": "2010-01-01", "rank": 1},
        "not_testable",
    ),
    "a member": ({"kind": "membership", "state": "VNM", "group": "asean", "on": "2000"}, "supported"),
    "no member": ({"kind": "membership", "state": "CUB", "group": "asean", "on": "2000", "member": False}, "supported"),
    "joined that year": ({"kind": "membership", "state": "VNM", "group": "asean", "on": "1995"}, "not_testable"),
    "opinion": ({"kind": "opinion", "why": "a motive"}, "opinion"),
    "not testable": ({"kind": "not-testable", "why": "No list.", "needs": "A list."}, "not_testable"),
}
