"""Options that several commands share, and the reading they make."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Annotated, Any

import typer

from comity.errors import UsageError
from comity.model.body import COUNCIL, NEWEST_OF_COUNCIL
from comity.model.reading import Reading
from comity.model.words import say


class Format(StrEnum):
    """What an answer is written as."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    MD = "md"
    HTML = "html"


class ListFormat(StrEnum):
    """What a listing is written as."""

    TEXT = "text"
    JSON = "json"


class ClockName(StrEnum):
    """How periods are cut."""

    YEAR = "year"
    SESSION = "session"
    DAY = "day"


class KeepDrop(StrEnum):
    """Keep or drop roll calls."""

    KEEP = "keep"
    DROP = "drop"


class BodyName(StrEnum):
    """Whose votes a question is asked of."""

    GA = "ga"
    SC = "sc"


class Nonmember(StrEnum):
    """Count or drop a member coded not-a-member."""

    COUNT = "count"
    DROP = "drop"


class TallyRule(StrEnum):
    """What to do with roll calls whose votes do not add up to the published tally."""

    KEEP = "keep"
    DROP = "drop"
    STRICT = "strict"


StateA = Annotated[str, typer.Argument(metavar="STATE", help="A name or code: VNM, RUS, 'Viet Nam', Russia.")]
StateB = Annotated[str, typer.Argument(metavar="STATE", help="The other state.")]
Periods = Annotated[
    str | None, typer.Option("--periods", "--period", help="1992-1999,2000-2020; by default the record split in two.")
]
OnePeriod = Annotated[str | None, typer.Option("--period", help="1992-1999; by default the whole record.")]
Vs = Annotated[str | None, typer.Option("--vs", help="Contrast states: USA,CHN.")]
Release = Annotated[str | None, typer.Option(help="A release's label, or starter; by default the newest.")]
Body = Annotated[
    BodyName, typer.Option("--body", help="ga: General Assembly; sc: the newest Security Council release.")
]
Seed = Annotated[int, typer.Option(min=0, help="Of what is simulated or resampled: the same seed, the same answer.")]
OutFormat = Annotated[Format, typer.Option("--format", "-f", help="What to write.")]
OutList = Annotated[ListFormat, typer.Option("--format", "-f", help="What to write.")]

_ISSUE_HELP = "all, me, nu, di, hr, co, ec, several joined by +, title:WORDS, subject:WORDS, set:NAME."
_TALLY_HELP = "Roll calls whose votes differ from the release's own tally (strict: or a lent one)."
READING: dict[str, tuple[Any, object]] = {
    "issue": (Annotated[str, typer.Option(help=_ISSUE_HELP)], "all"),
    "clock": (Annotated[ClockName, typer.Option(help="How periods are cut.")], ClockName.YEAR),
    "release": (Release, None),
    "paragraph": (Annotated[KeepDrop, typer.Option(help="Paragraph votes.")], KeepDrop.KEEP),
    "amendment": (Annotated[KeepDrop, typer.Option(help="Amendment votes.")], KeepDrop.KEEP),
    "duplicates": (Annotated[KeepDrop, typer.Option(help="Roll calls listed twice.")], KeepDrop.DROP),
    "coded_nonmember": (
        Annotated[Nonmember, typer.Option(help="Members coded not-a-member: count as absent, or drop.")],
        Nonmember.COUNT,
    ),
    "tally_mismatch": (Annotated[TallyRule, typer.Option(help=_TALLY_HELP)], TallyRule.DROP),
}
"""The fields of a reading as options: field → (annotation, default)."""


def takes_reading(issue: str = "all", *, council: bool = False) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command every option of a reading in place of its parameter ``reading``.

    issue   : the default of --issue.
    council : whether it also takes --body, for a question that can be asked of the Security Council.
    """

    given = {name: (kind, issue if name == "issue" else default) for name, (kind, default) in READING.items()}
    if council:
        given["body"] = (Body, BodyName.GA)
    return takes("reading", given, _reading)


def _reading(chosen: dict[str, Any]) -> Reading:
    body = chosen.pop("body", BodyName.GA.value)
    return Reading(**chosen | {"release": of_body(chosen["release"], body)})


def of_body(release: str | None, body: str) -> str | None:
    """The release to ask: the one that is named, else the newest of the body; UsageError where the two do not fit.

    A release that is named tells of its body, so --body may be left out beside it.
    """
    if body == BodyName.GA.value:
        return release
    if release is None:
        return NEWEST_OF_COUNCIL
    from comity.store.releases import body_of

    if body_of(release) != COUNCIL:
        raise UsageError(
            say("trouble.two_bodies"), got=f"--release {release} --body {body}", next="Leave one of them out"
        )
    return release


def takes(
    parameter: str, options: Mapping[str, tuple[Any, object]], make: Callable[[dict[str, Any]], object]
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command options (name → annotation, default) in place of one parameter, which is made of them."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        own = inspect.signature(command, eval_str=True).parameters
        keyword = inspect.Parameter.KEYWORD_ONLY
        added = [
            inspect.Parameter(name, keyword, annotation=kind, default=default)
            for name, (kind, default) in options.items()
        ]
        mine = [p.replace(kind=keyword) for name, p in own.items() if name != parameter]

        @functools.wraps(command)
        def run(**given: Any) -> None:
            chosen = {name: _plain(given.pop(name)) for name in options}
            command(**given, **{parameter: make(chosen)})

        signature = inspect.Signature([*mine, *added])
        run.__signature__ = signature  # type: ignore[attr-defined]
        run.__annotations__ = {name: p.annotation for name, p in signature.parameters.items()}
        return run

    return decorate


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, StrEnum) else value
