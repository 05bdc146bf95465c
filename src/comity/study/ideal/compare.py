"""Published ideal points beside a fit."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from comity.errors import BadFile, BadValue, ComityError, EmptySelection
from comity.states.resolve import resolve
from comity.study.answers.ideal import IdealCompareAnswer
from comity.study.corpus import Corpus
from comity.study.ideal.fitted import Fitted, Progress
from comity.study.ideal.settings import Settings
from comity.study.ideal.show import Z90, fit_notes, fit_of, header_of, open_fit

Floats = NDArray[np.float64]
K = TypeVar("K", int, str)
_NEEDED = ("ccode", "session", "IdealPoint")
_LARGEST = 10


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
            got=f"{Path(file).name}: {len(placed)} of {len(rows)}",
            next="Codes are those of the Correlates of War; sessions are the Assembly's",
        )
    units = np.array([u for u, _ in placed])
    theirs = np.array([r.point for _, r in placed])
    ours, session = found.estimate.theta[units], found.votes.session[units]
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
        spearman=_r(_ranks(ours), _ranks(theirs)),
        rmse=float(np.sqrt(np.mean((ours - theirs) ** 2))),
        gap=float(np.mean(ours - theirs)),
        within=_grouped(session.tolist(), ours, theirs),
        by_state=_grouped(states, ours, theirs),
        width_r=_r(widths[:, 0], widths[:, 1]) if len(widths) > 2 else None,
        width_ratio=float(np.mean(widths[:, 0] / widths[:, 1])) if len(widths) else None,
        votes_equal=sum(a == b for a, b in given) if given else None,
        only_file=len(rows) - len(placed),
        only_fit=len(counts) - len(placed),
        unknown=unknown,
        largest=tuple((states[i], int(session[i]), float(theirs[i]), float(ours[i])) for i in far),
        notes=fit_notes(found),
    )


def _read(file: Path) -> list[_Row]:
    try:
        data = file.read_bytes()
    except OSError as err:
        raise BadFile("The file cannot be read", got=str(file), next=err.strerror or "Check its name") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    table = csv.DictReader(text.splitlines())
    names = {str(n).strip(): n for n in table.fieldnames or ()}
    if not {*_NEEDED} <= {*names}:
        raise BadValue(
            "A file of published ideal points has a row a country-session",
            got=f"{file.name}: {', '.join(names) or 'nothing'}",
            allowed=f"columns {', '.join(_NEEDED)}, with NVotes, Q5% and Q95% where known",
        )
    return [_row({k: (line[v] or "").strip() for k, v in names.items()}, file, i) for i, line in enumerate(table, 2)]


def _row(line: Mapping[str, str], file: Path, number: int) -> _Row:
    try:
        ends = [float(line[k]) for k in ("Q5%", "Q95%") if line.get(k)]
        return _Row(
            code=line["ccode"].removesuffix(".0"),
            session=int(float(line["session"])),
            point=float(line["IdealPoint"]),
            width=ends[1] - ends[0] if len(ends) == 2 else None,
            votes=int(float(line["NVotes"])) if line.get("NVotes") else None,
        )
    except ValueError:
        shown = ", ".join(line[k] for k in _NEEDED)
        raise BadValue("A value is no number", got=f"{file.name}, line {number}: {shown}") from None


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
