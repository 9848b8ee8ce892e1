"""Annotated documents as JSON Lines: mentions with offsets, and the document-level facts of a curation form.

The document-level keys (``diseases``, ``species``, ``cell_types``, ``interventions``, ``assertions``) are those of a
curator's guideline for MSC interventions: ids of MeSH, NCBI Taxonomy and CL; ``NIL:<label>`` for a disease that MeSH
lacks; ``WJ`` for Wharton's jelly, which UBERON lacks.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final, Protocol

from kg import vocabulary
from kg.identifiers import Curie
from kg.model import AnnotatedDocument, Assertion, InterventionUse, MentionType, StudyType
from kg.writers.pubtator import mentions


class Concepts(Protocol):
    """What is needed of the terminologies (`kg.ontology.Ontology` has it)."""

    def label(self, curie: Curie) -> str | None:
        """Return a concept's preferred label, None when unknown."""

    def parents(self, curie: Curie) -> tuple[Curie, ...]:
        """Return a concept's direct broader concepts."""


_EVIDENCE: Final[dict[StudyType, str]] = {
    StudyType.CLINICAL_TRIAL: "clinical_trial",
    StudyType.PROTOCOL: "clinical_trial",
    StudyType.OBSERVATIONAL: "observational",
    StudyType.PRECLINICAL_IN_VIVO: "preclinical",
    StudyType.IN_VITRO: "preclinical",
    StudyType.REVIEW: "review_or_proposal",
    StudyType.NOT_STATED: "review_or_proposal",
}


def to_jsonl(annotated: AnnotatedDocument, concepts: Concepts) -> str:
    """Return the document as one line of JSON, with its line end.

    Args:
        annotated: the document.
        concepts: the terminologies.
    """
    scores = {g.mention: g.score for g in annotated.groundings}
    record = {
        "id": annotated.document.id,
        "mentions": [
            {
                "start": mention.start,
                "end": mention.end,
                "text": mention.text,
                "type": str(mention.type),
                "ids": list(ids),
                "score": round(scores.get(mention, 1.0), 4),
            }
            for mention, ids in mentions(annotated)
        ],
        "diseases": sorted({_disease(curie, concepts) for curie in _curies(annotated, MentionType.DISEASE)}),
        "broader": _broader(annotated, concepts),
        "species": list(annotated.study.species) or sorted(_curies(annotated, MentionType.SPECIES)),
        "cell_types": sorted(_cell_types(annotated)),
        "interventions": [_intervention(use, annotated, concepts) for use in annotated.interventions],
        "assertions": _assertions(annotated, concepts),
    }
    return json.dumps(record, ensure_ascii=False) + "\n"


def _curies(annotated: AnnotatedDocument, kind: MentionType) -> set[Curie]:
    return {curie for g in annotated.groundings if g.mention.type is kind for curie in g.curies}


def _disease(curie: Curie, concepts: Concepts) -> str:
    """Name a disease as a curator does: the local vocabulary stands for "no term in MeSH"."""
    if curie.startswith("MSCKG:"):
        return "NIL:" + (concepts.label(curie) or curie.rpartition("/")[2].replace("-", " ")).lower()
    return curie


def _broader(annotated: AnnotatedDocument, concepts: Concepts) -> dict[str, Curie]:
    """Return the nearest MeSH concept above each disease that MeSH lacks; the first by id where there are several."""
    found: dict[str, Curie] = {}
    for curie in sorted(c for c in _curies(annotated, MentionType.DISEASE) if c.startswith("MSCKG:")):
        level: list[Curie] = [curie]
        while level and not level[0].startswith("MESH:"):
            above = {parent for one in level for parent in concepts.parents(one)}
            level = sorted(above, key=lambda parent: (not parent.startswith("MESH:"), parent))
        if level:
            found[_disease(curie, concepts)] = level[0]
    return found


def _cell_types(annotated: AnnotatedDocument) -> set[Curie]:
    """Return the cell types, a product's specific one in place of the generic words that restate it."""
    named = [m for use in annotated.interventions for m in use.mentions]
    outside = {
        curie
        for g in annotated.groundings
        if g.mention.type is MentionType.CELL_TYPE
        and not any(m.start <= g.mention.start and g.mention.end <= m.end for m in named)
        for curie in g.curies
    }
    products = {use.intervention.cell for use in annotated.interventions}
    generic = vocabulary.MESENCHYMAL_STEM_CELL
    if products and generic not in products:
        outside.discard(generic)
    return {curie for curie in outside | products if curie.startswith("CL:")}


def _intervention(use: InterventionUse, annotated: AnnotatedDocument, concepts: Concepts) -> dict[str, Any]:
    product = use.intervention
    routes = [str(route) for route in use.routes]
    return {
        "surface": sorted({m.text for m in use.mentions}, key=lambda text: (-len(text), text)),
        "product": str(product.product),
        "cell": product.cell,
        "tissue": "WJ" if product.tissue == vocabulary.WHARTONS_JELLY else product.tissue,
        "donor": product.donor and str(product.donor),
        "carrier": use.carrier,
        "route": routes[0] if len(routes) == 1 else routes or None,
        "dose": use.dose,
        "targets": [_disease(curie, concepts) for curie in use.targets],
        "evidence": _EVIDENCE[annotated.study.type],
        "phase": annotated.study.phase,
    }


def _assertions(annotated: AnnotatedDocument, concepts: Concepts) -> list[dict[str, Any]]:
    """Return the statements on interventions; those that the text denies are no assertions of the guideline."""
    place = {use.intervention.id: index for index, use in enumerate(annotated.interventions)}
    return [
        _assertion(a, place[a.subject], concepts)
        for a in treatment_assertions(annotated.assertions)
        if a.subject in place
    ]


def treatment_assertions(assertions: Iterable[Assertion]) -> list[Assertion]:
    """Return the assertions between an intervention and a disease that are not negated."""
    return [a for a in assertions if a.predicate in vocabulary.TREATMENT_PREDICATES and not a.negated]


def _assertion(assertion: Assertion, index: int, concepts: Concepts) -> dict[str, Any]:
    return {
        "intervention": index,
        "predicate": assertion.predicate.partition(":")[2],
        "disease": _disease(assertion.object, concepts),
        "polarity": str(assertion.polarity),
        "species": assertion.qualifiers.species,
        "evidence": str(assertion.qualifiers.study_type),
        "sentence": assertion.evidence[0].sentence if assertion.evidence else "",
    }
