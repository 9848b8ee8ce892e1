"""Words for people: mentions of *Homo sapiens* that no taxonomy lists."""

from __future__ import annotations

from typing import Final

from kg.ontology.normalize import key

_WORDS: Final = "patient inpatient outpatient man woman"

PEOPLE: Final[frozenset[str]] = frozenset(map(key, _WORDS.split()))
"""Keys of words (and of their plurals, by normalisation) that are mentions of *Homo sapiens*.

The corpora annotate patients, men and women, and none of the words for an age or a part in a study ("children",
"newborn", "participants", "volunteers"), for kin and roles ("mother", "donor"), or those that are as often about
animals or things ("adult", "subject", "individual"). `kg.nlp.study_type` counts such words when it asks who was
studied."""
