"""The page of a roll call: its count, the world by vote, groups, every vote; and the roll calls to start from."""

from __future__ import annotations

from dataclasses import replace

from fastapi import Request
from starlette.responses import Response

from comity.errors import NoAnswer
from comity.model.body import COUNCIL
from comity.model.choice import CHOICES
from comity.model.symbol import normalise_symbol
from comity.model.words import say
from comity.report import parts
from comity.report.answers import document
from comity.report.document import Block, Chapter, Column, Facts, Item, Line, Paragraph, Table
from comity.report.vote_words import tally_words
from comity.strands.translated import translated
from comity.study.answers.vote import GroupCount, VoteAnswer
from comity.study.landmark import LEDGER
from comity.votes.landmarks import landmarks
from comity.web.asked import Asked, OfRelease, read
from comity.web.page import Page, Section, page_of, render
from comity.web.pages.lists import Chosen, index_page, linked_to, on_to, with_links
from comity.web.question import Figure, Question
from comity.web.registry import registry


def vote_page(request: Request, question: Question, asked: Asked, found: VoteAnswer) -> Response:
    """The whole page."""
    return render(request, "question.html.j2", _made(request, question, asked, found))


def vote_index(request: Request) -> Response:
    """The ledger's landmark roll calls; or on to the one that a form named."""
    asked = read(Chosen, {}, request.query_params.multi_items())
    if asked.name:
        symbol = normalise_symbol(asked.name) or asked.name
        path = registry()["vote"].asked.model_validate({"symbol": symbol, "lang": asked.lang}).url("/vote/{symbol}")
        return on_to(request, path)
    return index_page(request, "vote", asked, (_landmarks(request, asked),))


def _landmarks(request: Request, asked: Asked) -> Table:
    rows = sorted(landmarks(), key=lambda row: (row.date, row.symbol), reverse=True)
    lines = tuple(
        Line(
            (
                Item(row.symbol, href=linked_to(request, asked, f"/vote/{row.symbol}")),
                Item(parts.day(row.date)),
                Item(translated(row.title), () if row.has_lists else (say("web_vote.index_tally_only"),)),
                Item(f"{row.tally.in_favour}–{row.tally.against}–{row.tally.abstaining}"),
            )
        )
        for row in rows
    )
    heads = tuple(Column(say(f"web_vote.{k}"), numeric=k == "count") for k in ("symbol", "date", "text", "count"))
    return Table(say("web_vote.index_caption", n=len(lines)), heads, lines)


def _made(request: Request, question: Question, asked: Asked, found: VoteAnswer) -> Page:
    made = document(found)
    chapters = {c.id: c for c in made.chapters}
    drawn = {f.id: f for f in question.figures if f.there(found)}
    of_groups: tuple[Block, ...] = (group_table(found),) if found.groups else ()
    told = (Section("tally", say("web_vote.tally"), question, asked, (*_facts(found), *chapters["tally"].blocks)),)
    sections = (
        *_drawn(question, asked, drawn, "map"),
        *told,
        *_drawn(question, asked, drawn, "groups", of_groups, say("web_vote.groups_intro")),
        Section("states", say("web_vote.states"), question, asked, _linked(request, asked, found, chapters["states"])),
        *_ideal(asked, found),
    )
    symbol, tally = found.symbol or found.roll_call, found.computed or found.published
    day = parts.day(found.date, found.date_precision)
    counted = tally_words(tally) if tally else ""
    return replace(
        page_of(question, asked, found, made),
        title=say("web_vote.title", symbol=symbol),
        description=say("web_vote.description", title=made.lead, tally=counted, day=day, **found.header.where),
        sections=sections,
        closing=tuple(c for c in made.chapters if c.id not in ("tally", "states")),
    )


def _drawn(
    question: Question,
    asked: Asked,
    there: dict[str, Figure],
    name: str,
    blocks: tuple[Block, ...] = (),
    intro: str = "",
) -> tuple[Section, ...]:
    if name not in there:
        return ()
    return (Section(name, say(f"web_vote.{name}"), question, asked, blocks, (there[name],), intro=intro),)


def _facts(found: VoteAnswer) -> tuple[Block, ...]:
    """Four figures set large, each of how many members."""
    tally = found.computed or found.published
    if tally is None or tally.yes is None:
        return ()
    counts = {"yes": tally.yes, "no": tally.no, "abstain": tally.abstain, "absent": tally.nonvoting}
    members = len(found.ballots) or sum(n or 0 for n in counts.values())
    told = {k: say("web_vote.of", words=say(f"web_vote.{k}"), n=members) for k in counts}
    return (Facts(tuple((str(n), told[k]) for k, n in counts.items() if n is not None)),)


def group_table(found: VoteAnswer) -> Table:
    """One line a group: its members by choice, and who voted otherwise than most."""
    keys = ("group", "members", "yes", "abstain", "no", "absent", "apart")
    columns = tuple(Column(say(f"vote_groups.{k}"), numeric=k not in ("group", "apart")) for k in keys)
    lines = tuple(
        Line((Item(g.name), *(Item(str(n)) for n in (sum(g.counts), *g.counts)), Item(_apart(g)))) for g in found.groups
    )
    return Table(say("vote_groups.caption"), columns, lines)


def _apart(group: GroupCount) -> str:
    if len(group.modal) > 1:
        return say("vote_groups.tied")
    by = {c: ", ".join(b.name for b in group.apart if b.choice == c) for c in CHOICES}
    named = ((parts.choice_word(c), names) for c, names in by.items() if names)
    told = [say("vote_groups.apart_choice", choice=choice, names=names) for choice, names in named]
    return "; ".join(told) or say("vote_groups.none")


def _linked(request: Request, asked: Asked, found: VoteAnswer, chapter: Chapter) -> tuple[Block, ...]:
    """Every vote, each name leading to the state's page."""
    links = {b.name: linked_to(request, asked, f"/state/{b.state}") for b in found.ballots}
    return tuple(with_links(b, links) if isinstance(b, Table) else b for b in chapter.blocks)


def _ideal(asked: Asked, found: VoteAnswer) -> tuple[Section, ...]:
    """Whose vote was surprising: asked when the reader comes to it, where single roll calls are at hand."""
    question = registry().questions.get("ideal_vote")
    of_council = found.header.origin.body == COUNCIL
    if question is None or of_council or not found.roll_call or not found.symbol:
        return ()
    release = asked.release if isinstance(asked, OfRelease) else None
    over = question.asked.model_validate({"symbol": found.symbol, "lang": asked.lang, "release": release})
    title, intro = say("web_vote.ideal_vote"), say("web_vote.ideal_vote_intro")
    if found.header.origin.aggregates or found.header.origin.release == LEDGER:
        missing = NoAnswer(say("web_vote.no_ideal"), next=say("notes.get_release"))
        return (Section("ideal-vote", title, question, over, (Paragraph(str(missing), quiet=True),), intro=intro),)
    return (Section("ideal-vote", title, question, over, intro=intro, later=True),)
