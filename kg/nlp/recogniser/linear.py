"""A linear-chain CRF in numpy: weights summed once for every word and every set of terms, then added up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import marisa_trie
import numpy as np
from numpy.typing import NDArray

from kg.nlp.recogniser.decode import ALLOWED, FIRST, LAST
from kg.nlp.recogniser.features import LABELS, OFFSETS, Words, conjunctions, summary, term_attributes
from kg.nlp.recogniser.gazetteer import Tagged, Tags

Floats = NDArray[np.float32]

_SIZE: Final = len(LABELS)
_CENTRE: Final = OFFSETS.index(0)
_KEPT: Final = 1 << 17
"""Rows kept at most for words and for sets of terms; then the memory starts afresh."""


class LinearChain:
    """Scores the labels of tokens.

    Args:
        names: trie of attributes.
        weights: a row for each attribute, a column for each of `LABELS`.
        transitions: score of a label (column) after another (row).
        words: what is known of words beforehand.
    """

    def __init__(
        self, names: marisa_trie.Trie, weights: NDArray[np.float16], transitions: Floats, words: Words
    ) -> None:
        self._names: Final = names
        self._weights: Final = weights.astype(np.float32)
        self._forward: Final = np.where(ALLOWED, np.exp(transitions), 0.0)
        self._words: Final = words
        self._word_rows: Final[dict[str, Floats]] = {}
        self._term_rows: Final[dict[tuple[Tags, Sequence[str]], tuple[Floats, str]]] = {}
        self._bias: Final = self._sum(["b"])
        self._border: Final = {o: self._sum([f"{o}<>"]) for o in OFFSETS if o}

    @classmethod
    def load(cls, directory: Path, words: Words) -> LinearChain:
        """Read ``linear.marisa`` and ``linear.npz``."""
        names = marisa_trie.Trie()
        names.mmap(str(directory / "linear.marisa"))
        with np.load(directory / "linear.npz") as stored:
            return cls(names, stored["weights"], stored["transitions"], words)

    def _sum(self, attributes: Iterable[str]) -> Floats:
        get = self._names.get
        rows = [number for number in map(get, attributes) if number is not None]
        if not rows:
            return np.zeros(_SIZE, np.float32)
        total: Floats = self._weights[rows].sum(axis=0)
        return total

    def _around(self, attributes: Sequence[str]) -> Floats:
        return np.stack([self._sum([f"{offset}{name}" for name in attributes]) for offset in OFFSETS])

    def _word(self, word: str) -> Floats:
        row = self._word_rows.get(word)
        if row is None:
            if len(self._word_rows) >= _KEPT:
                self._word_rows.clear()
            row = self._around(self._words.near(word))
            row[_CENTRE] += self._sum(self._words.own(word))
            self._word_rows[word] = row
        return row

    def _terms(self, tags: Tags, added: Sequence[str]) -> tuple[Floats, str]:
        key = (tags, tuple(added))
        known = self._term_rows.get(key)
        if known is None:
            if len(self._term_rows) >= _KEPT:
                self._term_rows.clear()
            known = self._around((*term_attributes(tags), *added)), summary(tags)
            self._term_rows[key] = known
        return known

    def emissions(self, sentences: Sequence[Tagged], added: Sequence[Sequence[Sequence[str]]]) -> list[Floats]:
        """Return the scores of the labels of each token of each sentence, without transitions: (tokens, labels).

        All sentences are added up in one table, with two empty rows between them: as far as the widest offset reaches.
        """
        gap = OFFSETS[-1]
        total = gap + sum(len(sentence.words) + gap for sentence in sentences)
        local = np.zeros((total, len(OFFSETS), _SIZE), np.float32)
        scores = np.tile(self._bias, (total, 1))
        places: list[slice] = []
        at: list[int] = []
        rows: list[int] = []
        get = self._names.get
        start = gap
        for sentence, extra in zip(sentences, added, strict=True):
            size = len(sentence.words)
            place = slice(start, start + size)
            terms = [self._terms(tags, more) for tags, more in zip(sentence.tags, extra, strict=True)]
            local[place] = [self._word(word) for word in sentence.words]
            local[place] += np.array([row for row, _ in terms])
            for index, names in enumerate(conjunctions(sentence.words, [text for _, text in terms])):
                for name in names:
                    number = get(name)
                    if number is not None:
                        at.append(start + index)
                        rows.append(number)
            for offset, border in self._border.items():
                if size >= abs(offset):
                    scores[start - offset - 1 if offset < 0 else start + size - offset] += border
            places.append(place)
            start += size + gap
        for column, offset in enumerate(OFFSETS):
            if offset < 0:
                scores[-offset:] += local[:offset, column]
            else:
                scores[: total - offset] += local[offset:, column]
        np.add.at(scores, at, self._weights[rows])
        return [scores[place] for place in places]

    def marginals(self, sentences: Sequence[Floats]) -> list[NDArray[np.float64]]:
        """Return the probability of each label at each token, for the emissions of several sentences at once."""
        lengths = [len(scores) for scores in sentences]
        longest = max(lengths, default=0)
        count = len(sentences)
        emitted = np.ones((longest, count, _SIZE))
        for column, scores in enumerate(sentences):
            emitted[: len(scores), column] = np.exp(scores - scores.max(axis=1, keepdims=True))
        ends = np.array(lengths)
        alpha = np.empty_like(emitted)
        state = emitted[0] * FIRST
        alpha[0] = state = state / state.sum(axis=1, keepdims=True)
        for index in range(1, longest):
            state = (state @ self._forward) * emitted[index]
            state = state / state.sum(axis=1, keepdims=True)
            alpha[index] = state
        closing = np.where(LAST, 1.0, 0.0)
        beta = np.empty_like(emitted)
        state = np.tile(closing, (count, 1))
        for index in range(longest - 1, -1, -1):
            final = ends - 1 <= index
            if index + 1 < longest:
                state = (state * emitted[index + 1]) @ self._forward.T
                state = state / state.sum(axis=1, keepdims=True)
            state = np.where(final[:, None], closing, state)
            beta[index] = state
        joint = alpha * beta
        joint /= joint.sum(axis=2, keepdims=True)
        return [joint[:length, column] for column, length in enumerate(lengths)]
