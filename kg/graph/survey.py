"""What one study's graph says of its papers, found in one pass: what merging studies asks before it unites anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.iris import CONCEPTS_GRAPH, PROVENANCE_GRAPH, SCHEMA_GRAPH
from kg.graph.ns import BIOLINK, DCTERMS, FABIO, MSCKG, PRISM, RDF_TYPE, RDFS

Property: TypeAlias = tuple[NamedNode, NamedNode | Literal]
"""What is said of a node: a predicate and its object."""

NO_PAPERS: Final = frozenset({CONCEPTS_GRAPH, PROVENANCE_GRAPH, SCHEMA_GRAPH})
"""The named graphs that are not a paper's."""
IDENTIFYING: Final = frozenset(
    {DCTERMS["identifier"], PRISM["doi"], FABIO["hasPubMedId"], FABIO["hasPubMedCentralId"], RDF_TYPE}
)
"""What may be said of a cited paper from several sides."""
DESCRIBING: Final = IDENTIFYING | {RDFS["label"], DCTERMS["bibliographicCitation"], DCTERMS["issued"]}
"""What the graph of one paper says of another one that it cites (`kg.graph.papers.add_cited`)."""
_WORKS: Final = frozenset({BIOLINK["Publication"], BIOLINK["ClinicalTrial"]})
_CLASSES: Final = _WORKS | {FABIO["Expression"], FABIO["JournalArticle"]}


@dataclass(frozen=True, slots=True)
class StudyPaper:
    """A paper of a study: its node, named graph, title and role in the study, and the CURIEs that it is known by."""

    node: NamedNode
    graph: NamedNode
    title: str
    role: str
    identifiers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Survey:
    """The papers of one study.

    `title` is the study's. `papers` are its documents, by named graph. `described` holds what the graphs of others
    say of a paper or trial: each distinct description once.
    """

    title: str | None
    papers: Mapping[NamedNode, StudyPaper]
    described: Mapping[NamedNode, frozenset[frozenset[Property]]]


def survey(quads: Iterable[Quad]) -> Survey:
    """Read the papers of one study's graph.

    Args:
        quads: the graph, in any order; of these only what describes papers is kept in memory.
    """
    title: str | None = None
    roles: dict[NamedNode, tuple[NamedNode, str]] = {}
    said: dict[tuple[NamedNode, NamedNode], set[Property]] = {}
    for quad in quads:
        graph, subject, value = quad.graph_name, quad.subject, quad.object
        if not (isinstance(graph, NamedNode) and isinstance(subject, NamedNode)):
            continue
        if graph in NO_PAPERS:
            if (subject, quad.predicate) == (MSCKG["dataset"], DCTERMS["title"]) and isinstance(value, Literal):
                title = value.value
        elif quad.predicate == MSCKG["study_role"] and isinstance(value, Literal):
            roles[graph] = subject, value.value
        elif is_description(quad) and isinstance(value, NamedNode | Literal):
            said.setdefault((graph, subject), set()).add((quad.predicate, value))
    works = {key: facts for key, facts in said.items() if any(fact[1] in _WORKS for fact in facts)}
    papers = {
        graph: _paper(paper, graph, role, works.get((graph, paper), set())) for graph, (paper, role) in roles.items()
    }
    described: dict[NamedNode, set[frozenset[Property]]] = {}
    for (graph, subject), facts in works.items():
        if graph not in papers or papers[graph].node != subject:
            described.setdefault(subject, set()).add(frozenset(facts))
    return Survey(title, papers, {subject: frozenset(facts) for subject, facts in described.items()})


def _paper(node: NamedNode, graph: NamedNode, role: str, facts: set[Property]) -> StudyPaper:
    title = next((value.value for predicate, value in facts if predicate == RDFS["label"]), node.value)
    return StudyPaper(node, graph, title, role, identifiers_of(facts))


def is_description(quad: Quad) -> bool:
    """Tell whether a quad could be part of the description of a paper."""
    return quad.predicate in DESCRIBING and (quad.predicate != RDF_TYPE or quad.object in _CLASSES)


def identifiers_of(facts: Iterable[Property]) -> frozenset[str]:
    """Return the CURIEs of a paper from what is said of it; DOIs, which are case-insensitive, in lower case."""
    found = {value.value for predicate, value in facts if predicate == DCTERMS["identifier"]}
    return frozenset(curie.lower() if curie.startswith("doi:") else curie for curie in found)
