"""Small ledgers for tests: rows as YAML, with what a test does not care about filled in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

SOURCES = [{"record": "A treaty series", "issuer": "An office", "year": 1999}]


def row(id: str, states: str = "VNM,RUS", **fields: Any) -> dict[str, Any]:
    """One row of any kind."""
    base = {"id": id, "states": states.split(","), "title": f"Title of {id}", "date": "2001-03", "sources": SOURCES}
    return base | fields


def tier(id: str, date: str, partner: str = "RUS", rank: int = 1, **fields: Any) -> dict[str, Any]:
    """A tier on Viet Nam's ladder."""
    fixed = {"holder": "VNM", "partner": partner, "tier": f"tier {rank}", "rank": rank, "status": "in force"}
    return row(id, f"VNM,{partner}", date=date, **(fixed | fields))


def visit(id: str, date: str, type: str = "official", **fields: Any) -> dict[str, Any]:
    """A visit from Russia to Viet Nam."""
    fixed = {"visitor": "RUS", "host": "VNM", "person": "Vladimir Putin", "office": "President", "type": type}
    return row(id, date=date, **(fixed | fields))


def write(folder: Path, **kinds: list[dict[str, Any]]) -> Path:
    """Ledgers into a folder, one file a kind."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind, rows in kinds.items():
        (folder / f"{kind}.yaml").write_text(yaml.safe_dump(rows, sort_keys=False), encoding="utf-8")
    return folder
