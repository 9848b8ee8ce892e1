"""CX2, the format of Cytoscape and NDEx.

Specification: https://cytoscape.org/cx/cx2/specification/cytoscape-exchange-format-specification-(version-2)/.
Evidence is no node here, as in the viewer: the sentences stand on the edges.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from kg.exports.built import DATASET, BuiltGraph, name_of
from kg.exports.edges import edges
from kg.exports.nodes import node_iris, nodes
from kg.exports.property_graph import EDGE_PROPERTIES, NODE_PROPERTIES, Edge, Kind, Node, Property, Value
from kg.files import replacing_text

_TYPES: Final = {Kind.TEXT: "string", Kind.BOOLEAN: "boolean", Kind.INTEGER: "long", Kind.NUMBER: "double"}
# Names that NDEx and Cytoscape know: what a node stands for, and what an edge says.
_NODE: Final = (Property("represents"), Property("category", many=True), *NODE_PROPERTIES)
_EDGE: Final = (Property("interaction"), Property("represents"), Property("category"), *EDGE_PROPERTIES)


def write(source: Path, files: tuple[Path, ...]) -> None:
    """Write the network of ``graph.nq``.

    Raises:
        QueryError: `source` is missing or is no N-Quads.
    """
    graph = BuiltGraph.open(source)
    iris = node_iris(graph, evidence=False)
    places = {curie: place for place, curie in enumerate(iris.values())}

    def all_nodes() -> Iterator[dict[str, object]]:
        for node in nodes(graph, iris):
            yield {"id": places[node.id], "v": _node_attributes(node)}

    def all_edges() -> Iterator[dict[str, object]]:
        for number, edge in enumerate(edges(graph, iris)):
            yield {"id": number, "s": places[edge.subject], "t": places[edge.object], "v": _edge_attributes(edge)}

    # The metadata and the declarations stand before what they tell of: everything is gone through twice, not held.
    node_count, node_names = _counted(all_nodes())
    edge_count, edge_names = _counted(all_edges())
    network = {"name": name_of(graph.about(DATASET)) or "MSC knowledge graph"}
    declarations = {
        "networkAttributes": {name: {"d": "string"} for name in network},
        "nodes": {each.name: {"d": _type(each)} for each in _NODE if each.name in node_names},
        "edges": {each.name: {"d": _type(each)} for each in _EDGE if each.name in edge_names},
    }
    counts = {"attributeDeclarations": 1, "networkAttributes": 1, "nodes": node_count, "edges": edge_count}
    with replacing_text(files[0]) as file:
        file.write('[{"CXVersion": "2.0", "hasFragments": false},\n')
        meta = [{"name": name, "elementCount": count} for name, count in counts.items()]
        file.writelines(_aspect("metaData", meta))
        file.writelines(_aspect("attributeDeclarations", [declarations]))
        file.writelines(_aspect("networkAttributes", [network]))
        file.writelines(_aspect("nodes", all_nodes()))
        file.writelines(_aspect("edges", all_edges()))
        file.write('{"status": [{"error": "", "success": true}]}]\n')


def _node_attributes(node: Node) -> Mapping[str, Value]:
    return {"represents": node.id, "category": node.categories, **node.properties}


def _edge_attributes(edge: Edge) -> Mapping[str, Value]:
    return {"interaction": edge.predicate, "represents": edge.id, "category": edge.category, **edge.properties}


def _counted(elements: Iterable[dict[str, object]]) -> tuple[int, set[str]]:
    """Return how many elements there are, and the names of their attributes."""
    count, names = 0, set[str]()
    for element in elements:
        count += 1
        attributes = element["v"]
        assert isinstance(attributes, Mapping)
        names.update(attributes)
    return count, names


def _type(each: Property) -> str:
    return f"list_of_{_TYPES[each.kind]}" if each.many else _TYPES[each.kind]


def _aspect(name: str, elements: Iterable[object]) -> Iterator[str]:
    yield f'{{"{name}": ['
    start = "\n"
    for element in elements:
        yield start + json.dumps(element)
        start = ",\n"
    yield "]},\n"
