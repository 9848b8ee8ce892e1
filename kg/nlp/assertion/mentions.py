"""Where a document names its interventions and its diseases."""

from __future__ import annotations

from dataclasses import dataclass

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
