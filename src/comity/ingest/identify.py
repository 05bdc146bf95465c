"""From the codes of a source to states: each code on the day of each roll call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from comity.errors import BadValue
from comity.model.choice import Choice
from comity.states.registry import Spell, registry
from comity.states.resolve import Meaning, meanings
from comity.votes.matrix import membership, windows

_NONE, _SEVERAL = -1, -2
_NO_DAY = 0  # before every spell


def identify(roll_calls: pl.DataFrame, votes: pl.DataFrame, scheme: str, file: str) -> pl.DataFrame:
    """Votes by state (model.tables.VOTES) from votes by source code.

    roll_calls : each with a date or, failing that, a session.
    votes      : row, code, choice.
    scheme     : of the codes, for states.resolve.  file : named in errors.

    Every cast vote is kept, even of a state that was no member then: the checks report it and no count takes it
    in. An absence is kept where the state was a member on some day the roll call can have been held, a cell coded
    "not a member" only where it was one on all of them. Two codes of one state give one cell, the cast vote first.
    Raises BadValue for a code that no state has, or has on that day, and for two different cast votes in one cell.
    """
    codes = votes["code"].unique().sort().drop_nulls().to_list()
    dates = roll_calls["date"].to_list()
    first, last = windows(dates, roll_calls["date_precision"].to_list(), roll_calls["session"].to_list())
    days = np.array([d.toordinal() if d else _NO_DAY for d in dates], dtype=np.int32)
    found = {code: meanings(code, scheme) for code in codes}
    unknown = [code for code, several in found.items() if not several]
    if unknown:
        raise _unknown(unknown, scheme, votes, roll_calls, file)
    states, table = _table(found, days, first, last)

    row = votes["row"].to_numpy().astype(np.int64)
    choice = votes["choice"].to_numpy()
    place = {code: i for i, code in enumerate(codes)}
    code = votes["code"].replace_strict(place, return_dtype=pl.Int32).to_numpy()
    state = table[code, row]
    _refuse(np.flatnonzero((state < 0) & (choice <= Choice.NO)), state, code, row, codes, roll_calls, file)

    touched, throughout = membership(states, first, last, registry())
    known = state >= 0
    keep = known & (choice <= Choice.NO)
    keep[known] |= touched[row[known], state[known]] & (choice[known] == Choice.ABSENT)
    keep[known] |= throughout[row[known], state[known]] & (choice[known] == Choice.CODED_NONMEMBER)
    return _one_cell_each(row[keep], state[keep], choice[keep], states, roll_calls, file)


def _unknown(codes: Sequence[str], scheme: str, votes: pl.DataFrame, roll_calls: pl.DataFrame, file: str) -> BadValue:
    """The error of codes that no state has, with the roll calls on which the first stands."""
    rows = votes.filter(pl.col("code") == codes[0])["row"].unique().sort().head(5).to_list()
    return BadValue(
        f"{file}: no state has the code{'s' if len(codes) > 1 else ''} {', '.join(codes[:8])}",
        got=f"{codes[0]} at {', '.join(roll_calls['roll_call'][int(r)] for r in rows)}",
        allowed=f"codes of scheme {scheme}",
        next="Correct the file, or leave these votes out",
    )


def _table(
    found: Mapping[str, Sequence[Meaning]],
    days: NDArray[np.int32],
    first: NDArray[np.int32],
    last: NDArray[np.int32],
) -> tuple[tuple[str, ...], NDArray[np.int16]]:
    """All states meant, and which of them each code means on each roll call: shape (codes, roll calls).

    The meaning on the written day comes first; where only the month or session is known, any other day of it will do.
    """
    states = tuple(sorted({meaning.state for several in found.values() for meaning in several}))
    index = {state: i for i, state in enumerate(states)}
    table = np.full((len(found), len(days)), _NONE, dtype=np.int16)
    for c, code in enumerate(found):
        for begin, end in ((days, days), (first, last)):
            open_cells = table[c] == _NONE
            for meaning in found[code]:
                at = open_cells & _overlap(meaning.spell, begin, end)
                other = (table[c] >= 0) & (table[c] != index[meaning.state])
                table[c, at] = np.where(other[at], _SEVERAL, index[meaning.state])
    return states, table


def _overlap(spell: Spell, begin: NDArray[np.int32], end: NDArray[np.int32]) -> NDArray[np.bool_]:
    after = end >= spell.start.toordinal()
    return after if spell.end is None else after & (begin < spell.end.toordinal())


def _refuse(
    bad: NDArray[np.int64],
    state: NDArray[np.int16],
    code: NDArray[np.int32],
    row: NDArray[np.int64],
    codes: Sequence[str],
    roll_calls: pl.DataFrame,
    file: str,
) -> None:
    """Raise BadValue for the first code that holds cast votes on days when it means no state, or several."""
    if not len(bad):
        return
    same = bad[code[bad] == code[bad[0]]]
    day = roll_calls["date"][int(row[bad[0]])]
    what = "means more than one state" if state[bad[0]] == _SEVERAL else "means no state"
    raise BadValue(
        f"{file}: the code {codes[code[bad[0]]]} {what} on {day}, "
        f"yet holds {len(same)} cast vote{'s' if len(same) > 1 else ''} on such days",
        got=", ".join(roll_calls["roll_call"][int(r)] for r in row[same[:5]]),
        next="Correct the file, or leave these cells empty",
    )


def _one_cell_each(
    row: NDArray[np.int64],
    state: NDArray[np.int16],
    choice: NDArray[np.uint8],
    states: tuple[str, ...],
    roll_calls: pl.DataFrame,
    file: str,
) -> pl.DataFrame:
    """The votes by row and state; of several codes of one state in a row the cast vote stays."""
    key = row * len(states) + state
    order = np.lexsort((choice, key))
    row, state, choice, key = row[order], state[order], choice[order], key[order]
    again = np.append(False, key[1:] == key[:-1]) if len(key) else np.zeros(0, dtype=bool)
    clash = np.flatnonzero(again & (choice <= Choice.NO) & (choice != np.roll(choice, 1)))
    if len(clash):
        at = clash[0]
        raise BadValue(
            f"{file}: two different votes of {states[state[at]]} on one roll call",
            got=roll_calls["roll_call"][int(row[at])],
            next="Correct the file",
        )
    keep = ~again
    names = pl.Series(states, dtype=pl.Enum(states)) if states else pl.Series([], dtype=pl.String)
    return pl.DataFrame(
        {
            "row": pl.Series(row[keep], dtype=pl.UInt32),
            "state": names.gather(state[keep].tolist()) if states else names,
            "choice": pl.Series(choice[keep], dtype=pl.UInt8),
        }
    )
