"""Where the nodes stand: computed once, with a fixed seed, so that the page opens as a finished picture.

Each connected part is laid out by stress (Kamada & Kawai 1989) while it is small and by springs (Fruchterman & Reingold
1991) beyond that, widened to a landscape format; then boxes of node and label are pushed apart until none overlaps.
Smaller parts stand in rows under the largest, unconnected nodes in a block under these. Papers are placed last, around
what they name, so that the concepts keep their places whether papers are shown or not.

Units are px at scale 1, y pointing down.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

import networkx as nx
import numpy as np
import numpy.typing as npt

Point: TypeAlias = tuple[float, float]
Size: TypeAlias = tuple[float, float]
Array: TypeAlias = npt.NDArray[np.float64]
Indices: TypeAlias = npt.NDArray[np.intp]

SEED: Final = 20260226
"""Any fixed number would do; changing it changes every picture."""

STRESS_LIMIT: Final = 220
"""Largest part that is laid out by stress: 0.7 s here; its time grows with the cube of the nodes."""

_ASPECT: Final = 1.5
_GAP: Final = 14.0


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
    rows = [
        _place_part(_part(core, sorted(part, key=order.__getitem__)), sizes, spacing) for part in parts if len(part) > 1
    ]
    single = [next(iter(part)) for part in parts if len(part) == 1]
    if rows:
        placed.update(rows[0])
    _stack(placed, rows[1:], sizes)
    _stack(placed, [{node: (0.0, 0.0)} for node in single], sizes)
    placed = _centred(placed)
    placed.update(_place_outer(graph, [n for n in graph if n in outside], placed, sizes))
    return {node: (float(round(x)), float(round(y))) for node, (x, y) in placed.items()}


def _part(graph: nx.Graph[str], nodes: Sequence[str]) -> nx.Graph[str]:
    """Return the subgraph of `nodes`, in their order: networkx's own view may iterate in the order of a set."""
    inside = set(nodes)
    part: nx.Graph[str] = nx.Graph()
    part.add_nodes_from(nodes)
    part.add_edges_from((u, v, d) for u, v, d in graph.edges(data=True) if u in inside and v in inside)
    return part


def _place_part(part: nx.Graph[str], sizes: Mapping[str, Size], spacing: float) -> dict[str, Point]:
    nodes = list(part)
    raw: Mapping[str, object]
    if len(nodes) == 2:
        raw = {nodes[0]: (0.0, 0.0), nodes[1]: (1.0, 0.0)}
    elif len(nodes) <= STRESS_LIMIT:
        lengths: nx.Graph[str] = nx.Graph()
        lengths.add_nodes_from(nodes)
        lengths.add_edges_from((u, v, {"length": _length(part, u, v, d)}) for u, v, d in part.edges(data=True))
        raw = nx.kamada_kawai_layout(lengths, weight="length")
    else:
        raw = nx.spring_layout(
            part, weight="weight", seed=SEED, iterations=60, method="force", k=2.2 / math.sqrt(len(nodes))
        )
    points = np.array([raw[n] for n in nodes], dtype=np.float64)
    points = _upright(points - points.mean(axis=0))
    index = {node: i for i, node in enumerate(nodes)}
    ends = np.array([[index[u], index[v]] for u, v in part.edges()], dtype=np.intp)
    mean = float(np.linalg.norm(points[ends[:, 0]] - points[ends[:, 1]], axis=1).mean())
    points *= spacing / max(mean, 1e-9)
    boxes = np.array([sizes[n] for n in nodes], dtype=np.float64)
    stretch = _ASPECT / max(_aspect(points), 1e-9)
    # Boxes are wider than high, so pushing them apart makes a picture taller; a second try makes up for it.
    for _ in range(3):
        tried = points * np.array([math.sqrt(stretch), 1 / math.sqrt(stretch)])
        tried = separate(tried, boxes)
        miss = _ASPECT / max(_aspect(tried), 1e-9)
        if miss < 1.15 or len(nodes) == 2:
            break
        stretch *= miss
    points = tried
    return {n: (float(x), float(y)) for n, (x, y) in zip(nodes, points, strict=True)}


def _length(part: nx.Graph[str], u: str, v: str, data: Mapping[str, float]) -> float:
    """Wanted length of an edge: longer beside a hub, which needs room, and shorter for a heavy edge."""
    hub = min(part.degree[u], part.degree[v])
    return (1.0 + 0.12 * hub) / math.sqrt(math.sqrt(data.get("weight", 1.0)))


def _upright(points: Array) -> Array:
    """Turn the longest axis into the horizontal."""
    if len(points) > 2:
        _, axes = np.linalg.eigh(np.cov(points.T))
        axes = axes[:, ::-1]
        # An eigenvector's sign is arbitrary: fix it, so that the picture never flips between machines.
        axes *= np.where(axes[np.abs(axes).argmax(axis=0), [0, 1]] < 0, -1.0, 1.0)
        points = points @ axes
    return points


