"""From a mention to concepts, with a reason and a score; none rather than a wrong one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from kg.grounding.cells import CellPhrases
from kg.grounding.context import Context
from kg.grounding.glued_names import GLUED, GluedNames
from kg.grounding.index import INFRASPECIFIC, Reading, TermIndex
from kg.grounding.score import ABBREVIATION, FORMER, HEAD, THRESHOLD
from kg.identifiers import Curie
from kg.model import MentionType, TermKind
from kg.ontology.epithets import Epithets
from kg.ontology.normalize import key

_BINOMIAL: Final = re.compile(r"([A-Z](?:[a-z]{1,2}(?=\.))?)\.?\s?([a-z]{2,}(?:[ -][a-z]{3,})?)")
_FULL_BINOMIAL: Final = re.compile(r"([A-Z][a-z]{2,}) ([a-z]{4,}(?:-[a-z]+)?)")
_INFRASPECIFIC: Final = re.compile(r"((?:[A-Z][a-z]{2,}|[A-Z][a-z]{0,2}\.) ?[a-z]{3,}(?:-[a-z]+)?),? \S.*")
"""A binomial with more after it: "Salmonella enterica serovar Typhimurium", "Vibrio cholerae N16961"."""
_DERIVED: Final = re.compile(r"[\s\u2010-\u2015-]+derived\b")
_WORD: Final = re.compile(r"\s+")
_CELLS: Final = frozenset({"cell", "cells"})
_CACHE: Final = 1 << 12
"""Concepts whose full names are kept at hand."""
_MAX_WORDS: Final = 6
"""Longest phrase that is read by its parts."""
_HEADED: Final = frozenset({MentionType.DISEASE, MentionType.CELL_TYPE})
"""Types whose phrases name a kind of what their last words name; "thin endometrium" is no kind of organ."""
_LONG_WORD: Final = 8
"""A word of this many letters is a full name: that it stands in a document supports the name's acronym there."""
_LONG_ACRONYM: Final = 4
"""From this many letters on, an acronym that names one concept alone may stand without support."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a mention was linked to; `curies` is empty when nothing fits well enough."""

    curies: tuple[Curie, ...]
    term: str | None
    method: str
    score: float


UNGROUNDED: Final = Decision((), None, "none", 0.0)


