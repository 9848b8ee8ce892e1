"""Words of diseases: an inverted index of preferred labels, and the words of each concept's names, in plain arrays."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from kg.identifiers import Curie
from kg.ontology import Ontology

UInt32 = npt.NDArray[np.uint32]

COLUMNS: Final = ("terms", "ends", "rows", "weights", "own_ends", "own")
"""The arrays of an index."""


class Labels:
    """Tells which labels have a word, and which words a concept's names have.

    Args:
        ontology: where the labels are.
        words: numbers of words, the same as at the making.
        arrays: what `build` returned, from memory or mapped from files.
    """

    def __init__(self, ontology: Ontology, words: Mapping[str, int], arrays: Mapping[str, npt.NDArray[Any]]) -> None:
        self._ontology: Final = ontology
        self._words: Final = words
        self._terms: UInt32 = arrays["terms"]
        self._ends: UInt32 = arrays["ends"]
        self._rows: UInt32 = arrays["rows"]
        self._own_ends: UInt32 = arrays["own_ends"]
        self._own: UInt32 = arrays["own"]
        self._row_of: Final = {self.curie(row): row for row in range(len(self._terms))}
        self.weights: Final[npt.NDArray[np.float32]] = arrays["weights"]
        """The sum of the weights of each label's words."""

    def __len__(self) -> int:
        return len(self._terms)

    def curie(self, row: int) -> Curie:
        """Return the concept of the label in a row."""
        return self._ontology.curie_of_term(int(self._terms[row]))

    def rows(self, word: str) -> UInt32:
        """Return the rows of the labels that have a word."""
        number = self._words.get(word)
        if number is None:
            return self._rows[:0]
        return self._rows[self._ends[number] : self._ends[number + 1]]

    def words(self, curie: Curie) -> frozenset[int]:
        """Return the numbers of all words that stand in a name of a concept."""
        row = self._row_of.get(curie)
        if row is None:
            return frozenset()
        return frozenset(self._own[self._own_ends[row] : self._own_ends[row + 1]].tolist())

    @staticmethod
    def build(
        labels: Sequence[tuple[int, Sequence[int]]],
        names: Sequence[Collection[int]],
        weights: npt.NDArray[np.float64],
    ) -> dict[str, npt.NDArray[Any]]:
        """Return the arrays of an index.

        Args:
            labels: the number of each label's term, and of its words.
            names: for each label, the numbers of the words in all names of its concept.
            weights: the weight of each word, by its number.
        """
        pairs = sorted({(word, row) for row, (_, words) in enumerate(labels) for word in words})
        counts = np.bincount([word for word, _ in pairs], minlength=len(weights))
        ends = np.zeros(len(weights) + 1, dtype=np.uint32)
        np.cumsum(counts, out=ends[1:])
        sums = [sum(float(weights[word]) for word in set(words)) for _, words in labels]
        own_ends = np.zeros(len(names) + 1, dtype=np.uint32)
        np.cumsum([len(words) for words in names], out=own_ends[1:])
        return {
            "own_ends": own_ends,
            "own": np.asarray([word for words in names for word in sorted(words)], dtype=np.uint32),
            "terms": np.asarray([term for term, _ in labels], dtype=np.uint32),
            "ends": ends,
            "rows": np.asarray([row for _, row in pairs], dtype=np.uint32),
            "weights": np.asarray(sums, dtype=np.float32),
        }
