from __future__ import annotations

import itertools

import marisa_trie
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from kg.nlp.recogniser import MODEL
from kg.nlp.recogniser.decode import ALLOWED, FIRST, LAST
from kg.nlp.recogniser.features import (
    LABELS,
    Abbreviation,
    DocumentView,
    Words,
    attributes,
    conjunctions,
    split_conjunction,
)
from kg.nlp.recogniser.gazetteer import Gazetteer
from kg.nlp.recogniser.linear import LinearChain

TEXTS = (
    "Acute renal failure (ARF) and ARF-like nephrotoxicity in non-small-cell lung cancer | stage II~.",
    "Renal failure.",
    "A",
    "She had ARF, type 2 diabetes mellitus and Sjögren's syndrome: risk of hepatitis B virus infection.",
)


@pytest.fixture(scope="module")
def words() -> Words:
    return Words.load(MODEL)


@pytest.fixture(scope="module")
def chain(words: Words) -> LinearChain:
    return LinearChain.load(MODEL, words)


def test_emissions_are_the_weights_of_the_attributes_that_training_sees(chain: LinearChain, words: Words) -> None:
    gazetteer = Gazetteer.load(MODEL)
    names = marisa_trie.Trie()
    names.load(str(MODEL / "linear.marisa"))
    weights = np.load(MODEL / "linear.npz")["weights"].astype(np.float64)
    tagged = [gazetteer.tag(text, 0, len(text)) for text in TEXTS]
    view = DocumentView(tagged, [Abbreviation("ARF", "Acute renal failure", 0, 19)], gazetteer, words)
    added = [view.attributes(sentence, first=number == 0) for number, sentence in enumerate(tagged)]
    for sentence, more, found in zip(tagged, added, chain.emissions(tagged, added), strict=True):
        for seen, row in zip(attributes(sentence, more, words), found, strict=True):
            known = [names[name] for name in seen if name in names]
            assert row == pytest.approx(weights[known].sum(axis=0), abs=1e-4)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=3), st.integers(0, 1000))
def test_marginals_are_those_of_all_sequences_together(sizes: list[int], seed: int) -> None:
    generator = np.random.default_rng(seed)
    transitions = generator.normal(size=(len(LABELS), len(LABELS))).astype(np.float32)
    names = marisa_trie.Trie(["b"])
    chain = LinearChain(names, np.zeros((1, len(LABELS)), np.float16), transitions, Words.load(MODEL))
    sentences = [generator.normal(scale=3, size=(size, len(LABELS))).astype(np.float32) for size in sizes]
    for scores, found in zip(sentences, chain.marginals(sentences), strict=True):
        assert found == pytest.approx(by_brute_force(scores, transitions), abs=1e-5)


def by_brute_force(scores: NDArray[np.float32], transitions: NDArray[np.float32]) -> NDArray[np.float64]:
    total = np.zeros(scores.shape)
    for path in itertools.product(range(len(LABELS)), repeat=len(scores)):
        if FIRST[path[0]] and LAST[path[-1]] and all(ALLOWED[a, b] for a, b in itertools.pairwise(path)):
            score = sum(float(scores[i, label]) for i, label in enumerate(path))
            score += sum(float(transitions[a, b]) for a, b in itertools.pairwise(path))
            total[range(len(path)), path] += np.exp(score)
    total /= total.sum(axis=1, keepdims=True)
    return total


def test_a_long_sentence_beside_a_short_one_stays_in_bounds(chain: LinearChain) -> None:
    generator = np.random.default_rng(0)
    sentences = [generator.normal(scale=20, size=(size, len(LABELS))).astype(np.float32) for size in (3000, 2)]
    for one, together in zip(sentences, chain.marginals(sentences), strict=True):
        assert np.isfinite(together).all()
        assert chain.marginals([one])[0] == pytest.approx(together)


def test_nothing_has_no_marginals(chain: LinearChain) -> None:
    assert chain.marginals([]) == []


@given(
    st.lists(st.sampled_from(["a", "ß", "|", "~", "+", "=", "t"]), min_size=2, max_size=2),
    st.lists(st.sampled_from(["T=O", "T=BC", "T=OGA"]), min_size=2, max_size=2),
)
def test_a_conjunction_is_read_as_it_was_written(words: list[str], terms: list[str]) -> None:
    first, second = conjunctions(words, terms)
    assert [split_conjunction(name) for name in first] == [
        ("|", terms[0], words[0]),
        ("w+", *words),
        ("~+", *terms),
    ]
    assert [split_conjunction(name) for name in second] == [
        ("|", terms[1], words[1]),
        ("w-", *words),
        ("~", *terms),
    ]


@pytest.mark.parametrize("name", ["b", "0w=a", "n=a", "w=a|b", "1T=O", "wla=0c0c"])
def test_other_attributes_are_no_conjunctions(name: str) -> None:
    assert split_conjunction(name) is None
