"""From probabilities of labels to mentions: the best sequence of labels (Viterbi), for all sentences at once."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.nlp.recogniser.features import LABELS

_NONE, _BEGIN, _INSIDE, _END, _SINGLE = range(len(LABELS))
FIRST: Final = np.array([label in "OBS" for label in LABELS])
"""Which label may begin a sentence."""
LAST: Final = np.array([label in "OES" for label in LABELS])
"""Which label may end one."""
ALLOWED: Final = np.array([[(a in "BI") == (b in "IE") for b in LABELS] for a in LABELS])
"""Which label (column) may follow which (row)."""
_FLOOR: Final = 1e-9
"""Added to a probability before its logarithm is taken."""


def decode(sentences: Sequence[NDArray[np.float64]]) -> list[list[tuple[int, int, float]]]:
    """Return the mentions of each sentence's best sequence of labels: that with the highest product of probabilities.

    Args:
        sentences: probabilities of the labels, shape (tokens, labels); not necessarily of a chain.

    Returns:
        For each sentence first token, token after the last, and the geometric mean of the labels' probabilities.
    """
    return [_mentions(table) if len(table) else [] for table in sentences]


def _mentions(probabilities: NDArray[np.float64]) -> list[tuple[int, int, float]]:
    """Return the mentions of one sentence."""
    scores = np.log(probabilities + _FLOOR)
    likeliest = scores.argmax(axis=1)
    # The likeliest label of every token, if they may follow one another, is the best sequence.
    fits = FIRST[likeliest[0]] and LAST[likeliest[-1]] and ALLOWED[likeliest[:-1], likeliest[1:]].all()
    rows = scores.tolist()
    path = likeliest.tolist() if fits else _best_path(rows)
    found: list[tuple[int, int, float]] = []
    first = 0
    for index, label in enumerate(path):
        if label in (_BEGIN, _SINGLE):
            first = index
        if label in (_END, _SINGLE):
            chosen = [rows[place][path[place]] for place in range(first, index + 1)]
            found.append((first, index + 1, math.exp(sum(chosen) / len(chosen))))
    return found


def _best_path(scores: Iterable[Sequence[float]]) -> list[int]:
    """Return the labels with the highest sum of scores that may follow one another (Viterbi).

    After a token the sequence is outside a mention or inside one: more need not be known of what came before.
    """
    outside, inside = 0.0, -math.inf
    steps: list[tuple[int, bool, int, bool]] = []
    for none, begin, within, end, single in scores:
        free = none if none >= single else single
        closed, opened, kept = inside + end, outside + begin, inside + within
        leave = closed > outside + free
        stay = kept > opened
        steps.append(
            (_END if leave else _NONE if none >= single else _SINGLE, leave, _INSIDE if stay else _BEGIN, stay)
        )
        outside, inside = closed if leave else outside + free, kept if stay else opened
    path: list[int] = []
    is_inside = False
    for outer, from_inside, inner, stays in reversed(steps):
        path.append(inner if is_inside else outer)
        is_inside = stays if is_inside else from_inside
    return path[::-1]
