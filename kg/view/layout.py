"""Where the nodes stand: computed once, with a fixed seed, so that the page opens as a finished picture.

Each connected part is laid out by itself, in a landscape format, communities apart where it is large
(`kg.view.placement`). Smaller parts stand in rows under the largest, unconnected nodes in a block under these. Papers
are placed last, around what they name, so that the concepts keep their places whether papers are shown or not.

Units are px at scale 1, y pointing down.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

import networkx as nx
import numpy as np

from kg.view.communities import Links, fixed_seed
from kg.view.placement import place
from kg.view.separation import GAP, separate

Point: TypeAlias = tuple[float, float]
Size: TypeAlias = tuple[float, float]

SEED: Final = 20260226
"""Any fixed number would do; changing it changes every large picture."""

_FORM: Final = 1.5
"""Width of the picture by its height."""
_SPREAD: Final = 3.0
"""Room that a part takes, by the room of its boxes, against that of what stands in rows; about."""


def layout(
    graph: nx.Graph[str], sizes: Mapping[str, Size], outer: Sequence[str] = (), *, spacing: float = 120.0
) -> dict[str, Point]:
    """Place every node of `graph`.

    Args:
        graph: undirected; an edge's ``weight`` (default 1) draws its ends together. Node order decides ties.
        sizes: width and height that a node takes with its label.
        outer: nodes to be placed around the others (papers).
        spacing: wanted length of an edge.

    Returns:
        Centre of each node, rounded to whole px; the picture's middle is the origin.
    """
    outside = set(outer)
    core = _part(graph, [n for n in graph if n not in outside])
    order = {node: i for i, node in enumerate(graph)}
    parts = sorted(nx.connected_components(core), key=lambda part: (-len(part), min(order[n] for n in part)))
    placed: dict[str, Point] = {}
    # What stands under the largest part makes the picture higher, so that part is made wider.
    rest = 1 + sum(_area(part, sizes) for part in parts[1:]) / (_SPREAD * _area(parts[0], sizes)) if parts else 1.0
    forms = [_FORM * rest] + [_FORM] * len(parts)
    with fixed_seed(SEED):
        rows = [
            _place_part(_part(core, sorted(part, key=order.__getitem__)), sizes, spacing, form)
            for part, form in zip(parts, forms, strict=False)
        ]
    if rows and len(rows[0]) > 1:
        placed = rows.pop(0)
    _stack(placed, rows, sizes)
    placed = _centred(placed)
    placed.update(_place_outer(graph, [n for n in graph if n in outside], placed, sizes))
    return {node: (float(round(x)), float(round(y))) for node, (x, y) in placed.items()}


def _part(graph: nx.Graph[str], nodes: Sequence[str]) -> nx.Graph[str]:
    """Return the subgraph of `nodes`, in their order: networkx's own view may iterate in the order of a set."""
    order = {node: i for i, node in enumerate(nodes)}
    part: nx.Graph[str] = nx.Graph()
    part.add_nodes_from(nodes)
    part.add_edges_from((u, v, d) for u in nodes for v, d in graph[u].items() if order[u] < order.get(v, -1))
    return part


def _area(nodes: Iterable[str], sizes: Mapping[str, Size]) -> float:
    return sum((sizes[n][0] + GAP) * (sizes[n][1] + GAP) for n in sorted(nodes))


def _place_part(part: nx.Graph[str], sizes: Mapping[str, Size], spacing: float, form: float) -> dict[str, Point]:
    if len(part) == 1:
        return dict.fromkeys(part, (0.0, 0.0))
    index = {node: i for i, node in enumerate(part)}
    ends = np.array([[index[u], index[v]] for u, v in part.edges()], dtype=np.intp)
    weights = np.array([d.get("weight", 1.0) for _, _, d in part.edges(data=True)], dtype=np.float64)
    boxes = np.array([sizes[n] for n in part], dtype=np.float64)
    points = place(Links(len(index), ends, weights), boxes, spacing, form)
    return {n: (float(x), float(y)) for n, (x, y) in zip(part, points, strict=True)}


