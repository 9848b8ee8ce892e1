from __future__ import annotations

import pytest

from kg.nlp.intervention.normal import view
from kg.nlp.study_diseases import disease_features, disease_places
from kg.ontology import Ontology, open_ontology
from tests.nlp.pipeline import annotate

TE, KNEE, OSTEOPOROSIS = "MSCKG:vocabulary/thin-endometrium", "MESH:D020370", "MESH:D010024"
RECORD = (
    "Cells were given once. Patients with osteoporosis are excluded. "
    "Conditions: Knee Osteoarthritis. Interventions: Cells. Phase: Phase 1. Study type: Interventional."
)


@pytest.fixture(scope="module")
def terms() -> Ontology:
    return open_ontology()


def test_places_leave_out_names_of_other_things() -> None:
    doc = annotate("Thin endometrium", "Thin endometrium and the osteoporosis gene were studied.")
    places = disease_places(doc, view(doc).sentences)
    assert {curie: [(p.start, p.end) for p in own] for curie, own in places.items()} == {TE: [(0, 16), (17, 33)]}


def test_features_by_hand(terms: Ontology) -> None:
    doc = annotate("Cells for knee osteoarthritis", RECORD)
    read = view(doc)
    found = disease_features(disease_places(doc, read.sentences), read, terms)
    knee, bone = found[KNEE], found[OSTEOPOROSIS]
    assert knee["title"] == knee["Conditions"] == knee["registry Conditions"] == 1.0
    assert "eligibility" not in knee
    assert bone["only eligibility"] == bone["registry only eligibility"] == bone["once"] == 1.0
    assert not {"title", "Conditions"} & bone.keys()
    assert all(0 <= value <= 1 for features in found.values() for value in features.values())


def test_what_a_record_excludes_is_not_what_it_is_about() -> None:
    study = annotate("Cells for knee osteoarthritis", RECORD)._.kg_study
    assert study["diseases"] == [KNEE]
    assert study["about"][KNEE] > 0.8 > 0.4 > study["about"][OSTEOPOROSIS]


def test_no_disease() -> None:
    study = annotate("Cells", "Nothing was found.")._.kg_study
    assert (study["diseases"], study["about"], study["wider"]) == ([], {}, {})
