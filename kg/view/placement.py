"""Places for the nodes of one connected graph: small ones by stress, large ones community by community.

A graph of up to `WHOLE` nodes is laid out in one piece by stress (Kamada & Kawai 1989): distances in the picture are as
those in the graph, with lines from community to community longer than those inside. A larger one is taken apart into
its communities (`kg.view.communities`). Each is laid out by itself, again in communities where it is large, and turned
so that its nodes look towards their neighbours outside; then the communities are laid out as a graph of their own,
drawn towards each other by their lines and pushed apart as wholes. So no community lies in another, and the strip of
free room around each shows where it ends. Stress, whose time grows with the cube of the nodes, never sees more than
`STRESS` of them.

How well the picture shows the communities is measured by the mean of the nodes' silhouettes (Rousseeuw 1987), with
distances to the middles of communities: 1 when each node stands at the middle of its own, 0 when it stands half way to
the next, below 0 when the next is nearer. On networks of 500 to 20,000 nodes with the proportions of a real study
(`kg.evaluation.synthetic_network`) it is 0.54 to 0.58, on a real one of 790 nodes 0.61; springs over the whole graph
(Fruchterman & Reingold 1991) come to -0.5 to -0.1 and 0.1. In one piece the default study has 0.33, and 0.13 without
the longer lines.
"""

from __future__ import annotations

import math
from typing import Final

import igraph
import numpy as np

from kg.view.communities import Links, between, communities, inside
from kg.view.separation import Array, Indices, bounds, group_means, separate, separate_groups

WHOLE: Final = 100
"""Largest graph, or community, that is laid out in one piece when it falls into communities."""
STRESS: Final = 220
"""Largest graph that is laid out by stress where it does not; by springs above."""

_AWAY: Final = 1.4
"""How much longer a line between two communities is wanted than one inside, in a graph in one piece."""
_BEND: Final = 0.6
"""Power of a distance inside a community, so that what is far from its middle counts less and it becomes round."""
_GAPS: Final = (70.0, 34.0, 24.0)
"""Free room around a community of the whole, around one in such a community, and around all smaller ones."""
_GATHER: Final = 30
"""Steps in which communities are drawn together."""
_DRAW: Final = 0.1
"""Part of the way to its neighbours that a community goes in the first step; it falls to 0 in the last."""
_SPRING_STEPS: Final = 300


def place(links: Links, boxes: Array, spacing: float, form: float) -> Array:
    """Place the nodes of a connected graph.

    Args:
        links: its lines; it has two nodes or more.
        boxes: width and height of each node.
        spacing: wanted length of a line inside a community.
        form: wanted width of the picture by its height.

    Returns:
        Centres, shape (n, 2). No two boxes overlap.
    """
    group = _division(links)
    if group is None:
        return _formed(_drawn(links, _lengths(links, communities(links))), links, boxes, spacing, form)
    return _by_communities(links, boxes, group, np.zeros((links.count, 2)), spacing, form)


def _division(links: Links) -> Indices | None:
    """Return the communities of a graph that has too many nodes for one piece; None where it does not fall apart."""
    if links.count <= WHOLE:
        return None
    group = communities(links)
    return group if 1 < group.max() + 1 < links.count else None


def _by_communities(
    links: Links, boxes: Array, group: Indices, pull: Array, spacing: float, form: float | None, depth: int = 0
) -> Array:
    """Place a graph by its communities; `pull` is where each node is drawn to from outside this graph."""
    outer = between(links, group)
    middles = _drawn(outer, 1 / _weighed(outer.weights) ** 0.35)
    middles = _turned(middles, group_means(pull, group, outer.count)) if depth else _upright(middles)
    pull = pull + _pulls(links, group, middles)
    inner = np.zeros((links.count, 2))
    rooms = np.zeros((outer.count, 2))
    for number, (members, own) in enumerate(inside(links, group)):
        points = _community(own, boxes[members], pull[members], spacing, depth + 1)
        low, high = bounds(points, boxes[members])
        inner[members] = points - (low + high) / 2
        rooms[number] = high - low
    gap = _GAPS[min(depth, len(_GAPS) - 1)]
    middles *= math.sqrt(float(rooms.prod(axis=1).sum()) / max(float(np.ptp(middles, axis=0).prod()), 1e-9))
    if form:
        middles *= _stretch(form / _form(middles))
    # Begun from where not even the rectangles around them overlap, what is drawn together only ever touches.
    middles = separate_groups(middles, rooms, np.arange(outer.count), gap)
    return _gathered(middles[group] + inner, boxes, group, outer, gap, form)


def _community(links: Links, boxes: Array, pull: Array, spacing: float, depth: int) -> Array:
    if links.count == 1:
        return np.zeros((1, 2))
    group = _division(links)
    if group is not None:
        return _by_communities(links, boxes, group, pull, spacing, None, depth)
    lengths = _lengths(links, np.zeros(links.count, dtype=np.intp))
    return separate(_scaled(_turned(_drawn(links, lengths, bend=_BEND), pull), links, spacing), boxes)


def _gathered(points: Array, boxes: Array, group: Indices, outer: Links, gap: float, form: float | None) -> Array:
    """Draw communities towards those that they have lines to and towards the middle, as near as they may stand."""
    ends, weights = outer.ends, outer.weights
    both = np.concatenate([ends[:, 0], ends[:, 1]]), np.concatenate([ends[:, 1], ends[:, 0]])
    twice = np.concatenate([weights, weights])
    total = np.maximum(np.bincount(both[0], twice, outer.count), 1e-9)[:, None]
    for step in range(_GATHER):
        low, high = bounds(points, boxes)
        points = points - (low + high) / 2
        middles = group_means(points, group, outer.count)
        sums = [np.bincount(both[0], twice * middles[both[1], axis], outer.count) for axis in (0, 1)]
        goal = np.stack(sums, axis=1) / total
        # The middle draws half as much, so that what has few lines does not stay far out.
        move = _DRAW * (1 - step / _GATHER) * (goal - 1.5 * middles)
        if form:
            move += middles * (_stretch((form * (high - low)[1] / (high - low)[0]) ** 0.5) - 1)
        points = separate_groups(points + move[group], boxes, group, gap, rounds=3)
    return separate_groups(points, boxes, group, gap)


