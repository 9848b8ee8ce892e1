"""Communities of a graph, and the graph taken apart by them.

A community is a set of nodes with more lines among them than chance would give (modularity), found by the method of
Leiden (Traag et al. 2019, https://doi.org/10.1038/s41598-019-41695-z) as igraph has it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import igraph
import numpy as np

from kg.view.separation import Array, Indices

_PASSES: Final = 10
"""Passes of the method: by then nothing changes any more, or next to nothing."""


@dataclass(frozen=True, slots=True)
class Links:
    """The lines of a graph whose nodes are numbers from 0.

    Attributes:
        count: nodes.
        ends: both ends of each line, shape (m, 2); a pair of nodes once, none with itself.
        weights: how strongly each draws its ends together, more than 0.
    """

    count: int
    ends: Indices
    weights: Array

    def igraph(self) -> igraph.Graph:
        """Return the graph as igraph takes it, without weights."""
        return igraph.Graph(self.count, self.ends.tolist())


@contextmanager
def fixed_seed(seed: int) -> Iterator[None]:
    """Let igraph draw from a generator of its own with a fixed seed, then from Python's again, as it does by itself."""
    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 (a picture, no secret)
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)


def communities(links: Links) -> Indices:
    """Return the number of each node's community, from 0 without a gap; one number for all where there are none."""
    found = links.igraph().community_leiden(
        objective_function="modularity", weights=links.weights.tolist(), n_iterations=_PASSES
    )
    return np.array(found.membership, dtype=np.intp)


def between(links: Links, group: Indices) -> Links:
    """Return the graph whose nodes are the groups; the lines between two groups are one with their weight together."""
    count = int(group.max(initial=-1)) + 1
    one, other = group[links.ends[:, 0]], group[links.ends[:, 1]]
    out = one != other
    pairs, index = np.unique(np.minimum(one, other)[out] * count + np.maximum(one, other)[out], return_inverse=True)
    ends = np.stack([pairs // count, pairs % count], axis=1)
    return Links(count, ends, np.bincount(index, links.weights[out], len(pairs)).astype(np.float64))


def inside(links: Links, group: Indices) -> Iterator[tuple[Indices, Links]]:
    """Yield for each group its nodes, in their order, and the lines among them, numbered within the group."""
    count = int(group.max(initial=-1)) + 1
    nodes = np.argsort(group, kind="stable")
    node_cuts = np.searchsorted(group[nodes], np.arange(count + 1))
    within = np.empty(links.count, dtype=np.intp)
    within[nodes] = np.arange(links.count) - node_cuts[group[nodes]]
    home = group[links.ends[:, 0]]
    lines = np.flatnonzero(home == group[links.ends[:, 1]])
    lines = lines[np.argsort(home[lines], kind="stable")]
    line_cuts = np.searchsorted(home[lines], np.arange(count + 1))
    for number in range(count):
        members = nodes[node_cuts[number] : node_cuts[number + 1]]
        own = lines[line_cuts[number] : line_cuts[number + 1]]
        yield members, Links(len(members), within[links.ends[own]], links.weights[own])
