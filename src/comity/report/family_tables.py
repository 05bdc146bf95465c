"""Recurring texts as sentences and neutral tables, for the terminal, Markdown and HTML alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from comity.model.choice import Choice
from comity.model.language import numeral
from comity.model.words import named, say, spans
from comity.report import parts
from comity.report.document import Chapter, Column, Document, Item, Line, Listing, Table, chapter
from comity.report.situation_words import shortened
from comity.report.tables import TONES
from comity.study.answers.common import Note
from comity.study.answers.families import FamiliesAnswer, FamilyAnswer, FamilyRow, FamilyVote
from comity.votes.themes import theme

TITLE = 150


def families_document(answer: FamiliesAnswer) -> Document:
    """The list's page."""
    heads = ("id", "text", "sessions", "count", "votes", "themes")
    columns = tuple(Column(head(f"families.{key}"), numeric=key in ("id", "count", "votes")) for key in heads)
    lines = tuple(
        Line(
            (
                Item(str(row.id)),
                Item(shortened(row.label or None, TITLE)),
                Item(spans(row.sessions)),
                Item(str(len(row.sessions))),
                Item(str(row.chosen)),
                Item(theme_names(row)),
            )
        )
        for row in answer.rows
    )
    table = Table(say("families.caption"), columns, lines, heads=2)
    return _document(answer, families_title(answer), families_lead(answer), chapter("families", table))


def family_document(answer: FamilyAnswer) -> Document:
    """The page of one text."""
    lead, *others = family_sentences(answer)
    said = Listing(tuple(others)) if others else None
    return _document(answer, family_title(answer), lead, chapter("family", said, family_table(answer)))


def family_table(answer: FamilyAnswer) -> Table:
    """One line a roll call: session, date, record, tally, the votes of the states asked for."""
    words = (head("families.session"), head("families.date"), head("column.record"), head("families.text"))
    tally = tuple(head(f"families.{key}") for key in ("yes", "no", "abstain", "absent"))
    columns = (
        *(Column(word, numeric=False) for word in words),
        *(Column(word) for word in tally),
        *(Column(name, numeric=False) for _, name in answer.states),
    )
    lines = tuple(Line(_vote_items(vote)) for vote in answer.votes)
    return Table(say("families.caption_one"), columns, lines, note=say("families.key"))


def _vote_items(vote: FamilyVote) -> tuple[Item, ...]:
    tally = vote.tally
    return (
        Item(str(vote.session)),
        Item(parts.day(vote.date, vote.date_precision)),
        Item(vote.symbol or vote.roll_call, href=vote.link),
        Item(shortened(vote.title, TITLE), remarks(vote)),
        *(Item(str(n)) for n in (tally.yes, tally.no, tally.abstain, tally.nonvoting)),
        *(Item(parts.choice_word(choice), tone=TONES.get(choice, "")) for choice in vote.choices),
    )


def remarks(vote: FamilyVote) -> tuple[str, ...]:
    """Whether it is a motion or a part, and how sure its link is."""
    score = () if vote.score is None else (say("families.sure", score=numeral(vote.score, "+.1f").replace("-", "−")),)
    kind = "motion" if vote.motion else "part" if vote.part else ""
    return (*((say(f"families.{kind}"),) if kind else ()), *score)


def families_title(answer: FamiliesAnswer) -> str:
    """The list's heading."""
    release = answer.header.origin.release
    if answer.theme:
        return say("families.title_theme", release=release, theme=theme(answer.theme).name)
    return say("families.title", release=release)


def families_lead(answer: FamiliesAnswer) -> str:
    """How much of the record recurs."""
    n, k = len(answer.rows), sum(row.chosen for row in answer.rows)
    if answer.theme:
        return say("families.lead_theme", n=n, k=k)
    return say("families.lead", n=n, k=answer.in_families, all=k + answer.alone, alone=answer.alone)


def family_title(answer: FamilyAnswer) -> str:
    """The heading of one text."""
    return say("families.title_one", id=answer.family.id, release=answer.header.origin.release)


def family_sentences(answer: FamilyAnswer) -> list[str]:
    """The text and its sessions, its themes, then how the states asked for voted on it."""
    row = answer.family
    label, sessions = row.label or say("splits.untitled"), spans(row.sessions)
    lead = say("families.lead_one", label=label, n=row.roll_calls, k=len(row.sessions), sessions=sessions)
    themes = [say("families.lead_themes", themes=theme_names(row))] if row.themes else []
    twins = [say("families.maybe", id=r.id, sessions=spans(r.sessions)) for r in answer.maybe]
    on_text = [v for v in answer.votes if not v.motion]
    k = len(answer.votes) - len(on_text)
    motions = [say("families.motions", k=k)] if k and answer.states else []
    of_each = [_cast(name, [v.choices[i] for v in on_text]) for i, (_, name) in enumerate(answer.states)]
    return [lead, *themes, *twins, *motions, *of_each, *([_both(on_text)] if len(answer.states) == 2 else [])]


def _cast(name: str, choices: Sequence[Choice]) -> str:
    n, name = Counter(choices), named(name)
    name = name[:1].upper() + name[1:]
    yes, no, abstain = n[Choice.YES], n[Choice.NO], n[Choice.ABSTAIN]
    cast = yes + no + abstain
    if not cast:
        return say("families.cast_none", name=name)
    return say("families.cast", name=name, k=cast, n=len(choices), yes=yes, no=no, abstain=abstain)


def _both(votes: Sequence[FamilyVote]) -> str:
    both = [v.choices for v in votes if all(choice.cast for choice in v.choices)]
    if not both:
        return say("families.both_cast_none")
    alike = Counter(first for first, second in both if first == second)
    yes, no, abstain = alike[Choice.YES], alike[Choice.NO], alike[Choice.ABSTAIN]
    return say("families.both_cast", n=len(both), same=yes + no + abstain, yes=yes, no=no, abstain=abstain)


def theme_names(row: FamilyRow) -> str:
    """The themes of a text in words."""
    return ", ".join(theme(id_).name for id_ in row.themes)


def head(key: str) -> str:
    """A column's head on one line; the bar marks where a terminal breaks it."""
    return say(key).replace("|", " ")


def _document(answer: FamiliesAnswer | FamilyAnswer, title: str, lead: str, body: Chapter) -> Document:
    notes: tuple[Note, ...] = answer.notes
    blind = chapter("blind", Listing(tuple(n.text for n in notes), numbered=True))
    return Document(title, parts.subject(answer.header), lead, (body, blind), parts.source_line(answer.header))
