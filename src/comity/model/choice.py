"""What a member did on a roll call."""

from enum import IntEnum


class Choice(IntEnum):
    """A cell of the vote table, as stored.

    The first four index the 4×4 contingency table. ``CODED_NONMEMBER`` is a *member* that the source writes
    down as "not a member" (Voeten's code 9): it counts as absent by default and is always counted apart.
    ``NOT_MEMBER`` never enters a count.
    """

    YES = 0
    ABSTAIN = 1
    NO = 2
    ABSENT = 3
    CODED_NONMEMBER = 4
    NOT_MEMBER = 5

    @property
    def word(self) -> str:
        """The word printed for this choice."""
        return _WORDS[self]

    @property
    def cast(self) -> bool:
        """Whether a vote was cast (an abstention is a cast vote)."""
        return self <= Choice.NO


CHOICES = (Choice.YES, Choice.ABSTAIN, Choice.NO, Choice.ABSENT)
"""What a count of members tells apart, in the order of the contingency table."""

_WORDS = {
    Choice.YES: "yes",
    Choice.ABSTAIN: "abstained",
    Choice.NO: "no",
    Choice.ABSENT: "absent",
    Choice.CODED_NONMEMBER: "absent (coded not-a-member)",
    Choice.NOT_MEMBER: "not a member",
}
