"""A claim file: the documents, and what they say, each claim with the test that it is held against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from comity.audit.parts_of import Part, Text
from comity.audit.safe_yaml import read_yaml
from comity.audit.tests_of import Test
from comity.errors import BadFile, BadValue, DamagedFile, UsageError
from comity.store.home import LABEL, home
from comity.strands.ledgers.kinds import Document
from comity.strands.ledgers.row import StateId

CLAIMS = 10_000
Type = Literal[
    "vote-share", "single-vote", "arms", "trade", "investment", "aid-debt", "energy", "treaty", "visit",
    "military-access", "survey", "membership", "date", "ranking", "statement", "event", "causal/opinion",
]  # fmt: skip
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=80)]


class Claim(Part):
    """One thing that a text says, in our words.

    location : the place in the text; period and value : as the text gives them; test : what it is held against, with
    a period of its own; repeats : id of the claim whose words it repeats.
    """

    id: Id
    document: str
    location: str = ""
    claim: Annotated[str, Field(min_length=3, max_length=2000)]
    type: Type
    states: tuple[StateId, ...] = ()
    period: Text = ""
    value: Text = ""
    check_with: str = ""
    checkability: str = ""
    repeats: str = ""
    test: Test


class ClaimFile(Part):
    """Documents and their claims."""

    documents: tuple[Document, ...] = ()
    claims: Annotated[tuple[Claim, ...], Field(max_length=CLAIMS)]

    @property
    def by_id(self) -> Mapping[str, Claim]:
        """Claims by their ids."""
        return {c.id: c for c in self.claims}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a claim file. claim : its id, or "claim 12", or "" for the file itself."""

    claim: str
    why: str

    def __str__(self) -> str:
        return f"{self.claim}: {self.why}" if self.claim else self.why


def read_claims(source: str | Path) -> ClaimFile:
    """A claim file by name ("vietnam-russia", "claims/vietnam-russia.yaml"; of the package or the store) or path.

    BadValue that names the claim and the reason where something is wrong; UsageError where there is no such file.
    """
    return sound(source, *checked_claims(source))


def named_claims(name: str) -> ClaimFile:
    """A claim file by its name alone, never by a path: for callers that must not read elsewhere.

    The errors of ``read_claims``.
    """
    if name not in claim_names():
        raise UsageError("No such claim file", got=name, allowed=", ".join(claim_names()))
    return sound(name, *claims_of(_named(name).read_bytes(), f"{name}.yaml"))


def sound(source: str | Path, made: ClaimFile | None, problems: list[Problem]) -> ClaimFile:
    """The file, if nothing is wrong with it; BadValue otherwise."""
    if made is None or problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise BadValue(
            "A claim file is not as it should be",
            got=f"{problems[0]}{more}",
            next=f"comity claims lint {source}",
        )
    return made


def checked_claims(source: str | Path) -> tuple[ClaimFile | None, list[Problem]]:
    """The file, as far as it can be read, and everything that is wrong with it."""
    file = _find(source)
    try:
        raw = file.read_bytes()
    except OSError as err:
        raise DamagedFile("The claim file cannot be read", got=str(source), next=str(err)) from err
    return claims_of(raw, file.name)


def claims_of(raw: bytes, name: str) -> tuple[ClaimFile | None, list[Problem]]:
    """The same of a file's bytes; name : of the file, to be told."""
    from comity.audit.lint import of_file

    given = read_yaml(raw, name)
    if not isinstance(given, dict) or not isinstance(given.get("claims"), list):
        raise BadValue("A claim file holds documents and claims", got=name, next="comity claims new FILE.yaml")
    if len(given["claims"]) > CLAIMS:
        raise BadFile("Too many claims in one file", got=f"{len(given['claims']):,}", allowed=f"up to {CLAIMS:,}")
    claims, problems = _well_formed(given)
    if problems:
        return None, problems
    made = ClaimFile(documents=given.get("documents") or (), claims=tuple(claims))
    return made, list(of_file(made))


def claims_schema() -> dict[str, Any]:
    """The JSON Schema of claim files, for editors."""
    return ClaimFile.model_json_schema(by_alias=True)


def shipped() -> tuple[str, ...]:
    """Names of the claim files in the package."""
    folder = _package()
    names = (f.name for f in folder.iterdir()) if folder.is_dir() else ()
    return tuple(sorted(n.removesuffix(".yaml") for n in names if n.endswith(".yaml")))


def own_folder() -> Path:
    """Where claim files of one's own are found by name; it need not exist."""
    return home() / "claims"


def claim_names() -> tuple[str, ...]:
    """Names of all claim files: those of the package first, then those of the store that it does not hide."""
    own = sorted(f.stem for f in own_folder().glob("*.yaml") if LABEL.fullmatch(f.stem) and f.is_file())
    return tuple(dict.fromkeys((*shipped(), *own)))


def _well_formed(given: dict[str, Any]) -> tuple[list[Claim], list[Problem]]:
    """The claims that are well formed, and what is wrong with the file's other parts, so that all of it is told."""
    problems = [Problem("", f"unknown part: {key}") for key in sorted(map(str, set(given) - {"documents", "claims"}))]
    try:
        ClaimFile.model_validate({"documents": given.get("documents") or (), "claims": ()})
    except ValidationError as err:
        problems.append(Problem("documents", why(err)))
    claims = []
    for i, raw in enumerate(given["claims"], 1):
        try:
            claims.append(Claim.model_validate(raw))
        except ValidationError as err:
            named = raw.get("id") if isinstance(raw, dict) else None
            problems.append(Problem(str(named or f"claim {i}"), why(err)))
    return claims, problems


def why(err: ValidationError) -> str:
    """The first thing wrong, in one line."""
    first: Any = err.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    what = str(first["msg"]).removeprefix("Value error, ")
    more = f" (and {err.error_count() - 1} more)" if err.error_count() > 1 else ""
    return (f"{place}: " if place else "") + what + more


def _package() -> Traversable:
    return resources.files("comity.data") / "claims"


def _find(source: str | Path) -> Traversable | Path:
    """A path first, then a name of the package or of the store."""
    path = Path(source)
    if path.is_file():
        return path
    name = str(source).removeprefix("claims/").removesuffix(".yaml")
    if name in claim_names():
        return _named(name)
    raise UsageError(
        "No such claim file", got=str(source), allowed=f"a path, or {', '.join(claim_names()) or 'no name is shipped'}"
    )


def _named(name: str) -> Traversable | Path:
    return _package() / f"{name}.yaml" if name in shipped() else own_folder() / f"{name}.yaml"
