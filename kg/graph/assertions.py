"""Assertions as RDF: a Biolink Association with its evidence and, where nothing is denied, the plain triple."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode

from kg.errors import GraphError
from kg.graph import literals
from kg.graph.dataset import GraphBuilder
from kg.graph.iris import node, text_node
from kg.graph.ns import BIOLINK, CITO, DCTERMS, MSCKG, PROV, RDF
from kg.graph.papers import PaperIndex, add_cited
from kg.identifiers import Curie
from kg.model import AnnotatedDocument, Assertion, Evidence, MentionType, Polarity
from kg.vocabulary import AFFECTS, BENEFICIAL_IN_MODELS_FOR, CO_MENTIONED, NO_EFFECT_SHOWN, TREATS

_SAYS_BENEFIT: Final = frozenset({TREATS, BENEFICIAL_IN_MODELS_FOR})
"""Predicates that an inconclusive result does not bear out."""


def stands_alone(predicate: Curie, polarity: str, *, negated: bool) -> bool:
    """Tell whether an assertion may be read without its qualifiers, as a plain triple.

    A denied one, a negative result and a claimed benefit whose result is inconclusive may not: the plain triple would
    say what the text does not.
    """
    if negated or polarity == Polarity.NEGATIVE or predicate == NO_EFFECT_SHOWN:
        return False
    return not (polarity == Polarity.INCONCLUSIVE and predicate in _SAYS_BENEFIT)


def add_assertions(graph: GraphBuilder, annotated: AnnotatedDocument, index: PaperIndex) -> None:
    """Write the assertions of a document with their evidence.

    Raises:
        GraphError: an assertion is about an intervention that the document does not describe.
    """
    described = {use.intervention.id for use in annotated.interventions}
    for assertion in annotated.assertions:
        if assertion.subject.startswith("MSCKG:intervention/") and assertion.subject not in described:
            raise GraphError(
                f"an assertion is about {assertion.subject}, which the document does not describe",
                where=annotated.document.id,
                remedy="this is a fault of the extraction; please report it with the document",
            )
        _add_association(graph, annotated, assertion, index)
        if stands_alone(assertion.predicate, assertion.polarity, negated=assertion.negated):
            graph.add(node(assertion.subject), node(assertion.predicate), node(assertion.object))


def _add_association(
    graph: GraphBuilder, annotated: AnnotatedDocument, assertion: Assertion, index: PaperIndex
) -> None:
    subject, qualifiers = node(assertion.id), assertion.qualifiers
    graph.type(subject, BIOLINK["Association"])
    graph.add(subject, RDF["subject"], node(assertion.subject))
    graph.add(subject, RDF["predicate"], node(assertion.predicate))
    graph.add(subject, RDF["object"], node(assertion.object))
    graph.add(subject, BIOLINK["negated"], literals.boolean(assertion.negated))
    graph.add(subject, MSCKG["polarity"], literals.code(str(assertion.polarity)))
    graph.add(subject, MSCKG["study_type"], literals.code(str(qualifiers.study_type)))
    if qualifiers.phase:
        graph.add(subject, MSCKG["phase"], literals.text(qualifiers.phase))
    if qualifiers.species is not None:
        graph.add(subject, BIOLINK["species_context_qualifier"], node(qualifiers.species))
    if qualifiers.aspect is not None:
        graph.add(subject, BIOLINK["object_aspect_qualifier"], literals.code(str(qualifiers.aspect)))
    if qualifiers.direction is not None:
        graph.add(subject, BIOLINK["object_direction_qualifier"], literals.code(str(qualifiers.direction)))
    # What Biolink asks of statements that a program read in a text (KnowledgeLevelEnum, AgentTypeEnum).
    graph.add(subject, BIOLINK["knowledge_level"], literals.code("not_provided"))
    graph.add(subject, BIOLINK["agent_type"], literals.code("text_mining_agent"))
    for evidence in assertion.evidence:
        graph.add(subject, BIOLINK["has_evidence"], add_evidence(graph, annotated, evidence, index))
        graph.add(subject, BIOLINK["publications"], node(evidence.paper))
        graph.add(subject, BIOLINK["supporting_text"], literals.text(evidence.sentence))


def add_evidence(graph: GraphBuilder, annotated: AnnotatedDocument, evidence: Evidence, index: PaperIndex) -> NamedNode:
    """Write one piece of evidence and return its node."""
    subject = node(evidence.id)
    graph.type(subject, MSCKG["Evidence"], BIOLINK["InformationContentEntity"])
    graph.add(subject, BIOLINK["supporting_text"], literals.text(evidence.sentence))
    graph.add(subject, MSCKG["start"], literals.integer(evidence.start))
    graph.add(subject, MSCKG["end"], literals.integer(evidence.end))
    graph.add(subject, BIOLINK["supporting_text_section_type"], literals.code(str(evidence.section)))
    graph.add(subject, MSCKG["study_type"], literals.code(str(evidence.study_type)))
    graph.add(subject, MSCKG["extractor"], literals.code(evidence.extractor))
    graph.add(subject, BIOLINK["extraction_confidence_score"], literals.decimal(evidence.confidence))
    graph.add(subject, PROV["wasQuotedFrom"], node(evidence.paper))
    graph.add(subject, DCTERMS["source"], text_node(annotated.document))
    for curie in evidence.cited:
        cited = add_cited(graph, index.canonical(curie) or curie, index)
        graph.add(subject, CITO["citesAsEvidence"], cited)
    return subject


def assertion_concepts(annotated: AnnotatedDocument) -> Iterator[tuple[Curie, MentionType]]:
    """Yield the concepts that a document's assertions and study refer to."""
    for species in annotated.study.species:
        yield species, MentionType.SPECIES
    for assertion in annotated.assertions:
        if not assertion.subject.startswith("MSCKG:intervention/"):
            yield (
                assertion.subject,
                (MentionType.CELL_TYPE if assertion.predicate == CO_MENTIONED else MentionType.INTERVENTION),
            )
        yield assertion.object, MentionType.CELL_TYPE if assertion.predicate == AFFECTS else MentionType.DISEASE
        if assertion.qualifiers.species is not None:
            yield assertion.qualifiers.species, MentionType.SPECIES
