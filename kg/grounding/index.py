"""Finding vocabulary terms in running text: every key at every token, with the readings that its case allows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import marisa_trie

from kg.grounding.score import term_score, tie_break
from kg.identifiers import Curie
from kg.model import MentionType, TermKind
from kg.ontology import Ontology
from kg.ontology.normalize import capitals, key, normalize

_CACHE: Final = 1 << 15
"""Readings kept for strings seen before: the same few thousand terms make up most of a corpus."""


UNSPECIFIC_RANKS: Final = frozenset(
    f"{before}{rank}"
    for before in ("", "sub", "infra", "super", "parv")
    for rank in ("family", "tribe", "order", "class", "phylum", "kingdom", "cohort")
) | {"genus", "subgenus", "clade", "domain", "superkingdom", "realm"}
"""Ranks above the species: their names ("animals", "viruses", "Cancer", "Data") are no mentions of a species. The few
genera that stand for their model organism ("Drosophila") are settled names."""

INFRASPECIFIC: Final = frozenset(
    {
        *("strain", "subspecies", "varietas", "subvariety", "forma", "forma specialis", "isolate", "no rank"),
        *("serotype", "serogroup", "biotype", "pathogroup", "morph", "genotype"),
    }
)
"""Ranks below the species. A mention names a species: what is below one is linked to it ("Escherichia coli K-12"),
unless it has a name of its own ("Salmonella Typhi", dog)."""

_FOREIGN: Final = re.compile(r"\((?:Mmus|Hsap|sensu (?!Vertebrata|Mus|Mammalia))")
"""Notes at names of cell types that bind them to one species or to invertebrates: texts do not name those classes."""
_SHORT_CAPITALS: Final = 4
"""A word of capitals up to this long is taken for an acronym, not for a heading in capitals."""
MIN_LENGTH: Final = 2
"""Shortest mention in characters."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A concept that a string can name.

    `term` is the vocabulary's string, `method` how it agrees with the mention, `score` how well, in [0, 1];
    `acronym` says that only the letters agree, so that the document has to support it.
    """

    curie: Curie
    type: MentionType
    term: str
    method: str
    score: float
    rank: str = ""
    acronym: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of text with the concepts that it can name, best first; all of one type."""

    start: int
    end: int
    type: MentionType
    readings: tuple[Reading, ...]


