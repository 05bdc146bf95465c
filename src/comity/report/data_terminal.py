"""The store, its checks and comparisons on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from comity.model.body import ASSEMBLY
from comity.model.language import numeral
from comity.model.tables import LENDABLE
from comity.model.words import say
from comity.report.terminal_page import QUIET, STRONG, grid
from comity.states.registry import registry

if TYPE_CHECKING:
    from comity.ingest.check import CheckReport
    from comity.ingest.diff import DiffReport
    from comity.ingest.findings import Finding
    from comity.store.datasets import Dataset
    from comity.store.manifest import Manifest

_SEVERITIES = ("error", "warning", "note")
_STATES_SHOWN = 12


def releases_table(manifests: Sequence[Manifest], body: str = ASSEMBLY) -> RenderableType:
    """One row a release of a body: span, size, what it holds, licence, hash."""
    if not manifests:
        return Text(say("data.empty"))
    heads = ("release", "span", "roll_calls", "states", "has", "licence", "hash")
    table = grid(*(say(f"data.{head}") for head in heads), left=(0, 1, 4, 5, 6))
    for m in manifests:
        holds = [field for field in LENDABLE if field in m.has]
        if not m.absences:
            holds.append(say("data.no_absences"))
        table.add_row(
            Text(m.release, style=STRONG),
            f"{m.first.isoformat()} – {m.last.isoformat()}",
            numeral(m.roll_calls, ","),
            str(m.states),
            ", ".join(holds),
            m.licence or "–",
            m.sha256[:12],
        )
    return _framed(say("data.releases" if body == ASSEMBLY else "data.releases_council"), table)


def datasets_table(tables: Sequence[Dataset]) -> RenderableType:
    """One row a table of another strand: kind, years, size, when the source made it, hash."""
    heads = ("label", "kind", "span", "rows", "made", "hash")
    drawn = grid(*(say(f"datasets.{head}") for head in heads))
    for t in tables:
        made = t.as_of.isoformat() if t.as_of else "–"
        years = f"{t.first}–{t.last}"
        named = Group(Text(t.label, style=STRONG), Text(t.source, style=QUIET))
        drawn.add_row(named, t.kind, years, numeral(t.rows, ","), made, t.sha256[:12])
    return _framed(say("datasets.title"), drawn)


def check_view(report: CheckReport) -> RenderableType:
    """Every finding as a sentence, errors first."""
    title = say(
        "data.check",
        release=report.release,
        roll_calls=numeral(report.roll_calls, ","),
        votes=numeral(report.votes, ","),
    )
    others = ", ".join(report.against)
    body: list[RenderableType] = [
        Text(say("data.compared", others=others) if others else say("data.not_compared"), style=QUIET)
    ]
    for severity in _SEVERITIES:
        found = [f for f in report.findings if f.severity == severity]
        if found:
            body += [Text(), Text(say(f"data.{severity}"), style=STRONG), _findings(found)]
    body += [Text(), Text(say("data.more") if report.findings else say("data.clean"), style=QUIET)]
    return _framed(title, *body)


def diff_view(report: DiffReport) -> RenderableType:
    """The comparison in sentences, then the states that differ most."""
    body: list[RenderableType] = [Text(sentence) for sentence in report.sentences()]
    if report.states:
        a, b = report.a.release, report.b.release
        heads = (say("data.state"), say("data.shared"), say("data.differing"))
        table = grid(*heads, say("data.only_a", a=a), say("data.only_b", b=b))
        for s in report.states[:_STATES_SHOWN]:
            name = f"{registry().name(s.state)} ({s.state})"
            table.add_row(
                name, numeral(s.shared, ","), numeral(s.differing, ","), numeral(s.only_a, ","), numeral(s.only_b, ",")
            )
        body += [Text(), Text(say("data.most"), style=STRONG), table]
    body += [Text(), Text(say("data.more"), style=QUIET)]
    return _framed(say("data.diff", a=report.a.release, b=report.b.release), *body)


def _findings(found: Sequence[Finding]) -> Table:
    table = Table.grid(padding=(0, 1, 0, 0))
    for finding in found:
        table.add_row("•", finding.sentence)
    return table


def _framed(title: str, *body: RenderableType) -> RenderableType:
    return Padding(Group(Text(title, style=STRONG), Text(), *body), (1, 0, 1, 0))
