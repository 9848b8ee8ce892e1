"""The typed, frozen data that flows between the stages.

`Document` (what a reader gives) -> `AnnotatedDocument` (what the NLP pipeline gives) -> RDF (what the graph stores).
"""

from __future__ import annotations

from kg.model.annotated import AnnotatedDocument, Study
from kg.model.assertion import Aspect, Assertion, Direction, Evidence, Polarity, Qualifiers, StudyType
from kg.model.concept import Concept, Term, TermKind
from kg.model.document import (
    Citation,
    Document,
    ForeignAnnotation,
    Paper,
    Passage,
    Reference,
    ReferenceMatch,
    Relation,
    Section,
)
from kg.model.intervention import DonorRelation, Intervention, InterventionUse, ProductKind, Route
from kg.model.mention import Grounding, Mention, MentionType
from kg.model.provenance import OntologyVersion, Provenance

__all__ = [
    "AnnotatedDocument",
    "Aspect",
    "Assertion",
    "Citation",
    "Concept",
    "Direction",
    "Document",
    "DonorRelation",
    "Evidence",
    "ForeignAnnotation",
    "Grounding",
    "Intervention",
    "InterventionUse",
    "Mention",
    "MentionType",
    "OntologyVersion",
    "Paper",
    "Passage",
    "Polarity",
    "ProductKind",
    "Provenance",
    "Qualifiers",
    "Reference",
    "ReferenceMatch",
    "Relation",
    "Route",
    "Section",
    "Study",
    "StudyType",
    "Term",
    "TermKind",
]
