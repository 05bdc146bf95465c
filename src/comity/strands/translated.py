"""What the package's own ledgers and claims say, in the language now spoken.

``words_vi.csv`` beside the ledgers and beside the claims has the Vietnamese of their texts: titles, notes, persons,
places, claims and reasons. A text that is in neither, such as one of a row of your own, stands as it is.
"""

from __future__ import annotations

from functools import cache

from comity.model.language import ENGLISH, language
from comity.states.names import read_table

FOLDERS = ("ledgers", "claims")


def translated(text: str, state: str = "") -> str:
    """A text of a row or a claim in the language now spoken; as it is in English, and where no translation is held.

    state : id of the state it is of, for a word that depends on it, such as an office.

    >>> from comity.model.language import speaking
    >>> with speaking("vi"):
    ...     translated("President", "VNM"), translated("President", "RUS"), translated("A text of one's own")
    ('Chủ tịch nước', 'Tổng thống', "A text of one's own")
    """
    if language() == ENGLISH:
        return text
    held = _held(language())
    return held.get(f"{text} ({state})") or held.get(text, text)


@cache
def _held(spoken: str) -> dict[str, str]:
    rows = (row for folder in FOLDERS for row in read_table(f"{folder}/words_{spoken}.csv"))
    return {row["english"]: row["vietnamese"] for row in rows}
