"""The network: the only module that reaches it. Nothing secret is ever sent."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from comity.errors import ChecksumMismatch, NetworkError, Offline
from comity.version import VERSION

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")
Progress = Callable[[int, int | None], None]

MAX_JSON = 64 << 20
_BY_HAND = "Try again later, or save the file with a browser and run: comity data add FILE"
_TRY_AGAIN = {408, 429, 500, 502, 503, 504}


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to try; times in seconds.

    attempts     : requests for one thing, the first included.
    connect      : to reach the server.
    stall        : without a byte, or with fewer than ``least`` bytes a second for so long.
    pause        : before the second attempt; doubled before each further one, up to ``longest_pause``.
    sleep, clock : replaced in tests.
    """

    attempts: int = 6
    connect: float = 15.0
    stall: float = 30.0
    least: int = 200
    pause: float = 1.0
    longest_pause: float = 60.0
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic


PATIENT = Patience()


def download(
    url: str,
    dest: Path,
    *,
    checksum: str,
    size: int | None = None,
    progress: Progress | None = None,
    patience: Patience = PATIENT,
) -> str:
    """Download a file that is known by its checksum; it takes its name once it has been verified.

    dest     : its folder must be there.
    checksum : "md5:…", "sha1:…", "sha256:…" or "sha512:…", hexadecimal.
    size     : in bytes; None where not known.
    progress : called with the bytes at hand and the size, or None.
    Returns the sha256. What arrived before a download broke off is kept beside ``dest``; the next goes on from there.
    Raises Offline, ChecksumMismatch, NetworkError; OSError where the file cannot be written.
    """
    part = dest.with_name(f".{dest.name}.{checksum.partition(':')[2][:16]}.part")
    transfer = _Transfer(url, part, size, progress, patience)
    transfer.run()
    sha256, found = _digests(part, checksum)
    if found != checksum and transfer.pieced:  # of different files, perhaps: once more, whole
        part.unlink()
        transfer.ranges = False
        transfer.run()
        sha256, found = _digests(part, checksum)
    if found != checksum:
        part.unlink()
        raise ChecksumMismatch(
            f"The file downloaded from {url} differs from the checksum in its record",
            got=found,
            allowed=checksum,
            next="Nothing was kept; try again later, or ask whoever keeps the record",
        )
    part.replace(dest)
    return sha256


def get_json(url: str, params: dict[str, str], *, patience: Patience = PATIENT) -> Any:
    """The JSON answer of an address. Raises Offline, NetworkError."""

    def ask() -> bytes:
        body = bytearray()
        with _answer(url, params, {}, patience) as response:
            for chunk in _chunks(response, patience):
                body += chunk
                if len(body) > MAX_JSON:
                    raise NetworkError("The answer is too long", got=url, allowed=f"{MAX_JSON} bytes")
        return bytes(body)

    try:
        return json.loads(_persist(ask, url, patience))
    except ValueError:
        raise NetworkError("The answer is not JSON", got=url, next="Check the address") from None


@dataclass(slots=True)
class _Transfer:
    """Fills a part file; ``pieced`` tells whether it holds anything but one whole answer to this run."""

    url: str
    part: Path
    size: int | None
    progress: Progress | None
    patience: Patience
    etag: str = ""
    ranges: bool = True
    pieced: bool = False

    def run(self) -> None:
        """Raises Offline, NetworkError, ChecksumMismatch where more arrives than ``size``."""
        self.pieced = self._at_hand() > 0
        if self.size is None or self._at_hand() != self.size:
            _persist(self._once, self.url, self.patience)

    def _at_hand(self) -> int:
        return self.part.stat().st_size if self.part.exists() else 0

    def _once(self) -> None:
        have = self._at_hand() if self.ranges else 0
        headers = {"Range": f"bytes={have}-"} if have else {}
        if have and self.etag:
            headers["If-Range"] = self.etag
        with _answer(self.url, {}, headers, self.patience) as response:
            if response.status_code == 416 or (response.status_code == 206 and _first_byte(response) != have):
                self.ranges = False
                raise _Broken("the server has not the part that is missing")
            have = have if response.status_code == 206 else 0
            self.pieced = have > 0
            etag = response.headers.get("ETag", "")
            self.etag = etag if etag.startswith('"') else ""  # a weak one does not vouch for each byte
            self._receive(response, have)
        if self.size is not None and self._at_hand() < self.size:
            raise _Broken(f"only {self._at_hand():,} of {self.size:,} bytes arrived")

    def _receive(self, response: httpx.Response, done: int) -> None:
        length = response.headers.get("Content-Length", "")
        total = self.size if self.size is not None else done + int(length) if length.isdigit() else None
        try:
            with self.part.open("ab" if done else "wb") as out:
                for chunk in _chunks(response, self.patience):
                    out.write(chunk)
                    done += len(chunk)
                    if self.size is not None and done > self.size:
                        break
                    if self.progress:
                        self.progress(done, total)
        except OSError:  # a full disk: give the room back
            self.part.unlink(missing_ok=True)
            raise
        if self.size is not None and done > self.size:
            self.part.unlink()
            raise ChecksumMismatch(
                f"The file at {self.url} is longer than its record says", got=done, allowed=f"{self.size} bytes"
            )


