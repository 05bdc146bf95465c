"""Progress bars for downloads and for fits, on standard error; silent where that is not a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[int, int | None], None]


@contextmanager
def bar() -> Iterator[Progress]:
    """A callback taking the bytes at hand and the bytes in all (None where the server does not say)."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn, TransferSpeedColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("downloading"), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Bars(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        task = bars.add_task("download", total=None)

        def progress(done: int, total: int | None) -> None:
            bars.update(task, completed=done, total=total)

        yield progress


@contextmanager
def sweeps() -> Iterator[Callable[[int, float], None]]:
    """A callback taking the sweep of a fit and how far it still moved; the bar is full where it has converged."""
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    console = Console(stderr=True)
    columns = (TextColumn("fitting, sweep {task.fields[sweep]}"), BarColumn(), TimeElapsedColumn())
    with Bars(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        task = bars.add_task("fit", total=1.0, sweep=0)

        def progress(sweep: int, movement: float) -> None:
            bars.update(task, completed=1 / (1 + movement), sweep=sweep)

        yield progress
