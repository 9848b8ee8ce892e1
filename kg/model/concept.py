"""Concepts of the terminologies and the terms that name them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.identifiers import Curie
from kg.model.mention import MentionType


class TermKind(StrEnum):
    """How a term stands to its concept (OBO synonym scopes, and the kinds that matter for matching)."""

    LABEL = "label"
    EXACT = "exact"
    NARROW = "narrow"
    BROAD = "broad"
    RELATED = "related"
    ACRONYM = "acronym"
    COMMON = "common"
    """A common name of an organism ("mouse")."""
    ABBREVIATED = "abbreviated"
    """An abbreviated binomial ("E. coli")."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a terminology.

    `parents` are its direct broader concepts. `replaced_by` is the concept to use instead of an obsolete one.
    `rank` is the taxonomic rank of a taxon, None otherwise.
    """

    curie: Curie
    label: str
    type: MentionType
    parents: tuple[Curie, ...] = ()
    obsolete: bool = False
    replaced_by: Curie | None = None
    rank: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A string that names a concept; `source` is the vocabulary that it was taken from (``mesh``, ``mondo`` ...)."""

    text: str
    curie: Curie
    kind: TermKind
    source: str
