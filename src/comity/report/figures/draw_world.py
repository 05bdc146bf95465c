"""World maps to a file, with what is drawn in it as CSV beside it."""

from __future__ import annotations

from pathlib import Path

from comity.errors import NoAnswer
from comity.model.words import say
from comity.report.figures.draw import with_origin
from comity.report.figures.maps import partner_data, partner_map, vote_data, vote_map
from comity.report.figures.save import format_of, rendered
from comity.report.files import write_all
from comity.study.answers.rank import RankAnswer
from comity.study.answers.vote import VoteAnswer


def draw_world(answer: RankAnswer | VoteAnswer, path: Path) -> list[Path]:
    """Write a map of partners or of a roll call and its CSV; both or neither.

    NoAnswer for a roll call whose votes, or whose day, no source at hand has.
    """
    kind = format_of(path)
    if isinstance(answer, RankAnswer):
        figure, data = partner_map(answer), partner_data(answer)
    elif answer.ballots and answer.date:
        figure, data = vote_map(answer), vote_data(answer)
    else:
        raise NoAnswer(say("files.nothing_to_draw"), got=answer.roll_call, next=say("notes.get_release"))
    origin = answer.header.origin
    table = with_origin(data, origin.release, origin.sha256)
    return write_all(path.parent, {path.name: rendered(figure, kind), f"{path.stem}.csv": table.encode()})
