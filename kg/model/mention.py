"""Mentions in a text and what they are grounded to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.identifiers import Curie


class MentionType(StrEnum):
    """What a mention names. The values are the type names in PubTator output."""

    DISEASE = "Disease"
    SPECIES = "Species"
    CELL_TYPE = "CellType"
    TISSUE = "Tissue"
    INTERVENTION = "Intervention"


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A span of a document that names something: ``text == document.text[start:end]``."""

    document_id: str
    start: int
    end: int
    text: str
    type: MentionType


@dataclass(frozen=True, slots=True)
class Grounding:
    """A mention with the concepts that it was linked to.

    `curies` is empty when the mention is ungrounded (a wrong id is worse than none) and has several members only
    for a composite mention ("breast and ovarian cancer"). `term` is the vocabulary's string that matched,
    `method` the reason in a word (``exact``, ``normalized``, ``abbreviation``, ``head``, ``tfidf`` ...),
    `score` the confidence in [0, 1].
    """

    mention: Mention
    curies: tuple[Curie, ...]
    term: str | None
    method: str
    score: float
