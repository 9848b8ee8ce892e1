"""Words for people: mentions of *Homo sapiens* that no taxonomy lists."""

from __future__ import annotations

from typing import Final

from kg.identifiers import Curie
from kg.ontology.normalize import key

HUMAN: Final[Curie] = "NCBITaxon:9606"

PEOPLE: Final[frozenset[str]] = frozenset(
    key(word)
    for word in (
        "patient inpatient outpatient person people individual participant volunteer subject man woman male-patient "
        "child boy girl infant neonate newborn baby toddler adolescent teenager adult adults elderly mother father "
        "parent sibling twin brother sister daughter son family-member proband donor recipient survivor sufferer "
        "victim citizen student nurse physician smoker veteran soldier worker octogenarian schoolchild"
    ).split()
)
"""Keys of words (and of their plurals, by normalisation) that mean people when the text does not say otherwise."""
