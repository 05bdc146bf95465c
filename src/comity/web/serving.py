"""From the options of ``comity serve`` to settings, a socket and a server."""

from __future__ import annotations

import errno
import ipaddress
import re
import socket
import sys
from contextlib import suppress
from urllib.parse import urlsplit

from uvicorn import Config, Server
from uvicorn.supervisors import Multiprocess

from comity.errors import UsageError
from comity.web.connection import Connection
from comity.web.settings import LOOPBACK, Settings

_PREFIX = re.compile(r"(/(?!\.{1,2}(/|$))[A-Za-z0-9._~-]+)*")
_PUBLIC = re.compile(r"https?://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(:\d{1,5})?/?")
_NAME = re.compile(r"(\*\.)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:]+\]")


def settings_of(*, host: str, prefix: str, allow_host: str, public: str, cache: bool) -> Settings:
    """Settings; UsageError for a prefix, a name or an address that cannot be one."""
    if _PREFIX.fullmatch(prefix) is None:
        raise UsageError("The prefix is not a path", got=prefix, allowed="such as /comity, without a slash at its end")
    if public and _PUBLIC.fullmatch(public) is None:
        raise UsageError("The public address is not one", got=public, allowed="such as https://comity.example.org")
    names = [name.strip() for name in allow_host.split(",") if name.strip()]
    names += [urlsplit(public).hostname or ""] if public else []
    if wrong := [name for name in names if _NAME.fullmatch(name) is None]:
        raise UsageError("Not the name of a host", got=", ".join(wrong), allowed="such as comity.example.org")
    own = [] if _is_every_address(host) else [_bracketed(host)]
    if _NAME.fullmatch(_bracketed(host)) is None:
        raise UsageError("Not an address to listen on", got=host, allowed="such as 127.0.0.1, ::1, 0.0.0.0 or a name")
    return Settings(
        hosts=tuple(dict.fromkeys([*LOOPBACK, *own, *(n.lower() for n in names)])),
        prefix=prefix,
        public=public.rstrip("/"),
        cache=cache,
        # A proxy on this machine listens to the world for us, whatever address we listen on.
        local=_is_loopback(host) and not names and not prefix,
    )


def tell(settings: Settings, host: str, port: int) -> str:
    """Where to look, for the terminal."""
    here = f"http://{_bracketed(host)}:{port}"
    who = "this machine alone" if _is_loopback(host) else "every machine that reaches this address"
    told = f"Comity at {here}/ for {who}. Ctrl-C ends it."
    if settings.public or settings.prefix:
        told += f" Readers find it at {settings.public or here}{settings.prefix}/."
    if _is_every_address(host) and settings.hosts == LOOPBACK:
        told += " It answers to the name localhost alone until --allow-host names others."
    return told


def free_socket(host: str, port: int) -> socket.socket:
    """A socket bound to the address; UsageError where the port is taken or the address is not this machine's."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        bound = socket.socket(family, kind, protocol)
        try:
            if sys.platform != "win32":  # there the option lets two servers share a port
                bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            bound.bind(address)
            bound.listen(2048)
        except OSError:
            bound.close()
            raise
    except (OSError, UnicodeError, OverflowError) as error:
        why = {errno.EADDRINUSE: "The port is taken", errno.EACCES: "The port is not for every user"}
        raise UsageError(
            why.get(getattr(error, "errno", None) or 0, "This machine has no such address"),
            got=f"{_bracketed(host)}:{port}",
            next="Choose another with --port or --host",
        ) from None
    bound.set_inheritable(True)
    return bound


def run(settings: Settings, bound: socket.socket, workers: int) -> None:
    """Serve until told to end; what is being answered then has ten seconds to be sent. Workers share the socket."""
    settings.to_environment()
    config = Config(
        "comity.web.app:from_environment",
        factory=True,
        http=Connection,
        ws="none",
        lifespan="off",
        loop="comity.web.sharing:SharingLoop" if workers > 1 and sys.platform != "win32" else "auto",
        workers=workers,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,  # nothing rests on what a proxy says of its client
        timeout_keep_alive=10,
        timeout_graceful_shutdown=10,
        timeout_worker_healthcheck=60,  # a worker may be at a long question
    )
    with suppress(KeyboardInterrupt):
        if workers > 1:
            Multiprocess(config, sockets=[bound]).run()
        else:
            Server(config).run(sockets=[bound])


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _is_every_address(host: str) -> bool:
    return host in ("0.0.0.0", "::", "")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