class _Broken(Exception):
    """An attempt failed where another may not; ``wait`` is the pause the server asked for."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        self.why, self.wait = why, wait
        super().__init__(why)


class _Unreachable(_Broken):
    """No connection."""


def _persist(attempt: Callable[[], T], url: str, patience: Patience) -> T:
    """Try, pause, try again. A server that cannot be reached at all is not tried twice: the user is offline."""
    for number in range(1, patience.attempts + 1):
        try:
            return attempt()
        except _Broken as broken:
            last = broken
            if isinstance(broken, _Unreachable) and number == 1:
                raise Offline(
                    "The server cannot be reached",
                    got=broken.why,
                    next="Check the connection; all that is in the store works offline",
                ) from None
            wait = patience.pause * 2 ** (number - 1) if broken.wait is None else broken.wait
            if broken.wait is not None and wait > patience.longest_pause:
                raise NetworkError(
                    f"The server asks to wait {wait:.0f} seconds ({broken.why})", got=url, next="Try again then"
                ) from None
            if number < patience.attempts:
                patience.sleep(min(wait, patience.longest_pause))
    raise NetworkError(
        f"No success in {patience.attempts} attempts, {last.why}",
        got=url,
        next="Try again later; what arrived of a file is kept, and the rest will follow",
    )


@contextmanager
def _answer(url: str, params: dict[str, str], headers: dict[str, str], patience: Patience) -> Iterator[httpx.Response]:
    """The answer to a GET, its body still to come; httpx's errors become ours, raised inside the block too."""
    import httpx

    def stay_encrypted(request: httpx.Request) -> None:
        if url.startswith("https:") and request.url.scheme != "https":
            raise NetworkError("The server leads to an address without encryption", got=str(request.url))

    sent = {"User-Agent": f"comity/{VERSION}", "Accept-Encoding": "identity"} | headers
    timeout = httpx.Timeout(patience.stall, connect=patience.connect)
    hooks = {"request": [stay_encrypted]}
    try:
        with (
            httpx.Client(follow_redirects=True, max_redirects=5, timeout=timeout, event_hooks=hooks) as client,
            client.stream("GET", url, params=params or None, headers=sent) as response,
        ):
            _judge(response)
            yield response
    except (httpx.ConnectError, httpx.ConnectTimeout) as err:
        raise _Unreachable(err.request.url.host) from err
    except httpx.TimeoutException as err:
        raise _Broken(f"the server sent nothing for {patience.stall:.0f} seconds") from err
    except (httpx.TooManyRedirects, httpx.UnsupportedProtocol, httpx.InvalidURL) as err:
        raise NetworkError(f"The address cannot be followed: {err}", got=url) from err
    except httpx.TransportError as err:
        raise _Broken("the connection broke off") from err


def _judge(response: httpx.Response) -> None:
    """Pass 200, 206 and 416 on; _Broken where it is worth another attempt, NetworkError where it is not."""
    status, url = response.status_code, str(response.url.copy_with(query=None))
    if status in (200, 206, 416):
        return
    if status in _TRY_AGAIN:
        raise _Broken(f"the server answered {status}", _retry_after(response.headers.get("Retry-After", "")))
    if status in (404, 410):
        raise NetworkError(f"The server has nothing at this address ({status})", got=url, next=_BY_HAND)
    if status in (401, 403):
        raise NetworkError(
            f"The server does not give this file without a login ({status})",
            got=url,
            next=_BY_HAND,
        )
    raise NetworkError(f"The server answered {status}", got=url, next=_BY_HAND)


def _retry_after(text: str) -> float | None:
    """Seconds, from a number of them or a date; None where the header is absent or unreadable."""
    if text.strip().isdigit():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None


def _chunks(response: httpx.Response, patience: Patience) -> Iterator[bytes]:
    """The body as it comes; _Broken where it trickles (a read timeout alone lets a byte now and then pass)."""
    since, received = patience.clock(), 0
    for chunk in response.iter_raw():
        yield chunk
        received += len(chunk)
        elapsed = patience.clock() - since
        if elapsed >= patience.stall:
            if received < patience.least * elapsed:
                raise _Broken(f"only {received} bytes came in {elapsed:.0f} seconds")
            since, received = patience.clock(), 0


def _first_byte(response: httpx.Response) -> int | None:
    """Where a partial answer begins; None where it does not say."""
    start = response.headers.get("Content-Range", "").removeprefix("bytes ").partition("-")[0]
    return int(start) if start.isdigit() else None


def _digests(path: Path, checksum: str) -> tuple[str, str]:
    """The file's sha256, and its checksum of the kind of ``checksum``, in the same form."""
    kind = checksum.partition(":")[0]
    hashes = [hashlib.sha256(), hashlib.new(kind, usedforsecurity=False)]
    with path.open("rb") as source:
        while block := source.read(1 << 20):
            for each in hashes:
                each.update(block)
    return hashes[0].hexdigest(), f"{kind}:{hashes[1].hexdigest()}"
