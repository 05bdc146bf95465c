"""Which texts are about the situation in a state, from their titles and a ledger.

A title counts where it names a state right after the words for a situation: "Situation of human rights in …",
"Human rights situation in …", "Human rights in …" (kind "rights"), "The situation in …" (kind "political"). Nothing
is guessed from a state that a title merely mentions. Israel, Palestine and Western Sahara are never taken from a
title, and a territory that is no state is taken only where the ledger gives its state: docs/explanation/situations.md
says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, ClassVar, Literal

from comity.errors import AmbiguousState, StateDidNotExist, UnknownState
from comity.states.resolve import fold, resolve

Kind = Literal["rights", "political", "credentials"]
KINDS: tuple[Kind, ...] = ("rights", "political", "credentials")
Basis = Literal["title", "symbol", "ledger"]

_FILE = ("data", "ledgers", "situations.yaml")
_STRICT: Mapping[str, Any] = {"extra": "forbid"}
LEFT_OUT = frozenset({"ESH", "ISR", "PSE"})
"""States that no title gives: the texts on them are standing items of another kind."""
_LONGEST_NAME = 11  # words of the longest spelling, "autonomous republic of crimea and city of sevastopol"

_RIGHTS = r"human ?rights(?: and fundamental freedoms?)?"
_SHAPES: tuple[tuple[Kind, str], ...] = (
    ("rights", rf"\bsituation (?:of|on) (?:the )?{_RIGHTS}(?: of [^,;:.]{{1,80}}?)? in (?P<tail>.+)"),
    ("rights", rf"\b{_RIGHTS} situation in (?P<tail>.+)"),
    ("rights", rf"^(?:(?:question|protection|violations?) of )?(?:the )?{_RIGHTS} in (?P<tail>.+)"),
    ("rights", rf"\b(?:violations?|infringements?) of {_RIGHTS} (?:are continuing )?in (?P<tail>.+)"),
    ("rights", r"\bHUMAN RIGHTS--(?P<tail>[^;]+)"),
    ("political", r"\bsituation in (?P<tail>.+)"),
    ("political", r"(?:^| - )(?P<tail>[A-Z][A-Z' ]+) SITUATION$"),
)
_PHRASES = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _SHAPES)
_ENTITLED = re.compile(r"entitled\s*[\"“_](.+?)(?:[\"”_]|<d3>|\.)", re.IGNORECASE | re.DOTALL)
_MOTION = re.compile(r"\bmotion\b", re.IGNORECASE)
_DECIDED = re.compile(r"\bSince the motion\b[^.]{0,40}?\bnot (?:been )?adopted\b", re.IGNORECASE)
_TOKEN = re.compile(r"[^\s,;:.\"()]+|[,;:.\"()]")
_BEFORE_A_NAME = ("occupied territories of ", "occupied ", "republic of ")


@dataclass(frozen=True, slots=True)
class Situation:
    """What a text is about.

    kind    : "rights", "political" or "credentials" (who represents the state).
    targets : ids of the states whose situation the text is about, in the order of its title.
    place   : the territory as the ledger names it, where the title names no state; else "".
    basis   : "title", "symbol" (another roll call of the same symbol names it) or "ledger".
    checked : False for a ledger row that rests on no title in a release at hand.
    note    : of the ledger's row, to be shown with it.
    """

    kind: Kind
    targets: tuple[str, ...]
    place: str = ""
    basis: Basis = "title"
    checked: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A territory that titles name, and the state it counts under from ``start`` to before ``end``."""

    __pydantic_config__: ClassVar[Mapping[str, Any]] = _STRICT

    place: str
    spellings: tuple[str, ...]
    state: str
    start: date | None = None
    end: date | None = None
    note: str = ""

    def on(self, day: date) -> bool:
        """Whether the row holds on a day."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A text whose title does not say what it is about (``not_one``: that it is none, whatever the title says).

    Exactly one of ``symbol`` and ``voeten_rcid`` names it, the second for roll calls without a symbol.
    """

    __pydantic_config__: ClassVar[Mapping[str, Any]] = _STRICT

    kind: Kind = "rights"
    targets: tuple[str, ...] = ()
    symbol: str = ""
    voeten_rcid: int | None = None
    place: str = ""
    note: str = ""
    checked: bool = False
    not_one: bool = False

    def __post_init__(self) -> None:
        if bool(self.symbol) == (self.voeten_rcid is not None):
            raise ValueError("a row names its text by symbol or by voeten_rcid")
        if self.not_one == bool(self.targets):
            raise ValueError(f"{self.key}: a row has targets, or says that there is none")

    @property
    def key(self) -> str:
        """The symbol, or the number of the roll call in Voeten's data."""
        return self.symbol or str(self.voeten_rcid)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger's two lists."""

    __pydantic_config__: ClassVar[Mapping[str, Any]] = _STRICT

    places: tuple[Place, ...]
    texts: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """What is needed of a roll call: ``marked`` where it is a vote on a paragraph, an amendment or a motion."""

    roll_call: str
    symbol: str | None
    title: str | None
    date: date | None
    marked: bool = False


def situations_of(texts: Iterable[Text]) -> list[Situation | None]:
    """What each roll call is about: by the ledger, its own title, or a roll call of the same symbol.

    A vote on a paragraph, an amendment or a motion carries the symbol of its resolution, and is about what that one
    is about.
    """
    listed = list(texts)
    own = [_from_ledger(t) or _from_title(t) for t in listed]
    by_symbol: dict[str, Situation] = {}
    for text, found in zip(listed, own, strict=True):
        if text.symbol and found and found.targets:
            by_symbol.setdefault(text.symbol, found)
    return [
        _kept(found) or (_inherited(by_symbol.get(t.symbol)) if found is None and t.marked and t.symbol else None)
        for t, found in zip(listed, own, strict=True)
    ]


