"""Tables of words: their place in vocabulary terms, and clusters of word vectors learned from plain text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import marisa_trie
import numpy as np
from gensim.models import Word2Vec
from numpy.typing import NDArray
from sklearn.cluster import MiniBatchKMeans

from kg.nlp.recogniser.features import UNKNOWN

_TOKEN: Final = re.compile(r"\w+|[^\w\s]")
_PARAGRAPH: Final = re.compile(r"<(p|title|article-title)[ >](.*?)</\1>", re.S)
_MARKUP: Final = re.compile(r"<[^>]+>")
SIZE: Final = 64
CLUSTERS: Final = (100, 500, 1500)
"""Numbers of clusters, from coarse to fine."""


def texts(path: Path) -> Iterator[str]:
    """Yield the passages of a file, whatever is annotated in it."""
    content = path.read_text(encoding="utf-8")
    if path.suffix == ".nxml":
        for match in _PARAGRAPH.finditer(content):
            yield _MARKUP.sub(" ", match[2])
    elif path.suffix == ".jsonl":
        for line in content.splitlines():
            yield from (v for v in json.loads(line).values() if isinstance(v, str) and len(v) > 30)
    else:
        for match in re.finditer(r"^[^|\t\n]+\|[ta]\|(.*)$", content, re.M):
            yield match[1]


def word2vec(passages: Sequence[str]) -> tuple[list[str], NDArray[np.float32]]:
    """Train skip-gram vectors; one worker and a fixed seed, so that the result is the same every time."""
    tokens = [[word.lower() for word in _TOKEN.findall(passage)] for passage in passages]
    model = Word2Vec(
        tokens, vector_size=SIZE, window=5, min_count=3, sg=1, negative=8, epochs=6, workers=1, seed=1, sample=1e-4
    )
    vectors: NDArray[np.float32] = model.wv.vectors
    return list(model.wv.index_to_key), vectors


def clusters(vectors: NDArray[np.float32], counts: Sequence[int]) -> NDArray[np.uint16]:
    """Return k-means clusters of the directions of vectors, a column for each number of clusters."""
    directions = vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-6)
    found = [
        MiniBatchKMeans(k, random_state=0, batch_size=4096, n_init=1, max_iter=30).fit_predict(directions)
        for k in counts
    ]
    columns: NDArray[np.uint16] = np.stack(found, axis=1).astype(np.uint16)
    return columns


def _column(text: str) -> int:
    """Return a word statistic as a number: digit and letter as ``3 * digit + letter``."""
    return UNKNOWN if text == "n" else 3 * int(text[0]) + "abc".index(text[1])


def write_words(statistics: Mapping[str, Sequence[str]], sources: Iterable[Path], output: Path) -> None:
    """Write ``words.marisa`` and ``words.npz``.

    Args:
        statistics: the four columns of normalised words (`kg.training.terms.statistics`).
        sources: files of text that the word vectors are learned from.
        output: the model's directory.
    """
    passages = list(dict.fromkeys(text for path in sources for text in texts(path)))
    words, vectors = word2vec(passages)
    names = marisa_trie.Trie(sorted({*statistics, *words}))
    columns = np.full((len(names), 4 + len(CLUSTERS)), UNKNOWN, np.uint16)
    for word, values in statistics.items():
        columns[names[word], :4] = [_column(value) for value in values]
    for word, row in zip(words, clusters(vectors, CLUSTERS), strict=True):
        columns[names[word], 4:] = row
    names.save(str(output / "words.marisa"))
    np.savez_compressed(output / "words.npz", columns=columns)
