from __future__ import annotations

from kg.grounding.glued_names import GLUED, GluedNames
from kg.ontology import Ontology


def test_a_word_of_two_names_is_parted(taxa: Ontology) -> None:
    names = GluedNames(taxa)
    assert names.split("Xanthomonascampestris") == "Xanthomonas campestris"
    assert names.split("Xanthomonascampestria") is None
    assert names.split("Unfortunately") is None


def test_only_long_capitalised_words_are_tried() -> None:
    assert GLUED.findall("Newgenusvulgaris, Newgenus vulgaris, newgenusvulgaris, X-Newgenusvulgaris") == [
        "Newgenusvulgaris"
    ]
