"""The files of a dossier, made as of the day that its question names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from comity.audit.dossier import with_audit
from comity.errors import NoAnswer
from comity.model.clock import stopped
from comity.model.language import ENGLISH, speaking
from comity.model.reading import Reading
from comity.report.dossier.write import write
from comity.report.figures.draw import draw
from comity.report.replicate.record import Question
from comity.report.text_formats import as_csv
from comity.study import dossier as study
from comity.study.answers.dossier import DossierAnswer
from comity.study.answers.pair import PairAnswer, TrendAnswer
from comity.study.answers.rank import RankAnswer
from comity.study.answers.splits import SplitsAnswer

EXPECTED = "expected"


@dataclass(frozen=True, eq=False)
class Built:
    """A dossier and its files: name below the replication folder → content. figures : those that could be drawn."""

    answer: DossierAnswer
    files: dict[str, bytes]
    figures: tuple[str, ...]


def build(question: Question) -> Built:
    """Answer the question and write every file of it; errors as those of the questions.

    A figure for which the data hold nothing is left out.
    """
    with stopped(question.answered), speaking(ENGLISH), TemporaryDirectory(prefix="comity-built-") as place:
        answer = with_audit(
            study.dossier(
                question.a,
                question.b,
                periods=question.periods,
                vs=question.vs,
                reading=Reading(**question.reading),  # type: ignore[arg-type]
            )
        )
        folder = Path(place)
        write(answer, folder, question.formats)
        drawn = tuple(name for name in question.figures if _drawn(name, answer, folder))
        for name, part in tables(answer):
            file = folder / "tables" / f"{name}.csv"
            file.parent.mkdir(exist_ok=True)
            file.write_text(as_csv(part), encoding="utf-8", newline="\n")
        made = sorted(p for p in folder.rglob("*") if p.is_file())
        files = {f"{EXPECTED}/{p.relative_to(folder).as_posix()}": p.read_bytes() for p in made}
    return Built(answer, files, drawn)


def tables(answer: DossierAnswer) -> Iterator[tuple[str, PairAnswer | TrendAnswer | SplitsAnswer | RankAnswer]]:
    """The parts of a dossier that stand as a CSV file each, by name."""
    yield "pair", answer.lead_pair
    yield "years", answer.trend
    if answer.splits is not None:
        yield "splits", answer.splits
    for ranked in answer.ranks:
        yield f"partners-{ranked.state}", ranked


def _drawn(name: str, answer: DossierAnswer, folder: Path) -> bool:
    try:
        draw(name, answer, folder / "figures" / f"{name}.svg")
    except NoAnswer:
        return False
    return True
