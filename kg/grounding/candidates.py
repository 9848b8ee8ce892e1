"""Concepts that a free wording may name: by its words, its parts, similar spelling, words that are alike, memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kg.grounding.memory import Memory
from kg.grounding.names import Names, bag_of, words_of
from kg.grounding.translation import Translation
from kg.identifiers import Curie

_NEAREST: Final = 16
"""How many names of similar spelling are looked at."""
_SIMILAR: Final = 8
"""How many similar surfaces of the memory are looked at."""
_LABELS: Final = 8
"""How many labels that the mention's words explain are looked at."""
_LONGEST_PART: Final = 5
_REPLACED: Final = 4
"""How many words that are alike are tried for each word."""


@dataclass(slots=True)
class Candidate:
    """A concept with the ways in which it was found.

    `cosine` and `name` are those of its most similar name; `whole`, `part` and `alike` are the score of the term's kind
    for the name that equals the mention, a part of it, or the mention with one or two words replaced; `part_words`
    says how many words that part has, and whether it is the mention's end or start; `remembered` is the cosine of the
    most similar surface of the memory, `known_words` and `known_at_end` are like `part_words` and `part_at_end` for
    the longest part that is a surface of the memory.
    """

    curie: Curie
    cosine: float = 0.0
    name: str = ""
    term: int = -1
    kind: float = 0.0
    hits: int = 0
    rank: int = _NEAREST
    whole: float = 0.0
    alike: float = 0.0
    part: float = 0.0
    part_words: int = 0
    part_at_end: bool = False
    part_at_start: bool = False
    remembered: float = 0.0
    known_words: int = 0
    known_at_end: bool = False


@dataclass(frozen=True, slots=True)
class Sources:
    """Where candidates come from.

    Attributes:
        names: the names of all diseases.
        alike: words that stand for each other (`kg.grounding.names.alike_words`).
        memory: the surfaces of training texts.
        translation: what words of mentions become in labels.
    """

    names: Names
    alike: Mapping[str, Mapping[str, float]]
    memory: Memory
    translation: Translation


def find_candidates(form: str, sources: Sources, forgotten: str = "") -> dict[Curie, Candidate]:
    """Return the concepts that a key (without closing space) may name.

    Args:
        form: the mention's key.
        sources: where to look.
        forgotten: a surface (`bag_of` its words) to pass over, as if no training text had it: for training.
    """
    words = words_of(form)
    found: dict[Curie, Candidate] = {}
    if not words:
        return found
    names, memory = sources.names, sources.memory

    def candidate(curie: Curie) -> Candidate:
        return found.get(curie) or found.setdefault(curie, Candidate(curie))

    bag = bag_of(words)
    for rank, (row, cosine) in enumerate(names.nearest(bag, _NEAREST)):
        name = names.bag(row)
        for curie, (kind, term) in names.readings(row).items():
            c = candidate(curie)
            c.hits += 1
            if cosine > c.cosine or (cosine == c.cosine and kind > c.kind):
                c.cosine, c.name, c.term, c.kind, c.rank = cosine, name, term, kind, min(rank, c.rank)
    for curie, (kind, term) in names.find(bag).items():
        c = candidate(curie)
        c.whole, c.cosine, c.name, c.term, c.kind = kind, 1.0, bag, term, kind
    if bag != forgotten:
        for curie in memory.counts.get(form, ()):
            candidate(curie)
    for length in range(min(len(words) - 1, _LONGEST_PART), 0, -1):
        for start in range(len(words) - length + 1):
            part = bag_of(words[start : start + length])
            for curie, (kind, term) in names.find(part).items():
                c = candidate(curie)
                if length > c.part_words or (length == c.part_words and kind > c.part):
                    c.part, c.part_words = kind, length
                    c.part_at_end, c.part_at_start = start + length == len(words), start == 0
                    if not c.name:
                        c.name, c.term, c.kind = part, term, kind
            known = memory.main(part)
            if known is not None:
                c = candidate(known)
                if length > c.known_words:
                    c.known_words, c.known_at_end = length, start + length == len(words)
    for other, likeness in _replaced(words, sources.alike):
        name = bag_of(other)
        for curie, (kind, term) in names.find(name).items():
            c = candidate(curie)
            c.alike = max(c.alike, likeness * kind)
            if not c.name:
                c.name, c.term, c.kind = name, term, kind
    for curie, cosine in memory.similar(bag, _SIMILAR, forgotten).items():
        candidate(curie).remembered = cosine
    for curie in sources.translation.nearest(words, _LABELS):
        candidate(curie)
    return found


def _replaced(words: tuple[str, ...], alike: Mapping[str, Mapping[str, float]]) -> list[tuple[tuple[str, ...], float]]:
    """Return the wordings with one or two words replaced by words that are alike."""
    once: list[tuple[tuple[str, ...], float, int]] = []
    for i, word in enumerate(words):
        others = sorted(alike.get(word, {}).items(), key=lambda pair: (-pair[1], pair[0]))[:_REPLACED]
        once += [((*words[:i], other, *words[i + 1 :]), value, i) for other, value in others]
    result = [(wording, value) for wording, value, _ in once]
    for wording, value, i in once:
        for j in range(i + 1, len(words)):
            others = sorted(alike.get(words[j], {}).items(), key=lambda pair: (-pair[1], pair[0]))[:_REPLACED]
            result += [((*wording[:j], other, *wording[j + 1 :]), value * v) for other, v in others]
    return result
