"""One document, one answer: a short form is a mention where its long form is, a name found in most places in all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from kg.nlp.occurrences import occurrences
from kg.nlp.recogniser.features import Abbreviation

Mention = tuple[int, int, float]
"""Start and end in characters, probability."""

SHARE: Final = 0.5
"""Share of the occurrences of a string that must be mentions for the others to become mentions."""
_SHORTEST: Final = 3


def make_consistent(text: str, mentions: Sequence[Mention], abbreviations: Sequence[Abbreviation]) -> list[Mention]:
    """Return the mentions, sorted, after two passes over the document.

    Where the long form of a definition is a mention, every occurrence of the short form becomes one; where no part of
    the long form is, none does. Then a string found in at least `SHARE` of its places is taken in its other places.
    Nothing is added that overlaps what is there. What is added takes the probability that it was added for.
    """
    found = {(start, end): probability for start, end, probability in mentions}
    for item in abbreviations:
        known = found.get((item.start, item.end))
        if known is not None:
            _add(text, item.short, known, found)
        elif not any(start < item.end and item.start < end for start, end in found):
            found = {(start, end): p for (start, end), p in found.items() if text[start:end] != item.short}
    counted = Counter(text[start:end] for start, end in found)
    best: dict[str, float] = {}
    for (start, end), probability in found.items():
        best[text[start:end]] = max(probability, best.get(text[start:end], 0.0))
    for surface, times in sorted(counted.items(), key=lambda pair: (-len(pair[0]), pair[0])):
        rare = len(surface) < _SHORTEST or times == text.count(surface)
        if not rare and times >= SHARE * sum(1 for _ in occurrences(text, surface)):
            _add(text, surface, best[surface], found)
    return sorted((start, end, probability) for (start, end), probability in found.items())


def _add(text: str, surface: str, probability: float, found: dict[tuple[int, int], float]) -> None:
    for first, last in occurrences(text, surface):
        if not any(start < last and first < end for start, end in found):
            found[first, last] = probability
