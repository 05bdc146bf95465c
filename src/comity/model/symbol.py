"""Document symbols of the United Nations: one normal form, and the address it gives.

Normal forms::

    A/RES/68/262          sessions from the 31st
    A/RES/47/116E         a lettered resolution;  A/RES/50/38B/VII  a numbered part of it
    A/RES/ES-11/1         emergency special sessions (special ones: A/RES/S-10/2)
    A/RES/3379(XXX)       sessions 1-30, numbered through;  A/RES/217A(III)  lettered
    A/47/L.60             drafts and other documents

Voeten's releases write ``R/session/number``. Up to session 17, and for special sessions (SS/, ESS/), that
number is a page of the meeting records, not a resolution: such a reference is cleaned and kept as it is,
because A/RES/66(I) is another document than ``R/1/66``.
"""

from __future__ import annotations

import re
import unicodedata

_BLANK = frozenset({"", "NA", "N/A", "NAN", "NONE", "NULL", ".", "-"})
_LETTERS = r"\[?(?P<letter>[A-Z]{1,2})??(?:(?:-|TO)(?P<last>[A-Z]{1,2}))?\]?"
_PREFIX = r"(?:(?:UN)?GA)?(?:A?/?RES/|RESOLUTION|RES\.?|R/)?"
_NUMBERED = re.compile(
    rf"{_PREFIX}0*(?P<session>\d{{1,3}})/0*(?P<number>[1-9]\d{{0,3}}){_LETTERS}(?:/(?P<part>[A-Z]+))?"
)
_ROMAN = re.compile(
    rf"{_PREFIX}0*(?P<number>[1-9]\d{{0,3}})\[?(?P<letter>[A-Z])?\]?\((?P<kind>E?S-)?(?P<roman>[IVX]+)\)\[?(?P<after>[A-Z])?\]?"
)
_SPECIAL = re.compile(rf"{_PREFIX}(?P<kind>E?S)-0*(?P<session>\d{{1,2}})/0*(?P<number>[1-9]\d{{0,2}}){_LETTERS}")
_PAGE = re.compile(r"(?P<stem>(?:R|E?SS|GOAR)/\d+/\d+)/?(?P<letter>[A-Z]{1,2})?")
_DOCUMENT = re.compile(r"[ASE]/[A-Z0-9().\-/\[\]]+")
_LINKED = re.compile(
    r"(?P<stem>A/RES/(?:E?S-\d+|3[1-9]|[4-9]\d|1\d\d)/[1-3]?\d{1,2}|A/RES/\d{1,4}(?=[A-Z-]*\())"
    r"[A-Z]{0,2}(?:-[A-Z]{1,2})?(?P<roman>\([ESIVX-]+\))?(?:/[IVX]+)?"
)
_SESSION = re.compile(r"A/RES/(?:(?P<number>\d{2,3})/\d|\d{1,4}[A-Z-]*\((?P<roman>[IVX]+)\))")

# Numbers of the resolutions of each session between the last page-numbered one and the 31st, as far as recorded
# votes and the Library's guide show them. A number outside belongs to another session: a slip of the source.
_RESOLUTIONS = {
    18: (1881, 1992),
    21: (2200, 2251),
    22: (2259, 2359),
    23: (2383, 2466),
    24: (2498, 2603),
    25: (2621, 2749),
    26: (2752, 2901),
    27: (2908, 3047),
    28: (3055, 3200),
    29: (3203, 3361),
    30: (3363, 3541),
}
_FIRST_DECISION = 400  # from the 31st session decisions are numbered from 401 (elections from 301): not resolutions
_LAST_SESSION = 150


