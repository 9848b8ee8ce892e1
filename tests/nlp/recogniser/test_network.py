from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import marisa_trie
import numpy as np
import pytest
from numpy.typing import NDArray

from kg.nlp.recogniser.features import UNKNOWN, Words
from kg.nlp.recogniser.gazetteer import Tagged
from kg.nlp.recogniser.network import DILATIONS, Network

HIDDEN = 2
LABELS = 5


def tagged(*words: str) -> Tagged:
    return Tagged(tuple((i, i + 1) for i in range(len(words))), words, ((),) * len(words))


def network(**changed: NDArray[Any]) -> Network:
    """A network of width 2 whose layers change nothing: only the word "ill" has an embedding and a vector."""
    names = marisa_trie.Trie(["w=ill", "said"])
    embeddings = np.zeros((2, 2), np.float16)
    embeddings[names["w=ill"]] = 3.0, -3.0
    words = marisa_trie.Trie(["ill"])
    plain = np.stack([np.ones(HIDDEN), np.zeros(HIDDEN)])
    arrays: Mapping[str, NDArray[Any]] = {
        "embeddings": embeddings,
        "vectors": np.zeros((1, 1), np.int8),
        "scale": np.ones(1),
        "projection": np.zeros((1, 2)),
        "separator": np.zeros(2),
        "norm": plain,
        "input": np.eye(2),
        "input_bias": np.zeros(HIDDEN),
        "layers": np.zeros((len(DILATIONS), 3 * HIDDEN, HIDDEN)),
        "layer_bias": np.zeros((len(DILATIONS), HIDDEN)),
        "layer_norm": np.stack([plain] * len(DILATIONS)),
        "output": np.array([[0.0, 0, 0, 0, 1], [1, 0, 0, 0, 0]]),
        "output_bias": np.zeros(LABELS),
    }
    return Network(names, {**arrays, **changed}, Words(words, np.full((1, 7), UNKNOWN, np.uint16)))


def softmax(*scores: float) -> list[float]:
    likelihood = np.exp(scores)
    return list(likelihood / likelihood.sum())


def test_a_word_with_a_known_attribute_is_told_from_others() -> None:
    (found,) = network().marginals([tagged("an", "ill", "man")], [[[], [], []]])
    # (3, -3) normalised is (1, -1), rectified (1, 0); each layer normalises it to (1, -1) again.
    assert found[1] == pytest.approx(softmax(-1, 0, 0, 0, 1), abs=1e-3)
    assert found[0] == pytest.approx(softmax(0, 0, 0, 0, 0), abs=1e-3)


def test_what_the_document_says_counts() -> None:
    net = network(embeddings=np.array([[3.0, -3.0]] * 2, np.float16))
    (found,) = net.marginals([tagged("an", "ape")], [[[], ["said"]]])
    assert found[1] == pytest.approx(softmax(-1, 0, 0, 0, 1), abs=1e-3)
    assert found[0] == pytest.approx(softmax(0, 0, 0, 0, 0), abs=1e-3)


def test_a_vector_counts_as_often_as_its_scale_says() -> None:
    net = network(
        embeddings=np.zeros((2, 2), np.float16),
        vectors=np.array([[2]], np.int8),
        scale=np.array([-0.5]),
        projection=np.array([[4.0, -4.0]]),
    )
    (found,) = net.marginals([tagged("ill")], [[[]]])
    assert found[0] == pytest.approx(softmax(1, 0, 0, 0, -1), abs=1e-3)


def test_a_convolution_sees_the_token_before() -> None:
    layers = np.zeros((len(DILATIONS), 3 * HIDDEN, HIDDEN))
    layers[0, 0, 0] = 5.0  # first column of the token one before
    (found,) = network(layers=layers).marginals([tagged("ill", "ape", "man")], [[[], [], []]])
    assert found[1] == pytest.approx(softmax(-1, 0, 0, 0, 1), abs=1e-3)
    assert found[2] == pytest.approx(softmax(0, 0, 0, 0, 0), abs=1e-3)


def test_sentences_come_back_as_they_were_given() -> None:
    found = network().marginals([tagged("ill", "ape"), tagged("man")], [[[], []], [[]]])
    assert [table.shape for table in found] == [(2, LABELS), (1, LABELS)]
    assert all(table.sum(axis=1) == pytest.approx(1.0) for table in found)
