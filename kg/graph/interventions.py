"""Interventions as RDF: what the product is (once for all papers) and how a paper uses it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.graph import literals
from kg.graph.dataset import GraphBuilder
from kg.graph.iris import mention_node, node, use_node
from kg.graph.ns import BIOLINK, DCTERMS, MSCKG, RDFS, SKOS
from kg.identifiers import Curie
from kg.model import AnnotatedDocument, Intervention, InterventionUse, MentionType, ProductKind
from kg.vocabulary import MSC_THERAPY, MSC_THERAPY_LABEL

CELL_FREE: Final = frozenset({ProductKind.EXTRACELLULAR_VESICLES, ProductKind.CONDITIONED_MEDIUM})
"""Products that are made by cells and hold none."""


def add_therapy(graph: GraphBuilder) -> None:
    """Describe the concept over all interventions."""
    subject = node(MSC_THERAPY)
    graph.type(subject, BIOLINK["Treatment"], MSCKG["Intervention"], SKOS["Concept"])
    graph.add(subject, RDFS["label"], literals.english(MSC_THERAPY_LABEL))
    graph.add(subject, SKOS["prefLabel"], literals.english(MSC_THERAPY_LABEL))
    graph.add(subject, DCTERMS["identifier"], literals.text(MSC_THERAPY))


def add_intervention(graph: GraphBuilder, intervention: Intervention) -> None:
    """Describe a product: kind, cells, source tissue, donor relation, under the one MSC therapy."""
    subject = node(intervention.id)
    graph.type(subject, BIOLINK["Treatment"], MSCKG["Intervention"], SKOS["Concept"])
    graph.add(subject, RDFS["label"], literals.english(intervention.label))
    graph.add(subject, SKOS["prefLabel"], literals.english(intervention.label))
    graph.add(subject, DCTERMS["identifier"], literals.text(intervention.id))
    graph.add(subject, SKOS["broader"], node(MSC_THERAPY))
    graph.add(subject, MSCKG["product"], literals.code(str(intervention.product)))
    made_of = "derives_from" if intervention.product in CELL_FREE else "has_part"
    graph.add(subject, BIOLINK[made_of], node(intervention.cell))
    if intervention.tissue is not None:
        graph.add(subject, BIOLINK["derives_from"], node(intervention.tissue))
    if intervention.donor is not None:
        graph.add(subject, MSCKG["donor_relation"], literals.code(str(intervention.donor)))


def add_uses(graph: GraphBuilder, annotated: AnnotatedDocument) -> None:
    """Write how a paper uses its interventions: carrier, routes, dose, donor species, targets."""
    for use in annotated.interventions:
        _add_use(graph, annotated.document.paper.id, use)


def _add_use(graph: GraphBuilder, paper: Curie, use: InterventionUse) -> None:
    subject = use_node(paper, use)
    graph.type(subject, MSCKG["InterventionUse"])
    graph.add(subject, MSCKG["intervention"], node(use.intervention.id))
    graph.add(subject, DCTERMS["isReferencedBy"], node(paper))
    for mention in use.mentions:
        graph.add(subject, MSCKG["named_by"], mention_node(paper, mention))
    if use.carrier:
        graph.add(subject, MSCKG["carrier"], literals.text(use.carrier))
    for route in use.routes:
        graph.add(subject, MSCKG["route"], literals.code(str(route)))
    if use.dose:
        graph.add(subject, MSCKG["dose"], literals.text(use.dose))
    if use.donor_species is not None:
        graph.add(subject, MSCKG["donor_species"], node(use.donor_species))
    for target in use.targets:
        graph.add(subject, MSCKG["target"], node(target))


def intervention_concepts(annotated: AnnotatedDocument) -> Iterator[tuple[Curie, MentionType]]:
    """Yield the concepts that a document's interventions refer to."""
    for use in annotated.interventions:
        yield use.intervention.cell, MentionType.CELL_TYPE
        if use.intervention.tissue is not None:
            yield use.intervention.tissue, MentionType.TISSUE
        if use.donor_species is not None:
            yield use.donor_species, MentionType.SPECIES
        for target in use.targets:
            yield target, MentionType.DISEASE
