"""The message catalogue: every sentence printed to a reader, one template a sentence, by language.

Templates live in ``data/messages/<language>/*.toml`` as ``section.key`` and use ``str.format`` fields.
A test holds all of them against the wording standard. What is said follows ``model.language``.
"""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from comity.model.language import ENGLISH, language, numeral

if TYPE_CHECKING:
    from comity.model.period import Period


@cache
def catalogue(of: str = ENGLISH) -> dict[str, str]:
    """All templates of a language: "section.key" → template."""
    folder = resources.files("comity.data") / "messages" / of
    found: dict[str, str] = {}
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".toml"):
            for section, templates in tomllib.loads(entry.read_text(encoding="utf-8")).items():
                found |= {f"{section}.{key}": template for key, template in templates.items()}
    return found


def say(key: str, /, **fields: object) -> str:
    """The sentence of a template, in the language now spoken, with its fields filled in.

    English stands in for a template that the language lacks. KeyError where template or field is missing.
    """
    if language() == ENGLISH:
        return singular(" ".join(catalogue()[key].format(**fields).split()))
    template = catalogue(language()).get(key) or catalogue()[key]
    return " ".join(_NUMBERS.vformat(template, (), fields).split())


def said(key: str, default: str) -> str:
    """As ``say`` without fields; a default where the catalogue has no such template."""
    return say(key) if key in catalogue() else default


_KEPT = ("source", "trade_file", "sipri", "datasets")


def again(sentence: str) -> str:
    """A warning that was said in English and kept in the store, in the language now spoken.

    As it is where no template of the sections that tell of files could have made it.

    >>> again("text that is not UTF-8, read as Windows-1252")
    'text that is not UTF-8, read as Windows-1252'
    """
    if language() == ENGLISH:
        return sentence
    for key, pattern in _patterns().items():
        if found := pattern.fullmatch(sentence):
            told = {name: _read(text) for name, text in found.groupdict().items()}
            return say(key, **told)
    return sentence


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """How each sentence of a file's faults looks once its fields are filled in."""
    found = {}
    for key, template in catalogue().items():
        if key.partition(".")[0] in _KEPT:
            parts, seen = [], set[str]()
            for literal, name, _, _ in string.Formatter().parse(template):
                parts.append(re.escape(literal))
                if name:
                    parts.append(f"(?P={name})" if name in seen else f"(?P<{name}>.+?)")
                    seen.add(name)
            found[key] = re.compile("".join(parts))
    return found


def _read(text: str) -> int | str:
    return int(text.replace(",", "")) if re.fullmatch(r"\d{1,3}(,\d{3})*|\d+", text) else text


