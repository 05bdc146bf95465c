"""Published ideal points beside a fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from comity.errors import BadValue, ComityError, EmptySelection
from comity.states.resolve import resolve
from comity.study.answers.ideal import LATE, IdealCompareAnswer
from comity.study.corpus import Corpus
from comity.study.ideal.fitted import Fitted, Progress
from comity.study.ideal.settings import Settings
from comity.study.ideal.show import Z90, fit_notes, fit_of, header_of, open_fit
from comity.study.ideal.tables import Cells, table_of

Floats = NDArray[np.float64]
K = TypeVar("K", int, str)
_NEEDED = ("ccode", "session", "IdealPoint")
_LARGEST = 10
_LAST = 200
"""No session is numbered beyond; past some thousands a year is none of the calendar."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A published country-session; width of its 90 % interval and number of votes, None where the file has none."""

    code: str
    session: int
    point: float
    width: float | None
    votes: int | None


def ideal_compare(
    file: str | Path,
    chosen: Settings | None = None,
    *,
    release: str | None = None,
    corpus: Corpus | None = None,
    progress: Progress | None = None,
) -> IdealCompareAnswer:
    """Hold a file of the published layout (ccode, session, IdealPoint, …) against a fit.

    BadFile, BadValue for a file that is not one; EmptySelection where it shares fewer than three country-sessions.
    """
    rows = _read(Path(file))
    fr, found = open_fit(chosen or Settings(), release, corpus, progress)
    placed, unknown = _placed(found, rows)
    if len(placed) < 3:
        raise EmptySelection(
            "The file and the fit share fewer than three country-sessions",
            got=f"{Path(file).name}: {len(placed)} of its {len(rows)} rows",
            next="Codes are those of the Correlates of War; sessions are the Assembly's",
        )
    units = np.array([u for u, _ in placed])
    theirs = np.array([r.point for _, r in placed])
    if np.ptp(theirs) == 0:
        raise EmptySelection(
            "The file's points are all the same, so nothing can correlate with them",
            got=f"{Path(file).name}: {theirs[0]} in all {len(placed)} country-sessions compared",
            next="See that its column IdealPoint holds the estimates",
        )
    ours, session = found.estimate.theta[units], found.votes.session[units]
    late = session >= LATE
    states = [found.states[s] for s in found.votes.state[units]]
    both = [(2 * Z90 * found.estimate.sd[u], r.width) for u, r in placed if r.width]
    widths = np.array(both, dtype=float).reshape(-1, 2)
    counts = np.diff(found.votes.unit_start)
    given = [(int(counts[u]), r.votes) for u, r in placed if r.votes is not None]
    far = np.argsort(-np.abs(ours - theirs), kind="stable")[:_LARGEST]
    return IdealCompareAnswer(
        header=header_of(fr, found),
        fit=fit_of(found),
        file=Path(file).name,
        n=len(placed),
        pearson=_r(ours, theirs),
        late=_r(ours[late], theirs[late]) if late.sum() > 2 and np.ptp(theirs[late]) and np.ptp(ours[late]) else None,
        spearman=_r(_ranks(ours), _ranks(theirs)),
        rmse=float(np.sqrt(np.mean((ours - theirs) ** 2))),
        gap=float(np.mean(ours - theirs)),
        within=_grouped(session.tolist(), ours, theirs),
        by_state=_grouped(states, ours, theirs),
        width_r=_r(widths[:, 0], widths[:, 1]) if len(widths) > 2 and np.ptp(widths, axis=0).all() else None,
        width_ratio=float(np.mean(widths[:, 0] / widths[:, 1])) if len(widths) else None,
        votes_equal=sum(a == b for a, b in given) if given else None,
        only_file=len(rows) - len(placed),
        only_fit=len(counts) - len(placed),
        unknown=unknown,
        largest=tuple((states[i], int(session[i]), float(theirs[i]), float(ours[i])) for i in far),
        notes=fit_notes(found),
    )


def _read(file: Path) -> list[_Row]:
    names, lines = table_of(file, "A file of published ideal points", _NEEDED, also="NVotes, Q5%, Q95%")
    rows = [_row(Cells(file.name, i, {k: line[v] for k, v in names.items()})) for i, line in lines]
    seen: dict[tuple[str, int], int] = {}
    for (i, _), row in zip(lines, rows, strict=True):
        if (before := seen.setdefault((row.code, row.session), i)) != i:
            raise BadValue(
                "A file of published ideal points has one row a country-session",
                got=f"{file.name}, lines {before} and {i}: ccode {row.code}, session {row.session}",
                next="Leave out one of the two",
            )
    return rows


def _row(cells: Cells) -> _Row:
    low, high = (cells.number(k) for k in ("Q5%", "Q95%"))
    if low is not None and high is not None and low > high:
        raise cells.wrong("Q5%", "no more than Q95%")
    session, point, votes = cells.number("session"), cells.number("IdealPoint"), cells.number("NVotes")
    if session is None or not (session.is_integer() and 1 <= session <= _LAST):
        raise cells.wrong("session", "a session of the Assembly, such as 74")
    if point is None:
        raise cells.wrong("IdealPoint", "a number")
    return _Row(
        code=cells.text("ccode").removesuffix(".0"),
        session=int(session),
        point=point,
        width=high - low if low is not None and high is not None else None,
        votes=None if votes is None else int(votes),
    )


def _placed(found: Fitted, rows: Sequence[_Row]) -> tuple[list[tuple[int, _Row]], tuple[str, ...]]:
    """The country-sessions of both, each with its unit; and the codes that name no state."""
    placed: dict[int, _Row] = {}
    unknown: set[str] = set()
    for row in rows:
        try:
            state = resolve(row.code, "cow", date(1945 + row.session, 12, 1)).id
        except ComityError:
            try:
                state = resolve(row.code, "cow").id
            except ComityError:
                unknown.add(row.code)
                continue
        unit = found.unit(state, row.session)
        if unit is not None:
            placed.setdefault(unit, row)
    return list(placed.items()), tuple(sorted(unknown))


def _r(a: Floats, b: Floats) -> float:
    return float(np.corrcoef(a, b)[0, 1])


def _ranks(values: Floats) -> Floats:
    """Mid-ranks."""
    ordered = np.sort(values)
    left, right = (np.searchsorted(ordered, values, side=side) for side in ("left", "right"))
    return np.asarray((left + right) / 2)


def _grouped(groups: Sequence[K], ours: Floats, theirs: Floats) -> dict[K, float]:
    """r within each group of three or more whose values are not all the same."""
    keys = np.array(groups)
    found: dict[K, float] = {}
    for key in sorted(set(groups)):
        a, b = ours[keys == key], theirs[keys == key]
        if len(a) > 2 and a.std() > 0 and b.std() > 0:
            found[key] = _r(a, b)
    return found
