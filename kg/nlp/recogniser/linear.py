"""A linear-chain CRF in numpy: weights summed once for every word and every set of terms, then added up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import Final

import marisa_trie
import numpy as np
from numpy.typing import NDArray

from kg.nlp.recogniser.decode import ALLOWED, FIRST, LAST
from kg.nlp.recogniser.features import LABELS, OFFSETS, Words, summary, term_attributes
from kg.nlp.recogniser.gazetteer import Tagged, Tags
from kg.nlp.recogniser.joint import Floats, JointWeights
from kg.nlp.recogniser.table import Columns, Table, owners

_SIZE: Final = len(LABELS)
_CENTRE: Final = OFFSETS.index(0)
_GAP: Final = OFFSETS[-1]
"""Empty rows between sentences: as far as the widest offset reaches."""
_SCALED: Final = 8
"""Steps of the chain after which its numbers are scaled, so that none grows or shrinks out of bounds."""


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
        self._weights: Final = np.concatenate([weights.astype(np.float32), np.zeros((1, _SIZE), np.float32)])
        self._joint: Final = JointWeights(names, self._weights)
        self._words: Final = words
        self._around: Final[Table[str]] = Table(self._weights_around)
        self._of_words: Final[Table[str]] = Table(self._word_rows)
        self._of_terms: Final[Table[Tags]] = Table(self._term_rows)
        self._bias: Final = self._weights[self._rows(["b"])[0]]
        self._border: Final = {o: self._weights[self._rows([f"{o}<>"])[0]] for o in OFFSETS if o}
        forward = np.where(ALLOWED, np.exp(transitions), 0.0)
        nothing = np.zeros_like(forward)
        # The chain is run in both directions at once: the left half of a state goes forward, the right half backward.
        self._steps: Final = np.block([[forward, nothing], [nothing, forward.T]])

    @classmethod
    def load(cls, directory: Path, words: Words) -> LinearChain:
        """Read ``linear.marisa`` and ``linear.npz``."""
        names = marisa_trie.Trie()
        names.mmap(str(directory / "linear.marisa"))
        with np.load(directory / "linear.npz") as stored:
            return cls(names, stored["weights"], stored["transitions"], words)

    def _rows(self, attributes: Iterable[str]) -> list[int]:
        """Return the rows of attributes in the weights; that of an unknown one is the last, all zeros."""
        get = self._names.get
        return [get(name, -1) for name in attributes]

    def _weights_around(self, names: Sequence[str]) -> Columns:
        """Return the weights of attributes at each of `OFFSETS`: (names, offsets, labels)."""
        rows = self._rows(f"{offset}{name}" for name in names for offset in OFFSETS)
        return (self._weights[rows].reshape(len(names), len(OFFSETS), _SIZE),)

    def _sums_around(self, attributes: Sequence[Sequence[str]]) -> Floats:
        """Return the sums over several attributes, for each of several things: (things, offsets, labels)."""
        total = np.zeros((len(attributes), len(OFFSETS), _SIZE), np.float32)
        np.add.at(total, owners(attributes), self._around.fetch(list(chain(*attributes)))[0])
        return total

    def _word_rows(self, words: Sequence[str]) -> Columns:
        """Return the weights of words around them, and their numbers in conjunctions."""
        around = self._sums_around([self._words.near(word) for word in words])
        own = [self._words.own(word) for word in words]
        centre = np.zeros((len(words), _SIZE), np.float32)
        np.add.at(centre, owners(own), self._weights[self._rows(chain(*own))])
        around[:, _CENTRE] += centre
        return around, np.array([self._joint.word(word.lower()) for word in words], np.int64)

    def _term_rows(self, terms: Sequence[Tags]) -> Columns:
        """Return the weights of sets of terms around them, and their numbers in conjunctions."""
        around = self._sums_around([term_attributes(tags) for tags in terms])
        return around, np.array([self._joint.term(summary(tags)) for tags in terms], np.int64)

    def emissions(self, sentences: Sequence[Tagged], added: Sequence[Sequence[Sequence[str]]]) -> list[Floats]:
        """Return the scores of the labels of each token of each sentence, without transitions: (tokens, labels).

        All sentences are added up in one table, with empty rows between them.
        """
        sizes = np.array([len(sentence.words) for sentence in sentences], np.intp)
        starts = np.cumsum(sizes + _GAP) - sizes
        place = np.arange(sizes.sum()) + np.repeat(_GAP * np.arange(1, len(sizes) + 1), sizes)
        total = int((sizes + _GAP).sum()) + _GAP
        rows, words = self._of_words.fetch([word for sentence in sentences for word in sentence.words])
        term_rows, terms = self._of_terms.fetch([tags for sentence in sentences for tags in sentence.tags])
        more = list(chain(*added))
        np.add.at(term_rows, owners(more), self._around.fetch(list(chain(*more)))[0])
        local = np.zeros((total, len(OFFSETS), _SIZE), np.float32)
        local[place] = rows + term_rows
        scores = np.tile(self._bias, (total, 1))
        for offset, border in self._border.items():
            reached = sizes >= abs(offset)
            scores[(starts - 1 if offset < 0 else starts + sizes)[reached] - offset] += border
        for column, offset in enumerate(OFFSETS):
            if offset < 0:
                scores[-offset:] += local[:offset, column]
            else:
                scores[: total - offset] += local[offset:, column]
        numbers = np.zeros((2, total), np.int64)
        numbers[:, place] = words, terms
        self._joint.add(scores, *numbers)
        return [scores[start : start + size] for start, size in zip(starts.tolist(), sizes.tolist(), strict=True)]

    def marginals(self, sentences: Sequence[Floats]) -> list[NDArray[np.float64]]:
        """Return the probability of each label at each token, for the emissions of several sentences at once.

        The sentences are run side by side, token by token, the longest first: as many as still have a token. The
        second half of every row of numbers is the same for the sentences read backward.
        """
        sizes = np.array([len(scores) for scores in sentences], np.intp)
        if not sizes.any():
            return [np.zeros((0, _SIZE)) for _ in sentences]
        scores = np.concatenate(sentences)
        emitted = np.exp(scores - scores.max(axis=1, keepdims=True)).astype(np.float64)
        # For each step: how many sentences have a token left, and where the step's rows begin.
        running = len(sizes) - np.cumsum(np.bincount(sizes))[:-1]
        first = np.cumsum(running) - running
        # For each token: its place in its sentence, and its rows when the sentence is read forward and backward.
        rank = np.empty_like(sizes)
        rank[np.argsort(-sizes, kind="stable")] = np.arange(len(sizes))
        index = np.arange(len(scores)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        column = np.repeat(rank, sizes)
        ahead = first[index] + column
        back = first[np.repeat(sizes, sizes) - 1 - index] + column
        seen = np.empty((len(scores), 2 * _SIZE))
        seen[ahead, :_SIZE] = seen[back, _SIZE:] = emitted
        # What reaches a token from the one before it, in either direction; its own emission is not yet in it.
        reached = np.empty_like(seen)
        state = np.tile(np.concatenate([FIRST, LAST]).astype(np.float64), (int(running[0]), 1))
        for step, (begin, count) in enumerate(zip(first.tolist(), running.tolist(), strict=True)):
            here = slice(begin, begin + count)
            if step == 0:
                reached[here] = state
            else:
                np.matmul(state[:count], self._steps, out=reached[here])
            state = reached[here] * seen[here]
            if step % _SCALED == 0:
                halves = state.reshape(count, 2, _SIZE)
                halves /= halves.max(axis=2, keepdims=True)
        joint = reached[ahead, :_SIZE] * emitted * reached[back, _SIZE:]
        joint /= joint.sum(axis=1, keepdims=True)
        return np.split(joint, np.cumsum(sizes)[:-1])
