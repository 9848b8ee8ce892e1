from __future__ import annotations

import itertools
from collections.abc import Sequence

import networkx as nx
import numpy as np
import pytest

from kg.view.layout import layout, separate

SIZE = (80.0, 40.0)


def overlaps(first: tuple[float, float], second: tuple[float, float]) -> bool:
    return abs(first[0] - second[0]) < SIZE[0] and abs(first[1] - second[1]) < SIZE[1]


def placed(graph: nx.Graph[str], outer: Sequence[str] = ()) -> dict[str, tuple[float, float]]:
    return layout(graph, dict.fromkeys(graph, SIZE), outer)


def wheel(n: int) -> nx.Graph[str]:
    graph: nx.Graph[str] = nx.Graph()
    for i in range(n):
        graph.add_edge("hub", f"n{i}")
        graph.add_edge(f"n{i}", f"n{(i + 1) % n}")
    return graph


def test_no_two_boxes_overlap() -> None:
    graph = wheel(20)
    graph.add_edge("a", "b")
    graph.add_nodes_from(["alone", "lonely"])
    points = placed(graph)
    assert set(points) == set(graph)
    assert not any(overlaps(points[a], points[b]) for a, b in itertools.combinations(points, 2))


def test_the_picture_is_wider_than_high() -> None:
    xs, ys = zip(*placed(wheel(30)).values(), strict=True)
    assert 1.0 < (max(xs) - min(xs)) / (max(ys) - min(ys)) < 2.5


def test_linked_nodes_stand_nearer_than_others() -> None:
    points = placed(nx.path_graph([f"n{i}" for i in range(8)]))
    assert abs(points["n0"][0] - points["n1"][0]) < abs(points["n0"][0] - points["n7"][0])


def test_papers_do_not_move_the_concepts() -> None:
    graph = wheel(8)
    before = placed(graph)
    graph.add_edge("paper", "hub")
    graph.add_node("unread")
    after = placed(graph, outer=["paper", "unread"])
    assert {node: after[node] for node in before} == before
    assert max(abs(after["paper"][0] - after["hub"][0]), abs(after["paper"][1] - after["hub"][1])) < 120


@pytest.mark.parametrize("nodes", [[], ["one"], ["one", "two"]])
def test_tiny_graphs(nodes: list[str]) -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(nodes)
    assert set(placed(graph)) == set(nodes)


def test_a_large_part_is_laid_out_by_springs() -> None:
    graph = nx.relabel_nodes(nx.barabasi_albert_graph(300, 1, seed=1), str)
    points = placed(graph)
    assert len(set(points.values())) == 300
    assert placed(graph) == points


def test_separate_leaves_what_is_fixed_and_parts_what_stands_on_one_spot() -> None:
    points = separate(np.zeros((4, 2)), np.full((4, 2), 10.0), fixed=1)
    assert points[0].tolist() == [0.0, 0.0]
    gaps = [np.abs(points[i] - points[j]).max() for i, j in itertools.combinations(range(4), 2)]
    assert min(gaps) >= 10.0
