"""The atlas as one file, with a codebook beside it."""

from __future__ import annotations

import io
from pathlib import Path

from comity.errors import UsageError
from comity.measures.catalogue import MEASURES
from comity.model.language import numeral
from comity.model.period import Period
from comity.model.words import say
from comity.report.export_table import facts
from comity.report.files import write_all
from comity.report.parts import dropped_line
from comity.study import notes
from comity.study.atlas import Atlas

FORMATS = (".csv", ".parquet")


def checked_format(path: Path) -> str:
    """The format that a file's ending names; UsageError for any other."""
    if path.suffix.lower() not in FORMATS:
        raise UsageError(say("atlas.ending"), got=str(path), allowed=", ".join(f"FILE{ending}" for ending in FORMATS))
    return path.suffix.lower()


def write(atlas: Atlas, path: Path) -> list[Path]:
    """Write the table, by the file's ending, and ``<stem>-codebook.md``.

    Returns both. UsageError for an unknown ending, StoreError where they cannot be written; nothing is left half
    written.
    """
    buffer = io.BytesIO()
    if checked_format(path) == ".csv":
        atlas.frame.write_csv(buffer)
    else:
        atlas.frame.write_parquet(buffer, compression="snappy", metadata=facts(atlas.header))
    return write_all(path.parent, {path.name: buffer.getvalue(), f"{path.stem}-codebook.md": _codebook(atlas).encode()})


def size(atlas: Atlas) -> str:
    """How much the table holds."""
    frame, clock = atlas.frame, atlas.header.reading.clock
    pairs, periods = frame.select("a", "b").n_unique(), frame["period"].n_unique()
    key = f"atlas.size_{clock}"
    return say(key, rows=numeral(frame.height, ","), pairs=numeral(pairs, ","), periods=periods)


def _codebook(atlas: Atlas) -> str:
    clock, frame = atlas.header.reading.clock, atlas.frame
    columns = [
        f"- `{name}`: {say(f'atlas.column_{name}', clock=clock)}" for name in frame.columns if name not in MEASURES
    ]
    span = [Period(int(frame["period"].min()), int(frame["period"].max()), clock)]  # type: ignore[arg-type]
    general = notes.unique(notes.general(atlas.header.origin, atlas.header.reading, span))
    blocks = [
        f"# {say('atlas.title', issue=atlas.header.issue_label, clock=say(f'clockword.{clock}'))}",
        say("atlas.unit", rows=numeral(frame.height, ","), clock=say(f"clockword.{clock}")),
        "\n".join(f"- {name}: {text}" for name, text in facts(atlas.header).items()),
        "\n".join([*columns, *(_line(id, atlas) for id in atlas.measures)]),
        "\n".join(f"- {text}" for text in (*(n.text for n in general), dropped_line(atlas.dropped))),
    ]
    return "\n\n".join(blocks) + "\n"


def _line(id: str, atlas: Atlas) -> str:
    measure = MEASURES[id]
    why = f" {say('atlas.empty', why=atlas.empty[id])}" if id in atlas.empty else ""
    texts = f" {say('atlas.texts', sources=atlas.texts)}" if measure.consensus and atlas.texts else ""
    return f"- `{id}`: {measure.formula}. {measure.source}. {measure.range}.{why}{texts}"
