from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import GraphError
from kg.graph import Dataset, validate
from kg.graph.iris import node
from kg.graph.ns import BIOLINK, DCTERMS, MSCKG, OA, RDF_TYPE, RDFS, SKOS, XSD
from kg.graph.schema import SHAPES, schema_file, schema_graph
from kg.graph.validate import find_violations
from tests.graph.build import PLAIN_MSC, mice

GRAPH = MSCKG["graph/x"]
ASSERTION, EVIDENCE = node(mice().assertions[0].id), node(mice().assertions[0].evidence[0].id)


def without(dataset: Dataset, subject: NamedNode, predicate: NamedNode) -> Dataset:
    kept = [q for q in dataset.quads if (q.subject, q.predicate) != (subject, predicate)]
    assert len(kept) < len(dataset)
    return Dataset.from_quads(kept)


def with_also(dataset: Dataset, *more: tuple[NamedNode, NamedNode, NamedNode | Literal]) -> Dataset:
    return Dataset.from_quads([*dataset.quads, *(Quad(s, p, o, GRAPH) for s, p, o in more)])


def test_the_study_fits(dataset: Dataset) -> None:
    validate(dataset)


def test_what_is_missing_is_named(dataset: Dataset) -> None:
    missing = [
        (node("MESH:D006175"), RDFS["label"]),
        (node("MESH:D014591"), DCTERMS["identifier"]),
        (node("PMID:1001"), DCTERMS["title"]),
        (node("PMID:1002"), MSCKG["study_type"]),
        (node(PLAIN_MSC.id), SKOS["broader"]),
        (node(PLAIN_MSC.id), BIOLINK["has_part"]),
        (ASSERTION, MSCKG["polarity"]),
        (ASSERTION, BIOLINK["has_evidence"]),
        (ASSERTION, BIOLINK["knowledge_level"]),
        (EVIDENCE, BIOLINK["supporting_text"]),
        (EVIDENCE, MSCKG["end"]),
        (EVIDENCE, DCTERMS["source"]),
    ]
    broken = dataset
    for subject, predicate in missing:
        broken = without(broken, subject, predicate)
    faults = find_violations(broken)
    for subject, predicate in missing:
        alternative = "has_part" in predicate.value  # a path of two properties has no IRI of its own
        path = "" if alternative else f" {predicate.value}"
        assert any(fault.startswith(f"<{subject.value}>{path}") for fault in faults), (subject, predicate)
    assert any(fault.endswith("needs its cells") for fault in faults)


def test_what_is_wrong_is_named(dataset: Dataset) -> None:
    position = MSCKG["mention/x#position"]
    wrong: list[tuple[NamedNode, NamedNode, NamedNode | Literal]] = [
        (node("MESH:D006175"), RDFS["label"], Literal("a second label", language="en")),
        (node("MESH:D014591"), SKOS["broader"], node("MESH:D999999")),
        (node("PMID:1001"), DCTERMS["issued"], Literal("soon")),
        (position, OA["start"], Literal("5", datatype=XSD["integer"])),
        (EVIDENCE, MSCKG["study_type"], Literal("hearsay")),
        (ASSERTION, BIOLINK["has_evidence"], node("PMID:1001")),
        (node(PLAIN_MSC.id), MSCKG["donor_relation"], Literal("sibling")),
    ]
    more: list[tuple[NamedNode, NamedNode, NamedNode | Literal]] = [
        (position, RDF_TYPE, OA["TextPositionSelector"]),
        (position, OA["end"], Literal("5", datatype=XSD["integer"])),
    ]
    faults = find_violations(with_also(dataset, *wrong, *more))
    for subject, predicate, _ in wrong:
        assert any(fault.startswith(f"<{subject.value}> {predicate.value}") for fault in faults), (subject, predicate)


def test_the_message_is_one_line_and_counts_the_rest(dataset: Dataset) -> None:
    papers = [node(f"PMID:{number}") for number in (1001, 1002, 1003)]
    broken = dataset
    for paper in [*papers, node("doi:10.1000/primary")]:
        broken = without(broken, paper, DCTERMS["title"])
    with pytest.raises(GraphError) as raised:
        validate(broken)
    assert "\n" not in str(raised.value)
    assert "; and 1 more" in str(raised.value)


def test_a_dangling_local_iri_is_named(dataset: Dataset) -> None:
    more = (node("MESH:D006175"), SKOS["broader"], MSCKG["vocabulary/nowhere"])
    with pytest.raises(GraphError, match=r"without a type: https://w3id.org/msc-kg/vocabulary/nowhere"):
        validate(with_also(dataset, more))


def test_a_property_that_the_schema_lacks_is_named(dataset: Dataset) -> None:
    with pytest.raises(GraphError, match=r"https://w3id.org/msc-kg/colour"):
        validate(with_also(dataset, (node("MESH:D006175"), MSCKG["colour"], Literal("red"))))


def test_every_definition_has_a_label_and_a_comment() -> None:
    quads = list(schema_graph())
    defined = {q.subject for q in quads if q.predicate == RDF_TYPE and q.object != NamedNode(OWL_ONTOLOGY)}
    for predicate in (RDFS["label"], RDFS["comment"]):
        assert defined <= {q.subject for q in quads if q.predicate == predicate}
    assert len(defined) > 30


OWL_ONTOLOGY = "http://www.w3.org/2002/07/owl#Ontology"


def test_every_class_of_the_graph_has_a_shape(dataset: Dataset) -> None:
    shapes = schema_file(SHAPES).read_text(encoding="utf-8")
    ours = {
        q.object.value.rpartition("/")[2]
        for q in dataset.quads
        if q.predicate == RDF_TYPE and isinstance(q.object, NamedNode) and q.object.value.startswith(MSCKG.base)
    }
    assert ours == {"Evidence", "Intervention", "InterventionUse", "SourceText"}
    assert all(f"MSCKG:{name}" in shapes for name in ours)


def test_a_missing_shapes_file_is_told(dataset: Dataset, tmp_path: Path) -> None:
    with pytest.raises((GraphError, FileNotFoundError)):
        validate(dataset, tmp_path / "none.ttl")
