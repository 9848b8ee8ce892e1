"""Measures that tell a reader what is central in a network."""

from __future__ import annotations

from typing import Final

import networkx as nx

_EXACT: Final = 1000
"""Nodes up to which betweenness is exact (Brandes 2001 takes nodes times edges steps); above, it is sampled."""
_SAMPLES: Final = 500
_SEED: Final = 7
_DIGITS: Final = 6
"""Decimals kept: fewer than where processors disagree."""


def add_measures(graph: nx.MultiDiGraph[str]) -> None:
    """Write `degree`, `betweenness` and `pagerank` to every node of a projection.

    Degree counts distinct neighbours in the whole network. Betweenness (normalised) and PageRank (damping 0.85) are of
    the network without papers, undirected, parallel edges as one: with papers in, they would tell which papers name
    many things. Papers have 0 in both.
    """
    whole: nx.Graph[str] = nx.Graph()
    whole.add_edges_from((source, target) for source, target in graph.edges() if source != target)
    things = [name for name, data in graph.nodes(data=True) if data["kind"] != "Paper"]
    network: nx.Graph[str] = nx.Graph()
    network.add_nodes_from(things)
    chosen = set(things)
    network.add_edges_from(edge for edge in whole.edges() if chosen.issuperset(edge))
    samples = None if len(things) <= _EXACT else _SAMPLES
    betweenness = nx.betweenness_centrality(network, k=samples, seed=_SEED)
    pagerank = nx.pagerank(network) if things else {}
    for name, data in graph.nodes(data=True):
        data["degree"] = whole.degree(name) if name in whole else 0
        data["betweenness"] = round(float(betweenness.get(name, 0.0)), _DIGITS)
        data["pagerank"] = round(float(pagerank.get(name, 0.0)), _DIGITS)
