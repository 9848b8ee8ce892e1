"""Annotated documents as JSON Lines: mentions with offsets, and the document-level facts of a curation form.

The document-level keys (``diseases``, ``species``, ``cell_types``, ``interventions``, ``assertions``) are those of a
curator's guideline for MSC interventions: ids of MeSH, NCBI Taxonomy and CL; ``NIL:<label>`` for a disease that MeSH
lacks; ``WJ`` for Wharton's jelly, which UBERON lacks. ``effects`` (on cell types) is ours.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from kg import vocabulary
from kg.identifiers import Curie
from kg.model import AnnotatedDocument, Assertion, InterventionUse, MentionType, StudyType
from kg.ontology.descriptors import Vocabulary, broader_descriptors, descriptors
from kg.writers.pubtator import mentions

_EVIDENCE: Final[dict[StudyType, str]] = {
    StudyType.CLINICAL_TRIAL: "clinical_trial",
    StudyType.PROTOCOL: "clinical_trial",
    StudyType.OBSERVATIONAL: "observational",
    StudyType.PRECLINICAL_IN_VIVO: "preclinical",
    StudyType.IN_VITRO: "preclinical",
    StudyType.REVIEW: "review_or_proposal",
    StudyType.NOT_STATED: "review_or_proposal",
}


def to_jsonl(annotated: AnnotatedDocument, concepts: Vocabulary) -> str:
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
        "diseases": sorted({name for curie in _study_diseases(annotated) for name in _named(curie, concepts)}),
        "broader": _broader(annotated, concepts),
        "species": list(annotated.study.species) or sorted(_curies(annotated, MentionType.SPECIES)),
        "cell_types": sorted(_cell_types(annotated)),
        "interventions": [_intervention(use, annotated, concepts) for use in annotated.interventions],
        "assertions": _assertions(annotated, concepts),
        "effects": _effects(annotated),
    }
    return json.dumps(record, ensure_ascii=False) + "\n"


def _curies(annotated: AnnotatedDocument, kind: MentionType) -> set[Curie]:
    return {curie for g in annotated.groundings if g.mention.type is kind for curie in g.curies}


def _study_diseases(annotated: AnnotatedDocument) -> set[Curie]:
    """Return the diseases that a document is about, with those that its products are given for."""
    return {*annotated.study.diseases, *(curie for use in annotated.interventions for curie in use.targets)}


def _named(curie: Curie, concepts: Vocabulary) -> tuple[str, ...]:
    """Name a disease as a curator does: by the descriptors that fit, or as one that MeSH lacks."""
    lacking = "NIL:" + (concepts.label(curie) or curie.rpartition("/")[2].replace("-", " ")).lower()
    return descriptors(curie, concepts) or (lacking,)


def _broader(annotated: AnnotatedDocument, concepts: Vocabulary) -> dict[str, Curie]:
    """Return the nearest MeSH concept above each disease that MeSH lacks; the first by id where there are several."""
    found: dict[str, Curie] = {}
    for curie in sorted(_study_diseases(annotated)):
        names = _named(curie, concepts)
        above = broader_descriptors(curie, concepts) if names[0].startswith("NIL:") else []
        if above:
            found[names[0]] = above[0]
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


def _intervention(use: InterventionUse, annotated: AnnotatedDocument, concepts: Vocabulary) -> dict[str, Any]:
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
        "targets": list(dict.fromkeys(name for curie in use.targets for name in _named(curie, concepts))),
        "evidence": _EVIDENCE[annotated.study.type],
        "phase": annotated.study.phase,
    }


def _assertions(annotated: AnnotatedDocument, concepts: Vocabulary) -> list[dict[str, Any]]:
    """Return the statements on interventions; those that the text denies are no assertions of the guideline."""
    place = {use.intervention.id: index for index, use in enumerate(annotated.interventions)}
    found: dict[tuple[object, ...], dict[str, Any]] = {}
    for a in treatment_assertions(annotated.assertions):
        for disease in _named(a.object, concepts) if a.subject in place else ():
            # Two concepts of the vocabulary may have one descriptor: the first says it.
            said = (a.subject, a.predicate, disease, a.qualifiers.study_type)
            found.setdefault(said, _assertion(a, place[a.subject], disease))
    return list(found.values())


def _effects(annotated: AnnotatedDocument) -> list[dict[str, Any]]:
    """Return what the interventions do to cell types, `intervention` an index as in the assertions."""
    place = {use.intervention.id: index for index, use in enumerate(annotated.interventions)}
    return [
        {
            "intervention": place[a.subject],
            "cell_type": a.object,
            "aspect": a.qualifiers.aspect and str(a.qualifiers.aspect),
            "direction": a.qualifiers.direction and str(a.qualifiers.direction),
            "negated": a.negated,
            "sentence": a.evidence[0].sentence if a.evidence else "",
        }
        for a in annotated.assertions
        if a.predicate == vocabulary.AFFECTS and a.subject in place
    ]


def treatment_assertions(assertions: Iterable[Assertion]) -> list[Assertion]:
    """Return the assertions between an intervention and a disease that are not negated."""
    return [a for a in assertions if a.predicate in vocabulary.TREATMENT_PREDICATES and not a.negated]


def _assertion(assertion: Assertion, index: int, disease: str) -> dict[str, Any]:
    return {
        "intervention": index,
        "predicate": assertion.predicate.partition(":")[2],
        "disease": disease,
        "polarity": str(assertion.polarity),
        "species": assertion.qualifiers.species,
        "evidence": str(assertion.qualifiers.study_type),
        "sentence": assertion.evidence[0].sentence if assertion.evidence else "",
    }