def _stack(placed: dict[str, Point], parts: Sequence[Mapping[str, Point]], sizes: Mapping[str, Size]) -> None:
    """Add `parts` to `placed` in rows under what is there, as wide as that is, or wider where they are the most."""
    if not parts:
        return
    left, _, right, bottom = _bounds(placed, sizes) if placed else (0.0, 0.0, 0.0, 0.0)
    # Rows leave some of their room free, because what stands in them is not of one height.
    room = sum((w + 2 * GAP) * (h + 1.5 * GAP) for w, h in (_extent(part, sizes) for part in parts))
    width = max(right - left, math.sqrt(1.2 * _FORM * room))
    x, y, row = left, bottom + (3 * GAP if placed else 0.0), 0.0
    for part in parts:
        p_left, p_top, p_right, p_bottom = _bounds(part, sizes)
        if x > left and x + p_right - p_left > left + width:
            x, y, row = left, y + row + 1.5 * GAP, 0.0
        for node, (px, py) in part.items():
            placed[node] = (x + px - p_left, y + py - p_top)
        x += p_right - p_left + 2 * GAP
        row = max(row, p_bottom - p_top)


def _place_outer(
    graph: nx.Graph[str], outer: Sequence[str], core: Mapping[str, Point], sizes: Mapping[str, Size]
) -> dict[str, Point]:
    """Place each outer node near the middle of its placed neighbours, beside those that are there already."""
    if not outer:
        return {}
    golden = math.pi * (3 - math.sqrt(5))
    bottom = max((y for _, y in core.values()), default=0.0)
    starts = []
    loose = 0
    for i, node in enumerate(outer):
        anchors = [n for n in graph[node] if n in core]
        if anchors:
            # A concept that few name draws more than one that stands in every paper.
            shares = [1 / len(graph[n]) for n in anchors]
            angle, radius = i * golden, 34.0 + 5.0 * (i % 7)
            x = sum(core[n][0] * s for n, s in zip(anchors, shares, strict=True)) / sum(shares)
            y = sum(core[n][1] * s for n, s in zip(anchors, shares, strict=True)) / sum(shares)
            x, y = x + radius * math.cos(angle), y + radius * math.sin(angle)
        else:
            x, y = (loose % 24 - 11.5) * 30.0, bottom + 110.0 + loose // 24 * 30.0
            loose += 1
        starts.append((x, y))
    fixed = list(core)
    points = np.array([*(core[n] for n in fixed), *starts], dtype=np.float64)
    # Papers keep clear of the symbols only; their own labels are drawn where there is room.
    boxes = np.array([*((30.0, 26.0) for _ in fixed), *((2.0, 2.0) for _ in outer)], dtype=np.float64)
    points = separate(points, boxes, fixed=len(fixed), rounds=150)
    return {n: (float(x), float(y)) for n, (x, y) in zip(outer, points[len(fixed) :], strict=True)}


def _bounds(points: Mapping[str, Point], sizes: Mapping[str, Size]) -> tuple[float, float, float, float]:
    return (
        min(x - sizes[n][0] / 2 for n, (x, _) in points.items()),
        min(y - sizes[n][1] / 2 for n, (_, y) in points.items()),
        max(x + sizes[n][0] / 2 for n, (x, _) in points.items()),
        max(y + sizes[n][1] / 2 for n, (_, y) in points.items()),
    )


def _extent(points: Mapping[str, Point], sizes: Mapping[str, Size]) -> Size:
    left, top, right, bottom = _bounds(points, sizes)
    return right - left, bottom - top


def _centred(points: Mapping[str, Point]) -> dict[str, Point]:
    if not points:
        return {}
    xs = [x for x, _ in points.values()]
    ys = [y for _, y in points.values()]
    cx, cy = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return {n: (x - cx, y - cy) for n, (x, y) in points.items()}
