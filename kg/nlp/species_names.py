"""Scientific names by their form: binomials of a known genus that the taxonomy lacks, and their short forms.

A taxonomy is never complete: new species, and old names that were replaced. A capitalised genus of the taxonomy with a
word of Latin form after it names a species all the same ("Polysphondylium niei"), and so does its short form once the
document has spelled it out ("P. niei"). Such a mention has no id when no vocabulary has the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from kg.model import MentionType
from kg.ontology import Ontology

SHORT: Final = re.compile(r"(?<![\w.-])([A-Z][a-z]{0,2})\. ?([a-z]{2,}(?:-[a-z]+)?)(?![\w-])")
"""A binomial with its genus cut short: "E. coli", "Ae. aegypti"."""
_FULL: Final = re.compile(r"(?<![\w.-])([A-Z][a-z]{4,}) ([a-z]{4,}(?:-[a-z]+)?)(?![\w-])")
_LATIN: Final = re.compile(
    r"(?:[^aiou]us|[ei]us|[a-z]{2}um|[^s]is|ii|[^aeou]i|ae|ensis|ense|[a-z]ei|oides|opsis|ella|ata|ana|ina|ica|osa"
    r"|ora|ara|ida|ula|iger|fer|icola|phila|nea|lea|tans|gens|cens|[dg]ans|rans)$"
)
"""Endings of Latin epithets that few English words have."""
_WORDS: Final = (
    "virus viruses plus thus versus focus locus genus status apparatus consensus nucleus fetus stimulus callus fungus "
    "corpus serum medium maximum minimum optimum spectrum album sputum rectum bacterium mycelium epithelium "
    "endothelium equilibrium calcium sodium data analysis basis axis crisis taxis prophylaxis emphasis metastasis "
    "homeostasis larvae pupae algae hyphae spores sense antisense missense nonsense dense response defense immense "
    "expense license intense clans loci foci nuclei bacilli fungi stimuli alkali area sera genera camera flora fauna "
    "plasma stigma veterans organs offer transfer buffer differ prefer refer suffer infer retina lamina formula "
    "peninsula media criteria phenomena"
)
_NO_EPITHETS: Final = frozenset(_WORDS.split())
"""Words of the language of papers that end like an epithet."""


def is_latin(word: str) -> bool:
    """Tell whether a lower-case word has the form of a Latin epithet, and is none of the common words like it."""
    return (
        word not in _NO_EPITHETS and not word.endswith(("itis", "osis", "ysis", "esis")) and bool(_LATIN.search(word))
    )


class ScientificNames:
    """Finds binomials whose genus is in the taxonomy.

    Args:
        ontology: where the genera are.
    """

    def __init__(self, ontology: Ontology) -> None:
        self._ontology: Final = ontology
        self._genus: Final = lru_cache(maxsize=1 << 14)(self._is_genus)

    def find(self, text: str, start: int, end: int, known: frozenset[tuple[str, str]]) -> Iterator[tuple[int, int]]:
        """Yield the places of binomials in ``text[start:end]``.

        Args:
            text: the document's text.
            start: where to begin.
            end: where to stop.
            known: result of `spelled` for the whole document: what short forms are read by.
        """
        for match in _FULL.finditer(text, start, end):
            if (match[1], match[2]) in known:
                yield match.span()
        for match in SHORT.finditer(text, start, end):
            if any(genus.startswith(match[1]) and epithet == match[2] for genus, epithet in known):
                yield match.span()

    def spelled(self, text: str) -> frozenset[tuple[str, str]]:
        """Return genus and epithet of the binomials that a text spells out."""
        return frozenset((m[1], m[2]) for m in _FULL.finditer(text) if is_latin(m[2]) and self._genus(m[1]))

    def _is_genus(self, word: str) -> bool:
        return any(
            term.text == word
            and (concept := self._ontology.concept(term.curie)) is not None
            and concept.rank == "genus"
            for term in self._ontology.lookup(word, {MentionType.SPECIES})
        )
