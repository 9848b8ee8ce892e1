"""GraphML of a projection, for Gephi, Cytoscape and igraph."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

import networkx as nx

from kg.files import replacing_bytes

_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 does not allow in a document (https://www.w3.org/TR/xml/#charsets)."""


def write_graphml(graph: nx.MultiDiGraph[str], path: Path) -> None:
    """Write a projection as GraphML, the same bytes for the same projection.

    GraphML holds scalars only: lists are joined by `` | ``, evidence is JSON text, absent values are left out.
    """
    flat: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    flat.graph.update(flatten(graph.graph))
    for name, data in graph.nodes(data=True):
        flat.add_node(name, **flatten(data))
    for source, target, key, data in graph.edges(keys=True, data=True):
        # The key becomes the edge's id attribute in the file.
        flat.add_edge(source, target, key=key, **flatten({k: v for k, v in data.items() if k != "id"}))
    with replacing_bytes(path) as file:
        nx.write_graphml(flat, file, encoding="utf-8", named_key_ids=True)


def flatten(data: dict[str, Any]) -> dict[str, str | int | float | bool]:
    """Return attributes as scalars."""
    flat: dict[str, str | int | float | bool] = {}
    for name, value in data.items():
        if value is None or value == []:
            continue
        if isinstance(value, list):
            whole = isinstance(value[0], dict)
            value = json.dumps(value, ensure_ascii=False, sort_keys=True) if whole else " | ".join(map(str, value))
        flat[name] = _NOT_XML.sub(" ", value) if isinstance(value, str) else value
    return flat
