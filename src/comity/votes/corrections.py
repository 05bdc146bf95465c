"""The ledger of members' later corrections: what the meeting record says that they had intended to vote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, ClassVar, Literal

from comity.errors import BadValue
from comity.model.choice import Choice
from comity.model.symbol import normalise_symbol
from comity.states.registry import registry

_NAME = "vote_corrections.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a member said of its own vote afterwards.

    symbol   : of the resolution; state : its id.
    recorded : what the roll call shows; intended : what the member had meant to vote.
    read_in  : where the note was read; meeting : symbol of the meeting record, "" where it is not certain.
    checked  : whether the note was read word for word.

    ValueError for a state that is not in the registry, or an intention that is the recorded vote.
    """

    __pydantic_config__: ClassVar[Mapping[str, Any]] = {"extra": "forbid"}

    symbol: str
    state: str
    recorded: Literal["yes", "abstain", "no", "absent"]
    intended: Literal["yes", "abstain", "no"]
    read_in: str
    meeting: str = ""
    checked: bool = False

    def __post_init__(self) -> None:
        if self.state not in registry().by_id:
            raise ValueError(f"{self.symbol}: no such state: {self.state}")
        if self.recorded == self.intended:
            raise ValueError(f"{self.symbol}, {self.state}: the intention is the recorded vote")

    @property
    def intention(self) -> Choice:
        """The intended vote."""
        return Choice[self.intended.upper()]


def corrections(folders: Sequence[Path] = ()) -> dict[tuple[str, str], Correction]:
    """The ledger by symbol and state: the package's rows, then those of each folder that holds the same file.

    BadValue for a file that cannot be read as such rows.
    """
    files: list[Traversable | Path] = [resources.files("comity.data") / "ledgers" / _NAME]
    files += [folder / _NAME for folder in folders if (folder / _NAME).is_file()]
    return {
        (normalise_symbol(row.symbol) or row.symbol, row.state): row for file in files for row in read_corrections(file)
    }


def read_corrections(file: Traversable | Path) -> tuple[Correction, ...]:
    """Rows from a YAML file; BadValue where it is not a list of such rows."""
    import yaml
    from pydantic import TypeAdapter, ValidationError

    try:
        given = yaml.safe_load(file.read_text(encoding="utf-8"))
        return TypeAdapter(tuple[Correction, ...]).validate_python(given or ())
    except (yaml.YAMLError, UnicodeDecodeError, ValidationError) as err:
        found = err.errors() if isinstance(err, ValidationError) else []
        why = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in found[:1]) or str(err).splitlines()[0]
        raise BadValue(
            "The ledger of vote corrections is a list of rows",
            got=f"{file}: {why}",
            allowed="symbol, state, recorded, intended, read_in, meeting, checked",
        ) from None
