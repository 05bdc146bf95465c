"""How a server was started; handed to its workers through one environment variable."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass

VARIABLE = "COMITY_SERVE"
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class Settings:
    """Choices of ``comity serve``.

    hosts  : names the server answers to; another Host header is refused. A name may begin with "*.".
    prefix : path under which a reverse proxy shows the server, "" or like "/comity".
    public : address under which readers find it ("https://example.org"), for share cards; "" leaves those out.
    cache  : whether answers are kept.
    local  : whether it listens to this machine alone: only then may a page take a file.
    """

    hosts: tuple[str, ...] = LOOPBACK
    prefix: str = ""
    public: str = ""
    cache: bool = True
    local: bool = True

    def to_environment(self) -> None:
        """Leave the settings for the workers."""
        os.environ[VARIABLE] = json.dumps(asdict(self))

    @classmethod
    def from_environment(cls) -> Settings:
        """What ``to_environment`` left; the defaults where nothing did."""
        held = json.loads(os.environ.get(VARIABLE, "{}"))
        return cls(**held | ({"hosts": tuple(held["hosts"])} if "hosts" in held else {}))
