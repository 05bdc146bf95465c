"""The codebook of an exported table: each variable, the source, the notes, how to cite."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING

from comity.model.language import numeral
from comity.model.period import Period
from comity.model.words import say
from comity.report.cite import cite, set_line
from comity.report.export_table import Table, facts
from comity.report.parts import dropped_line
from comity.study import notes

if TYPE_CHECKING:
    import polars as pl


def codebook(table: Table, files: Sequence[str]) -> str:
    """Markdown that describes a table; ``files`` are the names it was written under."""
    blocks = [
        f"# {say('codebook.title', issue=table.header.issue_label, clock=_clock(table))}",
        *_unit(table, files),
        _heading("source"),
        "\n".join(f"- {name}: {text}" for name, text in facts(table.header).items()),
        *([line] if (line := set_line(table.header.reading)) else []),
        _heading("variables"),
        _variables(table),
        *([_heading("codes"), *_codes(table)] if table.codes else []),
        _heading("notes"),
        "\n".join(f"- {text}" for text in _notes(table)),
        _heading("cite"),
        f"```bibtex\n{cite('all', table.header.origin, 'bibtex', table.header)}```",
        say("codebook.reproduce", command=f"comity cite {_options(table)}"),
    ]
    return "\n\n".join(blocks) + "\n"


def _heading(key: str) -> str:
    return f"## {say(f'codebook.{key}')}"


def _clock(table: Table) -> str:
    return say(f"clockword.{table.clock}")


def _unit(table: Table, files: Sequence[str]) -> list[str]:
    frame, clock = table.frame, table.clock
    states = _states(frame)
    directed = frame.filter(frame["state_a"] > frame["state_b"]).height > 0
    size = say(
        "codebook.size",
        rows=numeral(frame.height, ","),
        states=len(states),
        first=frame[clock].min(),
        last=frame[clock].max(),
    )
    order = say("codebook.directed" if directed else "codebook.undirected")
    return [
        f"{say('codebook.unit', clock=_clock(table))} {order}",
        f"{size} {say('codebook.files', files=', '.join(files))}",
    ]


def _states(frame: pl.DataFrame) -> list[str]:
    return sorted({*frame["state_a"].unique(), *frame["state_b"].unique()})


def _variables(table: Table) -> str:
    columns = ("variable", "label", "type", "range", "missing")
    lines = [
        " | ".join(say(f"codebook.{column}") for column in columns),
        " | ".join("---" for _ in columns),
        *(" | ".join(_variable(table.frame[name], label)) for name, label in table.labels.items()),
    ]
    return "\n".join(f"| {line} |" for line in lines)


def _variable(column: pl.Series, label: str) -> tuple[str, str, str, str, str]:
    """A row of the table of variables."""
    missing = say("codebook.never")
    if column.null_count():
        key = "share_missing" if column.dtype.is_float() else "code_missing"
        missing = say(f"codebook.{key}", n=numeral(column.null_count(), ","))
    kind = "share" if column.dtype.is_float() else "whole" if column.dtype.is_integer() else "text"
    return f"`{column.name}`", label, say(f"codebook.{kind}"), _range(column), missing


def _range(column: pl.Series) -> str:
    if column.null_count() == len(column):
        return say("codebook.empty")
    if not column.dtype.is_numeric():
        return say("codebook.distinct", n=column.drop_nulls().n_unique())
    first, last = (numeral(float(edge), "g") for edge in (column.min(), column.max()))  # type: ignore[arg-type]
    return say("codebook.between", first=first, last=last)


def _codes(table: Table) -> list[str]:
    """How the codes were chosen, which states have none, and which codes two states share."""
    said = [say("codebook.code_day")]
    if any(table.frame[f"{scheme}_a"].dtype.is_integer() for scheme in table.codes):
        said.append(say("codebook.number"))
    for scheme in table.codes:
        if lacking := _lacking(table.frame, scheme):
            said.append(say("codebook.none", scheme=say(f"scheme.{scheme}"), states=", ".join(lacking)))
        if line := _twice(table, scheme):
            said.append(line)
    return ["\n".join(f"- {line}" for line in said)]


def _lacking(frame: pl.DataFrame, scheme: str) -> list[str]:
    """States without a code in a scheme in some row."""
    return sorted(
        {state for side in "ab" for state in frame.filter(frame[f"{scheme}_{side}"].is_null())[f"state_{side}"]}
    )


def _twice(table: Table, scheme: str) -> str:
    """The warning that two pairs carry the same two codes in one year, as states that share a code make them do."""
    import polars as pl

    key = [f"{scheme}_a", f"{scheme}_b", table.clock]
    coded = table.frame.drop_nulls(key)
    rows = coded.filter(coded.select(key).is_duplicated())
    if rows.is_empty():
        return ""
    sides = [
        coded.select(pl.col(f"{scheme}_{s}").alias("code"), pl.col(f"state_{s}").alias("state"), table.clock)
        for s in "ab"
    ]
    shared = (
        pl.concat(sides).unique().sort("state").group_by("code", table.clock).agg("state").sort(table.clock, "code")
    )
    told = [
        say("codebook.shares", states=" and ".join(states), code=code, when=when)
        for code, when, states in shared.iter_rows()
        if len(states) > 1
    ]
    return say(
        "codebook.twice",
        n=numeral(rows.height, ","),
        scheme=say(f"scheme.{scheme}"),
        clock=_clock(table),
        states="; ".join(told),
    )


def _notes(table: Table) -> list[str]:
    """The notes that hold for these counts, the footnotes of seats among them."""
    years, header = table.frame[table.clock], table.header
    span = [Period(int(years.min()), int(years.max()), header.reading.clock)]  # type: ignore[arg-type]
    found = [*notes.general(header.origin, header.reading, span), *notes.seats(_states(table.frame), span)]
    return [*(n.text for n in notes.unique(found)), dropped_line(table.dropped)]


def _options(table: Table) -> str:
    """The reading as options of a command."""
    reading = table.header.reading.departures | {"release": table.header.origin.release}
    return " ".join(f"--{name.replace('_', '-')} {shlex.quote(str(value))}" for name, value in reading.items())
