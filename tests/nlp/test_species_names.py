from __future__ import annotations

import pytest

from kg.nlp import load_pipeline
from kg.nlp.species_names import SHORT, ScientificNames, is_latin
from kg.ontology import Ontology
from kg.ontology.ontology import default_directory, open_ontology


@pytest.fixture(scope="module")
def taxa() -> Ontology:
    return open_ontology(default_directory())


@pytest.mark.parametrize("word", ["novus", "kyotensis", "sinense", "smithii", "rubrum", "niei"])
def test_epithets_have_latin_endings(word: str) -> None:
    assert is_latin(word)


@pytest.mark.parametrize("word", ["missense", "status", "plants", "strains", "genomes", "hepatitis", "fibrosis"])
def test_words_of_papers_are_no_epithets(word: str) -> None:
    assert not is_latin(word)


def test_a_genus_may_be_cut_to_one_two_or_three_letters() -> None:
    text = "E. coli, Ae. aegypti, Cx. pipiens, J.S. wrote it, Fig.a"
    assert [m[0] for m in SHORT.finditer(text)] == ["E. coli", "Ae. aegypti", "Cx. pipiens"]


def test_a_new_species_of_a_known_genus_is_found_with_its_short_form(taxa: Ontology) -> None:
    text = "A new beetle, Drosophila zembliana, was caught. D. zembliana eats what D. ignota leaves."
    names = ScientificNames(taxa)
    known = names.spelled(text)
    assert known == {("Drosophila", "zembliana")}
    assert [text[a:b] for a, b in names.find(text, 0, len(text), known)] == ["Drosophila zembliana", "D. zembliana"]


def test_a_word_that_is_no_genus_begins_no_binomial(taxa: Ontology) -> None:
    assert ScientificNames(taxa).spelled("Another novensis was seen. Hospital zembliana was not.") == frozenset()


def test_names_in_the_pipeline(taxa: Ontology) -> None:
    nlp = load_pipeline(taxa)
    doc = nlp(
        "Hosts.\nKaposi's sarcoma-associated herpesvirus (KSHV) infects people; KSHV persists. We bred Ae. aegypti "
        "(Aedes aegypti) on corn. Aedes zemblianus is new."
    )
    found = [(s.text, s.kb_id_) for s in doc.spans["kg_mentions"] if s.label_ == "Species"]
    assert found == [
        ("Kaposi's sarcoma-associated herpesvirus", "NCBITaxon:37296"),
        ("KSHV", "NCBITaxon:37296"),
        ("KSHV", "NCBITaxon:37296"),
        ("Ae. aegypti", "NCBITaxon:7159"),
        ("Aedes aegypti", "NCBITaxon:7159"),
        ("corn", "NCBITaxon:4577"),
        ("Aedes zemblianus", ""),
    ]
    assert doc._.kg_study["species"] == ["NCBITaxon:4577", "NCBITaxon:7159", "NCBITaxon:9606"]