def _pulls(links: Links, group: Indices, middles: Array) -> Array:
    """Return for each node the sum of the directions to the communities of its neighbours, by the lines' weights."""
    one, other = links.ends[:, 0], links.ends[:, 1]
    way = middles[group[other]] - middles[group[one]]
    way *= (links.weights / np.maximum(np.linalg.norm(way, axis=1), 1e-9))[:, None]
    sums = [
        np.bincount(one, way[:, axis], links.count) - np.bincount(other, way[:, axis], links.count) for axis in (0, 1)
    ]
    return np.stack(sums, axis=1)


def _drawn(links: Links, lengths: Array, *, bend: float = 1.0) -> Array:
    """Draw a graph by stress, or a large one by springs; its mean is the origin, its scale is anything."""
    if links.count <= 2:
        points = np.array([[0.0, 0.0], [1.0, 0.0]])[: links.count]
    elif links.count > STRESS:
        points = _by_springs(links)
    else:
        graph = links.igraph()
        if bend != 1.0:
            one, other = np.triu_indices(links.count, 1)
            lengths = np.array(graph.distances(weights=lengths.tolist()))[one, other] ** bend
            graph = igraph.Graph(links.count, np.stack([one, other], axis=1).tolist())
        points = np.array(graph.layout_kamada_kawai(weights=lengths.tolist()).coords)
    return np.asarray(points - points.mean(axis=0), dtype=np.float64)


def _by_springs(links: Links) -> Array:
    """Draw by springs, from a spiral in the order of the nodes, because igraph's own start is drawn by lot."""
    turns = np.arange(links.count) * math.pi * (3 - math.sqrt(5))
    start = np.sqrt(np.arange(links.count))[:, None] * np.stack([np.cos(turns), np.sin(turns)], axis=1)
    drawn = links.igraph().layout_fruchterman_reingold(
        weights=links.weights.tolist(), seed=start.tolist(), niter=_SPRING_STEPS
    )
    return np.array(drawn.coords)


def _lengths(links: Links, group: Indices) -> Array:
    """Wanted lengths of lines: longer beside a hub, which needs room, and from group to group; shorter when heavy."""
    degrees = np.bincount(links.ends.ravel(), minlength=links.count)
    hub = degrees[links.ends].min(axis=1)
    away = np.where(group[links.ends[:, 0]] == group[links.ends[:, 1]], 1.0, _AWAY)
    return np.asarray(away * (1.0 + 0.12 * hub) / links.weights**0.25, dtype=np.float64)


def _weighed(weights: Array) -> Array:
    """Weights, of which the weakest are raised to half the median: they would stand for very long distances."""
    return np.maximum(weights, np.median(weights) / 2)


def _scaled(points: Array, links: Links, spacing: float) -> Array:
    """Scale so that the mean line is as long as wanted."""
    ways = points[links.ends[:, 0]] - points[links.ends[:, 1]]
    return points * (spacing / max(float(np.linalg.norm(ways, axis=1).mean()), 1e-9))


def _formed(points: Array, links: Links, boxes: Array, spacing: float, form: float) -> Array:
    """Part the boxes of a graph in one piece so that the whole has the wanted form."""
    points = _scaled(_upright(points), links, spacing)
    stretch = form / _form(points, form)
    # Boxes are wider than high, so pushing them apart makes a picture taller; a second try makes up for it.
    for _ in range(3):
        tried = separate(points * _stretch(stretch), boxes)
        miss = form / _form(tried, form)
        if miss < 1.15 or len(points) == 2:
            break
        stretch *= miss
    return tried


def _stretch(ratio: float) -> Array:
    """Factors for both axes that widen a picture by `ratio` against its height."""
    return np.array([math.sqrt(ratio), 1 / math.sqrt(ratio)])


def _form(points: Array, flat: float = 1.0) -> float:
    """Width by height; `flat` for a horizontal line, and never 0."""
    width, height = np.ptp(points, axis=0)
    return max(float(width) / float(height), 1e-9) if float(height) > 0 else flat


def _upright(points: Array) -> Array:
    """Turn the longest axis into the horizontal."""
    if len(points) > 2:
        _, axes = np.linalg.eigh(np.cov(points.T))
        axes = axes[:, ::-1]
        # An eigenvector's sign is arbitrary: fix it, so that the picture never flips between machines.
        axes *= np.where(axes[np.abs(axes).argmax(axis=0), [0, 1]] < 0, -1.0, 1.0)
        points = points @ axes
    return points


def _turned(points: Array, pull: Array) -> Array:
    """Turn, and mirror where that is better, so that each node stands to the side to which it is pulled.

    The angle is that of Procrustes analysis: the one with the greatest sum of products of places and pulls.
    """
    best = (0.0, points)
    for mirror in (1.0, -1.0):
        flipped = points * np.array([1.0, mirror])
        along = float((flipped * pull).sum())
        across = float((flipped[:, 0] * pull[:, 1] - flipped[:, 1] * pull[:, 0]).sum())
        gain = math.hypot(along, across)
        if gain > best[0] * (1 + 1e-9):
            cos, sin = along / gain, across / gain
            best = (gain, flipped @ np.array([[cos, sin], [-sin, cos]]))
    return best[1]
