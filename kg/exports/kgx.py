"""Records of the KGX format: nodes and edges in Biolink's terms.

Specification: https://github.com/biolink/kgx/blob/master/specification/kgx-format.md. Its ``relation`` is gone from the
Biolink Model; ``original_predicate`` took its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final, TypeAlias

from kg.exports.built import BuiltGraph
from kg.exports.edges import edges
from kg.exports.nodes import node_iris, nodes
from kg.exports.property_graph import EDGE_PROPERTIES, NODE_PROPERTIES, Edge, Node, Value
from kg.identifiers import Curie
from kg.vocabulary import BROADER

SOURCE: Final = "infores:msc-kg"
"""This project as an information resource (https://biolink.github.io/information-resource-registry/); not registered
yet."""

_MULTIVALUED: Final = frozenset({"supporting_text"})
"""Properties of nodes that the graph has once and Biolink allows several times."""

NODE_COLUMNS: Final = ("id", "category", *(each.name for each in NODE_PROPERTIES), "provided_by")
"""What a record of a node may have, in the order of columns."""
EDGE_COLUMNS: Final = (
    *("id", "subject", "predicate", "object", "category", "original_predicate"),
    *(each.name for each in EDGE_PROPERTIES),
    "primary_knowledge_source",
)
"""What a record of an edge may have, in the order of columns."""

_PREDICATES: Final[dict[Curie, Curie]] = {
    # Biolink maps MeSH's hierarchy to it too.
    BROADER: "biolink:subclass_of",
    "skos:broadMatch": "biolink:broad_match",
}
_OTHER: Final = "biolink:related_to"
_OWN: Final = ("biolink:", "MSCKG:no_effect_shown")
"""Predicates that stay as they are; the one of ours says what no predicate of Biolink says."""

Record: TypeAlias = Mapping[str, Value]
"""A node or an edge by KGX's names of properties."""


def records(path: Path) -> tuple[map[Record], map[Record]]:
    """Return the records of the nodes and of the edges of ``graph.nq``, lazily, each by id.

    Raises:
        QueryError: the file is missing or is no N-Quads.
    """
    graph = BuiltGraph.open(path)
    iris = node_iris(graph, evidence=True)
    return map(node_record, nodes(graph, iris)), map(edge_record, edges(graph, iris))


def node_record(node: Node) -> Record:
    """Return a node as a record."""
    record: dict[str, Value] = {"id": node.id, "category": node.categories, **node.properties, "provided_by": (SOURCE,)}
    for name in _MULTIVALUED.intersection(record):
        record[name] = (str(record[name]),)
    return record


def edge_record(edge: Edge) -> Record:
    """Return an edge as a record.

    A predicate that Biolink has no word for becomes its nearest or ``biolink:related_to``, and stays as
    ``original_predicate``.
    """
    record: dict[str, Value] = {"id": edge.id, "subject": edge.subject}
    if edge.predicate.startswith(_OWN):
        record["predicate"] = edge.predicate
    else:
        record["predicate"] = _PREDICATES.get(edge.predicate, _OTHER)
    record |= {"object": edge.object, "category": (edge.category,)}
    if record["predicate"] != edge.predicate:
        record["original_predicate"] = edge.predicate
    return {**record, **edge.properties, "primary_knowledge_source": SOURCE}
