from __future__ import annotations

from dataclasses import replace

from spacy.language import Language

from kg.model import (
    Citation,
    Document,
    DonorRelation,
    Evidence,
    Mention,
    MentionType,
    Paper,
    Passage,
    Polarity,
    ProductKind,
    Reference,
    Route,
    Section,
    Study,
    StudyType,
)
from kg.nlp import annotate
from kg.nlp.export import from_doc, section_at, to_doc
from kg.ontology import Ontology

TITLE, BODY = "On heart failure", "Fibroblasts were given to rats. They lived [1]."


def document(name: str = "d1") -> Document:
    text = f"{TITLE}\n{BODY}"
    start = len(TITLE) + 1
    return Document(
        id=name,
        paper=Paper("PMID:1", TITLE),
        text=text,
        passages=(Passage(Section.TITLE, 0, len(TITLE)), Passage(Section.RESULTS, start, len(text))),
        references=(Reference("B1", "One", ("PMID:9",)), Reference("B2", "Two", ())),
        citations=(Citation(text.index("[1]"), text.index("[1]") + 3, ("B1", "B2")),),
    )


def test_annotate_keeps_order_and_offsets(nlp: Language) -> None:
    documents = [document("b"), document("a")]
    results = list(annotate(documents, nlp, batch_size=1))
    assert [result.document for result in results] == documents
    found = results[0].groundings
    assert [(g.mention.text, g.mention.document_id, g.curies) for g in found][:2] == [
        ("heart failure", "b", ("MESH:D006333",)),
        ("Fibroblasts", "b", ("CL:0000057",)),
    ]
    assert all(documents[0].text[g.mention.start : g.mention.end] == g.mention.text for g in found)
    assert list(annotate(documents, nlp)) == results


def test_passages_reach_the_pipeline(nlp: Language) -> None:
    assert to_doc(document(), nlp)._.kg_passages == [
        {"section": "title", "start": 0, "end": 16},
        {"section": "results", "start": 17, "end": 64},
    ]


def test_publication_types_reach_the_pipeline(nlp: Language) -> None:
    source = document()
    typed = replace(source, paper=replace(source.paper, publication_types=("Journal Article", "Review")))
    assert to_doc(source, nlp)._.kg_publication_types == []
    assert to_doc(typed, nlp)._.kg_publication_types == ["Journal Article", "Review"]
    assert [result.study.type for result in annotate([typed], nlp)] == [StudyType.REVIEW]


def test_everything_on_a_doc_becomes_the_model(nlp: Language) -> None:
    source = document()
    doc = to_doc(source, nlp)
    span = doc.char_span(17, 28, label="Intervention", span_id="17-28-Intervention")
    assert span is not None
    doc.spans["kg_interventions"] = [span]
    doc._.kg_interventions = [
        {
            "product": "cells",
            "cell": "CL:0000134",
            "tissue": None,
            "donor": "autologous",
            "label": "autologous MSCs",
            "carrier": None,
            "routes": ["intravenous"],
            "dose": "2 million",
            "donor_species": None,
            "targets": ["MESH:D006333"],
            "spans": ["17-28-Intervention"],
        }
    ]
    sentence = {"start": 49, "end": 64, "extractor": "rule", "confidence": 0.5}
    doc._.kg_assertions = [
        {
            "subject": 0,
            "predicate": "biolink:applied_to_treat",
            "object": "MESH:D006333",
            "polarity": "positive",
            "negated": False,
            "species": "NCBITaxon:10116",
            "study_type": "review",
            "phase": None,
            "evidence": [sentence],
        }
    ]
    doc._.kg_study = {"type": "review", "phase": None, "species": ["NCBITaxon:9606"], "registrations": []}
    result = from_doc(doc, source)
    (use,), (assertion,) = result.interventions, result.assertions
    assert use.mentions == (Mention("d1", 17, 28, "Fibroblasts", MentionType.INTERVENTION),)
    assert (use.intervention.product, use.intervention.donor) == (ProductKind.CELLS, DonorRelation.AUTOLOGOUS)
    assert (use.routes, use.dose, use.targets) == ((Route.INTRAVENOUS,), "2 million", ("MESH:D006333",))
    assert (assertion.subject, assertion.polarity) == (use.intervention.id, Polarity.POSITIVE)
    assert assertion.evidence == (
        Evidence(
            "d1", "PMID:1", "They lived [1].", 49, 64, Section.RESULTS, StudyType.REVIEW, "rule", 0.5, ("PMID:9",)
        ),
    )
    assert result.study == Study(StudyType.REVIEW, None, ("NCBITaxon:9606",))


def test_a_doc_without_annotations_gives_an_empty_result(nlp: Language) -> None:
    result = from_doc(nlp.make_doc(TITLE), document())
    assert (result.groundings, result.interventions, result.assertions, result.study) == ((), (), (), Study())


def test_section_at_a_gap_is_the_body() -> None:
    passages = (Passage(Section.TITLE, 0, 3), Passage(Section.METHODS, 4, 9))
    assert [section_at(passages, offset) for offset in (0, 3, 4, 9)] == [
        *(Section.TITLE, Section.BODY, Section.METHODS, Section.BODY)
    ]


def test_an_ontology_names_the_settings_of_its_pipeline(nlp: Language, ontology: Ontology) -> None:
    assert nlp.get_pipe_config("kg_lexicon")["ontology"] == str(ontology.directory)
