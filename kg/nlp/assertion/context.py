"""Polarity of clauses, and the clauses of a sentence.

A contrast ("whereas", "but not", "as against") ends the scope of what stands before it, as
termination terms do in ConText.
"""

from __future__ import annotations

import re
from typing import Final

from kg.model.assertion import Polarity
from kg.nlp.assertion.cues import BENEFIT, NO_EFFECT, NON_INFERIOR, SAFETY

_SPLIT: Final = re.compile(
    r";\s*|,?\s{0,3}\b(?:whereas|while|but|although|though|however|nevertheless|yet|as\s+against|in\s+contrast\s+to"
    r"|as\s+opposed\s+to|unlike|compared\s+(?:with|to)|versus|vs\.?|relative\s+to|than)\b",
    re.I,
)


def polarity_of(text: str) -> Polarity | None:
    """Return the direction of a clause's result, None when it states none; statements of safety do not count."""
    rest = SAFETY.sub(" ", text)
    if NON_INFERIOR.search(rest):
        return Polarity.POSITIVE
    if NO_EFFECT.search(rest):
        return Polarity.NEGATIVE
    if BENEFIT.search(rest):
        return Polarity.POSITIVE
    return None


def clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut the sentence ``text[start:end]`` at contrasts and comparisons, and return the offsets of its clauses."""
    cuts = [(match.start(), match.end()) for match in _SPLIT.finditer(text, start, end)]
    begins = [start, *(after for _, after in cuts)]
    stops = [*(stop for stop, _ in cuts), end]
    return [(begin, stop) for begin, stop in zip(begins, stops, strict=True) if begin < stop]
