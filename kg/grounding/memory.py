"""What training texts called by which name: a lexicon of surfaces and concepts, with counts."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from kg.grounding.names import bag_of, words_of
from kg.grounding.tfidf import GramIndex
from kg.identifiers import Curie

_LONG_WORD: Final = 5
"""A surface of one word is compared with others only when it is longer than this."""


class Memory:
    """Surfaces (as keys without closing space) that were annotated, with their concepts.

    Args:
        counts: for each surface, how often each concept was meant by it.
    """

    def __init__(self, counts: Mapping[str, Mapping[Curie, int]]) -> None:
        self.counts: Final = counts
        self._prior: Final[Counter[Curie]] = Counter()
        for found in counts.values():
            self._prior.update(found)
        bags: dict[str, Counter[Curie]] = {}
        for surface, found in counts.items():
            words = words_of(surface)
            if words and (len(words) > 1 or len(words[0]) > _LONG_WORD):
                bags.setdefault(bag_of(words), Counter()).update(found)
        self._bags: Final = sorted(bags)
        self._main: Final = {bag: _majority(bags[bag]) for bag in self._bags}
        self._grams: Final = GramIndex(GramIndex.build(self._bags))

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, Curie]]) -> Memory:
        """Return the memory of pairs (surface, concept)."""
        counts: dict[str, Counter[Curie]] = {}
        for surface, curie in pairs:
            counts.setdefault(surface, Counter())[curie] += 1
        return cls(counts)

    def prior(self, curie: Curie, without: str = "") -> float:
        """Return the logarithm of one plus the concept's count, not counting one of the surfaces."""
        return math.log1p(self._prior[curie] - self.counts.get(without, {}).get(curie, 0))

    def main(self, bag: str) -> Curie | None:
        """Return the concept that most mentions with these words (`bag_of`) mean, or None."""
        return self._main.get(bag)

    def similar(self, bag: str, count: int, hidden: str = "") -> dict[Curie, float]:
        """Return concepts that were called by a similar name, with the cosine of the best one.

        Args:
            bag: the words of the name (`bag_of`).
            count: how many names are looked at.
            hidden: a name to pass over.
        """
        best: dict[Curie, float] = {}
        for row, cosine in self._grams.best(bag, count):
            curie = self._main[self._bags[row]]
            if curie is not None and self._bags[row] != hidden:
                best.setdefault(curie, cosine)
        return best


def _majority(found: Mapping[Curie, int]) -> Curie | None:
    """Return the concept that has more than half of the counts."""
    curie, most = max(found.items(), key=lambda pair: (pair[1], pair[0]))
    return curie if most * 2 > sum(found.values()) else None
