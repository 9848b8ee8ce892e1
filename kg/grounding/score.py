"""How sure a reading is: a number for every way in which a mention and a term can agree.

The numbers order readings and let a caller set a threshold; they are not probabilities. Their order says: the
term itself before a form of it, preferred labels before synonyms, exact synonyms before wider and narrower ones.
"""

from __future__ import annotations

from typing import Final

from kg.model import TermKind

KIND_SCORE: Final[dict[TermKind, float]] = {
    TermKind.LABEL: 1.0,
    TermKind.EXACT: 0.95,
    TermKind.COMMON: 0.95,
    TermKind.ACRONYM: 0.85,
    TermKind.ABBREVIATED: 0.85,
    TermKind.NARROW: 0.7,
    TermKind.RELATED: 0.65,
    TermKind.BROAD: 0.5,
}
"""Score of a term that agrees letter for letter (but for case)."""

NORMALIZED: Final = 0.97
"""Factor when the two agree only after normalisation."""
ABBREVIATION: Final = 0.97
"""Factor for a short form that stands for the term in this document."""
HEAD: Final = 0.7
"""Factor when only the end of a long form is a term ("refractory heart failure")."""
FORMER: Final = 0.8
"""Score of a species that is known by its epithet and family alone (`kg.ontology.epithets`)."""
THRESHOLD: Final = 0.5
"""Readings below this are not used."""

_SOURCES: Final = {
    name: rank
    for rank, name in enumerate(("msckg", "mesh", "cl", "uberon", "ncbitaxon", "mondo", "doid", "hp", "other"))
}
_RANKS: Final = {
    name: rank
    for rank, name in enumerate(
        ("species", "subspecies", "strain", "no rank", "serotype", "genus", "subgenus", "family")
    )
}


def term_score(kind: TermKind, *, same_text: bool) -> float:
    """Return the score of a term that matches a mention.

    Args:
        kind: the term's kind.
        same_text: the two agree but for case; otherwise only after normalisation.
    """
    return KIND_SCORE[kind] * (1.0 if same_text else NORMALIZED)


def tie_break(source: str, rank: str, curie: str) -> tuple[int, int, int, str]:
    """Return the sort key (smallest first) of readings with equal scores: source, taxonomic rank, CURIE.

    Shorter CURIEs come first, so that numbers without leading zeros are in numerical order.
    """
    return _SOURCES.get(source, len(_SOURCES)), _RANKS.get(rank, len(_RANKS)), len(curie), curie
