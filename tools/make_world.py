"""Make data/maps/world.json from the npm package world-atlas: `python tools/make_world.py FOLDER-OF-THE-PACKAGE`.

The 1:50m countries are projected (Equal Earth), cut to where states are, and thinned arc by arc, so that neighbours
keep one border. What is drawn is keyed to Comity's states on the day of the atlas. A state that the 1:50m file leaves
out is taken from the 1:10m file. Coordinates are tenths of a pixel of a map 720 pixels wide; each ring is its first
point followed by steps.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comity.errors import UnknownState
from comity.states.registry import registry
from comity.states.resolve import resolve

OUT = Path(__file__).resolve().parents[1] / "src" / "comity" / "data" / "maps" / "world.json"
WIDTH, TENTHS = 720.0, 10
THINNED, LEAST_AREA = 0.32, 0.6  # pixels, square pixels
NORTH, SOUTH, MIDDLE = 83.7, -56.5, 11.0
LEFT_OUT = {"Antarctica", "Fr. S. Antarctic Lands", "Heard I. and McDonald Is.", "S. Geo. and the Is."}
NAMED = {"Kosovo": "XKX"}  # a state of the registry without a number of its own
APART = {
    "Crimea": (34.4, 45.2)
}  # drawn with one state by the source, claimed by another: a shape of its own, of no state
Points = NDArray[np.float64]


def main(folder: Path) -> None:
    """Write the file."""
    world = _shapes(folder / "countries-50m.json")
    missing = {s.id for s in registry().by_id.values() if s.member_on(_today())} - {s["state"] for s in world}
    world += [s for s in _shapes(folder / "countries-10m.json") if s["state"] in missing and s["state"]]
    version = json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"]
    low, high = _bounds()
    told = {
        "source": f"Natural Earth, public domain, from world-atlas {version} (ISC)",
        "projection": "Equal Earth",
        "tenths": TENTHS,
        "width": round(WIDTH * TENTHS),
        "height": round((high - low) * TENTHS),
        "shapes": sorted(world, key=lambda s: (s["state"], s["name"])),
    }
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(OUT.stat().st_size, "bytes,", len(world), "shapes")


def _today() -> Any:
    from datetime import date

    return date(2026, 1, 1)


def _shapes(path: Path) -> list[dict[str, Any]]:
    atlas = json.loads(path.read_text(encoding="utf-8"))
    arcs = [_arc(atlas, arc) for arc in atlas["arcs"]]
    found: dict[str, dict[str, Any]] = {}
    for country in atlas["objects"]["countries"]["geometries"]:
        name = country["properties"]["name"]
        if name in LEFT_OUT:
            continue
        state = _state(country)
        shape = found.setdefault(state or name, {"state": state, "name": name, "polygons": []})
        parts = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        for polygon in parts:
            rings = [_ring(arcs, ring) for ring in polygon]
            apart = next((n for n, at in APART.items() if _contains(rings[0], *_projected(np.array([at]))[0])), None)
            own = found.setdefault(apart, {"state": "", "name": apart, "polygons": []}) if apart else shape
            own["polygons"].append(rings)
    return [_told(shape) for shape in found.values()]


def _state(country: dict[str, Any]) -> str:
    """The state of today; "" for what is none of the registry's."""
    if country["properties"]["name"] in NAMED:
        return NAMED[country["properties"]["name"]]
    try:
        return resolve(country["id"], "m49", _today()).id if "id" in country else ""
    except UnknownState:
        return ""


def _arc(atlas: dict[str, Any], steps: list[list[int]]) -> Points:
    """An arc in pixels, thinned; its ends stay."""
    scale, shift = atlas["transform"]["scale"], atlas["transform"]["translate"]
    return _thinned(_projected(np.cumsum(np.array(steps, float), axis=0) * scale + shift))


def _projected(degrees: Points) -> Points:
    """Equal Earth (Šavrič, Patterson and Jenny 2018), in pixels from the upper left.

    The middle meridian is 11° E, so that the map is cut in the Bering Strait; an islet on the cut stays whole.
    """
    turned = (degrees[:, 0] - MIDDLE + 180) % 360 - 180
    x, y = _equal_earth(np.column_stack([np.unwrap(turned, period=360), degrees[:, 1]]))
    half, _ = _equal_earth(np.array([[180.0, 0.0]]))
    scale = WIDTH / (2 * half[0])
    return np.column_stack([WIDTH / 2 + scale * x, -scale * y - _bounds()[0]])