class Grounder:
    """Chooses among the readings of a mention.

    Args:
        index: where readings come from.
        threshold: readings with a lower score are not used.
    """

    def __init__(self, index: TermIndex, threshold: float = THRESHOLD) -> None:
        self.index: Final = index
        self._threshold: Final = threshold
        self._cells: Final = CellPhrases(index)
        self._epithets: Final = Epithets(index.ontology)
        self._glued_names: Final = GluedNames(index.ontology)
        self._full_names = lru_cache(maxsize=_CACHE)(self._names_of)

    def ground(self, surface: str, kind: MentionType, context: Context) -> Decision:
        """Link a mention of a known type.

        Args:
            surface: the mention's text.
            kind: the mention's type; readings of other types are not considered.
            context: the document: its definitions overrule the vocabulary.
        """
        reading = self.best(self.readings(surface, context), kind, context)
        if kind is MentionType.CELL_TYPE:
            return self._cell(surface, reading, context)
        if kind is MentionType.SPECIES and reading is not None and reading.rank in INFRASPECIFIC:
            reading = self.best(self._species_of(surface, context), kind, context) or reading
        return UNGROUNDED if reading is None else _decision((reading,))

    def _cell(self, surface: str, reading: Reading | None, context: Context) -> Decision:
        """Decide on a cell type: by all words of a short form's long form, by one reading, by the phrase's parts."""
        long = context.long_form(surface)
        if long is not None:
            parts = self._cells.readings(long, context)
            if parts and all(part.method != "head" for part in parts):
                return _decision([replace(p, method="abbreviation", score=p.score * ABBREVIATION) for p in parts])
        if reading is not None:
            return _decision((reading,))
        parts = self._cells.readings(surface, context)
        return _decision(parts) if parts else UNGROUNDED

    def readings(self, surface: str, context: Context) -> tuple[Reading, ...]:
        """Return what a string can name in this document, best first within a type."""
        long = context.long_form(surface)
        if long is not None:
            return self.long_form_readings(long)
        return (
            self.index.readings(surface)
            or self._binomial(surface, context)
            or self._expanded(surface, context)
            or self._former(surface)
            or self._glued(surface)
            or self._species_of(surface, context)
        )

    def long_form_readings(self, long: str) -> tuple[Reading, ...]:
        """Return the readings of a definition's long form: of the whole, or else of its longest end that is a term."""
        words = [match.start() for match in re.finditer(r"(?<![\w-])\w", long)] or [0]
        for position, start in enumerate(words):
            found = self.index.readings(long[start:])
            if position:
                found = tuple(reading for reading in found if reading.type in _HEADED)
            if found:
                factor = ABBREVIATION * (HEAD if position else 1.0)
                return tuple(replace(r, method="abbreviation", score=r.score * factor, acronym=False) for r in found)
        return ()

    def best(self, readings: Iterable[Reading], kind: MentionType, context: Context) -> Reading | None:
        """Return the first reading of a type that scores well enough and, if it is an acronym, has support."""
        rivals = [r for r in readings if r.type is kind and r.score >= self._threshold]
        if not rivals:
            return None
        if not rivals[0].acronym:
            return rivals[0]
        supported = [r for r in rivals if self._supported(r, context)]
        if supported:
            return supported[0]
        alone = len({r.curie for r in rivals}) == 1
        first = rivals[0]
        local = first.curie.startswith("MSCKG:")
        if kind is MentionType.SPECIES:
            return None
        return first if alone and not local and len(first.term) >= _LONG_ACRONYM else None

    def _supported(self, reading: Reading, context: Context) -> bool:
        """Tell whether the words of a full name of the concept stand somewhere in the document."""
        if not reading.acronym:
            return True
        return any(map(context.has_words_of, self._full_names(reading.curie)))

    def _names_of(self, curie: Curie) -> tuple[str, ...]:
        """Return the keys of a concept's full names: those of several words, or of one long word."""
        terms = self.index.ontology.terms(curie)
        full = (
            t.text for t in terms if t.kind is not TermKind.ACRONYM and (" " in t.text or len(t.text) >= _LONG_WORD)
        )
        names = (key(text) for text in full)
        return tuple(dict.fromkeys(names))

    def _expanded(self, surface: str, context: Context) -> tuple[Reading, ...]:
        """Resolve a phrase by its parts: short forms written out, "-derived" left out.

        "umbilical cord-derived MSCs" is read as "umbilical cord mesenchymal stem cells", "Treg cells" as "Treg", and
        "knee OA" as "knee osteoarthritis" in a text that has this word.
        """
        words = [word for word in _WORD.split(_DERIVED.sub(" ", surface)) if word]
        if not 2 <= len(words) <= _MAX_WORDS:
            return ()
        phrase = " ".join(self._written_out(word, context) for word in words)
        found = self.index.readings(phrase)
        if not found and words[-1] in _CELLS:
            found = tuple(r for r in self.index.readings(" ".join(words[:-1])) if r.type is MentionType.CELL_TYPE)
        return tuple(replace(r, method="expanded", score=r.score * ABBREVIATION) for r in found)

    def _written_out(self, word: str, context: Context) -> str:
        """Return what a short form stands for: by the document's definition, or as an acronym that it supports."""
        long = context.long_form(word)
        if long is not None or not word.isupper():
            return long or word
        diseases = [r for r in self.index.readings(word) if r.type is MentionType.DISEASE and r.acronym]
        supported = [r for r in diseases if self._supported(r, context)]
        label = self.index.ontology.label(supported[0].curie) if supported else None
        return label or word

    def _binomial(self, surface: str, context: Context) -> tuple[Reading, ...]:
        """Resolve an abbreviated binomial ("S. aureus") by a genus that the document spells out."""
        match = _BINOMIAL.fullmatch(surface)
        if match is None:
            return ()
        names = [f"{genus} {match[2]}" for genus in context.genera(match[1][0]) if genus.startswith(match[1])]
        names.sort(key=lambda name: name not in context.text)
        for resolve in (self.index.readings, self._former):
            for name in names:
                found = [r for r in resolve(name) if r.type is MentionType.SPECIES]
                if found:
                    return tuple(replace(r, method="binomial", score=r.score * ABBREVIATION) for r in found)
        return ()

    def _former(self, surface: str) -> tuple[Reading, ...]:
        """Resolve a binomial that no term has, as the former name of a species of the same family."""
        match = _FULL_BINOMIAL.fullmatch(surface)
        curie = self._epithets.species(match[1], match[2]) if match else None
        label = self.index.ontology.label(curie) if curie else None
        if curie is None or label is None:
            return ()
        return (Reading(curie, MentionType.SPECIES, label, "former name", FORMER, "species"),)

    def _glued(self, surface: str) -> tuple[Reading, ...]:
        """Resolve a binomial that is written as one word."""
        name = self._glued_names.split(surface) if GLUED.fullmatch(surface) else None
        found = [r for r in self.index.readings(name) if r.type is MentionType.SPECIES] if name else []
        return tuple(replace(r, method="glued", score=r.score * ABBREVIATION) for r in found)

    def _species_of(self, surface: str, context: Context) -> tuple[Reading, ...]:
        """Resolve the name of a strain, subspecies or pathovar by the binomial that it begins with."""
        match = _INFRASPECIFIC.fullmatch(surface)
        if match is None or context.long_form(surface) is not None:
            return ()
        found = [r for r in self.readings(match[1], context) if r.type is MentionType.SPECIES and r.rank == "species"]
        return tuple(replace(r, method="species of", score=r.score * ABBREVIATION) for r in found)


def _decision(readings: Sequence[Reading]) -> Decision:
    """Return the decision for one reading, or for all members of a coordination."""
    first = readings[0]
    return Decision(tuple(r.curie for r in readings), first.term, first.method, min(r.score for r in readings))
