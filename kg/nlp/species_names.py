"""Scientific names by their form: binomials of a known genus that the taxonomy lacks, and their short forms.

A taxonomy is never complete: new species, and old names that were replaced. A capitalised genus of the taxonomy with a
word of Latin form after it names a species all the same ("Polysphondylium niei"), and so does its short form, when the
document has spelled it out ("P. niei", and even "P niei") or by its form alone. Such a mention has no id when no
vocabulary has the name. What is glued to a short form by a hyphen is no part of it ("E. coli-infected").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from typing import Final

from kg.grounding.glued_names import GLUED, GluedNames
from kg.model import MentionType
from kg.nlp.name_tails import GROUP, strains
from kg.ontology import Ontology
from kg.ontology.epithets import Epithets

SHORT: Final = re.compile(r"(?<![\w.-])([A-Z][a-z]{0,2})\. ?([a-z]{2,}(?:-[a-z]+)?)(?!\w)")
"""A binomial with its genus cut short: "E. coli", "Ae. aegypti"."""
_BARE: Final = re.compile(r"(?<![\w.-])([A-Z]) ([a-z]{4,})(?!\w)")
"""The same without the stop: "S aureus"."""
_FULL: Final = re.compile(r"(?<![\w.-])([A-Z][a-z]{2,}) ([a-z]{4,}(?:-[a-z]+)?)(?![\w-])")
_CACHE: Final = 1 << 14
_NO_GENERA: Final = frozenset({"This", "Data", "Major", "Beta", "Area"})
"""Genera that are more often the first word of a sentence."""
_OPEN: Final = re.compile(r"(?:[aix]|ae|or|ens|ans|eps|es)$")
"""Endings of epithets that other words have as well; a word must then be the epithet of some known species."""
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
    "peninsula media criteria phenomena species complex multiplex index vertex cortex apex reflex larva pupa alga "
    "hypha means may types genes times sites cases rates cells lines titers anti alpha beta gamma delta omega factor "
    "vector receptor minor major error color tumor donor inhibitor activator promoter sensor response quota idea "
    "panacea"
)
_NO_EPITHETS: Final = frozenset(_WORDS.split())
"""Words of the language of papers that end like an epithet."""


def is_latin(word: str) -> bool:
    """Tell whether a lower-case word has the form of a Latin epithet, and is none of the common words like it."""
    return (
        word not in _NO_EPITHETS and not word.endswith(("itis", "osis", "ysis", "esis")) and bool(_LATIN.search(word))
    )


def short_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of what may be a binomial with its genus cut short; with an epithet of two words, both ways."""
    for match in SHORT.finditer(text):
        first, hyphen, _ = match[2].partition("-")
        if text[match.end() : match.end() + 1] != "-":
            yield match.span()
        if hyphen:
            yield match.start(), match.start(2) + len(first)
        elif text[match.end() : match.end() + 1] == "-":
            yield match.span()


class ScientificNames:
    """Finds binomials whose genus is in the taxonomy.

    Args:
        ontology: where the genera and epithets are.
    """

    def __init__(self, ontology: Ontology) -> None:
        self._ontology: Final = ontology
        self._epithets: Final = Epithets(ontology)
        self._glued: Final = GluedNames(ontology)
        self._genus: Final = lru_cache(maxsize=_CACHE)(self._is_genus)
        self._binomial: Final = lru_cache(maxsize=_CACHE)(self._is_binomial)

    def find(self, text: str, is_name: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
        """Yield the places of binomials in a text.

        Args:
            text: the document's text.
            is_name: tells whether the vocabulary knows a short form in this document.
        """
        for match in GROUP.finditer(text):
            if is_name(match[0]):
                yield match.span()
        known: set[tuple[str, str]] = set()
        for match in _FULL.finditer(text):
            if self._binomial(match[1], match[2]):
                known.add((match[1], match[2]))
                yield match.span()
        for match in GLUED.finditer(text):
            if self._glued.split(match[0]) is not None:
                yield match.span()
        for first, last, genus in strains(text):
            if self._genus(genus):
                yield first, last
        for first, last in short_names(text):
            genus, _, epithet = text[first:last].partition(".")
            epithet = epithet.strip()
            if (
                _spells(known, genus, epithet)
                or (len(genus) == 1 and self._is_epithet(epithet))
                or is_name(text[first:last])
            ):
                yield first, last
        for match in _BARE.finditer(text) if known else ():
            if _spells(known, match[1], match[2]):
                yield match.span()

    def _is_binomial(self, genus: str, epithet: str) -> bool:
        return self._genus(genus) and genus not in _NO_GENERA and self._is_epithet(epithet)

    def _is_epithet(self, word: str) -> bool:
        """Tell whether a word is an epithet by its form, or a less certain form of an epithet that is known."""
        if is_latin(word):
            return True
        return bool(_OPEN.search(word)) and word not in _NO_EPITHETS and self._epithets.is_known(word)

    def _is_genus(self, word: str) -> bool:
        return any(
            term.text == word
            and (concept := self._ontology.concept(term.curie)) is not None
            and concept.rank == "genus"
            for term in self._ontology.lookup(word, {MentionType.SPECIES})
        )


def _spells(known: Collection[tuple[str, str]], initial: str, epithet: str) -> bool:
    """Tell whether a short form is one of the binomials that the document spells out."""
    return any(second == epithet and genus.startswith(initial) for genus, second in known)
