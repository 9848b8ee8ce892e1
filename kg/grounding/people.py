"""Words for people, mentions of *Homo sapiens* that no taxonomy lists, and words for animals that are no names."""

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

_NO_NAMES: Final = "murine porcine calf chick piglet foal puppy kitten cub hatchling"

NO_NAMES: Final[frozenset[str]] = frozenset(map(key, _NO_NAMES.split()))
"""Keys of words that stand for an animal without being its name: adjectives that no taxonomy lists, and the young.

Corpora of organism names (LINNAEUS, S800) leave them out as they do words for people ("fetal calf serum", "chick
embryo", "murine leukemia"), and have "bovine" and "canine", which the NCBI Taxonomy lists. A reader of a paper on
animals wants them: there "calves" and "murine" say what was studied."""
MAN: Final = "man"
"""The one word for people that the taxonomy lists for *Homo sapiens*, in the singular: "from mouse and man"."""
