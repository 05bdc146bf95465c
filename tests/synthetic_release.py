"""A small made-up release, for tests of the store (also run as a writer that gets killed)."""

import sys
from datetime import UTC, date, datetime, timedelta

import polars as pl

from comity.model.tables import ROLL_CALLS
from comity.store.manifest import FileEntry, Manifest
from comity.store.releases import write_release

STATES = ("ARG", "BRA", "CHL", "DNK")


def roll_calls(count: int, *, mark: str = "a") -> pl.DataFrame:
    columns = {
        "roll_call": [f"{mark}{i}" for i in range(count)],
        "source_id": [f"{mark}{i}" for i in range(count)],
        "date": [date(2000, 1, 1) + timedelta(days=i % 9000) for i in range(count)],
        "date_precision": ["day"] * count,
        "body": ["GA"] * count,
        "hr": [i % 2 == 0 for i in range(count)],
    }
    full = {name: columns.get(name, [None] * count) for name in ROLL_CALLS}
    return pl.DataFrame(full, schema={name: getattr(pl, kind) for name, kind in ROLL_CALLS.items()})


def votes(count: int) -> pl.DataFrame:
    cells = [(row, state, (row + i) % 4) for row in range(count) for i, state in enumerate(STATES)]
    return pl.DataFrame(cells, schema={"row": pl.UInt32, "state": pl.String, "choice": pl.UInt8}, orient="row")


def manifest(label: str = "made-up", *, count: int = 30, sha256: str = "ab" * 32, **fields: object) -> Manifest:
    given: dict[str, object] = {
        "release": label,
        "source": "Made up for a test",
        "layout": "wide-iso3",
        "scheme": "iso3",
        "sha256": sha256,
        "files": (FileEntry("made-up.csv", 1234, sha256),),
        "added": datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC),
        "adapter_version": 1,
        "method_version": 1,
        "comity_version": "0.1.0",
        "roll_calls": count,
        "votes": count * len(STATES),
        "states": len(STATES),
        "first": date(2000, 1, 1),
        "last": date(2000, 1, count % 28 + 1),
        "has": frozenset({"issues", "session"}),
        "absences": True,
        "warnings": ("Days before 2003 are placeholders.",),
    }
    return Manifest(**(given | fields))  # type: ignore[arg-type]


def write(label: str = "made-up", *, count: int = 30, mark: str = "a", replace: bool = False, **fields: object) -> bool:
    return write_release(
        manifest(label, count=count, **fields), roll_calls(count, mark=mark), votes(count), replace=replace
    )


def write_for_ever(label: str, start: int) -> None:
    """Replace a release with one of ``version`` + 30 roll calls, again and again; a number a write on stdout."""
    for version in range(start, start + 10_000):
        write(label, count=30 + version % 50, mark=f"v{version}-", adapter_version=version)
        sys.stdout.write(f"{version}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    write_for_ever(sys.argv[1], int(sys.argv[2]))
