"""The language that sentences, names, numbers and dates are printed in: one for each task, English where none is set.

It is held in a context variable, so a web request or a command sets it once and all below follow. A pool of threads
must be given a copy of the context (``contextvars.copy_context``) where its work prints sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

ENGLISH = "en"
LANGUAGES = (ENGLISH, "vi")
DRAFTS = ("vi",)
"""Languages whose catalogue is a draft translation: every view in them says so."""

_current: ContextVar[str] = ContextVar("comity_language", default=ENGLISH)
_SWAPPED = str.maketrans(",.", ".,")


def language() -> str:
    """The language now spoken, one of ``LANGUAGES``."""
    return _current.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within it, everything is said in that language; ValueError for one that is not in ``LANGUAGES``.

    >>> with speaking("vi"):
    ...     numeral(1234.5, ",.1f")
    '1.234,5'
    """
    if language not in LANGUAGES:
        raise ValueError(f"languages are {', '.join(LANGUAGES)}: got {language!r}")
    token = _current.set(language)
    try:
        yield
    finally:
        _current.reset(token)


def numeral(value: object, spec: str = "") -> str:
    """A number by a format specification, with the language's decimal mark and thousands separator.

    >>> numeral(1234.5, ",.1f"), numeral(460)
    ('1,234.5', '460')
    """
    text = format(value, spec)
    return text if language() == ENGLISH else text.translate(_SWAPPED)


def typeset(value: float, spec: str) -> str:
    """As ``numeral``, with a true minus sign, and no sign on what is printed as zero.

    >>> typeset(-3.25, "+.1f"), typeset(0.02, "+.1f"), typeset(-0.004, ".2f")
    ('−3.2', '0.0', '0.00')
    """
    text = numeral(value, spec)
    return (text if re.search("[1-9]", text) else text.lstrip("+-")).replace("-", "−")
