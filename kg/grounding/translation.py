"""What the words of mentions become in preferred labels: "renal" a kidney, "-itis" an inflammation.

A table of probabilities, learned as in machine translation from pairs of a wording and the label of its concept
(IBM Model 1: Brown et al., "The mathematics of statistical machine translation", Computational Linguistics 19, 1993).
It carries what is known of one organ over to another: who has seen "renal toxicity" called Kidney Diseases finds
Retinal Diseases for "retinal toxicity".
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from kg.grounding.names import Names
from kg.identifiers import Curie

_START: Final = 5
_END: Final = 5
_LONG: Final = 8
"""From this many letters on, a word's first and last letters stand for it too: compounds share them."""
_UNLIKELY: Final = 0.003
"""Probability of a label's word that nothing in the mention speaks for."""
_OPEN: Final = 0.5
"""What an unexplained word of a label takes away, as a share of what an explained one gives."""


def tokens_of(word: str) -> tuple[str, ...]:
    """Return what stands for a word in the table: itself, and for a long one its start and its end."""
    if len(word) < _LONG or not word.isalpha():
        return (word,)
    return word, "^" + word[:_START], "$" + word[-_END:]


class Translation:
    """Compares mentions with preferred labels.

    Args:
        names: the names of all diseases; it has the labels.
        table: for each token (`tokens_of`) the words of labels that it becomes, with their probabilities.
    """

    def __init__(self, names: Names, table: Mapping[str, Mapping[str, float]]) -> None:
        self._names: Final = names
        self._table: Final = table

    def cover(self, words: Sequence[str]) -> dict[str, float]:
        """Return how well some words explain each word of a label: the best of their tokens' probabilities."""
        found = dict.fromkeys(words, 1.0)
        for word in words:
            for token in tokens_of(word):
                for other, value in self._table.get(token, {}).items():
                    if value > found.get(other, 0.0):
                        found[other] = value
        return found

    def nearest(self, words: Sequence[str], count: int) -> list[Curie]:
        """Return the concepts whose labels the words explain best."""
        labels = self._names.labels
        scores = labels.weights * np.float32(-_OPEN)
        for word, value in self.cover(words).items():
            rows = labels.rows(word)
            if len(rows):
                scores[rows] += np.float32(value * self._names.idf(word) * (1.0 + _OPEN))
        top = np.flatnonzero(scores > 0.0)
        if len(top) > count:
            top = top[np.argpartition(scores[top], len(top) - count)[len(top) - count :]]
        order = np.lexsort((top, -scores[top]))
        return [labels.curie(row) for row in top[order].tolist()]

    def columns(self, words: Sequence[str], cover: Mapping[str, float], label: Sequence[str]) -> tuple[float, ...]:
        """Return how a mention and a label agree.

        The values: the share of the label that the mention explains, its least explained word, the share of the
        mention that the label explains, and the logarithm of the label's probability.

        Args:
            words: the mention's words.
            cover: what `cover` returned for them.
            label: the label's words.
        """
        idf = self._names.idf
        weights = {word: idf(word) for word in label}
        total = sum(weights.values()) or 1.0
        values = {word: cover.get(word, 0.0) for word in weights}
        explained = sum(weights[word] * value for word, value in values.items()) / total
        own = {word: idf(word) for word in words}
        back = sum(weight * self._share(word, weights) for word, weight in own.items()) / (sum(own.values()) or 1.0)
        likely = sum(math.log(value + _UNLIKELY) for value in values.values())
        return explained, min(values.values(), default=0.0), back, likely

    def _share(self, word: str, label: Mapping[str, float]) -> float:
        """Tell how well some word of a label explains a word, beside the word that explains it best."""
        if word in label:
            return 1.0
        best = 0.0
        for token in tokens_of(word):
            row = self._table.get(token)
            if row:
                most = max(row.values())
                best = max(best, max((row.get(other, 0.0) for other in label), default=0.0) / most)
        return best
