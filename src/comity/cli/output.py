"""Write an answer in the format asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import typer

from comity.cli.options import Format

if TYPE_CHECKING:
    from rich.console import RenderableType


def emit(answer: Any, format: Format) -> None:
    """An answer on standard output."""
    if format is Format.JSON:
        emit_json(answer.to_dict())
    elif format is Format.TEXT:
        from comity.report import terminal

        show(terminal.show(answer))
    else:
        from comity.report import text_formats

        write = {
            Format.CSV: text_formats.as_csv,
            Format.MD: text_formats.as_markdown,
            Format.HTML: text_formats.as_html,
        }[format]
        text = write(answer)
        typer.echo(text, nl=not text.endswith("\n"))


def emit_json(content: object) -> None:
    """JSON on standard output, in the declared order of fields."""
    typer.echo(json.dumps(content, ensure_ascii=False, indent=2))


def show(renderable: RenderableType) -> None:
    """A renderable on the terminal; plain text and 100 columns where standard output is not one."""
    from rich.console import Console

    console = Console(highlight=False)
    if console.is_terminal:
        console.print(renderable)
        return
    plain = Console(highlight=False, width=100, no_color=True)
    with plain.capture() as captured:
        plain.print(renderable)
    for line in captured.get().splitlines():
        typer.echo(line.rstrip())
