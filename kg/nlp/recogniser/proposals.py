"""Stretches of a document that may be mentions: more than the best labels give, for the judge to choose from."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.grounding.context import plural_forms
from kg.nlp.recogniser.features import LABELS, Abbreviation
from kg.nlp.recogniser.gazetteer import Tagged

_NONE, _BEGIN, _INSIDE, _END, _SINGLE = range(len(LABELS))
_BORDER: Final = 0.03
"""Least probability that a mention begins (ends) at the first (last) token of a proposal."""
_WITHIN: Final = 0.08
"""Least probability, of every token of a proposal, to be in a mention."""
_TERM: Final = 0.01
"""Least probability, of some token of a vocabulary term, to be in a mention."""
_STRONG: Final = 0.3
"""A wording this likely somewhere in a document is proposed wherever it stands."""
_LONGEST: Final = 12
FLOOR: Final = 1e-6
"""Added to a probability before its logarithm is taken."""

Place = tuple[int, int, int]
"""Number of the sentence, first and last token."""
Rows = list[list[float]]
Tables = Sequence[NDArray[np.float64]]
"""Probabilities of labels, an array (tokens, labels) for each sentence."""


def span_logs(rows: Rows, first: int, last: int) -> list[float]:
    """Return the logarithms of the probabilities of the labels that make a mention of tokens `first` to `last`."""
    if first == last:
        return [math.log(rows[first][_SINGLE] + FLOOR)]
    return [
        math.log(rows[first][_BEGIN] + FLOOR),
        *(math.log(row[_INSIDE] + FLOOR) for row in rows[first + 1 : last]),
        math.log(rows[last][_END] + FLOOR),
    ]


@dataclass(frozen=True)
class Draft:
    """A document with what the models say of its tokens, and the mentions that follow from this alone.

    Attributes:
        sentences: its sentences as tokens.
        models: for each model, the probabilities of the labels.
        mean: the mean of the models.
        decoded: places of the mentions that the best sequences of labels give, made consistent.
        abbreviations: what the document defines.
    """

    sentences: Sequence[Tagged]
    models: Sequence[Tables]
    mean: Tables
    decoded: frozenset[Place]
    abbreviations: Sequence[Abbreviation]

    @cached_property
    def _rows(self) -> dict[int, Rows]:
        """The mean as plain lists, for the sentences that have been asked for."""
        return {}

    @cached_property
    def scores(self) -> Mapping[Place, float]:
        """The proposals, sorted, each with the logarithm of its probability by the mean of the models."""
        found = set(self.decoded)
        for number, (sentence, table) in enumerate(zip(self.sentences, self.mean, strict=True)):
            found.update((number, first, last) for first, last in _likely(table))
            found.update((number, first, last) for first, last in _terms(sentence, table))
        scores = {place: self._score(place) for place in found}
        strong = {self.words(place) for place, score in scores.items() if score > math.log(_STRONG)}
        for place in self._repeated(strong):
            if place not in scores:
                scores[place] = self._score(place)
        return dict(sorted(scores.items()))

    def words(self, place: Place) -> tuple[str, ...]:
        """Return the words of a place."""
        number, first, last = place
        return self.sentences[number].words[first : last + 1]

    def characters(self, place: Place) -> tuple[int, int]:
        """Return where a place begins and ends in the text."""
        number, first, last = place
        spans = self.sentences[number].spans
        return spans[first][0], spans[last][1]

    @cached_property
    def definitions(self) -> Mapping[str, Abbreviation]:
        """Definitions by short form, in singular and plural."""
        return {form: item for item in reversed(self.abbreviations) for form in plural_forms(item.short)}

    def _score(self, place: Place) -> float:
        number, first, last = place
        rows = self._rows.get(number)
        if rows is None:
            rows = self._rows[number] = self.mean[number].tolist()
        return sum(span_logs(rows, first, last))

    def _repeated(self, wordings: Collection[tuple[str, ...]]) -> Iterator[Place]:
        """Yield every place of some wordings, and of the short forms that the document defines."""
        starting: dict[str, list[tuple[str, ...]]] = {form: [(form,)] for form in self.definitions}
        for wording in wordings:
            starting.setdefault(wording[0], []).append(wording)
        for number, sentence in enumerate(self.sentences):
            words = sentence.words
            for first, word in enumerate(words):
                for wording in starting.get(word, ()):
                    if words[first : first + len(wording)] == wording:
                        yield number, first, first + len(wording) - 1


def _likely(table: NDArray[np.float64]) -> Iterator[tuple[int, int]]:
    """Yield first and last token of what is likely enough by borders and inside."""
    begins = np.flatnonzero(table[:, _BEGIN] + table[:, _SINGLE] > _BORDER).tolist()
    if not begins:
        return
    ends = (table[:, _END] + table[:, _SINGLE] > _BORDER).tolist()
    within = (1 - table[:, _NONE] >= _WITHIN).tolist()
    for first in begins:
        for last in range(first, min(len(within), first + _LONGEST)):
            if not within[last]:
                break
            if ends[last]:
                yield first, last


def _terms(sentence: Tagged, table: NDArray[np.float64]) -> Iterator[tuple[int, int]]:
    """Yield first and last token of disease terms of the vocabularies."""
    for first, tags in enumerate(sentence.tags):
        if tags and tags[0].group == "D" and tags[0].place in "BS":
            last = first + tags[0].length - 1
            if 1 - table[first : last + 1, _NONE].min() > _TERM:
                yield first, last
