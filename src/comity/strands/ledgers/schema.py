"""The JSON Schema of a kind of ledger, for editors that check a file while it is written."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from comity.strands.ledgers.load import kind_of


def schema(kind: str) -> dict[str, Any]:
    """JSON Schema of a ledger file: a list of rows of one kind. UsageError for an unknown kind.

    >>> schema("tiers")["type"], "holder" in schema("tiers")["$defs"]["Tier"]["required"]
    ('array', True)
    """
    row = kind_of(kind)
    made = TypeAdapter(list[row]).json_schema()  # type: ignore[valid-type]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"Comity ledger: {kind}", **made}
