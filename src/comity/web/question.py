"""A question as the web asks it: where it stands, what may be asked, who answers, what can be drawn of the answer."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from comity.web.asked import Asked, OfRelease

if TYPE_CHECKING:
    import polars as pl

    from comity.report.figures.style import Size

Answer = Any
"""An answer object of ``study`` or ``audit``: header, to_dict(), to_polars()."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of an answer.

    draw  : (answer, size) → an Altair chart.
    data  : answer → what is drawn, one row a mark.
    there : whether this answer has anything to draw.
    """

    id: str
    draw: Callable[[Answer, Size], Any]
    data: Callable[[Answer], pl.DataFrame]
    there: Callable[[Answer], bool] = lambda _: True


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    name    : its name in URLs' parts and in the catalogue ("web.question_<name>" is its title).
    path    : of the page, and under /api/v1 of its twin; {fields} of ``asked``.
    ask     : asked → answer.
    command : the command that asks the same, without its arguments ("trend --breaks").
    example : fields of a question that starter data can answer, where ``needs`` is "".
    needs   : what the package itself does not hold: "release", "arms", "trade", …; "" where starter data answer.
    paged   : the list of the JSON that limit and offset cut, "" where there is none to cut.
    key     : answer → (label, figure) of the few figures a shared link stands for; compared with a newer release.
    card    : the figure of a share card, one that shows reading and base rate beside the share; "" for none.
    chapters: ids of the document's chapters that its page shows; all by default.
    costly  : whether it takes long enough to wait in line behind others of its kind.
    words   : asked → the words of the command line after "comity", where they are not path and options in a row.
    """

    name: str
    path: str
    asked: type[Asked]
    ask: Callable[[Any], Answer]
    command: str
    example: Mapping[str, str]
    needs: str = ""
    paged: str = ""
    figures: tuple[Figure, ...] = ()
    key: Callable[[Answer], tuple[tuple[str, str], ...]] = lambda _: ()
    card: str = ""
    chapters: tuple[str, ...] = ()
    costly: bool = False
    words: Callable[[Any], Sequence[str]] | None = None

    def figure(self, id: str) -> Figure | None:
        """A figure by its id."""
        return next((f for f in self.figures if f.id == id), None)

    def told(self, asked: Asked) -> str:
        """The command line that asks the same."""
        if self.words is not None:
            return shlex.join(["comity", *self.words(asked)])
        apart = {"lang", "method", "sha"}
        options = {n: v for n, v in asked.query().items() if n not in apart and n in type(asked).model_fields}
        words = ["comity", *self.command.split(), *(str(getattr(asked, n)) for n in asked.in_path)]
        for name, value in options.items():
            words += [f"--{name.replace('_', '-')}", *(() if value == "true" else (value,))]
        return shlex.join(words)

    def pinned(self, asked: Asked, answer: Answer) -> dict[str, object]:
        """What a link that is to show the same tomorrow carries beside the question: release and method."""
        from comity.version import METHOD

        origin = getattr(answer.header, "origin", None)
        if not isinstance(asked, OfRelease) or origin is None:
            return {}
        return {"release": origin.release, "sha": origin.sha256[:12], "method": METHOD}


@dataclass(slots=True)
class Registry:
    """All questions by name."""

    questions: dict[str, Question] = field(default_factory=dict)

    def add(self, *questions: Question) -> None:
        """Register; ValueError for a name or a path taken."""
        for question in questions:
            taken = {q.path for q in self.questions.values()}
            if question.name in self.questions or question.path in taken:
                raise ValueError(f"two questions of one name or path: {question.name}, {question.path}")
            self.questions[question.name] = question

    def __getitem__(self, name: str) -> Question:
        return self.questions[name]
