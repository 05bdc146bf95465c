"""A fault of a release that only another release shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFault:
    """A state whose votes two releases give differently for one or more sessions in a row.

    kind       : "exchanged" with ``other``, "carries" the votes of ``other``, "displaced", "missing" (votes that
                 ``against`` holds). Two releases do not say which of them is right, save for a missing state.
    session, last_session : the first and last session.
    against    : label of the other release.
    cells      : roll calls on which the state's cell differs, of ``roll_calls`` compared.
    """

    kind: str
    state: str
    session: int
    last_session: int
    against: str
    cells: int
    roll_calls: int
    other: str | None = None
