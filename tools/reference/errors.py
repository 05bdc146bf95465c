"""Errors and exit codes, read from the error tree."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from comity import errors
from reference.markdown import code, section, table

INTRO = """# Errors and exit codes

A mistake gives one line on standard error: what is wrong, what was given, what is allowed, what to do next. The exit
code tells a script which class it was; nothing half done is left behind. In Python the same class is raised, and its
`to_dict()` holds the parts. Any other exit code, or a traceback, is a fault of Comity: please report it.
"""


def classes(root: type[errors.ComityError] = errors.ComityError) -> Iterator[type[errors.ComityError]]:
    """Every error class, a parent before its children."""
    yield root
    for child in root.__subclasses__():
        yield from classes(child)


def meaning(error: type[errors.ComityError]) -> str:
    """What a class means: the first line of its docstring."""
    return (error.__doc__ or "").split("\n")[0]


def page() -> str:
    """The page."""
    tree = inspect.cleandoc(errors.__doc__ or "").partition("::\n")[2]
    rows = [(code(c.__name__), c.exit_code, meaning(c), code(c.__base__.__name__)) for c in classes()]
    return (
        INTRO
        + section("The tree", "tree")
        + f"```text\n{inspect.cleandoc(tree)}\n```\n"
        + section("Every class", "classes")
        + table(["Class", "Exit code", "Meaning", "A kind of"], rows)
        + "Two codes belong to no class: `0` is success, `130` is an interruption from the keyboard.\n"
    )
