"""Progress of long work: shown on a terminal, silent elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


def counting(items: Iterable[T], label: str, total: int | None = None) -> Iterator[T]:
    """Yield `items`, counting them on standard error when that is a terminal.

    Args:
        items: what is worked through.
        label: what is done, as a participle ("annotating").
        total: how many there are, None when not known.
    """
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(label, total=total)
        for item in items:
            yield item
            progress.advance(task)


@contextmanager
def working(label: str, state: Callable[[], str]) -> Iterator[None]:
    """Show on standard error, when that is a terminal, that something is under way, and how far it is.

    Args:
        label: what is done, as a participle ("fetching papers").
        state: says how far it is; asked twice a second.
    """
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.live import Live
    from rich.spinner import Spinner

    def line() -> Spinner:
        spinner.update(text=f"{label}: {state()}")
        return spinner

    spinner = Spinner("dots")
    with Live(get_renderable=line, console=Console(stderr=True), refresh_per_second=2, transient=True):
        yield
