"""Papers as RDF: bibliographic facts, references and how the papers of a study stand to each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from pyoxigraph import NamedNode

from kg.graph import literals
from kg.graph.dataset import GraphBuilder
from kg.graph.iris import node, reference_node
from kg.graph.ns import BIOLINK, CITO, DC, DCTERMS, FABIO, MSCKG, PRISM, RDFS
from kg.identifiers import Curie, is_curie
from kg.model import Document, Paper, Reference, Relation

_PREFERENCE: Final = ("doi", "PMID", "PMC", "NCT")
"""Prefixes of paper identifiers, best first."""
_CREATIVE_COMMONS: Final = re.compile(r"CC[ -]?(BY(?:-(?:NC|ND|SA))*)[ -]?v?(\d\.\d)", re.IGNORECASE)
_WEB: Final = re.compile(r"https?://[^\s<>\"{}|\\^`\[\]\x00-\x20]+")


def best_identifier(identifiers: Iterable[Curie]) -> Curie | None:
    """Return the identifier that a paper is known by: doi, PMID, PMC, NCT in this order; None when there is none."""
    known = [curie for curie in identifiers if curie.partition(":")[0] in _PREFERENCE and is_curie(curie)]
    return min(known, key=identifier_order, default=None)


def identifier_order(curie: Curie) -> tuple[int, Curie]:
    """Sort key of a paper's identifiers, the one that it is known by first."""
    prefix = curie.partition(":")[0]
    return _PREFERENCE.index(prefix) if prefix in _PREFERENCE else len(_PREFERENCE), curie


class PaperIndex:
    """The papers of one study by any of their identifiers, so that one paper has one IRI."""

    def __init__(self, documents: Sequence[Document]) -> None:
        """Index the papers of `documents` and what their reference lists name."""
        self._by_identifier: dict[Curie, Curie] = {}
        self._references: dict[Curie, tuple[tuple[bool, Curie, str], Reference]] = {}
        self._documented = {document.paper.id for document in documents}
        ordered = sorted(documents, key=lambda document: document.paper.id)
        for document in ordered:
            for curie in (document.paper.id, *document.paper.identifiers):
                self._by_identifier.setdefault(_fold(curie), document.paper.id)
        for document in ordered:
            for reference in document.references:
                self._index_reference(document.paper.id, reference)

    def _index_reference(self, paper: Curie, reference: Reference) -> None:
        curie = self.canonical(*reference.identifiers)
        if curie is None:
            return
        for other in reference.identifiers:
            self._by_identifier.setdefault(_fold(other), curie)
        rank = (reference.title is None, paper, reference.key)
        if curie not in self._references or rank < self._references[curie][0]:
            self._references[curie] = (rank, reference)

    def is_documented(self, paper: Curie) -> bool:
        """Tell whether a paper is a document of the study, which describes itself."""
        return paper in self._documented

    def reference(self, paper: Curie) -> Reference | None:
        """Return the entry of a reference list that describes a paper best, one for all lists that name it."""
        found = self._references.get(paper)
        return found[1] if found else None

    def canonical(self, *identifiers: Curie) -> Curie | None:
        """Return the id of the paper that has one of `identifiers`, else the best of them, None for none."""
        for curie in identifiers:
            if (known := self._by_identifier.get(_fold(curie))) is not None:
                return known
        return best_identifier(identifiers)


def _fold(curie: Curie) -> Curie:
    # DOIs are case-insensitive; publishers and databases spell them differently.
    return curie.lower() if curie.startswith("doi:") else curie


def add_paper(graph: GraphBuilder, paper: Paper) -> NamedNode:
    """Describe one paper and return its node."""
    subject = node(paper.id)
    add_kind(graph, paper.id, article=paper.journal is not None)
    title = literals.text(paper.title or paper.id)
    graph.add(subject, DCTERMS["title"], title)
    graph.add(subject, RDFS["label"], title)
    graph.add(subject, DCTERMS["issued"], literals.date(paper.date) if paper.date else None)
    for author in paper.authors:
        graph.add(subject, DC["creator"], literals.text(author))
    if paper.journal:
        graph.add(subject, PRISM["publicationName"], literals.text(paper.journal))
    for kind in paper.publication_types:
        graph.add(subject, DC["type"], literals.text(kind))
    for heading in paper.headings:
        graph.add(subject, DC["subject"], literals.text(heading))
    if paper.retracted:
        graph.add(subject, MSCKG["retracted"], literals.boolean(True))
    if paper.licence:
        _add_licence(graph, subject, paper.licence)
    if paper.url and _WEB.fullmatch(paper.url):
        graph.add(subject, FABIO["hasURL"], literals.uri(paper.url))
    add_identifiers(graph, subject, {paper.id, *paper.identifiers})
    graph.add(subject, DCTERMS["bibliographicCitation"], literals.text(_citation(paper)))
    return subject


def add_kind(graph: GraphBuilder, paper: Curie, *, article: bool = False) -> None:
    """Say what kind of work `paper` is: a registry record, a journal article or just a publication."""
    subject = node(paper)
    if paper.startswith("NCT:"):
        graph.type(subject, BIOLINK["Publication"], BIOLINK["ClinicalTrial"])
    else:
        graph.type(subject, BIOLINK["Publication"], FABIO["JournalArticle" if article else "Expression"])


