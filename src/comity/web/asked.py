"""What a URL may ask: one model a kind of question, the same for a page and for its twin under /api/v1."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, Literal, TypeVar
from urllib.parse import quote, urlencode

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from comity.errors import UsageError
from comity.model.period import Clock
from comity.model.reading import Absence, Keep, Reading, TallyRule

MOST_STATES, MOST_PERIODS = 8, 12
_SET = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}")

State = Annotated[
    str, Field(min_length=1, max_length=80, description="A state's name or code: VNM, Viet Nam, cow:816.")
]
Periods = Annotated[
    str | None, Field(max_length=240, description="1992-1999,2000-2020; by default the record split in two.")
]
OnePeriod = Annotated[str | None, Field(max_length=40, description="1992-1999; by default the whole record.")]
Several = Annotated[str | None, Field(max_length=320, description="States by name or code, joined by commas: USA,CHN.")]


class Asked(BaseModel):
    """Every question: the language it is answered in."""

    model_config = ConfigDict(frozen=True, extra="ignore", str_strip_whitespace=True)

    in_path: ClassVar[tuple[str, ...]] = ()
    """Fields that stand in the path."""

    lang: Annotated[Literal["en", "vi"], Field(description="The language of sentences; vi is a draft translation.")] = (
        "en"
    )

    def query(self, **changes: object) -> dict[str, str]:
        """The fields that stand in the query and differ from their default, as text; ``changes`` on top, None away."""
        told = self.model_dump(exclude=set(self.in_path), exclude_defaults=True) | changes
        return {name: _text(value) for name, value in told.items() if value is not None}

    def path(self, template: str) -> str:
        """A path template with this question's states or symbol in it."""
        return template.format(**{n: quote(str(getattr(self, n)), safe="/:,") for n in self.in_path})

    def url(self, template: str, **changes: object) -> str:
        """Path and query."""
        query = urlencode(self.query(**changes), safe=",/:+")
        return self.path(template) + (f"?{query}" if query else "")


class OfRelease(Asked):
    """A question that is asked of a release."""

    release: Annotated[str | None, Field(max_length=80, description="A release's label; by default the newest.")] = None
    sha: Annotated[
        str | None,
        Field(pattern="^[0-9a-f]{12}$", description="The beginning of that release's sha256, in a shared link."),
    ] = None
    method: Annotated[int | None, Field(ge=1, le=10_000, description="The method a shared link was made with.")] = None


class OfReading(OfRelease):
    """A question under a reading: its fields are those of ``Reading``."""

    issue: Annotated[
        str,
        Field(
            min_length=1,
            max_length=200,
            description="all, me, nu, di, hr, co, ec, several joined by +, title:WORDS, set:NAME.",
        ),
    ] = "all"
    clock: Annotated[Clock, Field(description="How periods are cut.")] = "year"
    paragraph: Annotated[Keep, Field(description="Paragraph votes.")] = "keep"
    amendment: Annotated[Keep, Field(description="Amendment votes.")] = "keep"
    duplicates: Annotated[Keep, Field(description="Roll calls listed twice.")] = "drop"
    coded_nonmember: Annotated[Absence, Field(description="Members coded not-a-member: count as absent, or drop.")] = (
        "count"
    )
    tally_mismatch: Annotated[TallyRule, Field(description="Roll calls that do not add up to the release's tally.")] = (
        "drop"
    )

    @field_validator("issue")
    @classmethod
    def _named(cls, issue: str) -> str:
        return no_path(issue)

    @property
    def reading(self) -> Reading:
        """The reading."""
        return Reading(**{name: getattr(self, name) for name in Reading.__dataclass_fields__})


def no_path(issue: str) -> str:
    """The issue, if a set in it is named: the command line takes a file too, a server never does. Else ValueError."""
    kind, _, name = issue.partition(":")
    if kind.strip() == "set" and _SET.fullmatch(name.strip()) is None:
        raise ValueError("a set is given by its name: letters, digits, hyphens")
    return issue


A = TypeVar("A", bound=Asked)


def read(
    kind: type[A], path: dict[str, str], query: list[tuple[str, str]], *, beside: frozenset[str] | None = None
) -> A:
    """The question a URL asks. UsageError for a value outside its bounds or a name given twice.

    beside : names that others read; any further name is refused. None lets all pass: links to a page pick up marks of
             where they were shared.
    """
    names = [name for name, _ in query]
    if twice := sorted({n for n in names if names.count(n) > 1 and n in kind.model_fields}):
        raise UsageError("Given more than once", got=", ".join(twice), next="Join several values by a comma")
    known = [n for n in kind.model_fields if n not in kind.in_path]
    if beside is not None and (unknown := sorted(set(names) - set(known) - beside)):
        raise UsageError(
            "Unknown parameter", got=", ".join(unknown)[:120], allowed=", ".join([*known, *sorted(beside - {*known})])
        )
    # An empty field of a form is one that was not filled in.
    given = {n: v for n, v in query if n in known and v.strip()}
    try:
        return kind.model_validate(given | path)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        name = ".".join(map(str, first["loc"])) or "parameters"
        raise UsageError(f"{name}: {first['msg']}", got=str(first["input"])[:120]) from None


def count_of(text: str | None, most: int, what: str) -> str | None:
    """A list joined by commas, if it is not longer than a page can carry; UsageError otherwise."""
    held = len([part for part in (text or "").split(",") if part.strip()])
    if held > most:
        raise UsageError(
            f"Too many {what} for one page",
            got=held,
            allowed=f"at most {most}",
            next="Ask in several pages, or on the command line",
        )
    return text


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