class TermIndex:
    """The terms of an ontology, as they are looked for in texts.

    Args:
        ontology: where the terms are.
        types: which types of mention to look for.
        stop: for each type, keys that are never a mention of it (`kg.nlp.stoplist`).
        fixed: for each type, keys whose reading is settled beforehand: key to CURIE and the name as it is written. A
            name with several capitals must have them in the text too; another is not found in short capitals.
    """

    def __init__(
        self,
        ontology: Ontology,
        types: Collection[MentionType],
        stop: Mapping[MentionType, frozenset[str]] | None = None,
        fixed: Mapping[MentionType, Mapping[str, tuple[Curie, str]]] | None = None,
    ) -> None:
        self.ontology: Final = ontology
        self._types: Final = frozenset(types)
        self._stop: Final = stop or {}
        self._fixed: Final = fixed or {}
        settled = sorted({form for forms in self._fixed.values() for form in forms})
        self._settled: Final = marisa_trie.Trie(settled)
        self._settled_starts: Final = frozenset(form.partition(" ")[0] + " " for form in settled)
        self._read = lru_cache(maxsize=_CACHE)(self._read_key)

    def readings(self, surface: str) -> tuple[Reading, ...]:
        """Return what a whole string can name, best first."""
        form = key(surface)
        number = self.ontology.key_number(form) if form else None
        return self._read(form, number, surface) if form else ()

    def scan(self, text: str, start: int, end: int) -> Iterator[Hit]:
        """Yield every term in ``text[start:end]``, from left to right and at one place the longest first."""
        normalized = normalize(text, start, end)
        string, spans, starts = normalized.string, normalized.spans, normalized.starts
        ends: dict[int, int] = {}
        for index, offset in enumerate(starts[1:]):
            ends.setdefault(offset, index)
        for index, (first, _) in enumerate(spans):
            offset = starts[index]
            if starts[index + 1] == offset:
                continue
            found: list[tuple[int, int | None]] = [*self.ontology.prefixes(string, offset)]
            if string[offset : starts[index + 1]] in self._settled_starts:
                known = {length for length, _ in found}
                found += [(n, None) for n in map(len, self._settled.prefixes(string[offset:])) if n not in known]
                found.sort(key=lambda pair: pair[0])
            for length, number in reversed(found):
                last = ends.get(offset + length)
                if last is None:
                    continue
                stop = spans[last][1]
                if stop - first < MIN_LENGTH:
                    continue
                readings = self._read(string[offset : offset + length], number, text[first:stop])
                for kind, group in _by_type(readings):
                    yield Hit(first, stop, kind, group)

    def _read_key(self, form: str, number: int | None, surface: str) -> tuple[Reading, ...]:
        best: dict[tuple[MentionType, Curie], tuple[tuple[object, ...], Reading]] = {}
        ontology = self.ontology
        for kind in self._types:
            settled = self._fixed.get(kind, {}).get(form)
            if settled is not None and _case_fits(settled[1], surface):
                best[kind, settled[0]] = ((-1.0,), Reading(settled[0], kind, settled[1], "common", 1.0))
        lowered = surface.lower()
        for term_number in ontology.key_terms(number) if number is not None else ():
            kind = ontology.type_of_term(term_number)
            if kind not in self._types or form in self._stop.get(kind, ()) or form in self._fixed.get(kind, ()):
                continue
            if not ontology.case_agrees(term_number, surface):
                continue
            term = ontology.term(term_number)
            if kind is MentionType.CELL_TYPE and _FOREIGN.search(term.text):
                continue
            curie = ontology.resolve(term.curie)
            if curie is None:
                continue
            same = term.text.lower() == lowered
            score = term_score(term.kind, same_text=same)
            rank = ontology.rank_of_term(term_number) if kind is MentionType.SPECIES else ""
            if rank in UNSPECIFIC_RANKS or (rank == "no rank" and not self._is_below_species(curie)):
                continue
            order = (-score, "(" in term.text, *tie_break(term.source, rank, curie), term.text)
            known = best.get((kind, curie))
            if known is None or order < known[0]:
                acronym = ontology.is_acronym(term_number) or term.kind is TermKind.ACRONYM
                method = "exact" if same else "normalized"
                best[kind, curie] = (order, Reading(curie, kind, term.text, method, score, rank, acronym))
        return tuple(reading for _, reading in sorted(best.values(), key=lambda pair: (pair[1].type, pair[0])))

    def _is_below_species(self, curie: Curie) -> bool:
        """Tell a taxon without rank below a species (most viruses) from one above ("cellular organisms")."""
        concepts = map(self.ontology.concept, self.ontology.ancestors(curie))
        return any(concept is not None and concept.rank == "species" for concept in concepts)


def _case_fits(name: str, surface: str) -> bool:
    """Tell whether a mention's case fits a settled name: "HIV" in capitals, "cat" never as "CAT", an enzyme."""
    if sum(map(str.isupper, name)) > 1:
        plural_only = name.endswith("s") and name[-2].isupper()
        return capitals(surface) == capitals(name) and (surface.endswith("s") or not plural_only)
    return not (surface.isupper() and len(surface) <= _SHORT_CAPITALS)


def _by_type(readings: tuple[Reading, ...]) -> Iterator[tuple[MentionType, tuple[Reading, ...]]]:
    """Group readings, which are sorted by type."""
    if not readings:
        return
    kinds = dict.fromkeys(reading.type for reading in readings)
    if len(kinds) == 1:
        yield readings[0].type, readings
        return
    for kind in kinds:
        yield kind, tuple(reading for reading in readings if reading.type is kind)
