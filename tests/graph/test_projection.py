from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
import pytest

from kg.graph import project, write_graphml
from tests.graph.build import (
    ASHERMAN,
    CORD,
    CORD_CELLS,
    CORD_MSC,
    ONTOLOGY,
    PLAIN_MSC,
    THIN,
    UTERINE,
    VESICLES,
    study,
    trial,
)

THERAPY = "MSCKG:vocabulary/msc-therapy"
NODE_ATTRIBUTES = {
    "id", "label", "kind", "iri", "local", "broader", "broader_labels", "mentions", "papers", "degree", "betweenness",
    "pagerank",
}  # fmt: skip
EDGE_ATTRIBUTES = {
    "id", "kind", "predicate", "label", "polarity", "negated", "study_type", "phase", "species", "species_label",
    "evidence", "papers", "weight",
}  # fmt: skip


@pytest.fixture(scope="module")
def graph() -> nx.MultiDiGraph[str]:
    return project(study(), ONTOLOGY, title="Tiny")


def edges(graph: nx.MultiDiGraph[str], kind: str) -> set[tuple[str, str]]:
    return {(u, v) for u, v, data in graph.edges(data=True) if data["kind"] == kind}


def test_every_node_and_edge_has_its_attributes(graph: nx.MultiDiGraph[str]) -> None:
    for name, data in graph.nodes(data=True):
        assert set(data) >= NODE_ATTRIBUTES
        assert data["id"] == name
    for _, _, key, data in graph.edges(keys=True, data=True):
        assert set(data) == EDGE_ATTRIBUTES
        assert data["id"] == key
    keys = [key for *_, key in graph.edges(keys=True)]
    assert len(keys) == len(set(keys))


def test_kinds_of_edges(graph: nx.MultiDiGraph[str]) -> None:
    assert edges(graph, "assertion") == {
        (PLAIN_MSC.id, THIN),
        (CORD_CELLS.id, THIN),
        (CORD_CELLS.id, ASHERMAN),
        (VESICLES.id, ASHERMAN),
    }
    assert edges(graph, "effect") == {(VESICLES.id, "CL:0002255")}
    assert edges(graph, "co_mention") == {("CL:0002255", ASHERMAN)}
    assert edges(graph, "derives_from") == {(CORD_CELLS.id, CORD), (VESICLES.id, CORD), (VESICLES.id, CORD_MSC)}
    assert edges(graph, "has_part") == {(PLAIN_MSC.id, "CL:0000134"), (CORD_CELLS.id, CORD_MSC)}
    assert edges(graph, "broader") == {
        (THIN, UTERINE),
        (CORD_MSC, "CL:0000134"),
        (PLAIN_MSC.id, THERAPY),
        (CORD_CELLS.id, THERAPY),
        (VESICLES.id, THERAPY),
    }
    assert edges(graph, "cites") == {("doi:10.1000/primary", "PMID:1001")}
    assert edges(graph, "related") == {("doi:10.1000/primary", "PMID:1002"), ("doi:10.1000/primary", "PMID:1003")}
    assert ("PMID:1003", ASHERMAN) in edges(graph, "mentions")


def test_an_assertion_carries_its_evidence(graph: nx.MultiDiGraph[str]) -> None:
    [assertion] = trial().assertions
    data = graph.edges[CORD_CELLS.id, THIN, assertion.id]
    assert {
        k: data[k] for k in ("predicate", "label", "polarity", "negated", "study_type", "phase", "species_label")
    } == {
        "predicate": "biolink:in_clinical_trials_for",
        "label": "in clinical trials for",
        "polarity": "inconclusive",
        "negated": False,
        "study_type": "clinical_trial",
        "phase": "1/2",
        "species_label": "Homo sapiens",
    }
    [evidence] = data["evidence"]
    assert evidence["paper_title"] == "A trial"
    assert evidence["paper_url"] == "https://pubmed.ncbi.nlm.nih.gov/1001"
    assert trial().document.text[evidence["start"] : evidence["end"]] == evidence["sentence"]


def test_a_broader_public_concept_of_ours_is_a_node(graph: nx.MultiDiGraph[str]) -> None:
    assert graph.nodes[UTERINE]["mentions"] == 0
    assert graph.nodes[THIN]["broader_labels"] == ["Uterine Diseases"]
    assert graph.nodes[THIN]["local"] is True
    assert "MESH:D005831" not in graph


def test_counts(graph: nx.MultiDiGraph[str]) -> None:
    assert (graph.nodes[THIN]["mentions"], graph.nodes[THIN]["papers"]) == (4, 4)
    assert (graph.nodes[CORD_CELLS.id]["mentions"], graph.nodes[CORD_CELLS.id]["papers"]) == (3, 3)
    assert graph.nodes["PMID:1001"]["mentions"] == 3


def test_measures_of_a_star() -> None:
    # Without papers the trial is: the product in the middle of therapy, cell, tissue and disease; the disease and the
    # cell each have nobody else but the broader disease.
    graph = project([trial()], ONTOLOGY, papers=False)
    assert set(graph) == {THERAPY, CORD_CELLS.id, CORD_MSC, CORD, THIN, UTERINE, "NCBITaxon:9606"}
    degrees = {name: data["degree"] for name, data in graph.nodes(data=True)}
    assert degrees == {THERAPY: 1, CORD_CELLS.id: 4, CORD_MSC: 1, CORD: 1, THIN: 2, UTERINE: 1, "NCBITaxon:9606": 0}
    # Pairs of the other six nodes: 15. Between the product's four sides (1, 1, 1 and 2 nodes) 3 + 6 = 9 go through it,
    # through the disease go the 4 from what is broader.
    assert graph.nodes[CORD_CELLS.id]["betweenness"] == pytest.approx(9 / 15, abs=1e-6)
    assert graph.nodes[THIN]["betweenness"] == pytest.approx(4 / 15, abs=1e-6)
    assert sum(data["pagerank"] for _, data in graph.nodes(data=True)) == pytest.approx(1, abs=1e-4)


def test_order_of_documents_makes_no_difference(graph: nx.MultiDiGraph[str], tmp_path: Path) -> None:
    other = project(list(reversed(study())), ONTOLOGY, title="Tiny")
    write_graphml(graph, tmp_path / "a.graphml")
    write_graphml(other, tmp_path / "b.graphml")
    assert (tmp_path / "a.graphml").read_bytes() == (tmp_path / "b.graphml").read_bytes()


def test_graphml_is_read_back(graph: nx.MultiDiGraph[str], tmp_path: Path) -> None:
    write_graphml(graph, tmp_path / "graph.graphml")
    back = nx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True)
    assert set(back) == set(graph)
    assert back.number_of_edges() == graph.number_of_edges()
    [assertion] = trial().assertions
    data = back.get_edge_data(CORD_CELLS.id, THIN, assertion.id)
    assert json.loads(data["evidence"])[0]["sentence"].startswith("Cord MSCs were infused")
    assert data["negated"] is False
    assert all("phase" not in edge for edge in back["CL:0002255"][ASHERMAN].values())


def test_what_xml_forbids_is_left_out_of_graphml(tmp_path: Path) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("a", label="bell\x07 and \ufffe")
    write_graphml(graph, tmp_path / "x.graphml")
    assert nx.read_graphml(tmp_path / "x.graphml").nodes["a"]["label"] == "bell  and  "


def test_nothing_makes_an_empty_graph() -> None:
    assert len(project([], ONTOLOGY)) == 0
