"""Counting as a person would: one cell at a time, in plain Python. Slow, and as plain as can be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from comity.model.choice import Choice

Table = list[list[int]]

_COLUMN = {
    Choice.YES: 0,
    Choice.ABSTAIN: 1,
    Choice.NO: 2,
    Choice.ABSENT: 3,
    Choice.CODED_NONMEMBER: 3,
}


def count(cells: Sequence[Sequence[int]], rows: Iterable[int], i: int, j: int) -> tuple[Table, int]:
    """The 4×4 table of states i and j over some rows, and how many rows have either coded not-a-member."""
    table = [[0] * 4 for _ in range(4)]
    coded = 0
    for row in rows:
        mine, theirs = Choice(cells[row][i]), Choice(cells[row][j])
        if Choice.NOT_MEMBER in (mine, theirs):
            continue
        table[_COLUMN[mine]][_COLUMN[theirs]] += 1
        coded += Choice.CODED_NONMEMBER in (mine, theirs)
    return table, coded
