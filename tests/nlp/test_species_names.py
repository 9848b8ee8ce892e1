from __future__ import annotations

import pytest

from kg.nlp import load_pipeline
from kg.nlp.species_names import SHORT, ScientificNames, is_latin, short_names
from kg.ontology import Ontology
from kg.ontology.ontology import default_directory, open_ontology


@pytest.fixture(scope="module")
def real() -> Ontology:
    return open_ontology(default_directory())


def found(ontology: Ontology, text: str, *names: str) -> list[str]:
    places = ScientificNames(ontology).find(text, lambda surface: surface in names)
    return [text[start:end] for start, end in sorted(set(places))]


@pytest.mark.parametrize("word", ["novus", "kyotensis", "sinense", "smithii", "rubrum", "niei"])
def test_epithets_have_latin_endings(word: str) -> None:
    assert is_latin(word)


@pytest.mark.parametrize("word", ["missense", "status", "plants", "strains", "genomes", "hepatitis", "fibrosis"])
def test_words_of_papers_are_no_epithets(word: str) -> None:
    assert not is_latin(word)


def test_a_genus_may_be_cut_to_one_two_or_three_letters() -> None:
    text = "E. coli, Ae. aegypti, Cx. pipiens, J.S. wrote it, Fig.a"
    assert [m[0] for m in SHORT.finditer(text)] == ["E. coli", "Ae. aegypti", "Cx. pipiens"]


def test_a_hyphen_may_belong_to_a_short_name_or_follow_it() -> None:
    text = "X. campestris-infected leaves, X. campestris-B100, X. uva-ursi"
    assert [text[a:b] for a, b in short_names(text)] == [
        *("X. campestris-infected", "X. campestris", "X. campestris", "X. uva-ursi", "X. uva")
    ]


def test_a_new_species_of_a_known_genus_is_found_with_its_short_forms(taxa: Ontology) -> None:
    text = "A new fungus, Oldgenus zemblianus, was seen. O. zemblianus eats; O zemblianus sleeps; Z zemblianus is not."
    assert found(taxa, text) == ["Oldgenus zemblianus", "O. zemblianus", "O zemblianus"]


def test_a_word_that_is_no_genus_begins_no_binomial(taxa: Ontology) -> None:
    assert found(taxa, "Another novensis was seen. Hospital zemblianus was not. Oldgenus strains grew.") == []


def test_a_less_latin_word_must_be_a_known_epithet(taxa: Ontology) -> None:
    assert found(taxa, "Oldgenus marneffei and Oldgenus yetii, Oldgenus media, O. marneffei") == [
        *("Oldgenus marneffei", "Oldgenus yetii", "O. marneffei")
    ]


def test_short_forms_of_one_letter_need_no_long_form_and_of_more_letters_do(taxa: Ontology) -> None:
    assert found(taxa, "Seen: Q. novensis, Qu. novensis, P. nothing, K. known.", "K. known") == [
        *("Q. novensis", "K. known")
    ]


def test_glued_names_strains_and_groups(taxa: Ontology) -> None:
    text = "Xanthomonascampestris, Oldgenus sp. strain PCC 6803, Nogenus sp. B12, the X. campestris group"
    assert found(taxa, text, "X. campestris group") == [
        *("Xanthomonascampestris", "Oldgenus sp. strain PCC 6803", "X. campestris", "X. campestris group")
    ]


def test_names_in_the_pipeline(real: Ontology) -> None:
    nlp = load_pipeline(real)
    doc = nlp(
        "Hosts.\nKaposi's sarcoma-associated herpesvirus (KSHV) infects people; KSHV persists. We bred Ae. aegypti "
        "(Aedes aegypti) on corn. Aedes zemblianus is new. Lutzomyia intermedia has moved."
    )
    mentions = [(s.text, s.kb_id_) for s in doc.spans["kg_mentions"] if s.label_ == "Species"]
    assert mentions == [
        ("Kaposi's sarcoma-associated herpesvirus", "NCBITaxon:37296"),
        ("KSHV", "NCBITaxon:37296"),
        ("KSHV", "NCBITaxon:37296"),
        ("Ae. aegypti", "NCBITaxon:7159"),
        ("Aedes aegypti", "NCBITaxon:7159"),
        ("corn", "NCBITaxon:4577"),
        ("Aedes zemblianus", ""),
        ("Lutzomyia intermedia", "NCBITaxon:182990"),
    ]
    assert doc._.kg_study["species"] == [*("NCBITaxon:182990", "NCBITaxon:4577", "NCBITaxon:7159", "NCBITaxon:9606")]
