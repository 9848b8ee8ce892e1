"""Polarity of clauses, and the clauses of a sentence.

A contrast ("whereas", "but not", "as against") ends the scope of what stands before it, as
termination terms do in ConText.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.model.assertion import Polarity
from kg.nlp.assertion.cues import BENEFIT, NO_EFFECT, NON_INFERIOR, SAFETY

_SPLIT: Final = re.compile(
    r"(?P<stop>;\s*|,?\s{0,3}\b(?:whereas|while|but|although|though|however|nevertheless|yet)\b)"
    r"|(?P<against>,?\s{0,3}\b(?:as\s+against|in\s+contrast\s+to|as\s+opposed\s+to|unlike)\b)"
    r"|(?P<than>,?\s{0,3}\b(?:compared\s+(?:with|to)|versus|vs\.?|relative\s+to|than)\b)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """``text[start:end]`` with its polarity; None says nothing of a result.

    `comparator` marks the side that the clause before it is compared with.
    """

    start: int
    end: int
    polarity: Polarity | None
    comparator: bool = False


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


_OPPOSITE: Final = {Polarity.POSITIVE: Polarity.NEGATIVE, Polarity.NEGATIVE: Polarity.POSITIVE}


def clauses(text: str, start: int, end: int) -> list[Clause]:
    """Cut the sentence ``text[start:end]`` at contrasts and judge each clause.

    A side introduced by "as against" gets the opposite polarity of what it is set against when it states none itself; a
    side of a plain comparison ("compared with saline") says nothing.
    """
    found: list[Clause] = []
    begin, how = start, "stop"
    cuts = [(m.start(), m.end(), str(m.lastgroup)) for m in _SPLIT.finditer(text, start, end)]
    for stop, after, kind in [*cuts, (end, end, "stop")]:
        if stop > begin or not found:
            polarity = polarity_of(text[begin:stop]) if how != "than" else None
            if how == "stop" and re.match(r"\s*(?:not|only)\b", text[begin:stop], re.I) and found:
                negated = re.match(r"\s*not\b", text[begin:stop], re.I)
                polarity = _OPPOSITE.get(found[-1].polarity or Polarity.NOT_STATED) if negated else polarity
            if how == "against" and found and polarity is None:
                polarity = _OPPOSITE.get(found[-1].polarity or Polarity.NOT_STATED)
            found.append(Clause(begin, stop, polarity, how in ("against", "than")))
        begin, how = after, kind
    return found
