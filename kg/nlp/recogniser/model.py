"""Disease mentions of a document, by the trained models."""

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
from kg.nlp.recogniser.judge import Judge
from kg.nlp.recogniser.linear import LinearChain
from kg.nlp.recogniser.network import Network
from kg.nlp.recogniser.proposals import Draft, Place

_HOPELESS: Final = 0.02
"""A sentence in which the chain finds no token likelier than this to be in a mention is not shown to the network."""
_NEGLIGIBLE: Final = 0.05
"""A sentence in which no label of a mention is likelier than this is not decoded."""


class Models:
    """The two models of tokens, side by side: they err differently, and their mean errs less.

    Args:
        chain: the linear chain.
        network: the network.
    """

    def __init__(self, chain: LinearChain, network: Network) -> None:
        self._chain: Final = chain
        self._network: Final = network

    @classmethod
    def load(cls, directory: Path, words: Words) -> Models:
        """Read the files of both models."""
        return cls(LinearChain.load(directory, words), Network.load(directory, words))

    def draft(
        self,
        text: str,
        sentences: Sequence[Tagged],
        added: Sequence[Sequence[Sequence[str]]],
        abbreviations: Sequence[Abbreviation],
    ) -> Draft:
        """Return what the models say of a document, and the mentions that follow from it.

        Args:
            text: the document.
            sentences: its sentences as tokens; none is empty.
            added: what `DocumentView` says of each token.
            abbreviations: what the document defines.
        """
        chain = self._chain.marginals(self._chain.emissions(sentences, added))
        looked_at = [i for i, table in enumerate(chain) if 1 - table[:, 0].min() > _HOPELESS]
        network = list(chain)
        seen = self._network.marginals([sentences[i] for i in looked_at], [added[i] for i in looked_at])
        for index, table in zip(looked_at, seen, strict=True):
            network[index] = table
        mean = [(a + b) / 2 for a, b in zip(chain, network, strict=True)]
        likely = [i for i, table in enumerate(mean) if table[:, 1:].max() > _NEGLIGIBLE]
        found: dict[tuple[int, int], float] = {}
        for number, mentions in zip(likely, decode([mean[i] for i in likely]), strict=True):
            for first, after, probability in mentions:
                spans = sentences[number].spans
                found[spans[first][0], spans[after - 1][1]] = probability
        consistent = make_consistent(text, [(*span, p) for span, p in found.items()], abbreviations)
        return Draft(sentences, (chain, network), mean, _places(sentences, consistent), abbreviations)


def _places(sentences: Sequence[Tagged], mentions: Sequence[Mention]) -> frozenset[Place]:
    """Return the tokens of mentions, but for those that begin or end within a token, or in another sentence."""
    starts = {start: (n, i) for n, sentence in enumerate(sentences) for i, (start, _) in enumerate(sentence.spans)}
    ends = {end: (n, i) for n, sentence in enumerate(sentences) for i, (_, end) in enumerate(sentence.spans)}
    found = ((starts.get(start), ends.get(end)) for start, end, _ in mentions)
    return frozenset((a[0], a[1], b[1]) for a, b in found if a is not None and b is not None and a[0] == b[0])


class Analysis:
    """What the models say of a document.

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
        models: the models of tokens.
        judge: chooses among what they propose.
    """

    def __init__(self, gazetteer: Gazetteer, words: Words, models: Models, judge: Judge) -> None:
        self._gazetteer: Final = gazetteer
        self._words: Final = words
        self._models: Final = models
        self._judge: Final = judge

    @classmethod
    def load(cls, directory: Path) -> Recogniser:
        """Read a model that ``python -m kg.training`` wrote.

        Raises:
            GroundingError: a file is missing or altered.
        """
        verify(directory)
        words = Words.load(directory)
        return cls(Gazetteer.load(directory), words, Models.load(directory, words), Judge.load(directory, words))

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
        draft = self._models.draft(text, sentences, added, abbreviations)
        return Analysis(sentences, np.concatenate(list(draft.mean)), self._judge.choose(draft))


@lru_cache(maxsize=2)
def load_recogniser(directory: Path | None = None) -> Recogniser:
    """Return the recogniser of a directory, None: that of the package; read once.

    Raises:
        GroundingError: a file of the model is missing or altered.
    """
    return Recogniser.load(directory or MODEL)
