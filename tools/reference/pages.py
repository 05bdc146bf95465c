"""All generated pages of the reference."""

from __future__ import annotations

from collections.abc import Callable

from reference import cli, errors, messages, sources, states

PAGES: dict[str, Callable[[], str]] = {
    "reference/cli.md": cli.page,
    "reference/errors.md": errors.page,
    "reference/sources.md": sources.page,
    "reference/states.md": states.states_page,
    "reference/seats.md": states.seats_page,
    "reference/groups.md": states.groups_page,
    "reference/landmarks.md": states.landmarks_page,
    "reference/messages.md": messages.page,
}
