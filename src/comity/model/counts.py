"""The contingency table of one pair: the sufficient statistic of every agreement measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

Row = tuple[int, int, int, int]


class Share(NamedTuple):
    """A share that carries its numerator and denominator; ``value`` is None where ``n`` is 0."""

    k: int
    n: int

    @property
    def value(self) -> float | None:
        """k / n in [0, 1], or None."""
        return self.k / self.n if self.n else None


@dataclass(frozen=True, slots=True)
class Counts:
    """Joint choices of two states over some roll calls on which both held a seat.

    table           : 4×4, rows the first state's choice, columns the second's, ordered yes, abstain, no, absent.
    coded_nonmember : how many of the absences are members that the source codes as not a member (either state).
    """

    table: tuple[Row, Row, Row, Row]
    coded_nonmember: int = 0

    @classmethod
    def of(cls, table: Sequence[Sequence[int]], coded_nonmember: int = 0) -> Counts:
        """From any 4×4 nested sequence."""
        yes, abstain, no, absent = ((int(r[0]), int(r[1]), int(r[2]), int(r[3])) for r in table)
        return cls((yes, abstain, no, absent), int(coded_nonmember))

    @property
    def roll_calls(self) -> int:
        """All recorded votes on which both were members."""
        return sum(map(sum, self.table))

    @property
    def same_yes(self) -> int:
        """Both yes."""
        return self.table[0][0]

    @property
    def same_abstain(self) -> int:
        """Both abstained."""
        return self.table[1][1]

    @property
    def same_no(self) -> int:
        """Both no."""
        return self.table[2][2]

    @property
    def same(self) -> int:
        """Both cast the same vote."""
        return self.same_yes + self.same_abstain + self.same_no

    @property
    def opposite(self) -> int:
        """One yes, one no."""
        return self.table[0][2] + self.table[2][0]

    @property
    def ambivalent(self) -> int:
        """Both cast a vote, exactly one abstained."""
        t = self.table
        return t[0][1] + t[1][0] + t[1][2] + t[2][1]

    @property
    def cast(self) -> int:
        """Both cast a vote: same + opposite + ambivalent."""
        return self.same + self.opposite + self.ambivalent

    @property
    def absent(self) -> int:
        """At least one was absent."""
        return self.roll_calls - self.cast

    def share_of_all(self, category: str) -> Share:
        """A category over all recorded votes; ``category`` is same, ambivalent, opposite or absent."""
        return Share(getattr(self, category), self.roll_calls)

    def share_of_cast(self, category: str) -> Share:
        """A category over the votes that both cast; absent has none."""
        return Share(0 if category == "absent" else getattr(self, category), 0 if category == "absent" else self.cast)

    def flipped(self) -> Counts:
        """The same counts with the two states exchanged."""
        return Counts.of(tuple(zip(*self.table, strict=True)), self.coded_nonmember)

    def to_dict(self) -> dict[str, object]:
        """Counts and both shares, under the names every face of Comity uses."""
        return {
            "roll_calls": self.roll_calls,
            "same": self.same,
            "same_yes": self.same_yes,
            "same_abstain": self.same_abstain,
            "same_no": self.same_no,
            "ambivalent": self.ambivalent,
            "opposite": self.opposite,
            "absent": self.absent,
            "coded_nonmember": self.coded_nonmember,
            "cast": self.cast,
            "share_of_all": {c: self.share_of_all(c).value for c in CATEGORIES},
            "share_of_cast": {c: self.share_of_cast(c).value for c in CATEGORIES[:3]},
            "table": [list(row) for row in self.table],
        }


CATEGORIES = ("same", "ambivalent", "opposite", "absent")
NO_COUNTS = Counts(((0,) * 4,) * 4)
