"""Which states a sentence names: by name through the registry, or by an adjective or capital, to confirm."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from comity.errors import AmbiguousState, ComityError
from comity.states.groups import group, groups
from comity.states.registry import read_table
from comity.states.resolve import fold, meanings, resolve

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_][\w’'-]*")
_JOINERS = frozenset(("of", "and", "the", "da", "de", "d"))
_LONGEST = 7
_NOT_A_STATE = re.compile(
    r"\b(?:South|East) China Sea\b|\b(?:Latin|South|North|Central) America\b|\b(?:Vietnam|Korean|Gulf) War\b"
    r"|\bNew Mexico\b|\bMexico City\b|\bPanama (?:Canal|Papers)\b|\bIndian Ocean\b|\bSea of Japan\b|\bGuinea[- ]pig\b"
    r"|\bGeorgia (?:Tech|State)\b|\b(?:Jordan|Niger|Congo|Gambia) River\b|\bGulf of (?:Guinea|Oman|Mexico)\b"
)
_TITLES_WORDS = (
    "President Premier Prime Minister Foreign Deputy Ambassador King Queen Secretary General Chancellor Defence "
    "Defense Republic State States Kingdom And But In On By From For With Since When While After Before Until Both "
    "Neither Only If As Had Did Would The At That January February March April May June July August September October "
    "November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday UN Not Like Unlike Even Then Yet "
    "Between Although Though Because Whether"
)
_TITLES = frozenset(_TITLES_WORDS.split())


@dataclass(frozen=True, slots=True)
class Named:
    """A state in a sentence. state : its id, "" where open; sure : whether a name says so outright; at : characters."""

    state: str
    written: str
    at: tuple[int, int]
    sure: bool
    meant: tuple[str, ...] = ()


def states_in(text: str, day: date | None = None) -> tuple[Named, ...]:
    """States in the order of the text. day : on which names are understood.

    >>> [(n.state, n.sure) for n in states_in("Viet Nam and Moscow, not the South China Sea")]
    [('VNM', True), ('RUS', False)]
    """
    words = list(_WORD.finditer(_NOT_A_STATE.sub(lambda m: "-" * len(m[0]), text)))
    found, i = [], 0
    while i < len(words):
        made, used = _longest(text, words, i, day) if words[i][0][0].isupper() else (None, 1)
        if made:
            found.append(made)
        i += used
    return tuple(found)


def _longest(text: str, words: list[re.Match[str]], i: int, day: date | None) -> tuple[Named | None, int]:
    """The longest name that begins with word i, and how many words it takes."""
    if fold(words[i][0].removesuffix("'s").removesuffix("’s")) not in _first_words():
        return None, 1
    for n in range(min(_LONGEST, len(words) - i), 0, -1):
        last = words[i + n - 1]
        if n > 1 and (last[0] in _JOINERS or not any(c.isupper() for c in last[0])):
            continue
        written = text[words[i].start() : last.end()].removesuffix("'s").removesuffix("’s")
        if re.search(r"[,;:()]", written):
            continue
        at = (words[i].start(), words[i].start() + len(written))
        if meanings(written, "name"):
            return _read(text, words, i, n, Named("", written, at, True), day), n
        if written in _others():
            return Named(_others()[written], written, at, False, (_others()[written],)), n
    return None, 1


def _read(text: str, words: list[re.Match[str]], i: int, n: int, named: Named, day: date | None) -> Named:
    """Which state a name is on a day; open where it is several, none, or part of another name."""
    able = tuple(sorted({m.state for m in meanings(named.written, "name")}))
    try:
        state = resolve(named.written, "name", day).id
    except AmbiguousState:
        return Named("", named.written, named.at, False, able)
    except ComityError:
        return Named("", named.written, named.at, False, able)
    return Named(state, named.written, named.at, not _in_a_longer_name(text, words, i, n), (state,))


def _in_a_longer_name(text: str, words: list[re.Match[str]], i: int, n: int) -> bool:
    """Whether another capitalised word stands right before or after: "Jordan Peters", "Air China"."""
    before = words[i - 1] if i else None
    after = words[i + n] if i + n < len(words) else None
    touching = []
    if before and text[before.end() : words[i].start()].isspace():
        touching.append(before[0])
    last = words[i + n - 1]
    if after and text[last.end() : after.start()].isspace() and not last[0].endswith(("'s", "’s")):
        touching.append(after[0])
    return any(w[0].isupper() and w not in _TITLES and not meanings(w, "name") for w in touching)


def groups_in(text: str) -> tuple[str, ...]:
    """Ids of the groups of states that a text names.

    >>> groups_in("only two states of ASEAN")
    ('asean',)
    """
    found: dict[str, None] = {}
    for match in _group_names().finditer(text):
        found[group(match[0]).id] = None
    return tuple(found)


@cache
def _group_names() -> re.Pattern[str]:
    names = {name for g in groups() for name in (g.english, *g.aliases) if len(name) > 2}
    return re.compile(r"\b(?:" + "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True)) + r")\b")


@cache
def _others() -> dict[str, str]:
    return {row["name"]: row["state"] for row in read_table("audit/other_names.csv")}


@cache
def _first_words() -> frozenset[str]:
    """Folded first words of every name of a state, so that most words are passed over at once."""
    from comity.states.registry import registry

    names = [row["name"] for row in read_table("states/names.csv")] + [s.english for s in registry().states()]
    plain = {fold(name).split()[0] for name in [*names, *_others()] if fold(name)}
    return frozenset(plain | {fold(name.split()[0]) for name in [*names, *_others()]})