def parse(title: str, day: date) -> tuple[Kind, tuple[str, ...], str] | None:
    """Kind, target states and territory of a title on a day; None where it names no situation in a state.

    >>> parse("Situation of human rights in the Islamic Republic of Iran", date(2010, 12, 21))
    ('rights', ('IRN',), '')
    >>> parse("The situation in the Middle East", date(2010, 12, 21))
    """
    for clause in clauses(title):
        for kind, pattern in _PHRASES:
            for match in pattern.finditer(clause):
                states, place = _states_at(match["tail"], day)
                if states:
                    return kind, states, place
    return None


def clauses(title: str) -> tuple[str, ...]:
    """What of a title names the text: of a presiding officer's words, the last draft called by its title.

    >>> clauses('We turn to draft resolution II, entitled "Human rights in Iraq". A recorded vote')
    ('Human rights in Iraq',)
    """
    plain = re.sub(r"(?i)\b(people)\S*s\b", r"\1's", " ".join(title.split()))
    spoken = _ENTITLED.findall(plain)
    if spoken:
        return (spoken[-1].replace("Humanrights", "Human rights").strip(),)
    return tuple(part.strip() for part in re.split(r"\s*:\s*resol\w*\s*/.*", plain) if part.strip())


def is_motion(title: str | None) -> bool:
    """Whether the vote was on a motion (to take no action, to adjourn), not on a text.

    >>> is_motion("TO ADOPT GHANA MOTION FOR ADJOURNMENT"), is_motion("Human rights in Iraq"), is_motion(None)
    (True, False, False)

    A motion that the presiding officer says was voted down before is not the one voted on.

    >>> is_motion("Since the motion of no action has not been adopted, we proceed to the amendment")
    False
    """
    return bool(title and _MOTION.search(_DECIDED.sub("", title)))


@cache
def ledger() -> Ledger:
    """The hand-written ledger."""
    return read_ledger(files("comity").joinpath(*_FILE).read_text(encoding="utf-8"))


def read_ledger(text: str) -> Ledger:
    """A ledger from YAML; ValueError where a row is impossible or a text is listed twice."""
    import yaml
    from pydantic import TypeAdapter

    read = TypeAdapter(Ledger).validate_python(yaml.safe_load(text))
    keys = [row.key for row in read.texts]
    if len(set(keys)) < len(keys):
        raise ValueError(f"listed twice: {', '.join(sorted({k for k in keys if keys.count(k) > 1}))}")
    return read


@cache
def _rows() -> dict[str, Row]:
    return {row.key: row for row in ledger().texts}


def _from_ledger(text: Text) -> Situation | None:
    """By symbol, else by number; a row that says "none" gives a situation without targets."""
    row = _rows().get(text.symbol or "") or _rows().get(text.roll_call)
    return Situation(row.kind, row.targets, row.place, "ledger", row.checked, row.note) if row else None


def _from_title(text: Text) -> Situation | None:
    if not text.title or text.date is None:
        return None
    found = parse(text.title, text.date)
    if found is None:
        return None
    kind, states, place = found
    notes = [p.note for p in ledger().places if p.place == place and p.on(text.date)] if place else []
    return Situation(kind, states, place, note=notes[0] if notes else "")


def _kept(found: Situation | None) -> Situation | None:
    return found if found and found.targets else None


def _inherited(found: Situation | None) -> Situation | None:
    return Situation(found.kind, found.targets, found.place, "symbol", found.checked, found.note) if found else None


def _states_at(tail: str, day: date) -> tuple[tuple[str, ...], str]:
    """The states that a list at the beginning of ``tail`` names, up to the first word that is no name."""
    tokens = _TOKEN.findall(tail)
    found: list[str] = []
    place, i = "", 0
    while i < len(tokens):
        if tokens[i] == "(" and found:  # "(Serbia and Montenegro)" explains the name before it
            i = tokens.index(")", i) + 1 if ")" in tokens[i:] else len(tokens)
            continue
        if found and tokens[i].lower() in (",", "and", "the"):
            i += 1
            continue
        taken, state, named_place = _name_at(tokens[i : i + _LONGEST_NAME + 3], day)
        if state is None:
            break
        found.append(state)
        place, i = place or named_place, i + taken
    return tuple(dict.fromkeys(s for s in found if s not in LEFT_OUT)), place


def _name_at(tokens: list[str], day: date) -> tuple[int, str | None, str]:
    """The longest name at the beginning: tokens taken, state (None where there is none), territory."""
    for length in range(len(tokens), 0, -1):
        words = fold(" ".join(tokens[:length]))
        if not words or tokens[length - 1] in (",", "(", ";", ":", "."):
            continue
        state, place = _state_named(words, day)
        if state:
            return length, state, place
    return 0, None, ""


@lru_cache(maxsize=65536)
def _state_named(words: str, day: date) -> tuple[str | None, str]:
    """A state, or a territory of the ledger, by its folded name on a day."""
    for spelled in (words, *(words.removeprefix(p) for p in _BEFORE_A_NAME if words.startswith(p))):
        for row in ledger().places:
            if spelled in {fold(s) for s in row.spellings} and row.on(day):
                return row.state, row.place
        try:
            return resolve(spelled, "name", day).id, ""
        except (UnknownState, AmbiguousState, StateDidNotExist):
            continue
    return None, ""
