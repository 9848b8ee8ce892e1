"""A small convolutional network in numpy, which sees what the linear chain sees, and vectors of words beside it.

Each token is the sum of vectors that its attributes have (`kg.nlp.recogniser.features`: of the word, of its terms, of
what the document adds) and of a projection of the word's own vector. Layers of dilated convolutions with residual
connections look at the tokens around it (Strubell et al. 2017, doi:10.18653/v1/D17-1283); a document is one row of
tokens, with a separator before each sentence. Trained by `kg.training.network`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, Final

import marisa_trie
import numpy as np
from numpy.typing import NDArray

from kg.nlp.recogniser.features import Words, term_attributes
from kg.nlp.recogniser.gazetteer import Tagged, Tags
from kg.nlp.recogniser.table import Columns, Table, owners

Floats = NDArray[np.float32]

DILATIONS: Final = (1, 2, 4, 1)
"""Distance of the outer two of each convolution's three tokens from the middle one, layer by layer."""
_WIDEST: Final = max(DILATIONS)
_EPSILON: Final = 1e-5
"""Added to a variance before its root is taken (as in torch)."""


class Network:
    """Gives the probabilities of the labels of tokens.

    Args:
        names: trie of attributes.
        arrays: what `kg.training.network` wrote: of each attribute ``embeddings`` (attributes, width); of each word
            ``vectors`` (words, size) as whole numbers, to be multiplied by ``scale`` (size); ``projection`` (size,
            width), ``separator`` (width), ``norm`` (2, width), ``input`` (width, hidden), ``input_bias`` (hidden),
            ``layers`` (layers, 3 hidden, hidden), ``layer_bias`` (layers, hidden), ``layer_norm`` (layers, 2, hidden),
            ``output`` (hidden, labels), ``output_bias`` (labels).
        words: what is known of words beforehand.
    """

    def __init__(self, names: marisa_trie.Trie, arrays: Mapping[str, NDArray[Any]], words: Words) -> None:
        self._names: Final = names
        self._vectors: Final = arrays["vectors"]
        self._weights: Final = {name: array.astype(np.float32) for name, array in arrays.items() if name != "vectors"}
        embeddings = self._weights["embeddings"]
        self._embeddings: Final = np.concatenate([embeddings, np.zeros_like(embeddings[:1])])
        self._projection: Final = self._weights["scale"][:, None] * self._weights["projection"]
        self._words: Final = words
        self._of_words: Final[Table[str]] = Table(self._word_rows)
        self._of_terms: Final[Table[Tags]] = Table(self._term_rows)
        self._of_attributes: Final[Table[str]] = Table(self._attribute_rows)

    @classmethod
    def load(cls, directory: Path, words: Words) -> Network:
        """Read ``network.marisa``, ``network.npz`` and ``vectors.npz``."""
        names = marisa_trie.Trie()
        names.mmap(str(directory / "network.marisa"))
        with np.load(directory / "network.npz") as stored, np.load(directory / "vectors.npz") as vectors:
            return cls(names, {**stored, **vectors}, words)

    def _sums(self, attributes: Sequence[Sequence[str]]) -> Floats:
        """Return the sum of the vectors of several attributes, for each of several things: (things, width)."""
        get = self._names.get
        total = np.zeros((len(attributes), self._embeddings.shape[1]), np.float32)
        rows = [get(name, -1) for names in attributes for name in names]
        np.add.at(total, owners(attributes), self._embeddings[rows])
        return total

    def _word_rows(self, words: Sequence[str]) -> Columns:
        numbers = [self._words.number(word.lower()) for word in words]
        known = [number is not None for number in numbers]
        rows = self._sums([(*self._words.near(word), *self._words.own(word)) for word in words])
        vectors = self._vectors[[number for number in numbers if number is not None]].astype(np.float32)
        # Not by BLAS, whose last bits depend on how many words are new at once: the rows are kept, and must be the same
        # whatever was read before.
        rows[known] += np.einsum("ij,jk->ik", vectors, self._projection, optimize=False)
        return (rows,)

    def _term_rows(self, terms: Sequence[Tags]) -> Columns:
        return (self._sums([term_attributes(tags) for tags in terms]),)

    def _attribute_rows(self, names: Sequence[str]) -> Columns:
        return (self._sums([(name,) for name in names]),)

    def marginals(
        self, sentences: Sequence[Tagged], added: Sequence[Sequence[Sequence[str]]]
    ) -> list[NDArray[np.float64]]:
        """Return the probability of each label at each token of each sentence: (tokens, labels).

        Args:
            sentences: a document.
            added: what `features.DocumentView` says of each token.
        """
        if not sentences:
            return []
        sizes = np.array([len(sentence.words) for sentence in sentences], np.intp)
        place = np.arange(sizes.sum()) + np.repeat(np.arange(1, len(sizes) + 1), sizes)
        (rows,) = self._of_words.fetch([word for sentence in sentences for word in sentence.words])
        rows += self._of_terms.fetch([tags for sentence in sentences for tags in sentence.tags])[0]
        more = list(chain(*added))
        said = list(chain(*more))
        if said:
            np.add.at(rows, owners(more), self._of_attributes.fetch(said)[0])
        tokens = np.tile(self._weights["separator"], (len(place) + len(sizes), 1))
        tokens[place] = rows
        found = _probabilities(tokens, self._weights)[place].astype(np.float64)
        return np.split(found, np.cumsum(sizes)[:-1])


def _probabilities(tokens: Floats, weights: Mapping[str, Floats]) -> Floats:
    """Run the layers over a row of tokens: (tokens, width) to (tokens, labels)."""
    state = _normalised(tokens, weights["norm"]) @ weights["input"]
    state += weights["input_bias"]
    np.maximum(state, 0.0, out=state)
    count, hidden = state.shape
    wide = np.zeros((count + 2 * _WIDEST, hidden), np.float32)
    seen = np.empty((count, 3 * hidden), np.float32)
    change = np.empty((count, hidden), np.float32)
    for layer, distance in enumerate(DILATIONS):
        wide[_WIDEST : _WIDEST + count] = state
        for column, shift in enumerate((-distance, 0, distance)):
            start = _WIDEST + shift
            seen[:, column * hidden : (column + 1) * hidden] = wide[start : start + count]
        np.matmul(seen, weights["layers"][layer], out=change)
        change += weights["layer_bias"][layer]
        state += np.maximum(change, 0.0, out=change)
        state = _normalised(state, weights["layer_norm"][layer])
    scores = state @ weights["output"] + weights["output_bias"]
    likelihood = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: Floats = likelihood / likelihood.sum(axis=1, keepdims=True)
    return result


def _normalised(rows: Floats, norm: Floats) -> Floats:
    """Return rows with mean 0 and variance 1, times ``norm[0]`` plus ``norm[1]`` (layer normalisation)."""
    centred: Floats = rows - rows.mean(axis=1, keepdims=True)
    spread = np.einsum("ij,ij->i", centred, centred) / rows.shape[1]
    centred *= (1.0 / np.sqrt(spread + np.float32(_EPSILON)))[:, None]
    centred *= norm[0]
    centred += norm[1]
    return centred
