"""Weights of attributes that join two things, found by the numbers of the two: no name is put together for a token."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import marisa_trie
import numpy as np
from numpy.typing import NDArray

from kg.nlp.recogniser.features import split_conjunction

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]


class Pairs:
    """Rows of attributes by pairs of numbers.

    Args:
        rows: for each pair the rows of its attributes, -1 for one that the model lacks; numbers are 1 or more.
        width: how many attributes a pair can have.
    """

    def __init__(self, rows: Mapping[tuple[int, int], Sequence[int]], width: int) -> None:
        # A pair that never occurs (nothing with nothing) keeps the table from being empty.
        pairs = np.array([(0, 0), *rows], np.int64)
        self._factor: Final = int(pairs.max()) + 1
        keys = pairs[:, 0] * self._factor + pairs[:, 1]
        order = np.argsort(keys)
        self._keys: Final = keys[order]
        self._rows: Final = np.array([[-1] * width, *rows.values()], np.intp)[order]

    def find(self, left: Numbers, right: Numbers) -> NDArray[np.intp]:
        """Return the rows for each pair of numbers, shape (width, pairs): -1 for one unknown, as all with a 0 are."""
        found = np.full((self._rows.shape[1], len(left)), -1, np.intp)
        places = np.flatnonzero((left > 0) & (right > 0) & (right < self._factor))
        wanted = left[places] * self._factor + right[places]
        at = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        known = self._keys[at] == wanted
        found[:, places[known]] = self._rows[at[known]].T
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
        # Pairs of neighbouring words, of neighbouring summaries, of a summary and its word.
        signs = (("w-", "w+"), ("~", "~+"), ("|",))
        sides = ((self._words, self._words), (self._terms, self._terms), (self._terms, self._words))
        place = {sign: (group, column) for group, members in enumerate(signs) for column, sign in enumerate(members)}
        rows: list[dict[tuple[int, int], list[int]]] = [{} for _ in signs]
        for prefix in ("w-=", "w+=", "T="):
            for name, row in names.iteritems(prefix):
                parts = split_conjunction(name)
                if parts is not None:
                    sign, first, second = parts
                    group, column = place[sign]
                    left, right = sides[group]
                    pair = left.setdefault(first, len(left) + 1), right.setdefault(second, len(right) + 1)
                    rows[group].setdefault(pair, [-1] * len(signs[group]))[column] = row
        self._of_words, self._of_terms, self._of_both = (
            Pairs(known, len(members)) for known, members in zip(rows, signs, strict=True)
        )

    def word(self, low: str) -> int:
        """Return the number of a lower-case word, 0 for one that no attribute joins with anything."""
        return self._words.get(low, 0)

    def term(self, summary: str) -> int:
        """Return the number of a summary of terms, 0 for one that no attribute joins with anything."""
        return self._terms.get(summary, 0)

    def add(self, scores: Floats, words: Numbers, terms: Numbers) -> None:
        """Add the weights of the conjunctions at every token.

        Args:
            scores: scores of the labels, shape (tokens, labels); sentences are parted by rows with the numbers 0.
            words: number of each token's word.
            terms: number of each token's summary of terms.
        """
        weights = self._weights
        word_before, word_after = self._of_words.find(words[:-1], words[1:])
        term_before, term_after = self._of_terms.find(terms[:-1], terms[1:])
        # In the order of the names of a token's attributes, so that sums do not depend on how they are found.
        scores += weights[self._of_both.find(terms, words)[0]]
        scores[1:] += weights[word_before]
        scores[1:] += weights[term_before]
        scores[:-1] += weights[word_after]
        scores[:-1] += weights[term_after]
