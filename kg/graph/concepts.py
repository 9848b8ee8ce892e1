"""Concepts as RDF: labels, synonyms, types, and what is broader up to the root."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Protocol

from kg.graph import literals
from kg.graph.dataset import GraphBuilder
from kg.graph.iris import node
from kg.graph.mentions import class_of
from kg.graph.ns import DCTERMS, MSCKG, OWL, RDFS, SKOS
from kg.identifiers import LOCAL, Curie
from kg.model import Concept, MentionType, Term, TermKind

NAMING: Final = frozenset({TermKind.EXACT, TermKind.ACRONYM, TermKind.COMMON})
"""Kinds of terms that mean the concept itself; narrow, broad and related ones are no other names of it."""
_OWN: Final = "MSCKG:"


class ConceptSource(Protocol):
    """What the graph asks of a terminology; `kg.ontology.Ontology` is one."""

    def concept(self, curie: Curie) -> Concept | None:
        """Return the concept, or None when it is unknown."""
        ...

    def label(self, curie: Curie) -> str | None:
        """Return the preferred label, or None when the concept is unknown."""
        ...

    def parents(self, curie: Curie) -> tuple[Curie, ...]:
        """Return the direct broader concepts."""
        ...

    def terms(self, curie: Curie) -> tuple[Term, ...]:
        """Return the terms that name the concept."""
        ...


def add_concepts(graph: GraphBuilder, used: Iterable[tuple[Curie, MentionType]], source: ConceptSource) -> None:
    """Describe the concepts that the documents use, with synonyms, and everything broader, with labels.

    Args:
        graph: where to.
        used: CURIEs, each with the type to give it when `source` does not know it.
        source: the terminology.
    """
    waiting: dict[Curie, MentionType] = {}
    for curie, kind in used:
        waiting.setdefault(curie, kind)
        _add_synonyms(graph, curie, source)
    done: set[Curie] = set()
    while waiting:
        curie, kind = waiting.popitem()
        done.add(curie)
        concept = source.concept(curie)
        _add_concept(graph, curie, concept, kind)
        for parent in source.parents(curie):
            graph.add(node(curie), SKOS[_relation(curie, parent)], node(parent))
            if parent not in done:
                waiting.setdefault(parent, concept.type if concept else kind)


def _relation(curie: Curie, parent: Curie) -> str:
    """A concept of ours stands under one of a public vocabulary by mapping, under another of ours by hierarchy."""
    return "broadMatch" if curie.startswith(_OWN) and not parent.startswith(_OWN) else "broader"


def _add_concept(graph: GraphBuilder, curie: Curie, concept: Concept | None, kind: MentionType) -> None:
    subject = node(curie)
    graph.type(subject, SKOS["Concept"], class_of(concept.type if concept else kind))
    label = literals.english(concept.label) if concept else literals.text(curie)
    graph.add(subject, RDFS["label"], label)
    graph.add(subject, SKOS["prefLabel"], label)
    graph.add(subject, DCTERMS["identifier"], literals.text(curie))
    if concept is None:
        return
    if concept.rank:
        graph.add(subject, MSCKG["rank"], literals.text(concept.rank))
    if concept.obsolete:
        graph.add(subject, OWL["deprecated"], literals.boolean(True))
    if subject.value.startswith(LOCAL):
        graph.add(subject, SKOS["inScheme"], MSCKG["vocabulary"])


def _add_synonyms(graph: GraphBuilder, curie: Curie, source: ConceptSource) -> None:
    label = source.label(curie)
    for term in source.terms(curie):
        if term.kind in NAMING and term.text != label:
            # MeSH's inverted forms ("Adhesions, Uterine") are for looking up, not for reading.
            kind = "hiddenLabel" if ", " in term.text else "altLabel"
            graph.add(node(curie), SKOS[kind], literals.english(term.text))


def add_scheme(graph: GraphBuilder) -> None:
    """Describe the scheme of this project's own concepts."""
    scheme = MSCKG["vocabulary"]
    graph.type(scheme, SKOS["ConceptScheme"])
    graph.add(scheme, RDFS["label"], literals.english("MSC-KG vocabulary: terms that public vocabularies lack"))
