"""Every reading and every question that a dossier's figures rest on, as data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]


def readings(told: Json) -> list[Json]:
    """Each reading once, with the parts of the dossier that use it, then each other question.

    told : the dossier's dictionary. A part is named by its place in dossier.json.
    """
    found: dict[str, Json] = {}
    for place, what in _asked(told, ""):
        kept = found.setdefault(repr(what), {**what, "used_by": []})
        kept["used_by"].append(place or "dossier")
    return list(found.values())


def _asked(told: Any, place: str) -> Iterator[tuple[str, Json]]:
    if isinstance(told, dict):
        match told:
            case {"reading": dict() as reading, "issue_label": label}:
                yield place, {"kind": "reading", "in_words": label, "reading": reading}
            case {"subject": str() as subject, "sources": list() as sources}:
                held = [{"label": s["label"], "sha256": s["sha256"]} for s in sources]
                yield place, {"kind": "strand", "in_words": subject, "sources": held}
            case {"question": str() as question} if question:
                yield place, {"kind": "claim", "in_words": question}
        for key, value in told.items():
            yield from _asked(value, f"{place}.{key}" if place else key)
    elif isinstance(told, list):
        for i, value in enumerate(told):
            yield from _asked(value, f"{place}[{i}]")