def _bounds() -> tuple[float, float]:
    half, _ = _equal_earth(np.array([[180.0, 0.0]]))
    _, y = _equal_earth(np.array([[0.0, NORTH], [0.0, SOUTH]]))
    low, high = (-WIDTH / (2 * half[0]) * y).tolist()
    return low, high


def _equal_earth(degrees: Points) -> tuple[Points, Points]:
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    lon, lat = np.radians(degrees[:, 0]), np.radians(degrees[:, 1])
    t = np.arcsin(np.sqrt(3) / 2 * np.sin(lat))
    t2, t6 = t**2, t**6
    x = 2 * np.sqrt(3) * lon * np.cos(t) / (3 * (9 * a4 * t6 * t2 + 7 * a3 * t6 + 3 * a2 * t2 + a1))
    return x, t * (a1 + a2 * t2 + t6 * (a3 + a4 * t2))


def _thinned(line: Points) -> Points:
    """Douglas and Peucker (1973)."""
    keep, todo = np.zeros(len(line), bool), [(0, len(line) - 1)]
    keep[[0, -1]] = True
    while todo:
        i, j = todo.pop()
        if j - i < 2:
            continue
        inner, base = line[i + 1 : j] - line[i], line[j] - line[i]
        length = float(np.hypot(*base))
        away = np.abs(base[0] * inner[:, 1] - base[1] * inner[:, 0]) / length if length else np.hypot(*inner.T)
        k = int(np.argmax(away))
        if away[k] > THINNED:
            keep[i + 1 + k] = True
            todo += [(i, i + 1 + k), (i + 1 + k, j)]
    return line[keep]


def _ring(arcs: list[Points], ring: list[int]) -> Points:
    parts = [arcs[k] if k >= 0 else arcs[~k][::-1] for k in ring]
    return np.concatenate([parts[0], *(p[1:] for p in parts[1:])])


def _told(shape: dict[str, Any]) -> dict[str, Any]:
    """A shape without the islets that no eye would find, but with its largest part; its area, and a point inside."""
    polygons = sorted(shape["polygons"], key=lambda p: -abs(_area(p[0])))
    kept = [p for k, p in enumerate(polygons) if k == 0 or abs(_area(p[0])) >= LEAST_AREA]
    area = sum(abs(_area(p[0])) - sum(abs(_area(hole)) for hole in p[1:]) for p in polygons)
    seen = [[ring for k, ring in enumerate(p) if k == 0 or abs(_area(ring)) >= LEAST_AREA] for p in kept]
    drawn = [[steps for ring in p if (steps := _steps(ring))] for p in seen]
    return {
        "state": shape["state"],
        "name": shape["name"],
        "area": round(area, 2),
        "at": [round(float(v) * TENTHS) for v in _inside(polygons[0][0])],
        "polygons": [p for p in drawn if p],
    }


def _area(ring: Points) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float(x[:-1] @ y[1:] - x[1:] @ y[:-1]) / 2


def _steps(ring: Points) -> list[int]:
    """Whole tenths of a pixel, without points that fall together; [] for what shrinks to a line."""
    whole = np.rint(ring * TENTHS).astype(int)
    whole = whole[np.r_[True, (np.diff(whole, axis=0) != 0).any(axis=1)]]
    if len(whole) < 4:
        return []
    return np.concatenate([whole[:1], np.diff(whole, axis=0)])[:-1].ravel().tolist()


def _inside(ring: Points) -> tuple[float, float]:
    """The point of a grid over the ring that is farthest from its edge; the middle of what is too small for a grid."""
    (x0, y0), (x1, y1) = ring.min(axis=0), ring.max(axis=0)
    middle = (x0 + x1) / 2, (y0 + y1) / 2
    best, farthest = middle, 0.0
    for x in np.linspace(x0, x1, 25)[1:-1]:
        for y in np.linspace(y0, y1, 25)[1:-1]:
            if _contains(ring, x, y) and (away := float(np.hypot(ring[:, 0] - x, ring[:, 1] - y).min())) > farthest:
                best, farthest = (float(x), float(y)), away
    return best


def _contains(ring: Points, x: float, y: float) -> bool:
    (xs, ys), (xe, ye) = ring[:-1].T, ring[1:].T
    over = (ys > y) != (ye > y)
    return bool((x < xs[over] + (y - ys[over]) * (xe[over] - xs[over]) / (ye[over] - ys[over])).sum() % 2)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
