"""Texts adopted without a vote, as far as the user's ledger, the release or the package's ledger says how many."""

from __future__ import annotations

from comity.store.home import home
from comity.study.corpus import Corpus
from comity.votes.consensus import Adopted, adopted_without_vote, marked_by


def texts_without_a_vote(corpus: Corpus) -> dict[int, Adopted]:
    """By session; each row names its source, so that an answer can say which it took."""
    return adopted_without_vote([home() / "ledgers"], marked_by(corpus.origin.release, corpus.without_a_vote))
