"""The list of commands in the help, under what they are about: forty in one list are not found."""

from __future__ import annotations

from typing import Any

from typer.core import TyperGroup

SECTIONS: dict[str, tuple[str, ...]] = {
    "Two states": ("pair", "trend", "splits", "moved", "decompose", "situations", "outliers", "dossier"),
    "One state, groups, roll calls": ("rank", "vote", "shield", "blocs", "cohesion", "family", "ideal"),
    "Arms, trade, treaties, visits": (
        "arms", "trade", "money", "ties", "balance", "timeline", "tiers", "visits", "visit-counts", "access",
        "positions", "statements", "perceptions", "survey", "arguments", "predictions", "between", "ledger", "events",
    ),
    "What is said": ("audit", "claims", "solve", "multiverse", "vintage", "contradictions", "compare"),
    "Tables, figures, data": ("measures", "atlas", "export", "figure", "cite", "replicate", "data", "serve"),
}  # fmt: skip


class Sections(TyperGroup):
    """A group whose help lists its commands by section; a command that is in none comes last."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the sections."""
        there = {name: command for name in self.list_commands(ctx) if (command := self.get_command(ctx, name))}
        placed = {name for names in SECTIONS.values() for name in names}
        rest = tuple(name for name in there if name not in placed)
        limit = formatter.width - 6 - max(map(len, there))
        for title, names in (*SECTIONS.items(), ("Other", rest)):
            rows = [(name, there[name].get_short_help_str(limit)) for name in names if name in there]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)
