"""From probabilities of labels to mentions: the best sequence of labels (Viterbi), for all sentences at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.nlp.recogniser.features import LABELS

FIRST: Final = np.array([label in "OBS" for label in LABELS])
"""Which label may begin a sentence."""
LAST: Final = np.array([label in "OES" for label in LABELS])
"""Which label may end one."""
ALLOWED: Final = np.array([[(a in "BI") == (b in "IE") for b in LABELS] for a in LABELS])
"""Which label (column) may follow which (row)."""
_NEVER: Final = -1e6


def decode(sentences: Sequence[NDArray[np.float64]]) -> list[list[tuple[int, int, float]]]:
    """Return the mentions of each sentence's best sequence of labels: that with the highest product of probabilities.

    Args:
        sentences: probabilities of the labels, shape (tokens, labels); not necessarily of a chain.

    Returns:
        For each sentence first token, token after the last, and the geometric mean of the labels' probabilities.
    """
    longest = max(map(len, sentences), default=0)
    scores = np.zeros((longest, len(sentences), len(LABELS)))
    for column, probabilities in enumerate(sentences):
        scores[: len(probabilities), column] = np.log(probabilities + 1e-9)
        scores[len(probabilities) :, column, 1:] = _NEVER
    steps = np.where(ALLOWED, 0.0, _NEVER)
    back = np.zeros((longest, len(sentences), len(LABELS)), np.int64)
    state = (scores[0] if longest else np.zeros((0, len(LABELS)))) + np.where(FIRST, 0.0, _NEVER)
    for index in range(1, longest):
        reached = state[:, :, None] + steps
        back[index] = reached.argmax(axis=1)
        state = reached.max(axis=1) + scores[index]
    label = (state + np.where(LAST, 0.0, _NEVER)).argmax(axis=1)
    paths = np.zeros((longest, len(sentences)), np.int64)
    columns = np.arange(len(sentences))
    for index in range(longest - 1, -1, -1):
        paths[index] = label
        label = back[index, columns, label]
    return [_mentions(paths[: len(p), column], scores[:, column]) for column, p in enumerate(sentences)]


def _mentions(path: NDArray[np.int64], scores: NDArray[np.float64]) -> list[tuple[int, int, float]]:
    """Read mentions off a sequence of labels."""
    found: list[tuple[int, int, float]] = []
    first = 0
    for index in np.flatnonzero(path).tolist():
        label = LABELS[path[index]]
        if label in "BS":
            first = index
        if label in "ES":
            tokens = np.arange(first, index + 1)
            found.append((first, index + 1, float(np.exp(scores[tokens, path[tokens]].mean()))))
    return found
