"""A state is a name and a day: names and codes of many schemes to one state, or a clear error.

Matching is exact once case, diacritics and punctuation are folded away. Nothing is guessed: a close spelling
is suggested in the error, never taken.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from comity.errors import AmbiguousState, StateDidNotExist, UnknownState, UsageError
from comity.model.words import day_words, say
from comity.states.names import in_english, unmarked
from comity.states.registry import BEFORE, Spell, State, read_table, registry, spell_of

ALWAYS = Spell(BEFORE, None)

CODE_SCHEMES = ("id", "iso3", "iso2", "cow", "gw", "m49")
SOURCE_SCHEMES: dict[str, tuple[str, ...]] = {
    # each source's own table first, then these
    "voeten_wide": ("iso3", "id"),
    "voeten_cow": ("cow",),
    "unvotes": ("name", "iso2"),
    "undl": ("iso3", "id", "name"),
    "sipri": ("name",),
    "cameo": ("iso3", "id"),
    "icews": ("name",),
}
SCHEMES = ("any", "name", *CODE_SCHEMES, *SOURCE_SCHEMES)
"""Numeric codes mean different states in different schemes, so "any" reads ids, names, iso3 and iso2 only."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A state that a spelling stands for on the days of ``spell``."""

    state: str
    spell: Spell


def resolve(text: str, scheme: str = "any", day: date | None = None) -> State:
    """The one state that ``text`` means in a scheme, on a day.

    Without a day a spelling means the state called so today; failing that, the only one it ever meant. In a
    source's scheme the spelling is taken at the source's word: whether the state was then a member, or existed, is
    not asked (ask ``State.member_on``), because the days of many roll calls are placeholders.

    Raises UnknownState (with close spellings), AmbiguousState, StateDidNotExist.

    >>> resolve("Burma").id, resolve("USSR", day=date(1985, 6, 1)).id, resolve("710", "cow").id
    ('MMR', 'RUS', 'CHN')
    """
    named = in_english(text) if scheme == "any" else None
    found = meanings(named, "name") if named else meanings(text, scheme)
    if not found and scheme == "any" and (named := unmarked(text)):
        found = meanings(named, "name")
    if not found:
        raise _unknown(text, scheme)
    states = registry().by_id
    if day is None:
        live = _without_day(named or text, found)
    else:
        ids = {m.state for m in found if day in m.spell}
        live = [states[i] for i in sorted(ids) if scheme in SOURCE_SCHEMES or states[i].existed_on(day)]
    if len(live) == 1:
        return live[0]
    if live:
        raise AmbiguousState(
            say("trouble.ambiguous_on", day=day_words(day)) if day else say("trouble.ambiguous"),
            got=text,
            allowed=_list(live),
            next=say("trouble.write_a_code_on" if day else "trouble.write_a_code"),
        )
    assert day is not None
    raise _did_not_exist(text, found, day)


@lru_cache(maxsize=4096)
def meanings(text: str, scheme: str = "any") -> tuple[Meaning, ...]:
    """Every state that a spelling stands for in a scheme, and when; empty where it is unknown.

    What a reader of a source joins on: one call for a spelling, not one for every cell. Raises UsageError for an
    unknown scheme.
    """
    if scheme not in SCHEMES:
        raise UsageError("Unknown scheme of names or codes", got=scheme, allowed=", ".join(SCHEMES))
    if scheme == "any":
        # a union: an id, an ISO code and a name that mean different states must not hide one another
        return tuple(dict.fromkeys(m for part in ("id", "iso3", "iso2", "name") for m in meanings(text, part)))
    own = _index(scheme).get(fold(text), ())
    if own or scheme not in SOURCE_SCHEMES:
        return tuple(own)
    return next((found for part in SOURCE_SCHEMES[scheme] if (found := meanings(text, part))), ())


def codes(state_id: str, scheme: str, day: date | None = None) -> tuple[str, ...]:
    """Codes of a state in a scheme, for export; without a day all of them, today's first.

    Empty where the scheme has no code for the state. ``scheme`` is id, iso3, iso2, cow, gw or m49; cow, gw and m49
    codes are digits ("2", "2", "840"). Raises UnknownState, UsageError.

    >>> codes("DEU", "cow"), codes("DEU", "cow", date(1980, 1, 1))
    (('255', '260'), ('260',))
    """
    registry().state(state_id)
    if scheme not in CODE_SCHEMES:
        raise UsageError("Codes are not exported in that scheme", got=scheme, allowed=", ".join(CODE_SCHEMES))
    rows = _exported()[scheme].get(state_id, [])
    kept = [(code, spell) for code, spell in rows if day is None or day in spell]
    return tuple(code for code, _ in sorted(kept, key=lambda row: row[1].end or date.max, reverse=True))


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Spelling without case, diacritics, punctuation and the article; "St." is "saint", a number loses zeros.

    >>> fold("CÔTE D'IVOIRE") == fold("Cote d’Ivoire"), fold("St. Kitts & Nevis"), fold("004")
    (True, 'saint kitts and nevis', '4')
    """
    plain = unicodedata.normalize("NFKD", text.replace("&", " and ").replace("'", "").replace("’", "")).casefold()
    kept = "".join(c if c.isalnum() else "" if c == "." or unicodedata.combining(c) else " " for c in plain)
    words = ["saint" if w == "st" else w for w in kept.split() if w != "the"]
    folded = " ".join(words)
    return folded.lstrip("0") or "0" if folded.isdecimal() else folded


@cache
def _index(scheme: str) -> dict[str, list[Meaning]]:
    """Folded spelling to meanings, of one scheme's own tables."""
    index: dict[str, list[Meaning]] = defaultdict(list)
    if scheme == "name":
        _index_names(index)
    else:
        for row in _code_rows():
            if row["scheme"] == scheme:
                index[fold(row["code"])].append(Meaning(row["state"], spell_of(row)))
    return {spelling: list(dict.fromkeys(found)) for spelling, found in index.items()}


