"""Pushing boxes apart until none overlaps: single boxes, or groups of boxes that keep their form.

Units are px at scale 1. Points are centres, shape (n, 2); boxes are widths and heights, shape (n, 2).
"""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[np.float64]
Indices: TypeAlias = npt.NDArray[np.intp]

GAP: Final = 14.0
"""Free room between two boxes."""

_CROWD: Final = 3
"""Overlaps a box from which on the boxes are taken to lie over each other in heaps."""
_ENOUGH: Final = 2000
"""Rounds that are never reached where boxes may be moved freely, because the picture grows every ten rounds."""


def separate(points: Array, boxes: Array, fixed: int = 0, rounds: int = _ENOUGH) -> Array:
    """Push boxes apart until none overlaps, or `rounds` are over.

    Args:
        points: centres.
        boxes: widths and heights.
        fixed: the first so many boxes stay where they are.
        rounds: most rounds to try. Only where boxes are fixed can it be that there is no end.

    Returns:
        The new centres. In each round every overlapping pair moves along the axis of its smaller overlap (the method
        of Hayashi et al. 1998 reduced to its core), half way each; where that does not end, the picture grows.
    """
    points = points.copy()
    fixed_ones = np.arange(len(points)) < fixed
    if not fixed:
        # Where boxes lie over each other in heaps, room is made at once, which keeps the picture's form.
        while len(overlapping(points, boxes)[0]) > _CROWD * len(points) and np.ptp(points, axis=0).any():
            points *= 1.2
    for number in range(1, rounds + 1):
        first, second = overlapping(points, boxes)
        free = ~(fixed_ones[first] & fixed_ones[second])
        first, second = first[free], second[free]
        if not len(first):
            break
        delta = points[second] - points[first]
        overlap = (boxes[first] + boxes[second]) / 2 + GAP - np.abs(delta)
        across = (overlap[:, 0] <= overlap[:, 1])[:, None] == np.array([True, False])
        step = np.where(across, np.where(delta < 0, -overlap, overlap), 0.0)
        # A fixed box leaves the whole way to the other.
        alone = (fixed_ones[first] | fixed_ones[second])[:, None]
        step *= np.where(alone, 1.0, 0.5)
        shift = _shift(step, first, second, len(points))
        shift[fixed_ones] = 0.0
        hits = np.bincount(first, minlength=len(points)) + np.bincount(second, minlength=len(points))
        # The mean over a node's overlaps, somewhat more than whole, settles without swinging.
        points += 1.1 * shift / np.maximum(hits, 1)[:, None]
        if not fixed and number % 10 == 0:
            points *= 1.05
    return points


def separate_groups(points: Array, boxes: Array, group: Indices, gap: float, rounds: int = 0) -> Array:
    """Push groups of boxes apart, each moved as a whole, until no boxes of two groups overlap.

    Groups may reach into each other's hollows, so that they take less room than the rectangles around them would.

    Args:
        points: centres.
        boxes: widths and heights.
        group: number of each box's group, from 0 without a gap.
        gap: free room between boxes of two groups.
        rounds: most rounds to try, with overlaps left; 0 goes on to the end and lets the picture grow for it.

    Returns:
        The new centres. In each round two groups that overlap move apart along the line between their middles, half of
        the way that frees the deepest of their overlaps each.
    """
    points = points.copy()
    count = int(group.max(initial=-1)) + 1
    for number in range(1, (rounds or _ENOUGH) + 1):
        near = _beside_others(points, boxes, group, gap)
        first, second = (near[side] for side in overlapping(points[near], boxes[near], gap))
        apart = group[first] != group[second]
        first, second = first[apart], second[apart]
        if not len(first):
            break
        swap = group[first] > group[second]
        first, second = np.where(swap, second, first), np.where(swap, first, second)
        middles = group_means(points, group, count)
        one, other = group[first], group[second]
        along = middles[other] - middles[one]
        along /= np.maximum(np.linalg.norm(along, axis=1), 1e-9)[:, None]
        along = np.where(np.abs(along) < 1e-6, 1e-6, along)
        reach = (boxes[first] + boxes[second]) / 2 + gap
        way = ((reach * np.sign(along) - (points[second] - points[first])) / along).min(axis=1)
        pair, index = np.unique(one * count + other, return_inverse=True)
        deepest = np.zeros(len(pair))
        np.maximum.at(deepest, index, way)
        one, other = pair // count, pair % count
        along = middles[other] - middles[one]
        along /= np.maximum(np.linalg.norm(along, axis=1), 1e-9)[:, None]
        # Two groups with the same middle have no line between them: any will do.
        along[~along.any(axis=1)] = (1.0, 0.0)
        # Less than the whole sum, because the pushes of two neighbours often free the same overlap.
        points += (0.8 * _shift(along * deepest[:, None] / 2, one, other, count))[group]
        if not rounds and number % 10 == 0:
            points += (group_means(points, group, count) * 0.05)[group]
    return points