def normalise_symbol(text: str | None) -> str | None:
    """Give a document symbol its one normal form; two spellings of one symbol give the same text.

    text : as written by a source or a person; None or blank gives None.
    Returns the normal form, or the cleaned text where it is no symbol we can read.

    >>> normalise_symbol("R/68/262"), normalise_symbol("resolution 217 A (III)")
    ('A/RES/68/262', 'A/RES/217A(III)')
    """
    cleaned = _clean(text or "")
    if cleaned in _BLANK:
        return None
    compact = cleaned.replace(" ", "")
    for pattern, form in ((_ROMAN, _from_roman), (_SPECIAL, _from_special), (_NUMBERED, _from_numbered)):
        match = pattern.fullmatch(compact)
        if match and (symbol := form(match)):
            return symbol
    if match := _PAGE.fullmatch(compact):
        return match["stem"] + (match["letter"] or "")
    if _DOCUMENT.fullmatch(compact):
        return re.sub(r"\b(REV|ADD|CORR)\.", lambda m: m[1].title() + ".", compact)
    return cleaned


def link_of(symbol: str | None) -> str | None:
    """The permanent address of a resolution, built from its normalised symbol; None where it has none.

    A lettered resolution or a part of one leads to the document that holds it.

    >>> link_of("A/RES/68/262"), link_of("A/RES/50/38B/VII"), link_of("R/1/66")
    ('https://undocs.org/A/RES/68/262', 'https://undocs.org/A/RES/50/38', None)
    """
    match = _LINKED.fullmatch(symbol or "")
    if match is None:
        return None
    return f"https://undocs.org/{match['stem']}{match['roman'] or ''}"


def session_of(symbol: str | None) -> int | None:
    """The regular session that adopted a resolution, from its normalised symbol; None where the symbol does not say.

    >>> session_of("A/RES/78/1"), session_of("A/RES/217A(III)"), session_of("A/RES/ES-11/1")
    (78, 3, None)
    """
    match = _SESSION.match(symbol or "")
    if match is None:
        return None
    return int(match["number"]) if match["number"] else _ROMAN_SESSIONS.get(match["roman"])


def _clean(text: str) -> str:
    """Upper case, plain hyphens, single blanks, no address or trailing stop around the symbol."""
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).upper())
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", text)
    text = re.sub(r"\s+", " ", text).strip(" .,;'\"")
    text = re.sub(r"^HTTPS?://(?:WWW\.)?UNDOCS\.ORG/(?:EN/)?", "", text)
    return re.sub(r"^A[-_]RES[-_]((?:E?S-)?\d+)[-_](\d+)", r"A/RES/\1/\2", text)


def _from_roman(match: re.Match[str]) -> str | None:
    letter = match["letter"] or match["after"] or ""
    return f"A/RES/{match['number']}{letter}({match['kind'] or ''}{match['roman']})"


def _from_special(match: re.Match[str]) -> str | None:
    return f"A/RES/{match['kind']}-{match['session']}/{match['number']}{_letters(match)}"


def _from_numbered(match: re.Match[str]) -> str | None:
    session, number, part = int(match["session"]), int(match["number"]), match["part"] or ""
    letters = _letters(match)
    # "42/209/C" is letter C; only I, V and X stand for numbered parts (there are no hundreds of them).
    if len(part) <= 2 and not letters and not re.fullmatch("[IVX]*", part):
        letters, part = part, ""
    if part and not re.fullmatch("[IVX]+", part):
        return None
    suffix = f"/{part}" if part else ""
    if 30 < session <= _LAST_SESSION and number < _FIRST_DECISION:
        return f"A/RES/{session}/{number}{letters}{suffix}"
    low, high = _RESOLUTIONS.get(session, (1, 0))
    if low <= number <= high:
        return f"A/RES/{number}{letters}({_roman(session)}){suffix}"
    return None


def _letters(match: re.Match[str]) -> str:
    return (match["letter"] or "") + (f"-{match['last']}" if match["last"] else "")


def _roman(number: int) -> str:
    return "X" * (number // 10) + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[number % 10]


_ROMAN_SESSIONS = {_roman(number): number for number in range(1, 31)}
