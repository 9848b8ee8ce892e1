"""Disease mentions of a document, by the trained model."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.nlp.recogniser.consistency import Mention, make_consistent
from kg.nlp.recogniser.decode import decode
from kg.nlp.recogniser.features import Abbreviation, DocumentView, Words
from kg.nlp.recogniser.files import MODEL, verify
from kg.nlp.recogniser.gazetteer import Gazetteer, Tagged
from kg.nlp.recogniser.linear import LinearChain

_NEGLIGIBLE: Final = 0.05
"""A sentence in which no label of a mention is likelier than this is not decoded."""


class Analysis:
    """What the model says of a document.

    Args:
        sentences: its sentences as tokens, in their order.
        marginals: probabilities of the labels of their tokens; one table, shape (tokens, labels).
        mentions: the mentions, in characters.
    """

    def __init__(
        self, sentences: Sequence[Tagged], marginals: NDArray[np.float64], mentions: Sequence[Mention]
    ) -> None:
        spans = [span for sentence in sentences for span in sentence.spans]
        self.mentions: Final = tuple(mentions)
        self._starts: Final = [start for start, _ in spans]
        self._ends: Final = [end for _, end in spans]
        self._inside: Final = 1 - marginals[:, 0]

    def probability(self, start: int, end: int) -> float:
        """Return how likely the text ``[start, end)`` has a part in a mention: the highest among its tokens."""
        first, after = bisect_right(self._ends, start), bisect_left(self._starts, end)
        return float(self._inside[first:after].max(initial=0.0))


class Recogniser:
    """Finds mentions of diseases.

    Args:
        gazetteer: vocabulary terms.
        words: what is known of words beforehand.
        chain: the linear chain.
    """

    def __init__(self, gazetteer: Gazetteer, words: Words, chain: LinearChain) -> None:
        self._gazetteer: Final = gazetteer
        self._words: Final = words
        self._chain: Final = chain

    @classmethod
    def load(cls, directory: Path) -> Recogniser:
        """Read a model that ``python -m kg.training`` wrote.

        Raises:
            GroundingError: a file is missing or altered.
        """
        verify(directory)
        words = Words.load(directory)
        return cls(Gazetteer.load(directory), words, LinearChain.load(directory, words))

    def analyse(
        self, text: str, bounds: Sequence[tuple[int, int]], abbreviations: Sequence[Abbreviation] = ()
    ) -> Analysis:
        """Find the mentions of a document; they do not overlap.

        Args:
            text: the document.
            bounds: its sentences in characters, in their order; the first is taken for the title.
            abbreviations: what the document defines.
        """
        tagged = [self._gazetteer.tag(text, start, end) for start, end in bounds]
        sentences = [sentence for sentence in tagged if sentence.words]
        if not sentences:
            return Analysis((), np.zeros((0, 1)), ())
        view = DocumentView(sentences, abbreviations, self._gazetteer, self._words)
        added = [view.attributes(sentence, first=number == 0) for number, sentence in enumerate(sentences)]
        marginals = self._chain.marginals(self._chain.emissions(sentences, added))
        likely = [i for i, table in enumerate(marginals) if table[:, 1:].max() > _NEGLIGIBLE]
        found = [
            (sentences[i].spans[first][0], sentences[i].spans[after - 1][1], probability)
            for i, mentions in zip(likely, decode([marginals[i] for i in likely]), strict=True)
            for first, after, probability in mentions
        ]
        return Analysis(sentences, np.concatenate(marginals), make_consistent(text, found, abbreviations))


@lru_cache(maxsize=2)
def load_recogniser(directory: Path | None = None) -> Recogniser:
    """Return the recogniser of a directory, None: that of the package; read once.

    Raises:
        GroundingError: a file of the model is missing or altered.
    """
    return Recogniser.load(directory or MODEL)
