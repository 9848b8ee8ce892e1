"""A document with everything that was found in it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.identifiers import Curie
from kg.model.assertion import Assertion, StudyType
from kg.model.document import Document
from kg.model.intervention import InterventionUse
from kg.model.mention import Grounding


@dataclass(frozen=True, slots=True)
class Study:
    """What kind of study a document reports, in which species (NCBITaxon CURIEs), of which diseases; each sorted.

    `diseases` are those that the document is about; what it only names stays among its groundings.
    """

    type: StudyType = StudyType.NOT_STATED
    phase: str | None = None
    species: tuple[Curie, ...] = ()
    registrations: tuple[Curie, ...] = ()
    diseases: tuple[Curie, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """A document with its mentions, interventions and assertions, each sorted by position."""

    document: Document
    groundings: tuple[Grounding, ...] = ()
    interventions: tuple[InterventionUse, ...] = ()
    assertions: tuple[Assertion, ...] = ()
    study: Study = Study()