def _aspect(points: Array) -> float:
    """Width by height; 0 for a horizontal line counts as the format wanted."""
    width, height = np.ptp(points, axis=0)
    return float(width) / float(height) if float(height) > 0 else float(_ASPECT)


def separate(points: Array, boxes: Array, fixed: int = 0, rounds: int = 150) -> Array:
    """Push boxes apart until none overlaps, or `rounds` are over.

    Args:
        points: centres, shape (n, 2).
        boxes: widths and heights, shape (n, 2).
        fixed: the first so many boxes stay where they are.
        rounds: most rounds to try.

    Returns:
        The new centres. In each round every overlapping pair moves along the axis of its smaller overlap (the method
        of Hayashi et al. 1998 reduced to its core), half way each; where that does not end, the picture grows.
    """
    points = points.copy()
    fixed_ones = np.arange(len(points)) < fixed
    if not fixed:
        # Where boxes lie over each other in heaps, room is made at once, which keeps the picture's form.
        while len(_overlapping(points, boxes)[0]) > 3 * len(points) and np.ptp(points, axis=0).any():
            points *= 1.2
    for number in range(1, rounds + 1):
        first, second = _overlapping(points, boxes)
        free = ~(fixed_ones[first] & fixed_ones[second])
        first, second = first[free], second[free]
        if not len(first):
            break
        delta = points[second] - points[first]
        overlap = (boxes[first] + boxes[second]) / 2 + _GAP - np.abs(delta)
        across = (overlap[:, 0] <= overlap[:, 1])[:, None] == np.array([True, False])
        step = np.where(across, np.where(delta < 0, -overlap, overlap), 0.0)
        # A fixed box leaves the whole way to the other.
        alone = (fixed_ones[first] | fixed_ones[second])[:, None]
        step *= np.where(alone, 1.0, 0.5)
        shift = np.zeros_like(points)
        np.add.at(shift, second, step)
        np.add.at(shift, first, -step)
        shift[fixed_ones] = 0.0
        hits = np.bincount(first, minlength=len(points)) + np.bincount(second, minlength=len(points))
        # The mean over a node's overlaps, somewhat more than whole, settles without swinging.
        points += 1.1 * shift / np.maximum(hits, 1)[:, None]
        if not fixed and number % 10 == 0:
            points *= 1.05
    return points


def _overlapping(points: Array, boxes: Array) -> tuple[Indices, Indices]:
    """Return both indices of each pair of boxes that overlap, the smaller first; sorted."""
    n = len(points)
    order = np.argsort(points[:, 0], kind="stable")
    xs = points[order, 0]
    # In the order of x, the partners of a box stand in one run after it: no need to look at all pairs.
    ends = np.searchsorted(xs, xs + boxes[:, 0].max(initial=0.0) + _GAP)
    counts = np.maximum(ends - np.arange(n) - 1, 0)
    left = np.repeat(np.arange(n), counts)
    within = np.arange(len(left)) - np.repeat(np.cumsum(counts) - counts, counts)
    a, b = order[left], order[left + 1 + within]
    near = (np.abs(points[a] - points[b]) < (boxes[a] + boxes[b]) / 2 + _GAP - 0.5).all(axis=1)
    first, second = np.minimum(a[near], b[near]), np.maximum(a[near], b[near])
    ranked = np.lexsort((second, first))
    return first[ranked], second[ranked]


def _stack(placed: dict[str, Point], parts: Sequence[Mapping[str, Point]], sizes: Mapping[str, Size]) -> None:
    """Add `parts` to `placed` in rows under what is there, as wide as that is."""
    if not parts:
        return
    left, _, right, bottom = _bounds(placed, sizes) if placed else (0.0, 0.0, 0.0, 0.0)
    width = max(right - left, 260.0 * math.sqrt(len(parts)))
    x, y, row = left, bottom + (3 * _GAP if placed else 0.0), 0.0
    for part in parts:
        p_left, p_top, p_right, p_bottom = _bounds(part, sizes)
        if x > left and x + p_right - p_left > left + width:
            x, y, row = left, y + row + 1.5 * _GAP, 0.0
        for node, (px, py) in part.items():
            placed[node] = (x + px - p_left, y + py - p_top)
        x += p_right - p_left + 2 * _GAP
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
        anchors = [core[n] for n in graph[node] if n in core]
        if anchors:
            angle, radius = i * golden, 34.0 + 5.0 * (i % 7)
            x = sum(a[0] for a in anchors) / len(anchors) + radius * math.cos(angle)
            y = sum(a[1] for a in anchors) / len(anchors) + radius * math.sin(angle)
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


def _centred(points: Mapping[str, Point]) -> dict[str, Point]:
    if not points:
        return {}
    xs = [x for x, _ in points.values()]
    ys = [y for _, y in points.values()]
    cx, cy = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return {n: (x - cx, y - cy) for n, (x, y) in points.items()}
