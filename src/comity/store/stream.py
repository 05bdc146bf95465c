"""An Arrow stream on its way into polars.

polars keeps the type of whatever hands it a stream until the interpreter ends, and with the type its module. In a
module of its own this one holds nothing of DuckDB's, which would otherwise complain of leaks at exit.
"""

from __future__ import annotations


class ArrowStream:
    """Hands over a capsule made beforehand, once."""

    __slots__ = ("_capsule",)

    def __init__(self, capsule: object) -> None:
        self._capsule = capsule

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The capsule (Arrow PyCapsule interface)."""
        return self._capsule
