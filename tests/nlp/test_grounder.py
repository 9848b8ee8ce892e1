from __future__ import annotations

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from kg.ontology import Ontology


def test_groundings_are_kept_by_span_id(nlp: Language) -> None:
    doc = nlp("Heart failure and fibroblasts.")
    assert doc._.kg_groundings == {
        "0-13-Disease": {"curies": ["MESH:D006333"], "term": "Heart Failure", "method": "exact", "score": 1.0},
        "18-29-CellType": {"curies": ["CL:0000057"], "term": "fibroblast", "method": "normalized", "score": 0.97},
    }
    assert [(s.id_, s.kb_id_) for s in doc.spans["kg_mentions"]] == [
        ("0-13-Disease", "MESH:D006333"),
        ("18-29-CellType", "CL:0000057"),
    ]


def test_mentions_of_another_recogniser_are_grounded_or_left_open(ontology: Ontology) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_grounder", config={"ontology": str(ontology.directory)})
    doc = nlp.make_doc("cardiac failure and grumbling")
    spans = [Span(doc, 0, 2, label="Disease"), Span(doc, 3, 4, label="Disease")]
    doc.spans["kg_mentions"] = SpanGroup(doc, spans=spans)
    nlp.get_pipe("kg_grounder")(doc)
    assert [s.kb_id_ for s in doc.spans["kg_mentions"]] == ["MESH:D006333", ""]
    assert doc._.kg_groundings["20-29-Disease"] == {"curies": [], "term": None, "method": "none", "score": 0.0}


def test_a_doc_survives_bytes(nlp: Language) -> None:
    doc = nlp("Thin endometrium (TE) in women.")
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert [(s.id_, s.kb_id_) for s in again.spans["kg_mentions"]] == [
        (s.id_, s.kb_id_) for s in doc.spans["kg_mentions"]
    ]
    assert again._.kg_abbreviations == doc._.kg_abbreviations
    assert again._.kg_groundings == doc._.kg_groundings


def test_a_disease_without_exact_reading_is_linked_by_similarity(ontology: Ontology) -> None:
    nlp = spacy.blank("en")
    for link in (True, False):
        component = nlp.add_pipe(
            "kg_grounder", name=str(link), config={"ontology": str(ontology.directory), "link": link}
        )
        doc = nlp.make_doc("severe endometrial neoplasm and thin endometrium")
        spans = [Span(doc, 0, 3, label="Disease"), Span(doc, 4, 6, label="Disease")]
        doc.spans["kg_mentions"] = SpanGroup(doc, spans=spans)
        component(doc)
        local = "MSCKG:vocabulary/thin-endometrium"
        assert [s.kb_id_ for s in doc.spans["kg_mentions"]] == ["MESH:D016889" if link else "", local]
