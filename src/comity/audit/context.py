"""What an audit opens, each thing once: releases, ledgers, tables of arms and trade, and answers already worked out."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from functools import cached_property, partial
from typing import Any, TypeVar

from comity.errors import UnknownIssue
from comity.model.clock import today
from comity.model.period import Period
from comity.model.reading import Reading
from comity.store.releases import list_releases
from comity.strands.ledgers.kinds import Document
from comity.strands.ledgers.load import kind_of
from comity.strands.ledgers.row import Row
from comity.study import ledgers
from comity.study.answers.strand import SourceLine
from comity.study.answers.vote import VoteAnswer
from comity.study.context import Frame, frame
from comity.study.corpus import STARTER, Corpus, Cut
from comity.study.opening import open_corpus
from comity.study.release import ReleaseCorpus, ReleaseCut
from comity.study.situations import About
from comity.study.strand import release_line
from comity.study.vote import vote

A = TypeVar("A")


class Once:
    """Work done at most once."""

    def __init__(self) -> None:
        self._done: dict[Hashable, Any] = {}

    def once(self, key: Hashable, work: Callable[[], A]) -> A:
        """The outcome of some work; an error of it is raised again each time."""
        if key not in self._done:
            try:
                self._done[key] = (work(), None)
            except Exception as err:
                self._done[key] = (None, err)
        made, error = self._done[key]
        if error is not None:
            raise error
        return made  # type: ignore[no-any-return]


class Context(Once):
    """Opened sources, for one run of an audit. Nothing in it depends on the order of the claims, nor on the file.

    release : the only release of recorded votes that is asked; by default all in the store.
    """

    def __init__(self, release: str | None = None) -> None:
        super().__init__()
        self._release = release

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """Every release in the store, newest first; the starter data where it is empty."""
        if self._release is not None:
            return (self._release,)
        return tuple(m.release for m in list_releases() if m.layout != "plain-long") or (STARTER,)

    @property
    def corpora(self) -> tuple[Corpus, ...]:
        """All of them, opened."""
        return tuple(map(self.corpus, self.labels))

    def corpus(self, release: str | None = None) -> Corpus:
        """A release by name, the newest by default; it is opened when first asked for."""
        label = release or self.labels[0]
        return self.once(("release", label), partial(open_corpus, label))

    def line(self, corpus: Corpus) -> SourceLine:
        """A release as a source."""
        return release_line(corpus.origin)

    def vote(self, symbol: str) -> VoteAnswer:
        """A roll call from the first release that holds it, else from the ledger of landmark roll calls."""
        return self.once(("vote", symbol), lambda: self._vote(symbol))

    def _vote(self, symbol: str) -> VoteAnswer:
        for label in self.labels:
            if isinstance(corpus := self.corpus(label), ReleaseCorpus):
                try:
                    return vote(symbol, release=corpus.origin.release, corpus=corpus)
                except UnknownIssue:
                    continue
        return vote(symbol, release=STARTER)

    def frame(self, reading: Reading) -> Frame:
        """A reading of a release that is open already."""
        return frame(reading, self.corpus(reading.release))

    def cut(self, fr: Frame, period: Period) -> Cut:
        """A reading's roll calls of a period; which roll calls a reading counts is found once."""

        def work() -> Cut:
            if not isinstance(fr.corpus, ReleaseCorpus):
                return fr.corpus.cut(fr.reading, [period])
            chosen = self.once(("select", fr.reading), partial(fr.corpus.select, fr.reading))
            return ReleaseCut(fr.corpus, fr.reading, (period,), chosen)

        return self.once(("cut", fr.reading, period), work)

    def about(self, fr: Frame, span: Period) -> About:
        """What the roll calls of a cut are about."""
        return self.once(("about", fr.reading, span), lambda: About.of(fr, span))

    def rows(self, kind: str) -> tuple[Row, ...]:
        """Rows of a ledger."""
        return self.once(("ledger", kind), lambda: ledgers.rows(kind_of(kind)))

    def row(self, kind: str, id_: str) -> Row:
        """A row of a ledger; KeyError where there is none, which a checked claim file does not have."""
        return self.once(("by id", kind), lambda: {row.id: row for row in self.rows(kind)})[id_]

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Texts that ledger rows cite."""
        return ledgers.documents()

    @cached_property
    def today(self) -> date:
        """The day of the audit, one for all claims."""
        return today()
