"""Members that a release leaves out, wholly or for years."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from comity.ingest.findings import Checked, Finding, Json, found, names
from comity.model.choice import Choice
from comity.model.language import numeral
from comity.states.registry import registry
from comity.votes.matrix import membership, windows

MIN_YEARS = 2  # in a row, of those with roll calls, before a silence is told
MIN_ROLL_CALLS = 10


def silence(release: Checked) -> list[Finding]:
    """Member states without any cell, and those without a cast vote for years."""
    calls = release.frames.roll_calls
    states = tuple(state.id for state in registry().states() if state.membership)
    first, last = windows(calls["date"].to_list(), calls["date_precision"].to_list(), calls["session"].to_list())
    _, seated = membership(states, first, last, registry())
    years = np.array([day.year if day else 0 for day in calls["date"].to_list()])
    present = set(release.matrix.states)
    absent = [(s, int(seated[:, k].sum())) for k, s in enumerate(states) if s not in present and seated[:, k].any()]
    absent.sort(key=lambda pair: -pair[1])
    findings = []
    if absent:
        items = [{"state": state, "roll_calls": n} for state, n in absent]
        findings.append(found("state_absent", "warning", items, states=names(absent)))
    silent: list[Json] = []
    for k, state in enumerate(states):
        if state in present:
            cast = release.matrix.cells[:, release.matrix.column[state]] <= Choice.NO
            for first_year, last_year, n in _runs(seated[:, k], cast, years):
                silent.append({"state": state, "first": first_year, "last": last_year, "roll_calls": n})
    footnotes = [_footnote(item) for item in silent]
    plain = [item for item, footnote in zip(silent, footnotes, strict=True) if not footnote]
    if plain:
        plain.sort(key=lambda item: -item["roll_calls"])
        listed = names([(f"{item['state']} {item['first']}–{item['last']}", 0) for item in plain])
        findings.append(found("state_silent", "warning", plain, states=listed))
    for item, footnote in zip(silent, footnotes, strict=True):
        if footnote:
            findings.append(_explained(item, footnote))
    return findings


def _runs(seated: NDArray[np.bool_], cast: NDArray[np.bool_], years: NDArray[np.int64]) -> list[tuple[int, int, int]]:
    """Stretches of calendar years in which a state held a seat and cast no vote: (first, last, roll calls)."""
    runs: list[tuple[int, int, int]] = []
    last_seen = None
    for year in np.unique(years[seated & (years > 0)]).tolist():
        at = seated & (years == year)
        if cast[at].any():
            last_seen = None
        elif last_seen is None:
            runs.append((year, year, int(at.sum())))
            last_seen = year
        else:
            runs[-1] = (runs[-1][0], year, runs[-1][2] + int(at.sum()))
    return [run for run in runs if run[1] - run[0] + 1 >= MIN_YEARS and run[2] >= MIN_ROLL_CALLS]


def _footnote(item: Json) -> str:
    """What the history of the seat says of a silence; "" where it says nothing."""
    spells = registry().seat_spells(item["state"], date(item["first"], 1, 1), date(item["last"] + 1, 1, 1))
    return " ".join(spell.footnote for spell in spells if spell.kind != "predecessor")


def _explained(item: Json, footnote: str) -> Finding:
    fields = item | {"roll_calls": numeral(item["roll_calls"], ","), "footnote": footnote}
    return found("state_silent_explained", "note", [item], 1, **fields)
