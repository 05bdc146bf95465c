"""From the options of ``comity serve`` to settings, and the line that says where to look."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from comity.errors import UsageError
from comity.web.settings import LOOPBACK, Settings

_PREFIX = re.compile(r"(/[A-Za-z0-9._~-]+)*")
_NAME = re.compile(r"(\*\.)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:]+\]")


def settings_of(*, host: str, prefix: str, allow_host: str, public: str, cache: bool) -> Settings:
    """Settings; UsageError for a prefix, a name or an address that cannot be one."""
    if _PREFIX.fullmatch(prefix) is None:
        raise UsageError("The prefix is not a path", got=prefix, allowed="such as /comity, without a slash at its end")
    if public and (urlsplit(public).scheme not in ("http", "https") or not urlsplit(public).hostname):
        raise UsageError("The public address is not one", got=public, allowed="such as https://comity.example.org")
    names = [name.strip() for name in allow_host.split(",") if name.strip()]
    names += [urlsplit(public).hostname or ""] if public else []
    if wrong := [name for name in names if _NAME.fullmatch(name) is None]:
        raise UsageError("Not the name of a host", got=", ".join(wrong), allowed="such as comity.example.org")
    own = [f"[{host}]" if ":" in host else host]
    return Settings(
        hosts=tuple(dict.fromkeys([*LOOPBACK, *own, *(n.lower() for n in names)])),
        prefix=prefix,
        public=public.rstrip("/"),
        cache=cache,
        local=_is_loopback(host),
    )


def tell(settings: Settings, host: str, port: int) -> str:
    """Where to look, for the terminal."""
    shown = f"[{host}]" if ":" in host else host
    where = settings.public or f"http://{shown}:{port}{settings.prefix}"
    who = "this machine alone" if settings.local else "every machine that reaches this address"
    return f"Comity at {where}/ for {who}. Ctrl-C ends it."


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
