"""Weights of attributes that join two things, found by the numbers of the two: no name is put together for a token."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import marisa_trie
import numpy as np
from numpy.typing import NDArray

from kg.nlp.recogniser.features import split_conjunction

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]


class Pairs:
    """Rows by pairs of numbers.

    Args:
        rows: the row of each pair; the numbers of a pair are 1 or more.
    """

    def __init__(self, rows: Mapping[tuple[int, int], int]) -> None:
        # One pair that never occurs (it joins nothing with nothing) keeps the table from being empty.
        pairs = np.array([(0, 0), *rows], np.int64)
        self._factor: Final = int(pairs.max()) + 1
        keys = pairs[:, 0] * self._factor + pairs[:, 1]
        order = np.argsort(keys)
        self._keys: Final = keys[order]
        self._rows: Final = np.array([-1, *rows.values()], np.intp)[order]

    def find(self, left: Numbers, right: Numbers) -> NDArray[np.intp]:
        """Return the row of each pair of numbers, -1 for one that has none; the number 0 is in no pair."""
        wanted = left * self._factor + right
        at = np.searchsorted(self._keys, wanted)
        at[at == len(self._keys)] = 0
        known = (self._keys[at] == wanted) & (right < self._factor)
        found: NDArray[np.intp] = np.where(known, self._rows[at], -1)
        return found


class JointWeights:
    """The weights of every conjunction of a model (`kg.nlp.recogniser.features.conjunctions`).

    Args:
        names: trie of attributes.
        weights: a row for each attribute, and a last one of zeros: (attributes + 1, labels).
    """

    def __init__(self, names: marisa_trie.Trie, weights: Floats) -> None:
        self._weights: Final = weights
        self._words: Final[dict[str, int]] = {}
        self._terms: Final[dict[str, int]] = {}
        rows: dict[str, dict[tuple[int, int], int]] = {sign: {} for sign in ("w-", "w+", "~", "~+", "|")}
        for prefix in ("w-=", "w+=", "T="):
            for name, row in names.iteritems(prefix):
                parts = split_conjunction(name)
                if parts is not None:
                    sign, left, right = parts
                    first = self._words if sign in ("w-", "w+") else self._terms
                    second = self._terms if sign in ("~", "~+") else self._words
                    pair = first.setdefault(left, len(first) + 1), second.setdefault(right, len(second) + 1)
                    rows[sign][pair] = row
        self._pairs: Final = {sign: Pairs(known) for sign, known in rows.items()}

    def word(self, low: str) -> int:
        """Return the number of a lower-case word, 0 for one that no attribute joins with anything."""
        return self._words.get(low, 0)

    def term(self, summary: str) -> int:
        """Return the number of a summary of terms, 0 for one that no attribute joins with anything."""
        return self._terms.get(summary, 0)

    def add(self, scores: Floats, words: NDArray[Any], terms: NDArray[Any]) -> None:
        """Add the weights of the conjunctions at every token.

        Args:
            scores: scores of the labels, shape (tokens, labels); sentences are parted by rows with the numbers 0.
            words: number of each token's word.
            terms: number of each token's summary of terms.
        """
        weights, pairs = self._weights, self._pairs
        scores += weights[pairs["|"].find(terms, words)]
        # In the order of the names of a token's attributes, so that sums do not depend on how they are found.
        scores[1:] += weights[pairs["w-"].find(words[:-1], words[1:])]
        scores[1:] += weights[pairs["~"].find(terms[:-1], terms[1:])]
        scores[:-1] += weights[pairs["w+"].find(words[:-1], words[1:])]
        scores[:-1] += weights[pairs["~+"].find(terms[:-1], terms[1:])]
