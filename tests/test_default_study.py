"""What the default study must show: the acceptance test of the whole, on the paper that the user gave."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Store

import kg
from kg import vocabulary
from kg.build import build
from kg.config import read_settings
from kg.graph import SelectResult, open_store, query
from kg.graph.results import friendly
from kg.model import AnnotatedDocument, MentionType, Polarity, StudyType
from kg.nlp import annotate, load_pipeline
from kg.ontology import Ontology, open_ontology
from kg.sources import read_documents

STUDY = Path(kg.__file__).parent.parent / "pipelines" / "endometrium"
PAPER = "doi:10.3390/cells15050400"
THIN = "MSCKG:vocabulary/thin-endometrium"
RIF = "MSCKG:vocabulary/recurrent-implantation-failure"
DYSFUNCTION = "MSCKG:vocabulary/endometrial-dysfunction"
UTERINE_DISEASES = "MESH:D014591"
FEMALE_INFERTILITY = "MESH:D007247"


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return open_ontology()


@pytest.fixture(scope="module")
def paper(ontology: Ontology) -> AnnotatedDocument:
    (annotated,) = annotate(read_documents(STUDY / "paper.md"), load_pipeline(ontology))
    return annotated


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("endometrium")
    assert build(read_settings(STUDY), folder=folder).failures == ()
    return open_store(folder / "graph.nq")


def rows(store: Store, text: str) -> set[tuple[str, ...]]:
    result = query(store, text)
    assert isinstance(result, SelectResult)
    return {tuple(friendly(cell) for cell in row) for row in result.rows}


def curies(paper: AnnotatedDocument, kind: MentionType) -> set[str]:
    return {curie for g in paper.groundings if g.mention.type is kind for curie in g.curies}


def test_diseases_that_mesh_lacks_are_concepts_under_the_right_one(
    paper: AnnotatedDocument, ontology: Ontology
) -> None:
    assert {THIN, RIF, DYSFUNCTION} <= curies(paper, MentionType.DISEASE)
    assert UTERINE_DISEASES in ontology.ancestors(THIN)
    assert UTERINE_DISEASES in ontology.ancestors(DYSFUNCTION)
    assert ontology.ancestors(RIF) & {UTERINE_DISEASES, FEMALE_INFERTILITY}


def test_no_wrong_id(paper: AnnotatedDocument, store: Store) -> None:
    wrong = {"MESH:D051437", "MESH:D016889", "OMIM:614878"}
    assert not curies(paper, MentionType.DISEASE) & wrong
    assert not {iri for (iri,) in rows(store, "SELECT DISTINCT ?s WHERE { ?s ?p ?o }")} & wrong


def test_short_forms_mean_what_the_paper_says(paper: AnnotatedDocument) -> None:
    diseases = [g for g in paper.groundings if g.mention.type is MentionType.DISEASE]
    assert {g.curies for g in diseases if g.mention.text == "TE"} == {(THIN,)}
    assert {g.curies for g in diseases if g.mention.text == "RIF"} == {(RIF,)}
    assert not [g for g in diseases if "MSC" in g.mention.text]


def test_species_and_cell_types(paper: AnnotatedDocument) -> None:
    assert curies(paper, MentionType.SPECIES) == {"NCBITaxon:9606"}
    words = {g.mention.text.lower() for g in paper.groundings if g.mention.type is MentionType.SPECIES}
    assert {"patients", "human"} <= words
    expected = {"CL:0000134", "CL:0002569", "CL:0002255"}
    assert expected <= curies(paper, MentionType.CELL_TYPE)
    assert any(g.mention.text == "immune cells" and g.curies for g in paper.groundings)


def test_interventions_are_separate_things_under_one_therapy(paper: AnnotatedDocument, store: Store) -> None:
    products = {(u.intervention.donor, u.intervention.tissue) for u in paper.interventions}
    assert {("allogeneic", None), ("autologous", None), (None, "UBERON:0002331")} <= products
    found = rows(
        store,
        "SELECT ?label WHERE { ?i a MSCKG:Intervention ; rdfs:label ?label ; skos:broader vocabulary:msc-therapy }",
    )
    labels = {label for (label,) in found}
    assert {"allogeneic mesenchymal stem cells", "autologous mesenchymal stem cells"} <= labels


@pytest.mark.parametrize("disease", [THIN, RIF])
def test_assertions_say_what_the_sentences_say(paper: AnnotatedDocument, disease: str) -> None:
    about = [a for a in paper.assertions if a.object == disease and a.predicate in vocabulary.TREATMENT_PREDICATES]
    said = {(a.predicate, a.qualifiers.study_type, a.polarity) for a in about}
    assert (vocabulary.BENEFICIAL_IN_MODELS_FOR, StudyType.PRECLINICAL_IN_VIVO, Polarity.POSITIVE) in said
    assert (vocabulary.STUDIED_TO_TREAT, StudyType.REVIEW, Polarity.NOT_STATED) in said
    limited = [a for a in about if "data remain limited" in a.evidence[0].sentence]
    assert limited
    assert {a.polarity for a in limited} == {Polarity.INCONCLUSIVE}
    assert vocabulary.TREATS not in {a.predicate for a in about}


def test_every_sentence_is_in_the_paper_at_its_offsets(paper: AnnotatedDocument) -> None:
    text = paper.document.text
    pieces = [e for a in paper.assertions for e in a.evidence]
    assert pieces
    for piece in pieces:
        assert text[piece.start : piece.end] == piece.sentence
        assert any(p.start <= piece.start and piece.end <= p.end for p in paper.document.passages)
    for grounding in paper.groundings:
        assert text[grounding.mention.start : grounding.mention.end] == grounding.mention.text


def test_related_literature_is_never_said_to_be_cited(store: Store) -> None:
    assert rows(store, "SELECT ?a WHERE { ?a cito:cites ?b }") == set()
    ((count,),) = rows(store, "SELECT (COUNT(DISTINCT ?b) AS ?n) WHERE { ?a dcterms:relation ?b }")
    assert count == "77"
