"""What rows of ledgers say, in the language now spoken.

``data/ledgers/words_vi.csv`` has the Vietnamese of the texts of the package's own rows: titles, notes, persons, places
and the like. A text that is not in it, such as one of a row of your own, stands as it is.
"""

from __future__ import annotations

from functools import cache

from comity.model.language import ENGLISH, language
from comity.states.names import read_table


def translated(text: str, state: str = "") -> str:
    """A text of a row in the language now spoken; as it is in English, and where no translation is held.

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
    return {row["english"]: row["vietnamese"] for row in read_table(f"ledgers/words_{spoken}.csv")}
