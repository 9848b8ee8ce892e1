"""Binomials whose two words a converter ran together: "Agrobacteriumtumefaciens"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from kg.model import MentionType
from kg.ontology import Ontology

GLUED: Final = re.compile(r"(?<![\w-])[A-Z][a-z]{11,}(?![\w-])")
"""A word long enough to be two."""
_SHORTEST: Final = 4
"""Fewest letters of either word."""
_CACHE: Final = 1 << 12


class GluedNames:
    """Parts words into genus and epithet.

    Args:
        ontology: where the names of species are.
    """

    def __init__(self, ontology: Ontology) -> None:
        self._ontology: Final = ontology
        self.split: Final = lru_cache(maxsize=_CACHE)(self._split)

    def _split(self, word: str) -> str | None:
        """Return the species name that a capitalised word runs together, or None when it is none."""
        for at in range(len(word) - _SHORTEST, _SHORTEST - 1, -1):
            name = f"{word[:at]} {word[at:]}"
            if any(term.text == name for term in self._ontology.lookup(name, {MentionType.SPECIES})):
                return name
        return None