def overlapping(points: Array, boxes: Array, gap: float = GAP) -> tuple[Indices, Indices]:
    """Return both indices of each pair of boxes that lie nearer than `gap`, the smaller first."""
    count = len(points)
    if count < 2:
        return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp)
    wide, high = boxes.max(axis=0) + gap
    from_left = points[:, 0] - points[:, 0].min()
    # Strips as high as the highest box, laid end to end into one line with room between: the partners of a box stand
    # in one run after it, and in one run of the next strip.
    length = float(from_left.max()) + 2 * wide
    line = from_left + np.floor((points[:, 1] - points[:, 1].min()) / high) * length
    order = np.argsort(line, kind="stable")
    line = line[order]
    own = _runs(np.arange(1, count + 1), np.searchsorted(line, line + wide))
    below = _runs(np.searchsorted(line, line + length - wide), np.searchsorted(line, line + length + wide))
    a, b = (order[np.concatenate(sides)] for sides in zip(own, below, strict=True))
    near = (np.abs(points[a] - points[b]) < (boxes[a] + boxes[b]) / 2 + gap - 0.5).all(axis=1)
    return np.minimum(a, b)[near], np.maximum(a, b)[near]


def _runs(starts: Indices, ends: Indices) -> tuple[Indices, Indices]:
    """Return i and j for each j in ``range(starts[i], ends[i])``."""
    counts = np.maximum(ends - starts, 0)
    left = np.repeat(np.arange(len(starts)), counts)
    within = np.arange(len(left)) - np.repeat(np.cumsum(counts) - counts, counts)
    return left, np.repeat(starts, counts) + within


def group_means(values: Array, group: Indices, count: int) -> Array:
    """Return the mean of the rows of each group, shape (count, 2)."""
    sums = np.stack([np.bincount(group, values[:, axis], count) for axis in (0, 1)], axis=1)
    return np.asarray(sums / np.maximum(np.bincount(group, minlength=count), 1)[:, None], dtype=np.float64)


def bounds(points: Array, boxes: Array) -> tuple[Array, Array]:
    """Return the top left and the bottom right corner of the rectangle around all boxes."""
    return (points - boxes / 2).min(axis=0), (points + boxes / 2).max(axis=0)


def _shift(step: Array, first: Indices, second: Indices, count: int) -> Array:
    """Return the shift of each thing: the sum over its pairs, `first` against `step` and `second` along it."""
    sums = [np.bincount(second, step[:, axis], count) - np.bincount(first, step[:, axis], count) for axis in (0, 1)]
    return np.stack(sums, axis=1)


def _beside_others(points: Array, boxes: Array, group: Indices, gap: float) -> Indices:
    """Return the boxes that reach into the rectangle around another group: no others can overlap."""
    count = int(group.max(initial=-1)) + 1
    low, high = np.full((count, 2), np.inf), np.full((count, 2), -np.inf)
    np.minimum.at(low, group, points - boxes / 2 - gap)
    np.maximum.at(high, group, points + boxes / 2 + gap)
    inside = np.ones((len(points), count), dtype=bool)
    for axis in (0, 1):
        half = boxes[:, axis] / 2
        inside &= (points[:, axis] + half)[:, None] > low[:, axis]
        inside &= (points[:, axis] - half)[:, None] < high[:, axis]
    inside[np.arange(len(points)), group] = False
    return np.flatnonzero(inside.any(axis=1))
