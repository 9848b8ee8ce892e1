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

    def shares(self, words: Sequence[str]) -> list[tuple[float, dict[str, float]]]:
        """Return for each word its weight, and how well each word of a label explains it, beside the best one."""
        found: list[tuple[float, dict[str, float]]] = []
        for word in dict.fromkeys(words):
            share: dict[str, float] = {}
            for token in tokens_of(word):
                row = self._table.get(token)
                if row:
                    most = max(row.values())
                    for other, value in row.items():
                        share[other] = max(share.get(other, 0.0), value / most)
            share[word] = 1.0
            found.append((self._names.idf(word), share))
        return found

    def columns(
        self,
        cover: Mapping[str, float],
        shares: Sequence[tuple[float, Mapping[str, float]]],
        label: Sequence[tuple[str, float]],
    ) -> tuple[float, float, float, float]:
        """Return how a mention and a label agree.

        The values: the share of the label that the mention explains, its least explained word, the share of the
        mention that the label explains, and the logarithm of the label's probability.

        Args:
            cover: what `cover` returned for the mention's words.
            shares: what `shares` returned for them.
            label: the label's words with their weights.
        """
        total = explained = likely = 0.0
        least = 1.0
        for word, weight in label:
            value = cover.get(word, 0.0)
            total += weight
            explained += weight * value
            likely += math.log(value + _UNLIKELY)
            least = min(least, value)
        whole = back = 0.0
        for weight, share in shares:
            whole += weight
            back += weight * max((share[word] for word, _ in label if word in share), default=0.0)
        return explained / (total or 1.0), least if label else 0.0, back / (whole or 1.0), likely