def _index_names(index: dict[str, list[Meaning]]) -> None:
    spelled = defaultdict(set)
    for row in read_table("states/names.csv"):
        # a former name ("Burma") is understood at any time; one that denotes only its time ("Soviet Union"), not
        index[fold(row["name"])].append(Meaning(row["state"], ALWAYS if row["use"] == "name" else spell_of(row)))
        spelled[row["state"]].add(fold(row["name"]))
    for state in registry().states():
        if fold(state.english) not in spelled[state.id]:
            index[fold(state.english)].append(Meaning(state.id, ALWAYS))


@cache
def _code_rows() -> tuple[dict[str, str], ...]:
    """The dated rows of codes.csv, and the undated codes of states.csv in the same shape."""
    undated = [
        {"scheme": scheme, "code": code, "state": row["id"], "start": "", "end": "", "use": "both"}
        for row in read_table("states/states.csv")
        for scheme in CODE_SCHEMES
        if (code := row[scheme])
    ]
    return (*undated, *read_table("states/codes.csv"))


@cache
def _exported() -> dict[str, dict[str, list[tuple[str, Spell]]]]:
    """scheme → state → (code, days), without the codes that are only read."""
    table: dict[str, dict[str, list[tuple[str, Spell]]]] = {s: defaultdict(list) for s in CODE_SCHEMES}
    for row in _code_rows():
        if row["use"] == "both":
            table[row["scheme"]][row["state"]].append((row["code"], spell_of(row)))
    return table


def _without_day(text: str, found: tuple[Meaning, ...]) -> list[State]:
    """States a spelling means when no day is given: at best one."""
    candidates = [registry().by_id[i] for i in sorted({m.state for m in found})]
    if len(candidates) == 1:
        return candidates
    called_so = [state for state in candidates if fold(text) in (fold(state.english), fold(state.id))]
    lasting = {m.state for m in found if m.spell.end is None}
    today = [state for state in candidates if state.id in lasting and state.existence[-1].end is None]
    return next((choice for choice in (called_so, today) if len(choice) == 1), candidates)


def _list(states: list[State]) -> str:
    return ", ".join(f"{state.id} ({state.name})" for state in states)


def _unknown(text: str, scheme: str) -> UnknownState:
    from difflib import get_close_matches

    if scheme == "any" and text.strip().isdecimal():
        return UnknownState(
            "A number means different states in different schemes",
            got=text,
            next=f"Name the scheme: cow:{text}, gw:{text} or m49:{text}",
        )
    pool = (
        {k for part in ("id", "iso3", "iso2", "name") for k in _index(part)} if scheme == "any" else {*_index(scheme)}
    )
    for part in SOURCE_SCHEMES.get(scheme, ()):
        pool |= {*_index(part)}
    close = get_close_matches(fold(text), sorted(pool), n=8, cutoff=0.75)
    states = {m.state: registry().by_id[m.state] for k in close for m in meanings(k, scheme)}
    hint = say("trouble.close", names=_list(list(states.values())[:4])) if states else say("trouble.write_a_name")
    return UnknownState(
        say("trouble.unknown_state") if scheme == "any" else say("trouble.unknown_in_scheme", scheme=scheme),
        got=text,
        next=hint,
    )


def _did_not_exist(text: str, found: tuple[Meaning, ...], day: date) -> StateDidNotExist:
    """The error for a spelling that stands for no state on that day: when it did, and who was there instead."""
    states = registry().by_id
    allowed = []
    for meaning in found:
        spells = [s for s in states[meaning.state].existence if s.overlaps(meaning.spell.start, meaning.spell.end)]
        days = [Spell(max(s.start, meaning.spell.start), _earlier(s.end, meaning.spell.end)) for s in spells]
        allowed += [f"{meaning.state} {spell.words}" for spell in days]
    ids = sorted({m.state for m in found})
    there = [states[i] for i in ids if states[i].existed_on(day)] or _kin(ids, day)
    return StateDidNotExist(
        say("trouble.no_such_state", day=day_words(day)),
        got=text,
        allowed="; ".join(dict.fromkeys(allowed)),
        next=say("trouble.there_was", states=_list(there)) if there else "",
    )


def _kin(ids: list[str], day: date) -> list[State]:
    """States that existed on a day among those that came before or after ``ids``."""
    reg = registry()
    before = {s.predecessor for i in ids for s in reg.predecessors(i)}
    after = {s.successor for i in ids for s in reg.successors(i)}
    return [reg.by_id[i] for i in sorted(before | after) if reg.by_id[i].existed_on(day)]


def _earlier(a: date | None, b: date | None) -> date | None:
    return min((d for d in (a, b) if d is not None), default=None)
