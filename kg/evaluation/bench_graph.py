"""How fast a large graph is: ``python -m kg.evaluation.bench_graph GRAPH.nq [--quads 1000000]``.

The graph of a built study is made as large as wanted by writing the graphs of its papers again under other names, with
the concepts that they share left as they are: what a study of many such papers would be. Then it is loaded, asked the
competency queries (the second time counts), and written as Turtle.
"""

from __future__ import annotations

import argparse
import re
import resource
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Final

from kg.errors import KGError
from kg.graph import competency_queries, open_store, query, read_dataset, validate, write_turtle
from kg.identifiers import LOCAL

_SHARED: Final = tuple(f"<{LOCAL}graph/{name}>" for name in ("concepts", "schema", "provenance"))
_OF_A_PAPER: Final = re.compile(
    r"<(https://doi\.org/|https://pubmed\.ncbi\.nlm\.nih\.gov/|https://www\.ncbi\.nlm\.nih\.gov/pmc/articles/PMC"
    rf"|{re.escape(LOCAL)}(?!schema|vocabulary/|intervention/|concept/|assertion/|[a-z_0-9]+>))([^<>]*)>"
)
"""What has another name in each copy: papers and what is theirs.

Concepts, interventions and assertions, which are named by their content, stay: an assertion from two papers is one with
two pieces of evidence.
"""
_MEGABYTE: Final = 1 << (10 if sys.platform != "darwin" else 20)


def enlarged(lines: Sequence[str], quads: int) -> Iterator[str]:
    """Yield the N-Quads of a graph, then copies of its papers under other names, until there are so many.

    Args:
        lines: N-Quads of a built study, a line each.
        quads: how many to yield at least.
    """
    yield from lines
    made = len(lines)
    own = [line for line in lines if not line.rstrip(" .\n").endswith(_SHARED)]
    for copy in count(1):
        if made >= quads or not own:
            return
        for line in own:
            yield _OF_A_PAPER.sub(rf"<\1\2-copy{copy}>", line)
        made += len(own)


def report(path: Path, quads: int) -> Iterator[str]:
    """Yield the lines of the benchmark.

    Args:
        path: ``graph.nq`` of a built study.
        quads: size of the graph to measure on.

    Raises:
        KGError: the file is missing or no graph.
    """
    small = read_dataset(path)
    begin = perf_counter()
    validate(small)
    yield f"{path}: {len(small):,} quads fit their shapes in {perf_counter() - begin:.1f} s"
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "graph.nq"
        with large.open("w", encoding="utf-8") as file:
            number = 0
            for line in enlarged(path.read_text(encoding="utf-8").splitlines(keepends=True), quads):
                file.write(line)
                number += 1
        begin = perf_counter()
        store = open_store(large)
        seconds = perf_counter() - begin
        yield f"{number:,} quads loaded in {seconds:.1f} s: {number / seconds:,.0f} a second; {_peak()} MB"
        for each in competency_queries():
            query(store, each.text, seconds=None)
            begin = perf_counter()
            query(store, each.text, seconds=None)
            yield f"  {each.name:30}{(perf_counter() - begin) * 1000:8.1f} ms"
        del store
        dataset = read_dataset(large)
        begin = perf_counter()
        write_turtle(dataset, Path(folder) / "graph.ttl")
        seconds = perf_counter() - begin
        yield f"Turtle: {number / seconds:,.0f} quads a second; {_peak()} MB"


def _peak() -> int:
    """Return the megabytes that this process had at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // _MEGABYTE


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the benchmark; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m kg.evaluation.bench_graph", description=__doc__.partition("\n")[0])
    parser.add_argument("graph", type=Path)
    parser.add_argument("--quads", type=int, default=1_000_000)
    given = parser.parse_args(arguments)
    try:
        for line in report(given.graph, given.quads):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
    except KGError as error:
        sys.stderr.write(f"bench: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
