from __future__ import annotations

from collections import Counter
from itertools import pairwise

import networkx as nx
import pytest

from kg.evaluation.synthetic_network import SMALLEST, synthetic_network
from kg.graph import project
from kg.identifiers import is_curie
from kg.view.lines import lines
from tests.graph.build import ONTOLOGY, study


@pytest.fixture(scope="module")
def graph() -> nx.MultiDiGraph[str]:
    return synthetic_network(1000)


def test_it_has_the_form_of_a_projection(graph: nx.MultiDiGraph[str]) -> None:
    real = project(study(), ONTOLOGY, title="Tiny")
    keys = {data["kind"]: set(data) for _, data in real.nodes(data=True)}
    assert graph.graph.keys() == real.graph.keys()
    for node, data in graph.nodes(data=True):
        assert set(data) == keys[data["kind"]]
        assert data["id"] == node
        assert is_curie(node)
    (edge_keys,) = {frozenset(data) for *_, data in real.edges(data=True)}
    evidence = {frozenset(row) for *_, data in real.edges(data=True) for row in data["evidence"]}
    for source, target, key, data in graph.edges(keys=True, data=True):
        assert set(data) == edge_keys
        assert data["id"] == key
        assert source != target
        assert {frozenset(row) for row in data["evidence"]} <= evidence
    assert {d["kind"] for *_, d in graph.edges(data=True)} >= {"assertion", "co_mention", "broader", "mentions"}


@pytest.mark.parametrize("nodes", [SMALLEST, 50, 500, 3000])
def test_it_has_as_many_nodes_as_asked_for(nodes: int) -> None:
    made = synthetic_network(nodes)
    assert len(made) == nodes
    assert {data["kind"] for _, data in made.nodes(data=True)} == {
        *("CellType", "Disease", "Intervention", "Paper", "Species", "Tissue"),
    }


def test_fewer_nodes_than_make_a_study_are_refused() -> None:
    with pytest.raises(ValueError, match="too few"):
        synthetic_network(SMALLEST - 1)


def test_proportions(graph: nx.MultiDiGraph[str]) -> None:
    kinds = Counter(data["kind"] for _, data in graph.nodes(data=True))
    assert kinds["Disease"] > 4 * kinds["CellType"] > 4 * kinds["Species"] > 4 * kinds["Tissue"]
    assert 2 < len(lines(graph)) / len(graph) < 4
    evidence = Counter(len(d["evidence"]) for *_, d in graph.edges(data=True) if d["kind"] == "assertion")
    assert set(evidence) == {1, 2, 3, 4, 5}
    degrees = sorted((data["degree"] for _, data in graph.nodes(data=True) if data["kind"] != "Paper"), reverse=True)
    assert degrees[0] > 20 * degrees[len(degrees) // 2]
    shares = [
        sum(data["kind"] == "Paper" for _, data in synthetic_network(n).nodes(data=True)) / n for n in (100, 500, 3000)
    ]
    assert all(first < second for first, second in pairwise(shares))


def test_marks_are_of_the_names(graph: nx.MultiDiGraph[str]) -> None:
    rows = [(u, v, row) for u, v, data in graph.edges(data=True) for row in data["evidence"]]
    assert rows
    for source, target, row in rows:
        marked = {role: row["sentence"][start:end] for start, end, _, role in row["marks"]}
        assert marked == {"subject": graph.nodes[source]["label"], "object": graph.nodes[target]["label"]}


def test_names_differ(graph: nx.MultiDiGraph[str]) -> None:
    names = [data["label"] for _, data in graph.nodes(data=True) if data["kind"] != "Paper"]
    assert len(set(names)) == len(names)


def test_the_same_arguments_give_the_same_network(graph: nx.MultiDiGraph[str]) -> None:
    again = synthetic_network(1000)
    assert list(again.nodes(data=True)) == list(graph.nodes(data=True))
    assert list(again.edges(keys=True, data=True)) == list(graph.edges(keys=True, data=True))
    assert list(synthetic_network(1000, seed=8).nodes(data=True)) != list(graph.nodes(data=True))
