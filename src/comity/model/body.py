"""The bodies whose recorded votes are counted: the General Assembly, and beside it the Security Council."""

from __future__ import annotations

from comity.model.words import say

ASSEMBLY, COUNCIL = "unga", "unsc"
"""As the store names them."""

BODIES = (ASSEMBLY, COUNCIL)
CODES = {ASSEMBLY: "GA", COUNCIL: "SC"}
"""As answers and files name them."""

NEWEST_OF_COUNCIL = "sc"
"""In place of a release's label: the newest release of the Security Council."""


def chamber(body: str) -> str:
    """Where a body votes, within a sentence.

    >>> chamber(COUNCIL)
    'in the Security Council'
    """
    return say(f"body.in_{CODES[body]}")


def un_body(body: str) -> str:
    """A body of the United Nations, within a title.

    >>> un_body(COUNCIL)
    'the UN Security Council'
    """
    return say(f"body.un_{CODES[body]}")


def body_name(body: str) -> str:
    """A body by its name.

    >>> body_name(ASSEMBLY)
    'General Assembly'
    """
    return say(f"body.{CODES[body]}")
