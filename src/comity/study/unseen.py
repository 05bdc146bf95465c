"""Texts adopted without a vote, as far as the user's ledger, the release or the package's ledger says how many."""

from __future__ import annotations

from collections.abc import Iterable

from comity.model.words import say
from comity.store.home import home
from comity.study.corpus import Corpus
from comity.votes.consensus import Adopted, adopted_without_vote, marked_by


def texts_without_a_vote(corpus: Corpus) -> dict[int, Adopted]:
    """By session; each row names its source, so that an answer can say which it took."""
    return adopted_without_vote([home() / "ledgers"], marked_by(corpus.origin.release, corpus.without_a_vote))


def sources_of(sessions: Iterable[int], known: dict[int, Adopted]) -> str:
    """Who says how many, and for which of these sessions, in one line; "" where nobody does for any."""
    by_source: dict[str, list[int]] = {}
    for session in sorted(sessions):
        if session in known:
            by_source.setdefault(known[session].source, []).append(session)
    return "; ".join(
        say("notes.texts_by", sessions=", ".join(map(str, said)), source=source) for source, said in by_source.items()
    )
