"""The words of roll-call titles as weighted vectors, so that two titles can be compared."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

# Sessions 71-73 print the agenda item and its subject heading: "A/73/251 101k - Convention on ... - SUBJECT".
_AGENDA = re.compile(r"A/\d+/\d+ (?P<item>\d+[a-z]*)(?:\[\d+\])? - ")
_ADOPTED = re.compile(r"\s*:?\s*resolution\s*/?\s*adopted by the general assembly\s*$", re.IGNORECASE)
_SPEECH = re.compile(r"The (?:Acting )?(?:President|Co-?President)\b.{0,50}?:", re.DOTALL)
_WORD = re.compile(r"[a-z]+|\d+")
_COMMON = frozenset(
    re.split(
        " ",
        "the of and to in on for a an by its with that which it as at from or is be all resolution resol draft adopt "
        "approve committee general assembly united nations un",
    )
)
_STEM = 6  # letters of a word that count: "nuclear", "nuclear-weapon-free" and their misspelt tails agree


def is_speech(title: str | None) -> bool:
    """Whether the title is a passage of the meeting record ("The President: I shall now put to the vote ...")."""
    return bool(title and _SPEECH.match(title))


def plain_title(title: str | None) -> str:
    """The title without agenda numbers and "resolution / adopted by the General Assembly"; "" for none."""
    return _ADOPTED.sub("", _AGENDA.sub("", title or "")).strip(" .:")


def title_and_subject(title: str | None, subjects: str | None) -> tuple[str, str]:
    """What a text is called, and its subject in other words; "" where the source gives none.

    Sources of sessions 71-73 print the agenda item for a title and the title among the subjects: they are exchanged.
    A passage of the meeting record is no title.
    """
    name, other = plain_title(title), plain_title(subjects)
    if _AGENDA.match(title or "") and other and not other.isupper():
        return other, name
    if is_speech(title):
        return "", other
    return name, other


def words(text: str) -> list[str]:
    """The words of a title that count, in lower case, shortened to their stems."""
    return [w[:_STEM] for w in _WORD.findall(plain_title(text).lower()) if w not in _COMMON]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words with their place and weight; a word in every second title weighs little, a country's name much.

    place  : word → column; words that occur in one text only are left out, they join nothing.
    weight : shape (words,), the logarithm of texts per text that has the word.
    """

    place: dict[str, int]
    weight: Vectors

    @classmethod
    def of(cls, texts: Sequence[str]) -> Vocabulary:
        """The vocabulary of these texts."""
        spread = Counter(word for text in texts for word in set(words(text)))
        known = sorted(word for word, n in spread.items() if n > 1)
        weight = np.array([math.log(len(texts) / spread[word]) for word in known], dtype=np.float32)
        return cls({word: j for j, word in enumerate(known)}, weight)

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """TF-IDF vectors of unit length, shape (texts, words); a row of zeros for a text without known words.

        The inner product of two rows is the cosine of the two texts.
        """
        found = np.zeros((len(texts), len(self.place)), dtype=np.float32)
        for i, text in enumerate(texts):
            for word, n in Counter(words(text)).items():
                if word in self.place:
                    found[i, self.place[word]] = 1 + math.log(n)
        found *= self.weight
        length = np.linalg.norm(found, axis=1, keepdims=True)
        np.divide(found, length, out=found, where=length > 0)
        return found
