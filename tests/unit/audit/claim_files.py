"""Claim files written for tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

DOCUMENT = {"id": "a-text", "title": "A text", "date": "2022", "kind": "commentary"}


def claim(id: str, test: dict[str, Any], **fields: Any) -> dict[str, Any]:
    given = {"document": "a-text", "claim": f"A sentence, {id}.", "type": "event", "value": ""}
    return {"id": id, **given, **fields, "test": test}


def share(printed: str = "75%", **fields: Any) -> dict[str, Any]:
    given = {"kind": "vote-share", "pair": ["VNM", "RUS"], "issue": "hr", "period": "2000-2020", "printed": printed}
    return {**given, **fields}


def write(folder: Path, *claims: dict[str, Any], documents: tuple[dict[str, Any], ...] = (DOCUMENT,)) -> Path:
    """A file of claims; JSON is YAML."""
    file = folder / "claims.yaml"
    file.write_text(json.dumps({"documents": documents, "claims": claims}), encoding="utf-8")
    return file
