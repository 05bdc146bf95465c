"""Words of closed lists: what data, ledgers and claims write as a code, in the language now spoken."""

from __future__ import annotations

import re

from comity.model.language import ENGLISH, language
from comity.model.words import catalogue


def coded(word: str) -> str:
    """A word of a closed list in the language now spoken; in English, and any other word, as it is.

    >>> from comity.model.language import speaking
    >>> with speaking("vi"):
    ...     coded("in force"), coded("Strategic partnership"), coded("Fort Bragg")
    ('đang hiệu lực', 'Đối tác chiến lược', 'Fort Bragg')
    >>> coded("in force")
    'in force'
    """
    if language() == ENGLISH:
        return word
    key = re.sub(r"\W+", "_", word.lower())
    return catalogue(language()).get(f"coded.{key}", word)
