"""Where a document names its interventions and its diseases."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final, TypeVar

from kg.identifiers import Curie


@dataclass(frozen=True, slots=True)
class ProductMention:
    """A mention of intervention number `index` (its place in ``doc._.kg_interventions``)."""

    start: int
    end: int
    index: int


@dataclass(frozen=True, slots=True)
class DiseaseMention:
    """A grounded disease mention (characters) and the index of its sentence."""

    start: int
    end: int
    curies: tuple[Curie, ...]
    sentence: int


Mention = TypeVar("Mention", ProductMention, DiseaseMention)
_START: Final = attrgetter("start")


def within(mentions: Sequence[Mention], start: int, end: int) -> Sequence[Mention]:
    """Return, of mentions in order, those that start in ``[start, end)``, in logarithmic time."""
    return mentions[bisect_left(mentions, start, key=_START) : bisect_left(mentions, end, key=_START)]
