from __future__ import annotations

import pytest

from kg.grounding.index import Reading
from kg.grounding.people import MAN
from kg.model import MentionType
from kg.nlp.organism_forms import OrganismForms
from kg.ontology import Ontology
from kg.vocabulary import HOMO_SAPIENS

COMET = Reading("NCBITaxon:31", MentionType.SPECIES, "comet", "exact", 0.95, "species")
TURKEY = Reading("NCBITaxon:31", MentionType.SPECIES, "turkey", "common", 1.0)
PERSON = Reading(HOMO_SAPIENS, MentionType.SPECIES, MAN, "common", 1.0)


def fits(taxa: Ontology, text: str, word: str, reading: Reading, *, people: bool = True) -> bool:
    start = text.index(word)
    return OrganismForms(taxa, people=people).fits(text, start, start + len(word), reading, first=0)


def test_a_common_name_of_one_word_needs_its_genus(taxa: Ontology) -> None:
    assert not fits(taxa, "the comet assay", "comet", COMET)
    assert fits(taxa, "the comet (Calloplesiops) swims", "comet", COMET)


@pytest.mark.parametrize(
    ("text", "word", "good"),
    [
        ("many turkeys were fed", "turkeys", True),
        ("born in Turkey last year", "Turkey", False),
        ("Turkey is sunny", "Turkey", False),
        ("It ends. Turkeys are eaten", "Turkeys", True),
        ("Growth of Turkeys and Other Warm Birds", "Turkeys", True),
        ("we gave Turkey feed to a turkey", "Turkey", True),
        ("Turkeys are eaten", "Turkeys", True),
        ("grown near Turkeys hill", "Turkeys", False),
        ("Faculty of Medicine, Ankara, Turkey", "Turkey", False),
        ("the TurKey gene", "TurKey", False),
        ("the TURKEY score", "TURKEY", False),
        ("GROWTH OF TURKEY EMBRYOS", "TURKEY", True),
    ],
)
def test_a_capital_needs_a_reason(taxa: Ontology, text: str, word: str, good: bool) -> None:
    assert fits(taxa, text, word, TURKEY) is good


def test_man_is_a_name_and_men_are_people(taxa: Ontology) -> None:
    assert fits(taxa, "from mouse and man", "man", PERSON, people=False)
    assert not fits(taxa, "ten men came", "men", PERSON, people=False)
    assert fits(taxa, "ten men came", "men", PERSON, people=True)


def test_no_organism_begins_with_a_small_word(taxa: Ontology) -> None:
    virus = Reading("NCBITaxon:40", MentionType.SPECIES, "FOR virus", "exact", 1.0)
    assert not fits(taxa, "tests for virus are slow", "for virus", virus)


def test_a_genus_inside_another_word_supports_nothing(taxa: Ontology) -> None:
    assert not fits(taxa, "the comet of Pseudocalloplesiops and Calloplesiopsis", "comet", COMET)
