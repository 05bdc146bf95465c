"""Which sessions hang together, by states that sit in both and by texts voted on in both."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from comity.measures.ideal.model import Votes

Ints = NDArray[np.int64]

_NAMED = 8


def named(what: str, numbers: NDArray[np.integer]) -> str:
    """'sessions 3, 5 and 9': at most eight are spelled out."""
    shown = [str(int(n)) for n in numbers[:_NAMED]]
    if len(numbers) > _NAMED:
        return f"{what}s {', '.join(shown)} and {len(numbers) - _NAMED} more"
    return f"{what} {shown[0]}" if len(shown) == 1 else f"{what}s {', '.join(shown[:-1])} and {shown[-1]}"


def components(left: NDArray[np.integer], right: NDArray[np.integer], size: int) -> Ints:
    """(size,) smallest member of the connected component of each of ``size`` nodes."""
    label = np.arange(size)
    while True:
        low = np.minimum(label[left], label[right])
        new = label.copy()
        np.minimum.at(new, left, low)
        np.minimum.at(new, right, low)
        new = new[new]
        if np.array_equal(new, label):
            return label
        label = new


def check_connected(votes: Votes) -> None:
    """Raise ValueError, naming the sessions, where some share neither a state nor an item with the rest."""
    links = session_links(votes)
    sessions = np.unique(votes.session)
    left, right = np.nonzero(links)
    label = components(left, right, sessions.size)
    if (label == 0).all():
        return
    kinds, counts = np.unique(label, return_counts=True)
    apart = sessions[label != kinds[np.argmax(counts)]]
    raise ValueError(f"no state and no text connects {named('session', apart)} with the other sessions")


def session_links(votes: Votes) -> NDArray[np.bool_]:
    """(T, T) whether two of the T sessions follow each other for some state or vote on a common item."""
    sessions, place = np.unique(votes.session, return_inverse=True)
    links = np.zeros((sessions.size, sessions.size), bool)
    later = np.flatnonzero(votes.previous >= 0)
    links[place[votes.previous[later]], place[later]] = True
    met = np.unique(votes.item.astype(np.int64) * sessions.size + place[votes.unit])
    item, session = met // sessions.size, met % sessions.size
    same = item[1:] == item[:-1]
    links[session[:-1][same], session[1:][same]] = True
    return links
