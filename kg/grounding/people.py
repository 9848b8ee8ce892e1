"""Words for people: mentions of *Homo sapiens* that no taxonomy lists."""

from __future__ import annotations

from typing import Final

from kg.ontology.normalize import key

_WORDS: Final = (
    "patient inpatient outpatient person people participant volunteer man woman child boy girl infant neonate newborn "
    "baby toddler adolescent teenager"
)

PEOPLE: Final[frozenset[str]] = frozenset(map(key, _WORDS.split()))
"""Keys of words (and of their plurals, by normalisation) that name the people of a study.

Words for kin and roles ("mother", "donor") and words that are as often about animals or things ("adult", "subject",
"individual") are left out."""
