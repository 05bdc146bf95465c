"""Reading a text: the sentences that look like checkable claims, each as a typed claim with what is left to decide.

No network, no model, no chance: the same text gives the same proposals. A sentence is run only where every word of it
is accounted for; when in doubt it is listed.
"""

from __future__ import annotations

import re

from comity.audit import propose_ties as ties
from comity.audit import propose_votes as votes
from comity.audit.lexicon import NUMBERS
from comity.audit.proposal import Proposal, proposal
from comity.audit.sentence import Seen, see
from comity.audit.text import Sentence, read_text

_CUE = re.compile(
    r"\d|%|\b(?:[Oo]nly|[Aa]lone|[Ss]ole|[Nn]one|[Nn]ever|[Aa]lways|[Ee]very|[Ee]ach|[Aa]ll|[Uu]nanimous\w*|first|abst\w+"
    r"|vot\w+|rank\w*|largest|biggest|leading|partner\w*|visit\w*|twice|once|members?|joined|backed|endorsed"
    r"|rejected|approved|signed|[Hh]alf|[Mm]ost of|third)\b|\b(?:" + "|".join(NUMBERS[2:]) + r")\b"
)
_NO_CLAIM = re.compile(r"\?[\"”’')]*$|^(?:If|Should|Had|Were|Suppose|Imagine)\b")
_READERS = (
    ties.survey, votes.share, ties.arms, ties.trade, votes.quantified, votes.single, votes.count, ties.rank, ties.tier,
    ties.visit, ties.membership, ties.event, ties.figure, ties.rest,
)  # fmt: skip


def propose(text: str, name: str) -> tuple[Proposal, ...]:
    """Checkable sentences of a text, in its order. name : of its file, whose suffix says plain text, Markdown or HTML.

    BadFile where the text is not in English.
    """
    return of_sentences(read_text(text, name).sentences)


def of_sentences(sentences: tuple[Sentence, ...]) -> tuple[Proposal, ...]:
    """The proposals of sentences already cut."""
    return tuple(made for s in sentences if (made := of_sentence(s)) is not None)


def of_sentence(sentence: Sentence) -> Proposal | None:
    """A sentence as a proposal; None where nothing in it can be checked."""
    if not _CUE.search(sentence.text) or _NO_CLAIM.search(sentence.text):
        return None
    seen = see(sentence.text)
    for reader in _READERS:
        read = reader(seen)
        if read is not None:
            return proposal(sentence, read, seen.ids, _doubts(seen, sentence.quoted))
    return None


def _doubts(seen: Seen, quoted: bool) -> tuple[str, ...]:
    """What makes even a plain sentence one for a human: its mood, who says it, names that are no names of states."""
    return (*seen.doubts, *(("said",) if quoted else ()), *(() if seen.sure else ("name",)))
