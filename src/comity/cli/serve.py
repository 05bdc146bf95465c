"""The web app: comity serve."""

from __future__ import annotations

from typing import Annotated

import typer

from comity.errors import MissingExtra


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
        from comity.web.serving import free_socket, run, settings_of, tell
    except ImportError as error:
        if (error.name or "").partition(".")[0] == "comity":
            raise
        raise MissingExtra(
            "The web app needs more packages", got=error.name, next="Run it with: uv run --extra web comity serve"
        ) from None

    chosen = settings_of(host=host, prefix=prefix, allow_host=allow_host, public=public, cache=cache)
    bound = free_socket(host, port)
    typer.echo(tell(chosen, host, bound.getsockname()[1]))
    run(chosen, bound, workers)
