"""Annotated documents, their concepts and the run, as one data set: the only place that knows its order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from kg.graph import literals
from kg.graph.assertions import add_assertions, assertion_concepts
from kg.graph.concepts import ConceptSource, add_concepts, add_scheme
from kg.graph.dataset import Dataset, GraphBuilder
from kg.graph.interventions import add_intervention, add_therapy, add_uses, intervention_concepts
from kg.graph.iris import CONCEPTS_GRAPH, PROVENANCE_GRAPH, node, paper_graph
from kg.graph.mentions import add_mentions, add_text, grounded_concepts
from kg.graph.ns import BIOLINK, DCTERMS, MSCKG, RDFS
from kg.graph.papers import PaperIndex, add_cited, add_paper, add_references, relate
from kg.graph.provenance import add_run
from kg.graph.schema import schema_graph
from kg.identifiers import Curie
from kg.model import AnnotatedDocument, Intervention, MentionType, Provenance
from kg.vocabulary import MSC_THERAPY


def build_dataset(documents: Sequence[AnnotatedDocument], ontology: ConceptSource, provenance: Provenance) -> Dataset:
    """Turn annotated documents into RDF.

    One named graph a paper, one for concepts and interventions, one for the schema, one for the provenance.
    Annotations that came with the input (`Document.foreign`) are left out.

    Args:
        documents: what was found; their order makes no difference.
        ontology: labels, synonyms and hierarchy of the concepts.
        provenance: the run.

    Returns:
        the sorted quads: the same input gives the same data set.

    Raises:
        GraphError: a document contradicts itself or holds text that no file can hold.
    """
    index = PaperIndex([annotated.document for annotated in documents])
    papers = {a.document.paper.id: GraphBuilder(paper_graph(a.document.paper.id)) for a in documents}
    for annotated in documents:
        _add_document(papers[annotated.document.paper.id], annotated, index)
    relate(papers, [annotated.document for annotated in documents], index)
    concepts = _concept_graph(documents, ontology)
    content = {quad.triple for quad in chain(concepts, *papers.values())}
    run = GraphBuilder(PROVENANCE_GRAPH)
    schema = schema_graph()
    names = [(concepts.name, None), (schema.name, None), *((graph.name, paper) for paper, graph in papers.items())]
    add_run(run, provenance, content, names)
    return Dataset.from_quads(chain(schema, concepts, run, *papers.values()))


def _add_document(graph: GraphBuilder, annotated: AnnotatedDocument, index: PaperIndex) -> None:
    add_paper(graph, annotated.document.paper)
    add_text(graph, annotated.document)
    add_references(graph, annotated.document, index)
    _add_study(graph, annotated, index)
    add_mentions(graph, annotated)
    add_uses(graph, annotated)
    add_assertions(graph, annotated, index)


def _add_study(graph: GraphBuilder, annotated: AnnotatedDocument, index: PaperIndex) -> None:
    """Write what kind of study a paper reports, in which species, registered where."""
    subject, study = node(annotated.document.paper.id), annotated.study
    graph.add(subject, MSCKG["study_type"], literals.code(str(study.type)))
    if study.phase:
        graph.add(subject, MSCKG["phase"], literals.text(study.phase))
    for species in study.species:
        graph.add(subject, MSCKG["study_species"], node(species))
    for curie in study.registrations:
        trial = node(curie)
        graph.add(subject, MSCKG["registered_as"], trial)
        if index.is_documented(curie):  # its record describes itself
            continue
        if index.reference(curie) is not None:
            add_cited(graph, curie, index)
            continue
        graph.type(trial, BIOLINK["ClinicalTrial"])
        graph.add(trial, DCTERMS["identifier"], literals.text(curie))
        graph.add(trial, RDFS["label"], literals.text(curie.replace("NCT:", "NCT")))


def _concept_graph(documents: Sequence[AnnotatedDocument], ontology: ConceptSource) -> GraphBuilder:
    graph = GraphBuilder(CONCEPTS_GRAPH)
    add_scheme(graph)
    add_therapy(graph)
    for intervention in used_interventions(documents):
        add_intervention(graph, intervention)
    add_concepts(graph, used_concepts(documents), ontology)
    return graph


def used_interventions(documents: Sequence[AnnotatedDocument]) -> list[Intervention]:
    """Return the distinct interventions of the documents, by id."""
    found = {use.intervention.id: use.intervention for annotated in documents for use in annotated.interventions}
    return [found[curie] for curie in sorted(found)]


def used_concepts(documents: Sequence[AnnotatedDocument]) -> list[tuple[Curie, MentionType]]:
    """Return the distinct concepts (not interventions) that the documents refer to, with their types, by CURIE."""

    def every() -> Iterator[tuple[Curie, MentionType]]:
        for annotated in documents:
            yield from grounded_concepts(annotated)
            yield from intervention_concepts(annotated)
            yield from assertion_concepts(annotated)

    found: dict[Curie, MentionType] = {}
    for curie, kind in every():
        if not curie.startswith("MSCKG:intervention/") and curie != MSC_THERAPY:
            found[curie] = min(kind, found.get(curie, kind))
    return sorted(found.items())
