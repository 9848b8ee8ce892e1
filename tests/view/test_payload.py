from __future__ import annotations

from collections import Counter

from kg.view.network import build_network
from kg.view.payload import payload
from tests.view.synthetic import ADHESIONS, CORD_CELLS, HUMAN, THIN, add_edge, evidence, small, study

STUDY = {"title": "t", "subtitle": "", "url": None, "date": None}


def test_each_statement_and_paper_is_written_once() -> None:
    data = payload(build_network(small()), STUDY)
    ids = [statement["id"] for statement in data["statements"]]
    assert len(ids) == len(set(ids))
    assert [paper["id"] for paper in data["papers"]] == ["doi:10.1234/abc", "PMID:1"]
    by_group = {line["group"]: line["statements"] for line in data["edges"] if line["to"] in (HUMAN, ADHESIONS)}
    # The line to the species names the same statement as the one to the disease.
    assert [data["statements"][place]["id"] for place in by_group["species"]] == ["a1"]
    positive = next(line for line in data["edges"] if line["direction"] == "positive")
    assert positive["statements"] == by_group["species"]
    assert data["statements"][positive["statements"][0]]["evidence"][0]["paper"] == 1


def test_the_legend_counts_what_its_entries_filter() -> None:
    legend = payload(build_network(small()), STUDY)["legend"]

    def counts(name: str) -> dict[str, int]:
        return {entry["key"]: entry["count"] for entry in legend[name] if entry["count"]}

    assert counts("kinds") == {"Intervention": 1, "Disease": 2, "Tissue": 1, "Species": 1, "Paper": 1}
    assert counts("studies") == {"clinical_trial": 1, "preclinical_in_vivo": 1, "review": 1}
    assert counts("directions") == {"positive": 1, "negative": 1, "not_stated": 1}
    assert counts("species") == {HUMAN: 1, "": 2}
    assert [entry["name"] for entry in legend["species"]] == ["Homo sapiens", "Not stated"]
    assert counts("context") == {"structure": 1, "species": 1, "paper": 1}
    assert legend["years"] == [2020, 2020]
    assert legend["papers"] == 1


def test_an_unknown_kind_of_study_counts_as_not_stated() -> None:
    graph = small()
    odd = evidence("So it is.", "PMID:3", paper_year=None)
    add_edge(graph, CORD_CELLS, THIN, "assertion", "treats", "z", study_type="new kind", evidence=[odd], papers=1)
    data = payload(build_network(graph), STUDY)
    assert {"not_stated"} == {s["study_type"] for s in data["statements"] if s["id"] == "z"}
    assert [entry["key"] for entry in data["legend"]["studies"]][-1] == "not_stated"


def test_the_most_connected_come_first_and_papers_last() -> None:
    data = payload(build_network(study()), STUDY)
    nodes = data["nodes"]
    ranked = sorted(nodes, key=lambda node: node["rank"])
    assert [node["rank"] for node in ranked] == list(range(len(nodes)))
    kinds = [node["kind"] == "Paper" for node in ranked]
    assert kinds == sorted(kinds)
    concepts = [line for line in data["edges"] if line["group"] not in ("paper", "citation")]
    lines_of = Counter(end for line in concepts for end in (line["from"], line["to"]))
    assert lines_of[ranked[0]["id"]] == max(lines_of.values())
