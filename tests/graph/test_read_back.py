"""What is read back from a graph gives the network and the evidence table that the documents gave."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.graph import Dataset, build_dataset, merge, project, read_back, write_graphml, write_nquads
from kg.model import AnnotatedDocument, Document, Provenance, Relation
from kg.view import evidence_rows
from tests.graph.build import ASHERMAN, ONTOLOGY, PROVENANCE, THIN, mice, negative, primary, study, trial


def networks(dataset: Dataset, documents: list[AnnotatedDocument], folder: Path) -> tuple[bytes, bytes]:
    """Return the GraphML of what is read back, and that of the documents."""
    back = read_back(dataset)
    write_graphml(project(back.documents, back.concepts, links=back.links), folder / "back.graphml")
    write_graphml(project(documents, ONTOLOGY), folder / "graph.graphml")
    return (folder / "back.graphml").read_bytes(), (folder / "graph.graphml").read_bytes()


def test_the_network_is_the_same_to_the_byte(dataset: Dataset, tmp_path: Path) -> None:
    back, built = networks(dataset, study(), tmp_path)
    assert back == built


def test_the_evidence_table_is_the_same(dataset: Dataset) -> None:
    back = read_back(dataset)
    assert evidence_rows(back.documents, back.concepts) == evidence_rows(study(), ONTOLOGY)


def test_documents_are_read_back_but_for_their_texts(dataset: Dataset) -> None:
    found = {each.document.paper.id: each for each in read_back(dataset).documents}
    for made in study():
        back = found[made.document.paper.id]
        assert back.document == Document(made.document.id, back.document.paper, "", (), relation=made.document.relation)
        assert set(made.groundings) <= set(back.groundings)
        assert set(back.interventions) == set(made.interventions)
        assert {assertion.id for assertion in back.assertions} == {assertion.id for assertion in made.assertions}
        assert set(back.assertions) == set(made.assertions)
        assert back.study == made.study
    paper = found["doi:10.1000/primary"].document.paper
    assert paper == replace(primary().document.paper, identifiers=("PMC:1", "doi:10.1000/primary"))
    # A date that no calendar has is not in the graph as it was.
    assert found["PMID:1003"].document.paper.date == "2022"


@pytest.mark.parametrize(
    "authors", [("Li", "Ling He"), ("Ling He", "Li"), ("Z. Zed", "Ann Other", "A. N. Other"), ("Other Jr.",), ()]
)
def test_authors_keep_their_order(authors: tuple[str, ...]) -> None:
    paper = replace(primary().document.paper, authors=authors)
    made = replace(primary(), document=replace(primary().document, paper=paper))
    [back] = read_back(build_dataset([made], ONTOLOGY, PROVENANCE)).documents
    assert back.document.paper.authors == authors


def test_concepts_are_those_of_the_terminologies(dataset: Dataset) -> None:
    concepts = read_back(dataset).concepts
    assert all(concepts.concept(curie) == ONTOLOGY.concept(curie) for curie in (THIN, ASHERMAN, "NCBITaxon:9606"))
    assert concepts.concept("MESH:D999999") is None
    assert concepts.label("MESH:D999999") is None
    assert concepts.terms(THIN) == ()


def test_a_related_paper_that_the_list_holds_is_still_related() -> None:
    related = replace(trial(), document=replace(trial().document, relation=Relation.RELATED))
    back = read_back(build_dataset([primary(), related], ONTOLOGY, PROVENANCE))
    assert back.links == (("doi:10.1000/primary", Relation.RELATED, "PMID:1001"),)


def test_papers_of_merged_studies_are_linked_as_in_their_own(tmp_path: Path) -> None:
    second = replace(negative(), document=replace(negative().document, relation=Relation.PRIMARY))
    for name, documents in (("a", [primary(), mice()]), ("b", [second, trial()])):
        write_nquads(build_dataset(documents, ONTOLOGY, PROVENANCE), tmp_path / f"{name}.nq")
    run = Provenance(study="both", title="Both", version="0.1.0", settings_sha256="")
    links = read_back(merge([tmp_path / "a.nq", tmp_path / "b.nq"], run).dataset).links
    assert links == (
        ("PMID:1003", Relation.CITED, "PMID:1001"),
        ("doi:10.1000/primary", Relation.CITED, "PMID:1001"),
        ("doi:10.1000/primary", Relation.RELATED, "PMID:1002"),
    )


def test_an_empty_graph_has_nothing_to_read() -> None:
    back = read_back(build_dataset([], ONTOLOGY, PROVENANCE))
    assert back.documents == ()
    assert back.links == ()
    assert project(back.documents, back.concepts, links=back.links).number_of_nodes() == 0
