"""The page that pyvis makes by itself of a network, as one who follows its manual would write it.

It is what the benchmark compares our page with: the same nodes and edges, labels and hover texts, everything else as
pyvis has it by default (https://pyvis.readthedocs.io/en/latest/documentation.html), physics on included.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import networkx as nx
from pyvis.edge import Edge
from pyvis.network import Network
from pyvis.node import Node

ADDED_ONE_BY_ONE: Final = 5000
"""Up to so many nodes, `add_node` and `add_edge` are called; they search all nodes each time, which is quadratic."""


def write_stock_page(graph: nx.MultiDiGraph[str], path: Path) -> None:
    """Write the network as a page of pyvis, with its libraries inside where pyvis has them.

    Above `ADDED_ONE_BY_ONE` nodes the lists of pyvis are filled directly, with what its methods would put there.
    """
    network = Network(directed=True, cdn_resources="in_line")
    small = len(graph) <= ADDED_ONE_BY_ONE
    for name, data in graph.nodes(data=True):
        looks = {"title": f"{data['kind']}, in {data['papers']} papers", "group": data["kind"]}
        if small:
            network.add_node(name, label=data["label"], **looks)
        else:
            network.nodes.append(Node(name, "dot", data["label"], **looks).options)
    for source, target, data in graph.edges(data=True):
        looks = {"title": _said(data)}
        if small:
            network.add_edge(source, target, **looks)
        else:
            network.edges.append(Edge(source, target, True, **looks).options)
    path.write_text(network.generate_html(), encoding="utf-8")


def _said(data: dict[str, Any]) -> str:
    """Return the hover text of an edge: what it says, and the sentences."""
    return "\n".join([data["label"], *(row["sentence"] for row in data["evidence"])])
