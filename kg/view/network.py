"""The network page: the projection as a pyvis network, laid out here, in one HTML file.

pyvis gives the model (`Network` with its nodes, edges and options) and the vis-network library that draws it; the page
around it is ours, because pyvis's own page loads style sheets from a content delivery network in each of its modes and
can be made to run text from a label as script.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import networkx as nx
from pyvis.edge import Edge
from pyvis.network import Network
from pyvis.node import Node

from kg.files import replacing_text
from kg.model import AnnotatedDocument
from kg.view.layout import layout
from kg.view.lines import Line, lines
from kg.view.links import paper_url
from kg.view.node_data import node_data
from kg.view.page import render
from kg.view.payload import payload
from kg.view.style import BY_KIND, DIRECTIONS, label_priority, node_size, plain, wrap_label

_OPTIONS: Final[dict[str, Any]] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "multiselect": False,
        "selectConnectedEdges": False,
        "tooltipDelay": 3600000,
        "zoomSpeed": 0.6,
    },
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3, "scaling": {"label": {"enabled": False}}},
    "edges": {"smooth": False, "selectionWidth": 1.5, "hoverWidth": 0.5, "color": {"inherit": False}},
}

_WEIGHT: Final = {
    "assertion": 2.0,
    "structure": 1.0,
    "species": 0.5,
    "effect": 0.7,
    "co_mention": 0.5,
    "paper": 0.2,
    "citation": 0.1,
}
"""How strongly a line of each group draws its ends together in the layout."""

_CHAR_WIDTH: Final = 6.6
_LINE_HEIGHT: Final = 15.0


def write_network_html(
    graph: nx.MultiDiGraph[str],
    path: Path,
    *,
    title: str,
    subtitle: str = "",
    source: str | None = None,
    date: str | None = None,
) -> None:
    """Write the network page.

    Args:
        graph: the projection, as `kg.graph.project` makes it.
        path: file to write; replaced whole.
        title: title of the study.
        subtitle: a line under it, for example the paper that the study is about.
        source: CURIE or web address of that paper, for a link on the subtitle; None takes the graph's primary paper.
        date: date of the study's newest paper, ISO 8601; not shown when None.

    Raises:
        GraphError: the installed pyvis has no vis-network library.
    """
    page = network_html(graph, title=title, subtitle=subtitle, source=source, date=date)
    with replacing_text(path) as stream:
        stream.write(page)


def network_html(
    graph: nx.MultiDiGraph[str], *, title: str, subtitle: str = "", source: str | None = None, date: str | None = None
) -> str:
    """Return the network page as text; see `write_network_html`. The same input gives the same text."""
    source = source or _primary(graph)
    study = {
        "title": plain(title),
        "subtitle": plain(subtitle),
        "url": paper_url(source, source) if source else None,
        "date": date,
    }
    return render(payload(build_network(graph), study), title=study["title"] or "Network")


def newest_date(documents: Iterable[AnnotatedDocument]) -> str | None:
    """Return the date of the newest paper, ISO 8601 as exact as known; None where no paper has one.

    It tells how old a study is and stays the same from build to build, as the day of the build would not.
    """
    return max((each.document.paper.date for each in documents if each.document.paper.date), default=None)


def _primary(graph: nx.MultiDiGraph[str]) -> str | None:
    """Return the identifier or address of the study's paper, when it has exactly one."""
    found = [n for n in graph if graph.nodes[n].get("relation") == "primary"]
    return paper_url(found[0], graph.nodes[found[0]].get("url")) if len(found) == 1 else None


def build_network(graph: nx.MultiDiGraph[str]) -> Network:
    """Return the pyvis network: every node with its place, look and facts, every line with its statements."""
    drawn = lines(graph)
    highest = max((float(d.get("pagerank", 0.0)) for _, d in graph.nodes(data=True)), default=0.0)
    sizes = {n: node_size(d.get("kind", ""), float(d.get("pagerank", 0.0)), highest) for n, d in graph.nodes(data=True)}
    names = {n: plain(str(d.get("label") or n)) for n, d in graph.nodes(data=True)}
    places = _places(graph, drawn, sizes, names)
    ranks = _ranks(graph, drawn)
    network = Network(directed=True)
    # `add_node` and `add_edge` search all nodes each time (quadratic), so the lists are filled here.
    network.nodes = [
        Node(
            n,
            _shape(d),
            "\n".join(wrap_label(names[n])),
            rank=ranks[n],
            **_look(d, sizes[n], places[n]),
            **node_data(n, d),
        ).options
        for n, d in ((n, graph.nodes[n]) for n in sorted(graph))
    ]
    network.edges = [
        Edge(line.key.source, line.key.target, directed=line.direction != "", **_edge(line)).options for line in drawn
    ]
    network.set_options(json.dumps(_OPTIONS))
    return network


def _shape(data: Mapping[str, Any]) -> str:
    style = BY_KIND.get(data.get("kind", ""))
    return style.shape if style else "dot"


def _places(
    graph: nx.MultiDiGraph[str], drawn: tuple[Line, ...], sizes: Mapping[str, float], names: Mapping[str, str]
) -> dict[str, tuple[float, float]]:
    ordered = sorted(graph.nodes, key=lambda n: (_kind_order(graph.nodes[n]), -sizes[n], n))
    flat: nx.Graph[str] = nx.Graph()
    flat.add_nodes_from(ordered)
    for line in drawn:
        source, target = line.key.source, line.key.target
        weight = _WEIGHT[line.key.group]
        if flat.has_edge(source, target):
            weight = max(weight, flat[source][target]["weight"])
        flat.add_edge(source, target, weight=weight)
    boxes = {n: _box(names[n], sizes[n]) for n in ordered}
    papers = [n for n in ordered if graph.nodes[n].get("kind") == "Paper"]
    return layout(flat, boxes, outer=papers)


def _kind_order(data: Mapping[str, Any]) -> int:
    kinds = list(BY_KIND)
    kind = data.get("kind", "")
    return kinds.index(kind) if kind in BY_KIND else len(kinds)


def _box(name: str, size: float) -> tuple[float, float]:
    """Room for a node and its label beneath, about as the page draws them."""
    label = wrap_label(name)
    width = max((len(line) for line in label), default=0) * _CHAR_WIDTH
    return max(2 * size, width), 2 * size + _LINE_HEIGHT * len(label)


def _look(data: Mapping[str, Any], size: float, place: tuple[float, float]) -> dict[str, Any]:
    # Colours are the page's: they change with the theme.
    kind = data.get("kind", "")
    return {
        "kind": kind,
        "size": size,
        "x": place[0],
        "y": place[1],
        "priority": label_priority(kind, size, int(data.get("mentions") or 0)),
    }


def _ranks(graph: nx.MultiDiGraph[str], drawn: Iterable[Line]) -> dict[str, int]:
    """Number the nodes, the most connected first, papers last: which to draw where there is no room for all."""
    lines_of = Counter(end for line in drawn for end in line.key[:2] if line.key.group not in ("paper", "citation"))
    order = sorted(graph, key=lambda n: (graph.nodes[n].get("kind") == "Paper", -lines_of[n], -graph.degree[n], n))
    return {node: rank for rank, node in enumerate(order)}


def _edge(line: Line) -> dict[str, Any]:
    direction = DIRECTIONS.get(line.direction)
    return {
        "id": line.id,
        "name": line.label,
        "group": line.key.group,
        "direction": line.direction,
        "bend": line.bend,
        "papers": line.papers,
        "statements": list(line.statements),
        "arrows": direction.arrow if direction else "",
    }
