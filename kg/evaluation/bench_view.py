"""How fast the network page is, beside one of stock pyvis: ``python -m kg.evaluation.bench_view [--nodes 500 ...]``.

For each size a made-up network (`kg.evaluation.synthetic_network`) is written as our page and as pyvis writes it by
itself, and both are opened in headless Chromium (`kg.evaluation.page_timing`).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Final

import networkx as nx

from kg.errors import KGError
from kg.evaluation.browser import open_browser
from kg.evaluation.page_timing import HEIGHT, LIMIT, WIDTH, PageTiming, time_page
from kg.evaluation.stock_pyvis import ADDED_ONE_BY_ONE, write_stock_page
from kg.evaluation.synthetic_network import SMALLEST, synthetic_network
from kg.view import write_network_html

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SIZES: Final = (500, 2000, 5000, 20000)
"""Nodes of the networks that are measured when nothing else is asked for."""


def report(sizes: Sequence[int]) -> Iterator[str]:
    """Yield the lines of the benchmark: one on the circumstances, then one a size and page.

    Args:
        sizes: nodes of the networks, `SMALLEST` or more each.

    Raises:
        KGError: playwright or Chromium is not installed.
    """
    with open_browser() as browser, tempfile.TemporaryDirectory() as folder:
        yield (
            f"Chromium {browser.version}, {WIDTH} x {HEIGHT} px, no graphics card, requests to the network refused; "
            f"seconds from navigation, at most {LIMIT:.0f} are waited"
        )
        for size in sizes:
            graph = synthetic_network(size)
            named = f"{len(graph):6,} nodes {graph.number_of_edges():7,} edges"
            path = Path(folder) / "page.html"
            write = partial(write_network_html, title=f"{size} nodes")
            yield f"{named}  kg     {_measured(browser, graph, path, write)}"
            by_hand = "; its lists filled directly" if size > ADDED_ONE_BY_ONE else ""
            yield f"{named}  pyvis  {_measured(browser, graph, path, write_stock_page, settles=True)}{by_hand}"


def _measured(
    browser: Browser,
    graph: nx.MultiDiGraph[str],
    path: Path,
    write: Callable[[nx.MultiDiGraph[str], Path], None],
    *,
    settles: bool = False,
) -> str:
    begin = perf_counter()
    write(graph, path)
    spent = perf_counter() - begin
    timing = time_page(browser, path, settles=settles)
    return f"written in {spent:.1f} s, {path.stat().st_size / 1e6:.1f} MB; {_told(timing, settles)}"


def _told(timing: PageTiming, settles: bool) -> str:
    parts = [f"first picture {_seconds(timing.first)}"]
    if settles:
        parts.append(f"physics settled {_seconds(timing.settled)}")
    parts.append("not dragged" if timing.frames is None else f"{timing.frames:.1f} frames a second dragged")
    parts.append("no nodes drawn" if timing.drawn is None else f"{timing.drawn:,} nodes drawn")
    if timing.refused:
        parts.append(f"{timing.refused} requests refused")
    return ", ".join(parts)


def _seconds(value: float | None) -> str:
    return f"not within {LIMIT:.0f} s" if value is None else f"after {value:.1f} s"


def _size(text: str) -> int:
    size = int(text)
    if size < SMALLEST:
        raise argparse.ArgumentTypeError(f"{size} nodes are too few; {SMALLEST} or more are needed")
    return size


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the benchmark; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m kg.evaluation.bench_view", description=__doc__.partition("\n")[0])
    parser.add_argument("--nodes", type=_size, nargs="+", default=list(SIZES), help="sizes of the networks")
    given = parser.parse_args(arguments)
    try:
        for line in report(given.nodes):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
    except KGError as error:
        sys.stderr.write(f"bench_view: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
