"""Mentions as Web Annotations (https://www.w3.org/TR/annotation-model/) on the text of a document."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode

from kg.graph import literals
from kg.graph.dataset import GraphBuilder
from kg.graph.iris import mention_node, node, part, text_node
from kg.graph.ns import BIOLINK, DCTERMS, MSCKG, OA, Namespace
from kg.identifiers import Curie
from kg.model import AnnotatedDocument, Document, Grounding, Mention, MentionType, Passage, Section

_CONTEXT: Final = 32
"""Characters of context before and after a quote; the Web Annotation model leaves the number open."""

_CLASSES: Final[dict[MentionType, tuple[Namespace, str]]] = {
    MentionType.DISEASE: (BIOLINK, "Disease"),
    MentionType.SPECIES: (BIOLINK, "OrganismTaxon"),
    MentionType.CELL_TYPE: (BIOLINK, "Cell"),
    MentionType.TISSUE: (BIOLINK, "AnatomicalEntity"),
    MentionType.INTERVENTION: (MSCKG, "Intervention"),
}


def class_of(kind: MentionType) -> NamedNode:
    """Return the class of the concepts that mentions of one type name."""
    namespace, local = _CLASSES[kind]
    return namespace[local]


def all_groundings(annotated: AnnotatedDocument) -> Iterator[Grounding]:
    """Yield the groundings of a document, those of its interventions included."""
    yield from annotated.groundings
    seen = {grounding.mention for grounding in annotated.groundings}
    for use in annotated.interventions:
        for mention in use.mentions:
            intervention = use.intervention
            if mention not in seen:
                yield Grounding(mention, (intervention.id,), intervention.label, "composed", 1.0)


def add_text(graph: GraphBuilder, document: Document) -> NamedNode:
    """Describe the text that offsets count in, so that anyone can tell whether theirs is the same; return its node."""
    subject = text_node(document)
    graph.type(subject, MSCKG["SourceText"])
    graph.add(subject, DCTERMS["isFormatOf"], node(document.paper.id))
    graph.add(subject, DCTERMS["identifier"], literals.text(document.id))
    graph.add(subject, MSCKG["characters"], literals.integer(len(document.text)))
    graph.add(subject, MSCKG["sha256"], literals.text(hashlib.sha256(document.text.encode()).hexdigest()))
    return subject


def add_mentions(graph: GraphBuilder, annotated: AnnotatedDocument) -> None:
    """Write every mention of a document; an ungrounded one is kept, without a body."""
    document = annotated.document
    source = text_node(document)
    for grounding in all_groundings(annotated):
        _add_mention(graph, document, source, grounding)


def _add_mention(graph: GraphBuilder, document: Document, source: NamedNode, grounding: Grounding) -> None:
    mention, paper = grounding.mention, document.paper.id
    subject = mention_node(paper, mention)
    target = part(subject, "target")
    graph.type(subject, OA["Annotation"])
    graph.add(subject, OA["hasTarget"], target)
    graph.add(subject, OA["motivatedBy"], OA["identifying" if grounding.curies else "highlighting"])
    graph.add(subject, MSCKG["mention_type"], class_of(mention.type))
    graph.add(subject, MSCKG["method"], literals.code(grounding.method))
    graph.add(subject, MSCKG["section"], literals.code(str(section_at(document, mention))))
    if grounding.curies:
        graph.add(subject, MSCKG["score"], literals.decimal(grounding.score))
        if grounding.term is not None:
            graph.add(subject, MSCKG["matched_term"], literals.text(grounding.term))
    for curie in grounding.curies:
        graph.add(subject, OA["hasBody"], node(curie))
        graph.add(node(paper), BIOLINK["mentions"], node(curie))
    _add_target(graph, subject, target, source, document, mention)


def _add_target(
    graph: GraphBuilder,
    subject: NamedNode,
    target: NamedNode,
    source: NamedNode,
    document: Document,
    mention: Mention,
) -> None:
    position, quote = part(subject, "position"), part(subject, "quote")
    graph.type(target, OA["SpecificResource"])
    graph.add(target, OA["hasSource"], source)
    graph.add(target, OA["hasSelector"], position)
    graph.add(target, OA["hasSelector"], quote)
    graph.type(position, OA["TextPositionSelector"])
    graph.add(position, OA["start"], literals.integer(mention.start))
    graph.add(position, OA["end"], literals.integer(mention.end))
    graph.type(quote, OA["TextQuoteSelector"])
    graph.add(quote, OA["exact"], literals.text(mention.text))
    if before := document.text[max(0, mention.start - _CONTEXT) : mention.start]:
        graph.add(quote, OA["prefix"], literals.text(before))
    if after := document.text[mention.end : mention.end + _CONTEXT]:
        graph.add(quote, OA["suffix"], literals.text(after))


def section_at(document: Document, mention: Mention) -> Section:
    """Return the section of the passage that holds a mention; ``body`` when no passage does."""
    return next((p.section for p in document.passages if _holds(p, mention)), Section.BODY)


def _holds(passage: Passage, mention: Mention) -> bool:
    return passage.start <= mention.start and mention.end <= passage.end


def grounded_concepts(annotated: AnnotatedDocument) -> Iterator[tuple[Curie, MentionType]]:
    """Yield every concept that a document's mentions name, with the type of the mention."""
    for grounding in annotated.groundings:
        for curie in grounding.curies:
            yield curie, grounding.mention.type
