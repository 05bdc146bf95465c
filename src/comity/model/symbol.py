"""Document symbols of the United Nations: the address a symbol gives."""

from __future__ import annotations


def link_of(symbol: str | None) -> str | None:
    """The permanent address of a document, built from its symbol.

    >>> link_of("A/RES/68/262")
    'https://undocs.org/A/RES/68/262'
    """
    return f"https://undocs.org/{symbol}" if symbol else None
