"""KGX as two tab-separated files; see `kg.exports.kgx`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.exports.cells import cell
from kg.exports.kgx import EDGE_COLUMNS, NODE_COLUMNS, Record, records
from kg.exports.property_graph import Value
from kg.files import replacing_text


def write(source: Path, files: tuple[Path, ...]) -> None:
    """Write the nodes and the edges of ``graph.nq``.

    The format has no quoting: see `kg.exports.cells`.

    Raises:
        QueryError: `source` is missing or is no N-Quads.
    """
    nodes, edges = records(source)
    with replacing_text(files[0]) as node_file, replacing_text(files[1]) as edge_file:
        node_file.writelines(_lines(nodes, NODE_COLUMNS))
        edge_file.writelines(_lines(edges, EDGE_COLUMNS))


def _lines(rows: Iterable[Record], columns: tuple[str, ...]) -> Iterator[str]:
    yield "\t".join(columns) + "\n"
    for row in rows:
        yield "\t".join(_cell(row.get(name)) for name in columns) + "\n"


def _cell(value: Value | None) -> str:
    # KGX reads any text in `negated` as true, "false" too: what is not negated is left empty. And it parts the text of
    # any column at a `|`: each text is written as one of several.
    if value is False:
        return ""
    return cell((value,) if isinstance(value, str) else value)
