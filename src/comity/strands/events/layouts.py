"""Layouts of machine-coded event files: which column holds what, and how a file shows which layout it has.

GDELT 1.0 and 2.0 have no header, so a column is known by its place (the first 35 are the same in 57, 58 and 61
columns); ICEWS and POLECAT name their columns in the first line. Nothing else of a line is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from comity.errors import UnknownLayout

Classing = Literal["digit", "cameo", "words"]


@dataclass(frozen=True, slots=True)
class Layout:
    """What a line holds.

    name    : "gdelt-1.0", "gdelt-2.0", "icews" or "polecat".
    width   : columns of a line.
    header  : whether the first line names the columns.
    day, first, second, quad, goldstein, mentions, sources, articles, root, tone : places of columns, from 0; None where
              the layout has no such thing. first does something to second.
    classing: how ``quad`` tells the quad class: as its digit, by the root of a CAMEO code, or in words.
    """

    name: str
    width: int
    header: bool
    classing: Classing
    day: int
    first: int
    second: int
    quad: int
    goldstein: int | None = None
    tone: int | None = None
    root: int | None = None
    mentions: int | None = None
    sources: int | None = None
    articles: int | None = None

    @property
    def read(self) -> dict[str, int]:
        """Name → place of the columns that are read."""
        return {name: place for name in COLUMNS if (place := getattr(self, name)) is not None}


COLUMNS = ("day", "first", "second", "quad", "goldstein", "tone", "root", "mentions", "sources", "articles")
GDELT = Layout(
    "gdelt-2.0", 61, False, "digit", day=1, first=7, second=17, quad=29, goldstein=30, tone=34, root=25, mentions=31,
    sources=32, articles=33,
)  # fmt: skip
GDELT_WIDTHS = {57: "gdelt-1.0", 58: "gdelt-1.0", 61: "gdelt-2.0"}
"""Columns of GDELT 1.0 before and from April 2013 (with the address of a source), and of GDELT 2.0. The two code the
same news apart, so that one folder never holds both."""
_NAMED: dict[str, dict[str, tuple[str, ...]]] = {
    "icews": {
        "day": ("event_date",), "first": ("source_country",), "second": ("target_country",), "quad": ("cameo_code",),
        "goldstein": ("intensity",),
    },
    "polecat": {
        "day": ("event_date",), "first": ("actor_country",), "second": ("recipient_country",), "quad": ("quad_code",),
        "goldstein": ("event_intensity", "intensity"),
    },
}  # fmt: skip
_CLASSING: dict[str, Classing] = {"icews": "cameo", "polecat": "words"}
SCHEMES = {"gdelt-1.0": "cameo", "gdelt-2.0": "cameo", "icews": "icews", "polecat": "cameo"}
"""Layout → how it writes actors, as in ``comity.states.resolve``."""
LAYOUTS = "GDELT event files of 57, 58 or 61 columns, ICEWS and POLECAT with their first line"


def layout_of(lines: Sequence[str]) -> Layout:
    """The layout of a file by its first lines, without line ends. Raises UnknownLayout.

    >>> layout_of(["Event ID\\tEvent Date\\tSource Country\\tCAMEO Code\\tIntensity\\tTarget Country"]).name
    'icews'
    """
    if lines and (named := _by_names(lines[0])):
        return named
    widths = [line.count("\t") + 1 for line in lines if _looks_like_gdelt(line)]
    if widths:
        width = max(set(widths), key=widths.count)
        return replace(GDELT, name=GDELT_WIDTHS[width], width=width)
    raise UnknownLayout("Not a file of events", got=_shape(lines[0] if lines else ""), allowed=LAYOUTS)


def _shape(line: str) -> str:
    if not line:
        return "an empty first line"
    return f"{tabs + 1} columns" if (tabs := line.count("\t")) else "a first line without tabs"


def _by_names(line: str) -> Layout | None:
    names = [re.sub(r"[^a-z]+", "_", cell.lower().strip().strip('"')).strip("_") for cell in line.split("\t")]
    for layout, wanted in _NAMED.items():
        places = {
            field: next((names.index(name) for name in given if name in names), None) for field, given in wanted.items()
        }
        if all(place is not None for place in places.values()):
            return Layout(layout, len(names), True, _CLASSING[layout], **places)  # type: ignore[arg-type]
    return None


def _looks_like_gdelt(line: str) -> bool:
    cells = line.split("\t")
    return len(cells) in GDELT_WIDTHS and re.fullmatch("[0-9]{8}", cells[GDELT.day]) is not None
