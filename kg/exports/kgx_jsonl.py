"""KGX as two files of JSON Lines; see `kg.exports.kgx`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.exports.kgx import Record, records
from kg.files import replacing_text


def write(source: Path, files: tuple[Path, ...]) -> None:
    """Write the nodes and the edges of ``graph.nq``, texts exactly as they are.

    Raises:
        QueryError: `source` is missing or is no N-Quads.
    """
    nodes, edges = records(source)
    with replacing_text(files[0]) as node_file, replacing_text(files[1]) as edge_file:
        node_file.writelines(_lines(nodes))
        edge_file.writelines(_lines(edges))


def _lines(rows: Iterable[Record]) -> Iterator[str]:
    # Line separators beyond ASCII end a line for some readers: ASCII only, which JSON escapes.
    return (json.dumps(row) + "\n" for row in rows)
