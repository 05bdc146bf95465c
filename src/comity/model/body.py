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


def where(body: str) -> dict[str, str]:
    """How sentences name a body: where it votes, its name in a title, and what its members are members of.

    >>> where(COUNCIL)["chamber"], where(COUNCIL)["un_body"], where(ASSEMBLY)["membership"]
    ('in the Security Council', 'the UN Security Council', 'the United Nations')
    """
    code = CODES[body]
    keys = {"chamber": "in", "un_body": "un", "membership": "membership"}
    return {field: say(f"body.{key}_{code}") for field, key in keys.items()}


def body_name(body: str) -> str:
    """A body by its name.

    >>> body_name(ASSEMBLY)
    'General Assembly'
    """
    return say(f"body.{CODES[body]}")
