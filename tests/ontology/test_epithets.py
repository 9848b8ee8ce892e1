from __future__ import annotations

import pytest

from kg.ontology import Ontology
from kg.ontology.epithets import Epithets, stem


@pytest.mark.parametrize(
    ("one", "other"), [("gypseum", "gypsea"), ("neutrophilus", "neutrophilum"), ("clarki", "clarkii")]
)
def test_genders_and_spellings_of_an_epithet_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_a_species_is_found_by_the_family_of_its_former_genus(taxa: Ontology) -> None:
    epithets = Epithets(taxa)
    assert epithets.species("Oldgenus", "marneffei") == "NCBITaxon:13"
    assert epithets.species("Newgenus", "marneffeus") == "NCBITaxon:13"


@pytest.mark.parametrize(
    ("genus", "epithet"),
    [("Xanthomonas", "marneffei"), ("Oldgenus", "vulgaris"), ("Nogenus", "marneffei"), ("Oldgenus", "ignotus")],
)
def test_no_species_of_another_family_nor_one_of_several(taxa: Ontology, genus: str, epithet: str) -> None:
    assert Epithets(taxa).species(genus, epithet) is None


def test_epithets_are_known_in_any_gender(taxa: Ontology) -> None:
    known = Epithets(taxa).is_known
    assert [known(word) for word in ("vulgaris", "vulgare", "strains")] == [True, True, False]
