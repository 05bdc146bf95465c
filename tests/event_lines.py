"""Lines of event files for tests, and a slow reader of them: one line at a time, with Python's own exact decimals."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from pathlib import Path

from comity.errors import ComityError
from comity.states.resolve import resolve

Key = tuple[int, str, str]
WIDTH = 61
ICEWS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher",
    "City", "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
POLECAT = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Event Intensity", "Quad Code", "Contexts", "Actor Name",
    "Actor Country", "Recipient Name", "Recipient Country", "Country",
)  # fmt: skip


def gdelt(
    day: str = "20150305", a: str = "VNM", b: str = "RUS", quad: str = "1", goldstein: str = "2.8", tone: str = "1.5",
    articles: str = "3", root: str = "1", width: int = WIDTH,
) -> str:  # fmt: skip
    """One line of a GDELT file, without its end."""
    cells = [""] * width
    cells[0], cells[1], cells[7], cells[17], cells[25] = "410000001", day, a, b, root
    cells[26:35] = ["043", "043", "04", quad, goldstein, articles, "1", articles, tone]
    return "\t".join(cells)


def icews(day: str, a: str, b: str, code: str, intensity: str) -> str:
    """One line of an ICEWS file."""
    told = {"Event Date": day, "Source Country": a, "Target Country": b, "CAMEO Code": code, "Intensity": intensity}
    return "\t".join(told.get(name, "") for name in ICEWS)


def polecat(day: str, a: str, b: str, quad: str, intensity: str) -> str:
    """One line of a POLECAT file."""
    told = {
        "Event Date": day,
        "Actor Country": a,
        "Recipient Country": b,
        "Quad Code": quad,
        "Event Intensity": intensity,
    }
    return "\t".join(told.get(name, "") for name in POLECAT)


def write(file: Path, *lines: str, end: str = "\n") -> Path:
    """A file of lines."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(line + end for line in lines), encoding="utf-8", newline="")
    return file


def slowly(lines: list[str], today: date) -> tuple[dict[Key, Counter[str]], Counter[str]]:
    """What GDELT lines hold between two states, by day and pair, and why other lines are not counted."""
    pairs: dict[Key, Counter[str]] = {}
    faults: Counter[str] = Counter()
    for line in lines:
        cells = line.split("\t")
        fault, day = _fault(cells, today), cells[1].replace("-", "")
        if fault:
            faults[fault] += 1
            continue
        a, b = (_state(cells[place], day) for place in (7, 17))
        if a is None or b is None or a == b:
            continue
        into = pairs.setdefault((int(day), a, b), Counter())
        into.update({"events": 1, f"quad{cells[29]}": 1, "roots": int(cells[25] == "1")})
        into.update(
            {name: int(cells[place] or 0) for name, place in (("mentions", 31), ("sources", 32), ("articles", 33))}
        )
        for name, place, scale in (("goldstein_x10", 30, 10), ("tone_x1e6", 34, 1_000_000)):
            if cells[place]:
                nearest = (Decimal(float(cells[place]) * scale) + Decimal("0.5")).to_integral_value(ROUND_FLOOR)
                into.update({name: int(nearest), name.split("_")[0] + "_n": 1})
    return pairs, faults


def _fault(cells: list[str], today: date) -> str:
    """The first that holds; whether a day exists is asked last, since the engine is not asked."""
    day = cells[1].replace("-", "")
    if len(day) != 8 or not (day.isascii() and day.isdecimal()) or day[:2] not in ("19", "20"):
        return "day"
    if cells[29] not in ("1", "2", "3", "4"):
        return "quad"
    for name, place in (("goldstein", 30), ("tone", 34)):
        if cells[place] and not _is_number(cells[place]):
            return name
    if any(c and not (c.isascii() and c.isdecimal() and len(c) < 10) for c in cells[31:34]):
        return "count"
    return "" if _is_day(day, today) else "day"


def _is_day(text: str, today: date) -> bool:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:])) <= today
    except ValueError:
        return False


def _is_number(text: str) -> bool:
    head, _, power = text.lower().partition("e")
    whole, dot, rest = head.removeprefix("-").partition(".")
    sound = whole.isdecimal() and len(whole) <= 4 and (not dot or (rest.isdecimal() and len(rest) <= 40))
    signless = power.removeprefix("-")
    return text.isascii() and sound and ("e" not in text.lower() or (signless.isdecimal() and len(signless) <= 2))


def _state(code: str, day: str) -> str | None:
    when = date(int(day[:4]), int(day[4:6]), int(day[6:]))
    try:
        found = resolve(code, "cameo", when) if code else None
    except ComityError:
        return None
    return found.id if found and found.existed_on(when) else None
