"""The web app: comity serve."""

from __future__ import annotations

from typing import Annotated

import typer

from comity.errors import MissingExtra, UsageError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(serve)


def serve(
    host: Annotated[str, typer.Option(help="The address to listen on; by default this machine alone.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes; about one a core.")] = 1,
    prefix: Annotated[str, typer.Option(help="The path under which a reverse proxy shows it, such as /comity.")] = "",
    allow_host: Annotated[
        str, typer.Option(help="Names it answers to beside localhost, joined by commas: comity.example.org.")
    ] = "",
    public: Annotated[str, typer.Option(help="Its address as readers know it, for share cards: https://….")] = "",
    cache: Annotated[bool, typer.Option(help="Keep answers in memory.")] = True,
) -> None:
    """Serve pages and the JSON API: every answer with a link of its own, nothing loaded from elsewhere.

    Example: comity serve --port 8000
    """
    try:
        import uvicorn
    except ImportError:
        raise MissingExtra(
            "The web app needs more packages", got="uvicorn", next="Run it with: uv run --extra web comity serve"
        ) from None
    from comity.web.serving import settings_of, tell

    chosen = settings_of(host=host, prefix=prefix, allow_host=allow_host, public=public, cache=cache)
    chosen.to_environment()
    typer.echo(tell(chosen, host, port))
    try:
        uvicorn.run(
            "comity.web.app:from_environment",
            factory=True,
            host=host,
            port=port,
            workers=workers,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_keep_alive=10,
            limit_concurrency=400,
        )
    except SystemExit as stop:  # uvicorn has said why on standard error, such as a port that is taken
        if stop.code:
            raise UsageError(
                "The server could not start", got=f"{host}:{port}", next="Choose another with --port"
            ) from None