class _Numbers(string.Formatter):
    """Formats fields as ``str.format`` does, numbers with the marks of the language now spoken."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, int | float) and format_spec:
            return numeral(value, format_spec)
        return str(super().format_field(value, format_spec))

    def check_unused_args(self, used_args: set[int | str], args: Sequence[Any], kwargs: Mapping[str, Any]) -> None:
        """A field that a template does not use is no error."""


_NUMBERS = _Numbers()

_ONE = re.compile(
    r"(?<![\w.,−-])1 (?P<kind>recorded |recurring |single |other )?"
    r"(?P<noun>vote|roll call|text|state|row|session|partner|member|pair|year|supplier|recipient"
    r"|exception|reading|claim|event|file|line)s"
    r"(?P<verb> were| are| have| do)?\b"
    r"|(?<![\w.,−-])1 (?P<families>families)(?P<their> were| are| have| do)?\b"
)
_VERBS = {" were": " was", " are": " is", " have": " has", " do": " does"}


def singular(text: str) -> str:
    """A sentence with its nouns in the singular after a lone 1.

    >>> singular("only 1 texts were voted on"), singular("1 of 1 recorded votes"), singular("101 votes; 1 families")
    ('only 1 text was voted on', '1 of 1 recorded vote', '101 votes; 1 family')
    """

    def one(found: re.Match[str]) -> str:
        verb = found["verb"] or found["their"] or ""
        noun = "family" if found["families"] else f"{found['kind'] or ''}{found['noun']}"
        return f"1 {noun}{_VERBS.get(verb, '')}"

    return _ONE.sub(one, text)


def percent(k: float, n: int) -> str:
    """A share as the wording standard prints it: counts below N = 20, no decimals below N = 200.

    >>> percent(345, 460), percent(40, 124), percent(3, 12), percent(0, 0)
    ('75.0 %', '32 %', '3 of 12', 'none')
    """
    if n == 0:
        return say("grammar.none")
    if n < 20:
        return say("grammar.count", k=k, n=n)
    return f"{numeral(100 * k / n, f'.{0 if n < 200 else 1}f')} %"


def points(earlier: float | None, later: float | None, smaller_n: int) -> str:
    """A change of shares in percentage points, signed; no decimals where either N is below 200.

    >>> points(0.3226, 0.75, 124), points(0.3226, 0.75, 15), points(None, 0.5, 200)
    ('+43 points', '', '')
    """
    if earlier is None or later is None or smaller_n < 20:
        return ""
    change = 100 * (later - earlier)
    return say("grammar.points", change=numeral(change, f"+.{0 if smaller_n < 200 else 1}f").replace("-", "−"))


def ordinal(n: int) -> str:
    """1st, 2nd, 3rd, 11th.

    >>> [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 101, 111)]
    ['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '101st', '111th']
    """
    if language() != ENGLISH:
        return say("grammar.ordinal", n=n)
    tail = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{tail}"


def span(label: str) -> str:
    """A period's label in print: an en dash between the years.

    >>> span("1992-1999"), span("1992-01-01..1999-12-31")
    ('1992–1999', '1992-01-01 to 1999-12-31')
    """
    first, two_days, last = label.partition("..")
    return say("grammar.span", first=first, last=last) if two_days else label.replace("-", "–")


def spans(numbers: Sequence[int]) -> str:
    """Sessions, or years, with runs drawn together.

    >>> spans((44, 45, 46, 49))
    '44–46, 49'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def rate(value: float | None, n: int) -> str:
    """A share that is not itself k of n (a median over partners), with the decimals that n votes carry.

    >>> rate(0.7875, 460), rate(0.7875, 124), rate(None, 5)
    ('78.8 %', '79 %', 'none')
    """
    return say("grammar.none") if value is None else f"{numeral(100 * value, f'.{0 if n < 200 else 1}f')} %"


_ARTICLE_FIRST = (
    "United ",
    "Republic of ",
    "Soviet ",
    "Federal Republic",
    "German Democratic",
    "Byelorussian",
    "Ukrainian ",
)
_ARTICLE_LAST = (" Republic", " Islands", " Emirates", " Union")
_ARTICLE_WHOLE = ("Bahamas", "Comoros", "Gambia", "Maldives", "Netherlands", "Philippines", "DR Congo")


def named(name: str) -> str:
    """A state's name within a sentence, with its article where English wants one.

    >>> named("United States"), named("Viet Nam"), named("Netherlands"), named("Republic of China (Taiwan)")
    ('the United States', 'Viet Nam', 'the Netherlands', 'the Republic of China (Taiwan)')
    """
    if language() != ENGLISH:
        return name
    wants = name.startswith(_ARTICLE_FIRST) or name.endswith(_ARTICLE_LAST) or name in _ARTICLE_WHOLE
    return f"the {name}" if wants else name


def possessive(name: str) -> str:
    """Whose partners: a name within a sentence in the genitive; the bare name where prepositions tell whose it is.

    >>> possessive("Russia"), possessive("United States")
    ('Russia’s', 'the United States’')
    """
    if language() != ENGLISH:
        return name
    return f"{named(name)}{'’' if name.endswith('s') else '’s'}"


def during(period: Period) -> str:
    """A period at the beginning of a sentence.

    >>> from comity.model.period import Period
    >>> during(Period(2000, 2020)), during(Period(47, 54, "session")), during(Period(2014, 2014))
    ('In 2000–2020', 'In sessions 47–54', 'In 2014')
    >>> during(Period.parse("1992-09-20..1999-12-31", "day"))
    'From 20 September 1992 to 31 December 1999'
    """
    if period.clock == "day":
        first, last = (day_words(date.fromordinal(o)) for o in (period.start, period.end))
        return say("grammar.on", day=first) if first == last else say("grammar.from", first=first, last=last)
    key = "years" if period.clock == "year" else "session" if period.start == period.end else "sessions"
    if key == "years" and period.start == period.end:
        key = "year"
    return say(f"grammar.in_{key}", label=span(period.label))


def day_words(when: date, precision: str = "day") -> str:
    """A date in words; without its day, or its month, where the source gives a placeholder.

    >>> day_words(date(2024, 6, 4)), day_words(date(1992, 12, 1), "month")
    ('4 June 2024', 'December 1992')
    """
    key = f"date.{precision if precision in ('day', 'month') else 'year'}"
    return say(key, day=when.day, month=say(f"month.{when.month}"), year=when.year)
