"""One roll call: its tally against the published one, each state's vote, and who stood apart in a group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from comity.errors import UnknownIssue
from comity.model.body import ASSEMBLY, CODES, COUNCIL
from comity.model.choice import Choice
from comity.model.reading import Reading
from comity.model.symbol import link_of, normalise_symbol
from comity.model.tables import INFERRED, ISSUES
from comity.model.words import say
from comity.states.groups import group as find_group
from comity.study.answers.common import Note
from comity.study.answers.vote import Tally, VoteAnswer
from comity.study.ballots import agreement, ballots, group_counts, group_stand, majority_note, tally_of
from comity.study.context import Frame, frame
from comity.study.corpus import STARTER
from comity.study.landmark import landmark_vote
from comity.study.lent import lenders_of, unnamed
from comity.study.notes import note
from comity.study.opening import open_release
from comity.study.release import ReleaseCorpus
from comity.votes.landmarks import landmark

COUNCIL_SYMBOL = "S/RES/"


def vote(
    symbol: str, *, group: str | None = None, release: str | None = None, corpus: ReleaseCorpus | None = None
) -> VoteAnswer:
    """A roll call by its symbol ("A/RES/68/262") or its id in the release.

    corpus : the release, where it is open already.
    release : by default every one of the Assembly, or of the Security Council for a symbol S/RES/…
    group : its members on that day are set apart. Where no release holds the roll call, the ledger of landmark
    roll calls in the package answers, and says whether it was checked. UnknownIssue where neither has it.
    """
    if group is not None:
        find_group(group)  # an unknown group is told before any file is opened
    for held in [corpus] if corpus is not None else _corpora_of(symbol, release):
        rows = _find(held, symbol)
        if rows:
            fr = frame(Reading(release=held.origin.release), held, council=True)
            return _answer(fr, held, rows, group)
    known = landmark(symbol) if release in (None, STARTER) else None
    if known is not None:
        return landmark_vote(known, group)
    if _of_council(symbol):
        raise UnknownIssue(say("trouble.no_roll_call"), got=symbol, next=_without_it())
    raise UnknownIssue(
        say("trouble.no_roll_call_ledger"),
        got=symbol,
        allowed=say("trouble.a_symbol"),
        next=say("notes.get_release"),
    )


def _corpora_of(symbol: str, release: str | None) -> list[ReleaseCorpus]:
    """The releases to look a symbol up in: a symbol tells of which body it is."""
    from comity.store import releases

    if _of_council(symbol) and release is None:
        return [open_release(m.release, council=True) for m in releases.list_releases(COUNCIL)]
    if releases.body_of(release) == COUNCIL:
        return [open_release(release, council=True)]
    return _corpora(release)


def _without_it() -> str:
    """What to do where no release of the Council holds a resolution."""
    from comity.store import releases

    return say("trouble.no_council_roll_call") if releases.list_releases(COUNCIL) else say("trouble.add_council")


def _of_council(symbol: str) -> bool:
    return (normalise_symbol(symbol) or "").startswith(COUNCIL_SYMBOL)


def _corpora(release: str | None) -> list[ReleaseCorpus]:
    from comity.store import releases

    if release == STARTER:
        return []
    if release is not None:
        return [open_release(release)]
    return [open_release(m.release) for m in releases.list_releases()]


def _find(corpus: ReleaseCorpus, symbol: str) -> list[int]:
    """Rows with that symbol, whole texts before marked paragraph and amendment votes; or with that id.

    The Council numbers its resolutions through all years, so one may be named without its year.
    """
    wanted = normalise_symbol(symbol)
    yearless = _of_council(symbol) and "(" not in (wanted or "")
    table = corpus.roll_calls.select("roll_call", "symbol", "paragraph", "amendment").rows()
    named = [(i, part) for i, (_, s, *part) in enumerate(table) if s and wanted == (_number(s) if yearless else s)]
    whole = [i for i, part in named if not any(part)]
    parts = [i for i, part in named if any(part)]
    return whole + parts or [i for i, (id_, *_rest) in enumerate(table) if id_ == symbol]


def _number(symbol: str) -> str:
    return symbol.partition("(")[0].strip()


def _on_the_text(corpus: ReleaseCorpus, rows: list[int]) -> int:
    """Of several roll calls under one symbol the last whole one is the vote on the text."""
    whole = [i for i in rows if not (corpus.roll_calls["paragraph"][i] or corpus.roll_calls["amendment"][i])]
    return (whole or rows)[-1]


def row_of(symbol: str, release: str | None = None, corpus: ReleaseCorpus | None = None) -> tuple[ReleaseCorpus, int]:
    """The first release, newest first, that holds a roll call, and its row; UnknownIssue where none does."""
    for held in [corpus] if corpus is not None else _corpora(release):
        if rows := _find(held, symbol):
            return held, _on_the_text(held, rows)
    raise UnknownIssue(
        say("trouble.no_roll_call"),
        got=symbol,
        allowed=say("trouble.a_symbol"),
        next=say("notes.get_release"),
    )


def _answer(fr: Frame, corpus: ReleaseCorpus, rows: list[int], group: str | None) -> VoteAnswer:
    chosen = _on_the_text(corpus, rows)
    r = corpus.roll_calls.row(chosen, named=True)
    choices = {
        s: Choice(c)
        for s, c in zip(corpus.matrix.states, corpus.matrix.cells[chosen].tolist(), strict=True)
        if c != Choice.NOT_MEMBER
    }
    computed = tally_of(choices)
    published = _published(r)
    known = landmark(r["symbol"]) if r["symbol"] else None
    majority = known.majority if known else None
    notes = _notes(r, computed, published, majority.rule if majority else None, fr.origin.body)
    if len(rows) > 1:
        others = ", ".join(corpus.roll_calls["roll_call"][i] for i in rows if i != chosen)
        notes.append(note("shared_symbol", symbol=r["symbol"], k=len(rows) - 1, ids=others, id=r["roll_call"]))
    stand = group_stand(group, choices, r["date"]) if group else None
    votes = ballots(choices, r["date"], stand)
    if stand and r["date"]:
        notes.append(note("group_day", group=stand.name, day=r["date"].isoformat()))
    return VoteAnswer(
        header=fr.header,
        roll_call=r["roll_call"],
        symbol=r["symbol"],
        title=r["title"],
        date=r["date"],
        date_precision=r["date_precision"] or "session",
        session=r["session"],
        session_label=r["session_label"],
        issues=tuple(flag for flag in ISSUES if r[flag]),
        body=r["body"] or CODES[fr.origin.body],
        computed=computed,
        published=published,
        published_from=(r.get("tally_from") or fr.origin.release) if published else None,
        agrees=agreement(computed, published),
        majority=majority.rule if majority else None,
        majority_basis=majority.basis if majority else None,
        link=r["link"] or link_of(r["symbol"]),
        checked=True,
        ballots=votes,
        group=stand,
        lenders={k: v for k, v in lenders_of(r).items() if v != INFERRED},
        notes=tuple(notes),
        groups=group_counts(votes, r["date"]),
    )


def _published(r: Mapping[str, Any]) -> Tally | None:
    if r["yes"] is None or r["no"] is None or r["abstain"] is None:
        return None
    return Tally(r["yes"], r["no"], r["abstain"], r["nonvoting"])


def _notes(r: Mapping[str, Any], computed: Tally, published: Tally | None, rule: str | None, body: str) -> list[Note]:
    agrees = agreement(computed, published)
    found = [note("tally_none" if agrees is None else "tally_agrees" if agrees else "tally_differs")]
    if body == COUNCIL:
        found += [note(key) for key in ("majority_council", "council_adopted", "council_seats", "council_absent")]
    else:
        found.append(majority_note(rule))
    found += [
        note("lent", field=say(f"fields.{field}"), lenders=lender)
        for field, lender in lenders_of(r).items()
        if lender != INFERRED
    ]
    if r.get("session_from") == INFERRED:
        found.append(note("session_inferred"))
    corrected = [note("not_corrected")] if body == ASSEMBLY else []
    return [*found, *unnamed([r]), *corrected]
