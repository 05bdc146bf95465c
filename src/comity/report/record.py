"""A roll call as it is printed: its name, and its title without the speech or the markup some sources put around it."""

from __future__ import annotations

import re

from comity.model.words import say

_QUOTED = re.compile(r"entitled\s+[_\"“](?P<title>.+?)(?:<d3>|[_\"”])", re.DOTALL)
_MARKS = (("<d2>", "“"), ("<d3>", "”"), ("<90>", "’"))  # quotation marks of an older character set
_BESIDE = re.compile(r"\s+-\s+[A-Z0-9][A-Z0-9 ,.()/;&-]+$")  # subject headings, in capitals, after the title
_SPEAKER = re.compile(r"^The (?:Acting )?(?:Co-?)?President[^:]{0,50}:?\s*")
_CALLED = re.compile(r"\s*A$")  # the beginning of "A recorded vote was taken"


def name(symbol: str | None, roll_call: str) -> str:
    """The symbol; without one, the number that the release gives the roll call, named as such.

    >>> name("A/RES/48/94", "9446"), name(None, "9446")
    ('A/RES/48/94', 'roll call 9446')
    """
    return symbol or say("splits.numbered", number=roll_call)


def title(text: str | None) -> str:
    """A title to be read: what a passage of the meeting record quotes, no agenda numbers, no stray markup.

    >>> title("The President: Draft resolution XXI is entitled _Nuclear disarmament<d3>. A vote has been requested. A")
    'Nuclear disarmament'
    >>> title("A/71/251 68c - Situation of human rights. - HUMAN RIGHTS--SYRIA")
    'Situation of human rights'
    >>> title("The Acting President: I now put to the vote operative paragraph 4. A"), title(None)
    ('I now put to the vote operative paragraph 4.', 'title not at hand')
    """
    from comity.votes.family_text import is_speech, plain_title  # with NumPy, which a terminal can do without

    given = text or ""
    if is_speech(given):
        quoted = _QUOTED.search(given)
        given = quoted["title"] if quoted else _CALLED.sub("", _SPEAKER.sub("", given))
    elif (plain := plain_title(given)) != given.strip(" .:"):
        given = _BESIDE.sub("", plain).strip(" .") or plain
    for mark, sign in _MARKS:
        given = given.replace(mark, sign)
    return " ".join(given.split()) or say("splits.untitled")
