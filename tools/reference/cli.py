"""The command line, read from the program itself."""

from __future__ import annotations

from collections.abc import Iterator
from enum import EnumMeta
from typing import Any

import typer

from comity.cli.main import app
from reference.markdown import code, section, table

INTRO = """# Command line

Written from the program itself. Every command prints its help with `--help`. An answer goes to standard output, an
error to standard error in one line, with the exit code of [its class](errors.md). `comity` alone lists the commands.
"""


def commands() -> Iterator[tuple[str, Any]]:
    """Every command that does something: ("comity data pull", the command)."""
    yield from _walk("comity", typer.main.get_command(app))


def page() -> str:
    """The page."""
    return INTRO + "".join(_command(path, command) for path, command in commands())


def _walk(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    inside = getattr(command, "commands", {})
    if not inside:
        yield path, command
    for name, child in inside.items():
        yield from _walk(f"{path} {name}", child)


def _command(path: str, command: Any) -> str:
    told, _, example = command.help.partition("Example:")
    arguments = [p for p in command.params if not p.opts[0].startswith("-")]
    options = [p for p in command.params if p not in arguments]
    usage = " ".join([path, *(_slot(p) for p in arguments), *(["[OPTIONS]"] if options else [])])
    text = section(path, path.replace(" ", "-")) + " ".join(told.split()) + f"\n\n```text\n{usage}\n```\n\n"
    if example:
        text += f"Example: `{' '.join(example.split())}`\n\n"
    text += table(["Argument", "Meaning"], ([code(_slot(p)), p.help or ""] for p in arguments)) if arguments else ""
    text += table(["Option", "Value", "Default", "Meaning"], map(_option, options)) if options else ""
    return text


def _slot(argument: Any) -> str:
    name = argument.metavar or argument.name.upper()
    name += "…" if argument.nargs == -1 else ""
    return name if argument.required else f"[{name}]"


def _option(option: Any) -> list[str]:
    names = ", ".join(code(name) for name in (*option.opts, *option.secondary_opts))
    return [names, _values(option), code(_default(option)), option.help or ""]


def _values(option: Any) -> str:
    kind = option.type_descriptor.annotation
    if isinstance(kind, EnumMeta):
        return ", ".join(code(member.value) for member in kind)
    return "" if option.is_bool_flag or option.name == "help" else "text" if kind is str else str(_plain(kind))


def _plain(kind: Any) -> str:
    return {"float": "number", "int": "whole number", "Path": "path"}.get(getattr(kind, "__name__", ""), "text")


def _default(option: Any) -> str:
    value = option.default
    return "" if value is None or value is False or option.is_bool_flag else str(getattr(value, "value", value))