def add_identifiers(graph: GraphBuilder, subject: NamedNode, identifiers: Iterable[Curie]) -> None:
    """Write identifiers as CURIEs, and as the plain values that bibliographic software looks for."""
    for curie in identifiers:
        graph.add(subject, DCTERMS["identifier"], literals.text(curie))
        prefix, _, local = curie.partition(":")
        match prefix:
            case "doi":
                graph.add(subject, PRISM["doi"], literals.text(local))
            case "PMID":
                graph.add(subject, FABIO["hasPubMedId"], literals.text(local))
            case "PMC":
                graph.add(subject, FABIO["hasPubMedCentralId"], literals.text("PMC" + local))


def _add_licence(graph: GraphBuilder, subject: NamedNode, licence: str) -> None:
    graph.add(subject, DCTERMS["rights"], literals.text(licence))
    if match := _CREATIVE_COMMONS.search(licence):
        url = f"https://creativecommons.org/licenses/{match[1].lower()}/{match[2]}/"
    elif _WEB.fullmatch(licence):
        url = licence
    else:
        return
    document = NamedNode(url)
    graph.add(subject, DCTERMS["license"], document)
    graph.type(document, DCTERMS["LicenseDocument"])


def _citation(paper: Paper) -> str:
    """Return a one-line citation; the only place that keeps the order of the authors."""
    year = str(paper.year) if paper.year else None
    parts = ["; ".join(paper.authors), paper.title, paper.journal, year, paper.id]
    return ". ".join(part.rstrip(".") for part in parts if part)


def add_references(graph: GraphBuilder, document: Document, index: PaperIndex) -> None:
    """Write the reference list of a document: ``cito:cites``, one node a reference."""
    citing = node(document.paper.id)
    for reference in document.references:
        curie = index.canonical(*reference.identifiers)
        if curie is not None:
            graph.add(citing, CITO["cites"], add_cited(graph, curie, index))
            continue
        cited = reference_node(document.paper.id, reference.key, reference.text)
        graph.type(cited, BIOLINK["Publication"], FABIO["Expression"])
        _describe_reference(graph, cited, reference)
        graph.add(citing, CITO["cites"], cited)


def add_cited(graph: GraphBuilder, paper: Curie, index: PaperIndex) -> NamedNode:
    """Describe a paper that is cited, unless it is a document of the study and describes itself; return its node."""
    cited = node(paper)
    if index.is_documented(paper):
        return cited
    add_kind(graph, paper)
    add_identifiers(graph, cited, (paper,))
    reference = index.reference(paper)
    if reference is None:
        graph.add(cited, RDFS["label"], literals.text(paper))
    else:
        add_identifiers(graph, cited, reference.identifiers)
        _describe_reference(graph, cited, reference)
    return cited


def _describe_reference(graph: GraphBuilder, cited: NamedNode, reference: Reference) -> None:
    graph.add(cited, RDFS["label"], literals.text(reference.title or reference.text or reference.key))
    if reference.text:
        graph.add(cited, DCTERMS["bibliographicCitation"], literals.text(reference.text))
    if reference.year and 1000 <= reference.year <= 9999:
        graph.add(cited, DCTERMS["issued"], literals.date(str(reference.year)))


def study_links(documents: Sequence[Document], index: PaperIndex) -> list[tuple[Curie, Relation, Curie]]:
    """Return how the primary papers of a study stand to its other papers, sorted.

    A related paper is related, never said to be cited. A cited one is cited by the primary papers whose reference list
    holds it; when no list does and there is one primary paper, by that one; else it is only related.
    """
    primaries = {document.paper.id for document in documents if document.relation is Relation.PRIMARY}
    listed: dict[Curie, set[Curie | None]] = {primary: set() for primary in primaries}
    for document in documents:
        if document.paper.id in listed:
            listed[document.paper.id] |= {index.canonical(*reference.identifiers) for reference in document.references}
    links = set()
    for document in documents:
        paper = document.paper.id
        if paper in primaries:
            continue
        citing: set[Curie] = set()
        if document.relation is Relation.CITED:
            citing = {primary for primary in primaries if paper in listed[primary]}
            if not citing and len(primaries) == 1:
                citing = primaries
        for primary in primaries:
            links.add((primary, Relation.CITED if primary in citing else Relation.RELATED, paper))
    return sorted(links)


def relate(graphs: Mapping[Curie, GraphBuilder], documents: Sequence[Document], index: PaperIndex) -> None:
    """Write the role of each paper in the study, and `study_links`: ``cito:cites`` or ``dcterms:relation``."""
    for document in documents:
        paper = document.paper.id
        graphs[paper].add(node(paper), MSCKG["study_role"], literals.code(str(document.relation)))
    for primary, relation, paper in study_links(documents, index):
        link = CITO["cites"] if relation is Relation.CITED else DCTERMS["relation"]
        graphs[primary].add(node(primary), link, node(paper))
