"""What a request says of itself: its path below the prefix, one header of a name, the media type it prefers."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.types import Scope

JSON, CSV, HTML = "application/json", "text/csv", "text/html"


def below(scope: Scope) -> str:
    """The path below the prefix, whether the proxy has taken the prefix away or not."""
    path: str = scope["path"]
    root: str = scope.get("root_path", "")
    return path[len(root) :] if root and (path == root or path.startswith(f"{root}/")) else path


def header(scope: Scope, name: bytes) -> str:
    """A header's value, several of one name joined by a comma, as RFC 9110 reads them; "" where there is none."""
    return ", ".join(value.decode("latin-1") for given, value in scope["headers"] if given == name)


def best(accept: str, offers: Sequence[str]) -> str:
    """The offer that an Accept header prefers, the first where it prefers none or takes none of them.

    >>> [best(a, (JSON, CSV)) for a in ("text/csv;q=0.5, application/json;q=0.4", "text/*", "text/csv, */*;q=0.1")]
    ['text/csv', 'text/csv', 'text/csv']
    >>> {best(a, (JSON, CSV)) for a in ("", "*/*", "text/csv;q=0", "image/png", "text/csv;q=x")}
    {'application/json'}
    """
    ranges = [_range(part) for part in accept.split(",")[:40]] if accept.strip() else []
    weights = [_weight(offer, ranges) for offer in offers]
    return offers[weights.index(max(weights))]


def _range(part: str) -> tuple[str, float]:
    kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
    weight = next((p[2:].strip() for p in parameters if p.startswith("q=")), "1")
    try:
        told = float(weight)
    except ValueError:
        told = 0.0
    return kind, told if 0 <= told <= 1 else 0.0


def _weight(offer: str, ranges: list[tuple[str, float]]) -> float:
    """The weight of the most exact range that an offer is in."""
    for kind in (offer, f"{offer.partition('/')[0]}/*", "*/*"):
        if (found := [weight for named, weight in ranges if named == kind]) != []:
            return found[0]
    return 0.0
