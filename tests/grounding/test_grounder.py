from __future__ import annotations

import pytest

from kg.grounding import UNGROUNDED, Context, Grounder, TermIndex
from kg.grounding.score import ABBREVIATION, HEAD, NORMALIZED
from kg.model import MentionType
from kg.ontology import Ontology

DISEASE, CELL, SPECIES, TISSUE = (
    MentionType.DISEASE,
    MentionType.CELL_TYPE,
    MentionType.SPECIES,
    MentionType.TISSUE,
)
IMPLANTATION = "MSCKG:vocabulary/recurrent-implantation-failure"


@pytest.fixture(scope="module")
def grounder(ontology: Ontology) -> Grounder:
    return Grounder(TermIndex(ontology, list(MentionType)))


def test_a_term_grounds_with_reason_and_score(grounder: Grounder) -> None:
    decision = grounder.ground("heart failures", DISEASE, Context(""))
    assert (decision.curies, decision.term) == (("MESH:D006333",), "Heart Failure")
    assert (decision.method, decision.score) == ("normalized", NORMALIZED)


def test_the_type_decides_between_readings(grounder: Grounder) -> None:
    assert grounder.ground("fibroblast", CELL, Context("")).curies == ("CL:0000057",)
    assert grounder.ground("fibroblast", DISEASE, Context("")) == UNGROUNDED


def test_a_definition_overrules_the_vocabulary(grounder: Grounder) -> None:
    implantation = Context("", [("RIF", "recurrent implantation failure")])
    rifampicin = Context("renal insufficiency", [("RIF", "rifampicin")])
    assert grounder.ground("RIF", DISEASE, implantation).curies == (IMPLANTATION,)
    assert grounder.ground("RIF", DISEASE, rifampicin) == UNGROUNDED


def test_an_undefined_short_form_needs_the_words_of_a_long_form(grounder: Grounder) -> None:
    assert grounder.ground("RIF", DISEASE, Context("RIF was studied.")) == UNGROUNDED
    renal = grounder.ground("RIF", DISEASE, Context("RIF: the insufficiency is renal."))
    failed = grounder.ground("RIF", DISEASE, Context("RIF after failures of implantation, recurrent ones"))
    assert renal.curies == ("MESH:D051437",)
    assert failed.curies == (IMPLANTATION,)


def test_a_long_acronym_of_one_concept_stands_alone_and_a_short_one_does_not(grounder: Grounder) -> None:
    assert grounder.ground("T2DM", DISEASE, Context("")).curies == ("MESH:D003924",)
    assert grounder.ground("MS", DISEASE, Context("")) == UNGROUNDED
    assert grounder.ground("TE", DISEASE, Context("")) == UNGROUNDED


def test_the_end_of_a_long_form_names_its_kind(grounder: Grounder) -> None:
    context = Context("", [("RHF", "refractory heart failure"), ("SE", "stripy endometrium")])
    decision = grounder.ground("RHF", DISEASE, context)
    assert decision.curies == ("MESH:D006333",)
    assert decision.score == pytest.approx(ABBREVIATION * HEAD)
    assert grounder.ground("SE", TISSUE, context) == UNGROUNDED


def test_a_weak_synonym_stays_below_a_higher_threshold(ontology: Ontology) -> None:
    index = TermIndex(ontology, list(MentionType))
    assert Grounder(index).ground("renal trouble", DISEASE, Context("")).score == 0.5
    assert Grounder(index, threshold=0.6).ground("renal trouble", DISEASE, Context("")) == UNGROUNDED


def test_an_abbreviated_binomial_takes_a_genus_of_the_document(grounder: Grounder) -> None:
    spelled = Context("Staphylococcus aureus grew.")
    decision = grounder.ground("S. aureus", SPECIES, spelled)
    assert (decision.curies, decision.method) == (("NCBITaxon:1280",), "binomial")
    assert grounder.ground("S. aureus", SPECIES, Context("Streptococcus pyogenes grew.")) == UNGROUNDED


def test_a_phrase_is_read_by_its_parts(grounder: Grounder) -> None:
    context = Context("", [("MSCs", "mesenchymal stem cells")])
    decision = grounder.ground("umbilical cord-derived MSCs", CELL, context)
    assert (decision.curies, decision.method) == (("CL:0002569",), "expanded")


def test_an_acronym_in_a_phrase_is_read_when_the_document_has_its_words(grounder: Grounder) -> None:
    spelled = Context("Relapsing MS is a multiple sclerosis.")
    assert grounder.ground("relapsing MS", DISEASE, spelled).curies == ("MESH:D009103",)
    assert grounder.ground("relapsing MS", DISEASE, Context("Relapsing MS was seen.")) == UNGROUNDED


def test_one_long_word_supports_an_acronym(grounder: Grounder) -> None:
    assert grounder.ground("OA", DISEASE, Context("OA is osteoarthritis.")).curies == ("MESH:D010003",)
    assert grounder.ground("OA", DISEASE, Context("OA was seen.")) == UNGROUNDED


def test_obsolete_concepts_ground_to_their_successor(grounder: Grounder) -> None:
    assert grounder.ground("replaced disease", DISEASE, Context("")).curies == ("MESH:D014591",)
