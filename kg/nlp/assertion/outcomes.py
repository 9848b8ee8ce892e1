"""Results of a primary study: what its clauses say of each intervention and disease."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final, TypeVar

from kg.identifiers import Curie
from kg.model.assertion import Polarity
from kg.nlp.assertion.context import Clause, clauses
from kg.nlp.assertion.cues import INCONCLUSIVE
from kg.nlp.assertion.targets import DiseaseMention

_ALL: Final = re.compile(r"\b(?:both|either|all|neither|each)\b", re.I)
_FORMER: Final = re.compile(r"\b(?:the\s+)?former\b", re.I)
_LATTER: Final = re.compile(r"\b(?:the\s+)?latter\b", re.I)
_ONLY: Final = re.compile(r"\bonly\b|\balone\b", re.I)
_CONTROL: Final = re.compile(
    r"\b(?:saline|placebo|vehicle|controls?|untreated|sham|buffer|alone|plain|bare|comparators?"
    r"|inhibitors?|knock-?down|depletion|blocking|antibod\w+)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class ProductMention:
    """A mention of intervention number `index` (its place in ``doc._.kg_interventions``)."""

    start: int
    end: int
    index: int


@dataclass(frozen=True, slots=True)
class Fact:
    """What one clause says of one pair; `level` counts how much of the pair the clause itself names (0 to 2)."""

    index: int
    disease: Curie
    polarity: Polarity
    sentence: int
    level: int


_START: Final = attrgetter("start")
_Mention = TypeVar("_Mention", ProductMention, DiseaseMention)


def _within(items: Sequence[_Mention], start: int, end: int) -> Sequence[_Mention]:
    """Of mentions in order, those that start in ``[start, end)``."""
    return items[bisect_left(items, start, key=_START) : bisect_left(items, end, key=_START)]


def facts(
    text: str,
    sentences: Sequence[tuple[int, int]],
    products: Sequence[ProductMention],
    diseases: Sequence[DiseaseMention],
    count: int,
    targets: Sequence[Curie],
) -> list[Fact]:
    """Read the results of every sentence from the first that names a product on.

    Args:
        text: normalised text.
        sentences: offsets.
        products: product mentions.
        diseases: disease mentions.
        count: number of interventions.
        targets: diseases that the interventions are given for.
    """
    found: list[Fact] = []
    if not products:
        return found
    last: list[int] = list(range(count))
    products, diseases = sorted(products, key=_START), sorted(diseases, key=_START)
    for number, (start, end) in enumerate(sentences):
        if products[0].start >= end:
            continue
        near = _within(products, start, end)
        here = sorted({p.index for p in near})
        ill = _within(diseases, start, end)
        for clause in clauses(text, start, end):
            found.extend(
                _of_clause(
                    text,
                    clause,
                    number,
                    near,
                    ill,
                    last if count > 1 and not here else list(range(count)),
                    targets,
                    here,
                )
            )
        if here:
            last = here
    return found


def _of_clause(
    text: str,
    clause: Clause,
    number: int,
    products: Sequence[ProductMention],
    diseases: Sequence[DiseaseMention],
    carried: list[int],
    targets: Sequence[Curie],
    in_sentence: list[int],
) -> list[Fact]:
    if clause.polarity is None:
        return []
    body = text[clause.start : clause.end]
    named = sorted(
        {p.index for p in products if clause.start <= p.start < clause.end or (p.start < clause.start < p.end)}
    )
    subject_named = bool(named)
    if not named and len(carried) > 1:
        if _FORMER.search(body):
            named, subject_named = [carried[0]], True
        elif _LATTER.search(body):
            named, subject_named = [carried[-1]], True
    curies = list(
        dict.fromkeys(c for d in diseases if clause.start <= d.start < clause.end for c in d.curies if c in targets)
    )
    if not named and not curies and (clause.comparator or _CONTROL.search(body)):
        return []
    subjects = named or (carried if _ALL.search(body) or not in_sentence else in_sentence)
    level = int(subject_named) + int(bool(curies))
    result = [Fact(i, c, clause.polarity, number, level) for i in subjects for c in (curies or targets)]
    if (
        named
        and len(carried) == 2
        and _ONLY.search(body)
        and _FORMER.search(body)
        and clause.polarity is Polarity.POSITIVE
    ):
        result += [Fact(carried[-1], c, Polarity.NEGATIVE, number, level) for c in (curies or targets)]
    return result


def verdict(found: Sequence[Fact], index: int, disease: Curie) -> tuple[Polarity, list[int]]:
    """Return the polarity for one pair and its evidence sentences, from the facts that name most of the pair."""
    own = [f for f in found if f.index == index and f.disease == disease]
    if not own:
        return Polarity.NOT_STATED, []
    top = max(f.level for f in own)
    best = [f for f in own if f.level == top]
    positive = [f for f in best if f.polarity is Polarity.POSITIVE]
    negative = [f for f in best if f.polarity is Polarity.NEGATIVE]
    chosen = positive if len(positive) >= len(negative) else negative
    return chosen[0].polarity, list(dict.fromkeys(f.sentence for f in chosen))


def doubt(text: str, sentences: Sequence[tuple[int, int]], first: int) -> int | None:
    """Return the index of the last sentence after `first` that takes a result back ("no conclusion can be drawn")."""
    for number in range(len(sentences) - 1, first, -1):
        if INCONCLUSIVE.search(text[slice(*sentences[number])]):
            return number
    return None
