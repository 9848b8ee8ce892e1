"""Phrases that name cells: read whole, by their parts, or by their head ("CD34+ endometrial stromal cells")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import combinations
from typing import Final

from kg.grounding.context import Context
from kg.grounding.index import Reading, TermIndex
from kg.grounding.score import HEAD, THRESHOLD
from kg.model import MentionType

_NOTE: Final = re.compile(r"\s*\([^()]*\)")
_JOIN: Final = re.compile(r",?\s+(?:and|or)\s+|\s*/\s*|,\s+")
_DERIVED: Final = re.compile(r"[\s\u2010-\u2015-]+(?:derived|resident)\b")
_CELLS: Final = frozenset({"cell", "cells"})
_MAX_WORDS: Final = 6
"""Longest end of a phrase that is looked up as a head."""
_MAX_MODIFIERS: Final = 5
"""More words before the head than these are not tried in all combinations."""
_CACHE: Final = 1 << 13
_MARKER: Final = re.compile(r"(.*\w)([+-])")
_ANY_CELL: Final = "CL:0000000"
_TOO_WIDE: Final = frozenset({"CL:0011026", "CL:0011115"})
"""Progenitor and precursor cell: what they are progenitors of stands before the head."""

_ORGAN: Final = {
    "cardiac": "heart",
    "cerebellar": "cerebellum",
    "colonic": "colon",
    "corneal": "cornea",
    "cortical": "cerebral cortex",
    "dermal": "skin",
    "endometrial": "endometrium",
    "gastric": "stomach",
    "gut": "intestinal",
    "hepatic": "liver",
    "hippocampal": "hippocampus",
    "intestinal": "intestine",
    "ovarian": "ovary",
    "pancreatic": "pancreas",
    "placental": "placenta",
    "pulmonary": "lung",
    "renal": "kidney",
    "retinal": "retina",
    "splenic": "spleen",
    "striatal": "striatum",
    "thymic": "thymus",
    "tubular": "tubule",
    "uterine": "uterus",
    "haematopoietic": "hematopoietic",
}
"""Adjectives and the words that names in the Cell Ontology have instead."""
_SUBSET: Final = re.compile(r"(CD\d-positive, alpha-beta )(T cell)")
_T_MARKERS: Final = ("CD4-positive", "CD8-positive")
"""Subsets of T cells, whose names in the Cell Ontology have every modifier between these words and "T cell"."""


class CellPhrases:
    """Reads phrases that no vocabulary has as they stand.

    Args:
        index: the vocabulary's terms.
    """

    def __init__(self, index: TermIndex) -> None:
        self._index: Final = index
        self._search = lru_cache(maxsize=_CACHE)(self._composed)

    def readings(self, surface: str, context: Context) -> tuple[Reading, ...]:
        """Return the concepts that a phrase names: one, or one for each member of a coordination; none when unknown.

        "M1 and M2 macrophages" gives both; "CD8+ tissue-resident memory T cells" the class with most of these words.
        The score of a head may be below the grounder's threshold: it says little, but nothing wrong.
        """
        text = _DERIVED.sub("", _NOTE.sub("", surface))
        members = [part for part in _JOIN.split(text) if part]
        if len(members) < 2:
            found = self._one(text, context)
            return () if found is None else (found if text == surface else _rewritten(found),)
        tail = members[-1].split()
        read: dict[str, Reading] = {}
        for member in members:
            reading = self._member(member, tail, context)
            if reading is not None:
                read.setdefault(reading.curie, _rewritten(reading))
        return tuple(read.values())

    def _member(self, member: str, tail: Sequence[str], context: Context) -> Reading | None:
        """Read one member of a coordination, with as much of the last one's end as makes it a term."""
        for size in range(len(tail) - 1, 0, -1) if member.split() != list(tail) else ():
            reading = self._search((*_written_out(member, context), *tail[-size:]), True)
            if reading is not None:
                return reading
        return self._one(member, context) or self._one(f"{member} {tail[-1]}", context)

    def _one(self, phrase: str, context: Context) -> Reading | None:
        words = _written_out(phrase, context)
        return self._search(tuple(words), False) if words else None

    def _composed(self, words: tuple[str, ...], whole: bool) -> Reading | None:
        """Return the reading of the most words before the head; of all of them when `whole`.

        The head is the longest end of the phrase that is a term; it is also tried by its concept's label ("adipose
        MSCs" as "adipose mesenchymal stem cell").
        """
        head = None
        for border in range(max(0, len(words) - _MAX_WORDS), len(words)):
            head = self._lookup(" ".join(words[border:])) or self._lookup(_plain(words[border:]))
            if head is not None:
                break
        if head is None:
            return None
        if border == 0:
            return head
        before, end = words[max(0, border - _MAX_MODIFIERS) : border], words[border:]
        label = self._index.ontology.label(head.curie) or head.term
        for count in range(len(before), 0, -1):
            for kept in combinations(before, count):
                for phrase in _forms(kept, end, label):
                    reading = self._lookup(phrase)
                    if reading is not None and reading.curie != head.curie:
                        share = 1.0 if count == len(words[:border]) else HEAD
                        return replace(
                            reading, method="expanded" if share == 1.0 else "head", score=reading.score * share
                        )
            if whole:
                return None
        return None if head.curie in _TOO_WIDE else replace(head, method="head", score=head.score * HEAD)

    def _lookup(self, phrase: str) -> Reading | None:
        return next(
            (
                r
                for r in self._index.readings(phrase)
                if r.type is MentionType.CELL_TYPE and r.score >= THRESHOLD and r.curie != _ANY_CELL and not r.acronym
            ),
            None,
        )


def _rewritten(reading: Reading) -> Reading:
    """Return a reading of words that do not stand together in the text."""
    return reading if reading.method == "head" else replace(reading, method="expanded")


def _written_out(phrase: str, context: Context) -> list[str]:
    """Return the words of a phrase, short forms of the document written out."""
    return [part for word in phrase.split() for part in (context.long_form(word) or word).split()]


def _plain(words: Sequence[str]) -> str:
    """Return a phrase without the word "cells" behind a name that does without it ("fibroblast cells")."""
    return " ".join(words[:-1] if words[-1].lower() in _CELLS else words)


def _forms(before: Sequence[str], head: Sequence[str], label: str) -> Iterator[str]:
    """Yield a phrase as it stands, then in words that names in the Cell Ontology have."""
    other = [_ORGAN.get(word.lower(), _marker(word)) for word in before]
    ends = (" ".join(head), label)
    for words in dict.fromkeys((tuple(before), tuple(other))):
        for end in ends:
            yield " ".join([*words, end])
    subset = _SUBSET.fullmatch(label)
    if subset is not None:
        yield f"{subset[1]}{' '.join(before)} {subset[2]}"
    elif label == "T cell" or label.endswith(" T cell"):
        for marker in (m for m in _T_MARKERS if m in other):
            rest = [word for word in other if word != marker]
            yield " ".join([f"{marker}, alpha-beta", *rest, label])


def _marker(word: str) -> str:
    """Write a marker's sign as a word: ``CD14+`` as ``CD14-positive``."""
    match = _MARKER.fullmatch(word)
    return word if match is None else f"{match[1]}-{'positive' if match[2] == '+' else 'negative'}"
