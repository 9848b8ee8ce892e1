"""KGX read back by a strict reader: required columns, types, and the same records from both files."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kg.exports import export
from kg.exports.kgx import EDGE_COLUMNS, NODE_COLUMNS
from kg.exports.property_graph import EDGE_PROPERTIES, NODE_PROPERTIES, Kind
from tests.exports.conftest import SENTENCE, TITLE
from tests.graph.build import ASHERMAN, CORD_CELLS, MOUSE, THIN, VESICLES

CURIE = re.compile(r"[A-Za-z]+:[^\s|<>\"]+")
KINDS = {each.name: each for each in (*NODE_PROPERTIES, *EDGE_PROPERTIES)}
LISTS = {*(each.name for each in KINDS.values() if each.many), "category", "provided_by", "supporting_text"}
HOSTILE = "doi:10.1000/(sici)1%3C1::aid%7Cx%23y%3E3.0.co;2-a"

Record = dict[str, Any]


def read_tsv(path: Path) -> tuple[list[str], list[Record]]:
    text = path.read_bytes().decode()
    assert text.endswith("\n")
    header, *lines = text[:-1].split("\n")
    columns = header.split("\t")
    assert text.count("\n") == len(text.splitlines()) == len(lines) + 1
    rows = []
    for line in lines:
        cells = line.split("\t")
        assert len(cells) == len(columns)
        rows.append({name: typed(name, value) for name, value in zip(columns, cells, strict=True) if value})
    return columns, rows


def typed(name: str, value: str) -> Any:
    if name in LISTS:
        return value.split("|")
    kind = KINDS[name].kind if name in KINDS else Kind.TEXT
    readers: dict[Kind, Any] = {Kind.BOOLEAN: {"true": True}.__getitem__, Kind.INTEGER: int, Kind.NUMBER: float}
    return readers.get(kind, str)(value)


def read_jsonl(path: Path) -> list[Record]:
    return [json.loads(line) for line in path.read_text(encoding="ascii").split("\n")[:-1]]


@pytest.fixture(scope="module")
def tsv(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Record], list[Record]]:
    files = export(folder, "kgx-tsv", tmp_path_factory.mktemp("kgx"))
    (node_columns, nodes), (edge_columns, edges) = map(read_tsv, files)
    assert tuple(node_columns) == NODE_COLUMNS
    assert tuple(edge_columns) == EDGE_COLUMNS
    return nodes, edges


@pytest.fixture(scope="module")
def jsonl(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Record], list[Record]]:
    nodes, edges = export(folder, "kgx-jsonl", tmp_path_factory.mktemp("kgx"))
    return read_jsonl(nodes), read_jsonl(edges)


@pytest.fixture(scope="module")
def nodes(jsonl: tuple[list[Record], list[Record]]) -> dict[str, Record]:
    return {node["id"]: node for node in jsonl[0]}


@pytest.fixture(scope="module")
def edges(jsonl: tuple[list[Record], list[Record]]) -> list[Record]:
    return jsonl[1]


def only(edges: list[Record], **wanted: object) -> Record:
    (edge,) = [edge for edge in edges if all(edge.get(name) == value for name, value in wanted.items())]
    return edge


def test_what_the_specification_requires(nodes: dict[str, Record], edges: list[Record]) -> None:
    for record in (*nodes.values(), *edges):
        assert CURIE.fullmatch(record["id"]), record
        assert record["category"]
        assert all(re.fullmatch(r"biolink:[A-Z]\w+", category) for category in record["category"])
        for name, value in record.items():
            assert value is not None
            assert value != []
            assert isinstance(value, list) == (name in LISTS), name
    for edge in edges:
        assert edge["subject"] in nodes
        assert edge["object"] in nodes
        assert re.fullmatch(r"biolink:[a-z_]+|MSCKG:no_effect_shown", edge["predicate"])
        assert edge["knowledge_level"]
        assert edge["agent_type"]
        assert edge["primary_knowledge_source"] == "infores:msc-kg"
        assert set(edge.get("has_evidence", ())) <= set(nodes)
        assert set(edge.get("publications", ())) <= set(nodes)


def test_ids_are_unique_and_in_order(jsonl: tuple[list[Record], list[Record]]) -> None:
    nodes, edges = ([record["id"] for record in records] for records in jsonl)
    assert nodes == sorted(set(nodes))
    assert len(edges) == len(set(edges))
    assertions = [curie for curie in edges if curie.startswith("MSCKG:assertion/")]
    assert edges[: len(assertions)] == sorted(assertions)
    assert len(assertions) == 9


def test_both_files_say_the_same(
    tsv: tuple[list[Record], list[Record]], jsonl: tuple[list[Record], list[Record]]
) -> None:
    def flat(value: Any) -> Any:
        if isinstance(value, list):
            return [flat(each) for each in value]
        if isinstance(value, str):
            # KGX would part any text at a |.
            return re.sub("[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", value).replace("|", "¦")
        return value

    for tab, line in zip((*tsv[0], *tsv[1]), (*jsonl[0], *jsonl[1]), strict=True):
        expected = {name: flat(value) for name, value in line.items() if value is not False}
        assert tab == expected


def test_a_disease(nodes: dict[str, Record]) -> None:
    assert nodes[ASHERMAN] == {
        "id": ASHERMAN,
        "category": ["biolink:Disease"],
        "name": "Gynatresia",
        "synonym": ["Asherman Syndrome"],
        "iri": "http://id.nlm.nih.gov/mesh/D006175",
        "provided_by": ["infores:msc-kg"],
    }


def test_an_intervention_with_its_uses(nodes: dict[str, Record]) -> None:
    node = nodes[CORD_CELLS.id]
    assert node["category"] == ["biolink:Treatment"]
    assert node["product"] == "cells"
    assert node["carrier"] == ["a | b\tgel", "collagen"]
    assert node["dose"] == ["1x10^7 cells"]
    assert node["route"] == ["intrauterine"]
    assert nodes["MSCKG:vocabulary/msc-therapy"]["xref"] == ["MESH:D045164"]


def test_papers(nodes: dict[str, Record]) -> None:
    primary = nodes["doi:10.1000/primary"]
    assert primary["name"] == "Cells for the thin endometrium"
    assert primary["authors"] == ["Ada Author", "Ben Byline"]
    assert primary["xref"] == ["PMC:1"]
    assert primary["publication_date"] == "2026-02-26"
    assert primary["study_species"] == ["NCBITaxon:9606"]
    assert primary["license"] == "https://creativecommons.org/licenses/by/4.0/"
    hostile = nodes[HOSTILE]
    assert hostile["name"] == TITLE
    assert hostile["retracted"] is True
    assert hostile["xref"] == ["PMID:1004"]
    assert hostile["license"] == "all rights\nreserved"


def test_an_assertion(edges: list[Record]) -> None:
    edge = only(edges, predicate="biolink:in_clinical_trials_for")
    evidence = edge.pop("has_evidence")
    assert len(evidence) == 1
    assert edge.pop("id").startswith("MSCKG:assertion/")
    assert edge == {
        "subject": CORD_CELLS.id,
        "predicate": "biolink:in_clinical_trials_for",
        "object": THIN,
        "category": ["biolink:ChemicalOrDrugOrTreatmentToDiseaseOrPhenotypicFeatureAssociation"],
        "knowledge_level": "not_provided",
        "agent_type": "text_mining_agent",
        "negated": False,
        "polarity": "inconclusive",
        "study_type": "clinical_trial",
        "phase": "1/2",
        "species_context_qualifier": "NCBITaxon:9606",
        "publications": ["PMID:1001"],
        "supporting_text": ["Cord MSCs were infused in women with thin endometrium but no conclusion can be drawn."],
        "primary_knowledge_source": "infores:msc-kg",
    }


def test_its_evidence(nodes: dict[str, Record], edges: list[Record]) -> None:
    edge = only(edges, predicate="biolink:treats")
    (curie,) = edge["has_evidence"]
    node = nodes[curie]
    assert edge["supporting_text"] == node["supporting_text"] == [SENTENCE]
    assert node["category"] == ["biolink:InformationContentEntity"]
    assert node["end"] - node["start"] == len(SENTENCE)
    assert node["extraction_confidence_score"] == 0.8
    assert re.fullmatch("[0-9a-f]{64}", node["text_sha256"])
    quoted = only(edges, subject=curie, original_predicate="prov:wasQuotedFrom")
    assert (quoted["predicate"], quoted["object"]) == ("biolink:related_to", HOSTILE)
    assert only(edges, subject=curie, original_predicate="cito:citesAsEvidence")["object"] == "PMID:1001"


def test_a_negative_result_keeps_our_predicate(edges: list[Record]) -> None:
    edge = only(edges, predicate="MSCKG:no_effect_shown")
    assert (edge["subject"], edge["object"], edge["polarity"]) == (CORD_CELLS.id, THIN, "negative")
    assert edge["category"] == ["biolink:EntityToDiseaseAssociation"]
    assert "original_predicate" not in edge


def test_what_is_denied_is_marked(tsv: tuple[list[Record], list[Record]], edges: list[Record]) -> None:
    assert only(edges, negated=True)["predicate"] == "biolink:applied_to_treat"
    assert [edge["predicate"] for edge in tsv[1] if "negated" in edge] == ["biolink:applied_to_treat"]


def test_an_effect_has_its_qualifiers(edges: list[Record]) -> None:
    edge = only(edges, predicate="biolink:affects")
    assert (edge["subject"], edge["object"]) == (VESICLES.id, "CL:0002255")
    assert edge["object_aspect_qualifier"] == "proliferation"
    assert edge["object_direction_qualifier"] == "increased"
    assert edge["species_context_qualifier"] == MOUSE


def test_links_have_biolink_predicates_and_keep_their_own(edges: list[Record]) -> None:
    up = only(edges, subject=ASHERMAN, original_predicate="skos:broader")
    assert (up["predicate"], up["object"]) == ("biolink:subclass_of", "MESH:D005831")
    assert only(edges, original_predicate="skos:broadMatch")["predicate"] == "biolink:broad_match"
    cites = only(edges, subject="doi:10.1000/primary", object="PMID:1001", original_predicate="cito:cites")
    assert cites["predicate"] == "biolink:related_to"
    only(edges, subject=VESICLES.id, predicate="biolink:derives_from", object="CL:0002569")
    only(edges, subject=CORD_CELLS.id, predicate="biolink:has_part", object="CL:0002569")
    mention = only(edges, subject="PMID:1003", predicate="biolink:mentions", object=MOUSE)
    assert mention["category"] == ["biolink:InformationContentEntityToNamedThingAssociation"]


def test_plain_triples_of_assertions_are_not_said_twice(edges: list[Record]) -> None:
    assert len([edge for edge in edges if edge["predicate"] == "biolink:beneficial_in_models_for"]) == 2
