"""CSV for ``neo4j-admin database import full``.

Format: https://neo4j.com/docs/operations-manual/current/import/full-import/ (header, arrays, quoting). Values of an
array are joined by ``|``, so the command needs ``--array-delimiter="|"``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from kg.exports.built import BuiltGraph
from kg.exports.cells import SEPARATOR, cell
from kg.exports.edges import edges
from kg.exports.nodes import node_iris, nodes
from kg.exports.property_graph import EDGE_PROPERTIES, NODE_PROPERTIES, Edge, Kind, Node, Property
from kg.files import replacing_text
from kg.identifiers import Curie

_TYPES: Final = {Kind.TEXT: "string", Kind.BOOLEAN: "boolean", Kind.INTEGER: "long", Kind.NUMBER: "double"}
_WORD: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
"""Where a word begins in a name like ``wasQuotedFrom``."""


def write(source: Path, files: tuple[Path, ...]) -> None:
    """Write the nodes and the relationships of ``graph.nq``.

    Raises:
        QueryError: `source` is missing or is no N-Quads.
    """
    graph = BuiltGraph.open(source)
    iris = node_iris(graph, evidence=True)
    with replacing_text(files[0]) as node_file, replacing_text(files[1]) as edge_file:
        csv.writer(node_file, lineterminator="\n").writerows(_node_rows(nodes(graph, iris)))
        csv.writer(edge_file, lineterminator="\n").writerows(_edge_rows(edges(graph, iris)))


def _node_rows(things: Iterable[Node]) -> Iterator[list[str]]:
    yield ["id:ID", ":LABEL", *map(_column, NODE_PROPERTIES)]
    for node in things:
        labels = SEPARATOR.join(map(label, node.categories))
        yield [node.id, labels, *(cell(node.properties.get(each.name)) for each in NODE_PROPERTIES)]


def _edge_rows(statements: Iterable[Edge]) -> Iterator[list[str]]:
    yield [":START_ID", ":END_ID", ":TYPE", "id:string", "predicate:string", *map(_column, EDGE_PROPERTIES)]
    for edge in statements:
        values = (cell(edge.properties.get(each.name)) for each in EDGE_PROPERTIES)
        yield [edge.subject, edge.object, relationship_type(edge.predicate), edge.id, edge.predicate, *values]


def _column(each: Property) -> str:
    return f"{each.name}:{_TYPES[each.kind]}{'[]' if each.many else ''}"


def label(category: Curie) -> str:
    """Return the label of a category: ``Disease`` for ``biolink:Disease``."""
    return category.rpartition(":")[2]


def relationship_type(predicate: Curie) -> str:
    """Return the type of a predicate as Neo4j spells types: ``STUDIED_TO_TREAT``, ``WAS_QUOTED_FROM``."""
    return _WORD.sub("_", predicate.rpartition(":")[2]).upper()
