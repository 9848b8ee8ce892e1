"""The network of a study, as networkx sees it: what the viewer draws and GraphML exports.

A ``networkx.MultiDiGraph`` of plain Python values, its nodes and edges inserted in sorted order. Node keys are CURIEs,
edge keys are unique edge ids. ``graph.graph`` has `title` and `therapy` (the node over all interventions).

Nodes: `id`, `label`, `kind` (Disease, Species, CellType, Tissue, Intervention or Paper), `iri`, `local` (named by this
project), `names` (other names: the words of the texts and exact synonyms), `broader` and `broader_labels` (direct
broader concepts, which need not be nodes), `mentions`, `papers` (how many mention it), and the measures `degree`,
`betweenness`, `pagerank` (`kg.graph.measures`). Interventions add `product`, `cell`, `tissue`, `tissue_label`, `donor`,
`routes`, `carriers`, `doses`; papers add `title`, `year`, `journal`, `authors`, `url`, `relation`, `study_type`,
`phase`, `retracted`.

Edges: `id`, `kind`, `predicate` (CURIE), `label`, `polarity` (None when not an assertion), `negated`, `study_type`,
`phase`, `species`, `species_label`, `evidence` (a list of dicts, see `evidence_row`), `papers` (distinct papers in the
evidence), `weight`. Kinds: ``assertion`` (intervention to disease), ``effect`` (intervention to cell type),
``co_mention`` (cell type to disease), ``derives_from``, ``has_part``, ``broader``; between papers and the rest
``mentions``, ``related`` and ``cites``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import networkx as nx

from kg.graph.concepts import ConceptSource
from kg.graph.evidence_row import evidence_row, web_page
from kg.graph.interventions import CELL_FREE
from kg.graph.iris import node
from kg.graph.marks import SentenceMarks
from kg.graph.measures import add_measures
from kg.graph.names import Names, mention_counts
from kg.graph.papers import PaperIndex, study_links
from kg.graph.to_rdf import used_concepts, used_interventions
from kg.identifiers import Curie
from kg.model import AnnotatedDocument, Assertion, Evidence, Relation
from kg.vocabulary import (
    AFFECTS,
    BROADER,
    CITES,
    CO_MENTIONED,
    DERIVES_FROM,
    HAS_PART,
    MENTIONS,
    MSC_THERAPY,
    MSC_THERAPY_LABEL,
    RELATED,
)

_LOCAL: Final = "MSCKG:"


def project(
    documents: Sequence[AnnotatedDocument],
    ontology: ConceptSource,
    *,
    papers: bool = True,
    title: str = "",
    links: Iterable[tuple[Curie, Relation, Curie]] | None = None,
) -> nx.MultiDiGraph[str]:
    """Return the network of the documents.

    Args:
        documents: what was found; their order makes no difference.
        ontology: labels and hierarchy of the concepts.
        papers: whether papers are nodes too.
        title: what the network is called.
        links: how primary papers stand to others (default: those of one study, `kg.graph.papers.study_links`).
    """
    projection = _Projection(documents, ontology)
    projection.add_concepts()
    projection.add_interventions()
    projection.add_assertions()
    projection.add_hierarchy()
    if papers:
        projection.add_papers(links)
    return projection.finish(title)


class _Projection:
    """Collects nodes and edges by id, so that they can be inserted in sorted order at the end."""

    def __init__(self, documents: Sequence[AnnotatedDocument], ontology: ConceptSource) -> None:
        self.documents = sorted(documents, key=lambda annotated: (annotated.document.paper.id, annotated.document.id))
        self.ontology = ontology
        self.papers = {a.document.paper.id: a.document.paper for a in self.documents}
        self.nodes: dict[Curie, dict[str, Any]] = {}
        self.edges: dict[str, tuple[Curie, Curie, dict[str, Any]]] = {}
        self.counts = mention_counts(self.documents)
        self.marks = SentenceMarks(self.documents)
        self.names = Names(self.documents, ontology)

    def add_concepts(self) -> None:
        for curie, kind in used_concepts(self.documents):
            self._add_concept(curie, str(kind))

    def _add_concept(self, curie: Curie, kind: str, **more: Any) -> None:
        concept = self.ontology.concept(curie)
        parents = sorted(self.ontology.parents(curie))
        self._add_node(curie, self._label(curie), str(concept.type) if concept else kind, parents, **more)

    def _add_node(self, curie: Curie, label: str, kind: str, broader: Sequence[Curie], **more: Any) -> None:
        of_papers = self.counts.get(curie, {})
        self.nodes[curie] = {
            "id": curie,
            "label": label,
            "kind": kind,
            "iri": node(curie).value,
            "local": curie.startswith(_LOCAL),
            "names": self.names.other(curie, label),
            "broader": list(broader),
            "broader_labels": [self._label(parent) for parent in broader],
            "mentions": sum(of_papers.values()),
            "papers": len(of_papers),
            **more,
        }

    def _label(self, curie: Curie) -> str:
        return MSC_THERAPY_LABEL if curie == MSC_THERAPY else self.ontology.label(curie) or curie

    def _add_edge(self, source: Curie, target: Curie, kind: str, predicate: Curie, **more: Any) -> None:
        key = more.get("id") or f"{kind}:{source}:{target}"
        self.edges[key] = (
            source,
            target,
            {
                "id": key,
                "kind": kind,
                "predicate": predicate,
                "label": predicate.partition(":")[2].replace("_", " "),
                "polarity": None,
                "negated": False,
                "study_type": None,
                "phase": None,
                "species": None,
                "species_label": None,
                "evidence": [],
                "papers": 0,
                "weight": 1.0,
                **more,
            },
        )

    def add_interventions(self) -> None:
        interventions = used_interventions(self.documents)
        if interventions:
            self._add_node(MSC_THERAPY, MSC_THERAPY_LABEL, "Intervention", (), **_NO_PRODUCT)
            using = {a.document.paper.id for a in self.documents if a.interventions}
            self.nodes[MSC_THERAPY]["papers"] = len(using)
        for intervention in interventions:
            uses = [u for a in self.documents for u in a.interventions if u.intervention.id == intervention.id]
            self._add_node(
                intervention.id,
                intervention.label,
                "Intervention",
                (MSC_THERAPY,),
                product=str(intervention.product),
                cell=intervention.cell,
                tissue=intervention.tissue,
                tissue_label=self._label(intervention.tissue) if intervention.tissue else None,
                donor=str(intervention.donor) if intervention.donor else None,
                routes=sorted({str(route) for use in uses for route in use.routes}),
                carriers=sorted({use.carrier for use in uses if use.carrier}),
                doses=sorted({use.dose for use in uses if use.dose}),
            )
            self._add_edge(intervention.id, MSC_THERAPY, "broader", BROADER)
            made_of = ("derives_from", DERIVES_FROM) if intervention.product in CELL_FREE else ("has_part", HAS_PART)
            self._add_edge(intervention.id, intervention.cell, *made_of)
            if intervention.tissue is not None:
                self._add_edge(intervention.id, intervention.tissue, "derives_from", DERIVES_FROM)

    def add_assertions(self) -> None:
        found: dict[Curie, Assertion] = {}
        evidence: dict[Curie, dict[Curie, Evidence]] = {}
        for annotated in self.documents:
            for assertion in annotated.assertions:
                found[assertion.id] = assertion
                evidence.setdefault(assertion.id, {}).update({e.id: e for e in assertion.evidence})
        for key, assertion in found.items():
            self._add_assertion(key, assertion, list(evidence[key].values()))

    def _add_assertion(self, key: Curie, assertion: Assertion, evidence: list[Evidence]) -> None:
        qualifiers = assertion.qualifiers
        ordered = sorted(evidence, key=lambda e: (e.paper, e.document_id, e.start, e.end, e.extractor))
        self._add_edge(
            assertion.subject,
            assertion.object,
            _ASSERTED.get(assertion.predicate, "assertion"),
            assertion.predicate,
            id=key,
            label=_says(assertion),
            polarity=str(assertion.polarity),
            negated=assertion.negated,
            study_type=str(qualifiers.study_type),
            phase=qualifiers.phase,
            species=qualifiers.species,
            species_label=self._label(qualifiers.species) if qualifiers.species else None,
            evidence=[
                evidence_row(e, self.papers, self.marks.marks(e, assertion.subject, assertion.object)) for e in ordered
            ],
            papers=len({e.paper for e in ordered}),
            weight=float(max(1, len(ordered))),
        )

    def add_hierarchy(self) -> None:
        """Link used concepts to the broader ones that are used too, and ours to what they stand under."""
        for curie in sorted(self.nodes):
            if self.nodes[curie]["kind"] == "Intervention":
                continue
            for parent in self.ontology.parents(curie):
                if curie.startswith(_LOCAL) and parent not in self.nodes:
                    # The graph has no synonyms of concepts that no text names.
                    self._add_concept(parent, self.nodes[curie]["kind"], names=[])
                if parent in self.nodes:
                    self._add_edge(curie, parent, "broader", BROADER)

    def add_papers(self, links: Iterable[tuple[Curie, Relation, Curie]] | None) -> None:
        for annotated in self.documents:
            self._add_paper(annotated)
        for curie, of_papers in self.counts.items():
            for paper, count in of_papers.items():
                if curie in self.nodes:
                    self._add_edge(paper, curie, "mentions", MENTIONS, papers=1, weight=float(count))
        source = [annotated.document for annotated in self.documents]
        for primary, relation, paper in study_links(source, PaperIndex(source)) if links is None else links:
            cited = relation is Relation.CITED
            self._add_edge(primary, paper, *(("cites", CITES) if cited else ("related", RELATED)))

    def _add_paper(self, annotated: AnnotatedDocument) -> None:
        document, paper = annotated.document, annotated.document.paper
        self._add_node(
            paper.id,
            paper.title or paper.id,
            "Paper",
            (),
            title=paper.title,
            year=paper.year,
            journal=paper.journal,
            authors=list(paper.authors),
            url=web_page(paper),
            relation=str(document.relation),
            study_type=str(annotated.study.type),
            phase=annotated.study.phase,
            retracted=paper.retracted,
        )
        mentions = sum(of_papers.get(paper.id, 0) for of_papers in self.counts.values())
        self.nodes[paper.id].update(mentions=mentions, papers=1)

    def finish(self, title: str) -> nx.MultiDiGraph[str]:
        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        graph.graph.update(title=title, therapy=MSC_THERAPY)
        for curie in sorted(self.nodes):
            graph.add_node(curie, **self.nodes[curie])
        for key in sorted(self.edges):
            source, target, data = self.edges[key]
            graph.add_edge(source, target, key=key, **data)
        add_measures(graph)
        return graph


_ASSERTED: Final = {CO_MENTIONED: "co_mention", AFFECTS: "effect"}
"""Kinds of the assertions that are not between an intervention and a disease."""


def _says(assertion: Assertion) -> str:
    """Return what an assertion says in words: its predicate, for an effect what of the cells changes."""
    aspect, direction = assertion.qualifiers.aspect, assertion.qualifiers.direction
    said = f"{direction} {aspect} of" if direction else f"affects {aspect} of" if aspect else ""
    return (said or assertion.predicate.partition(":")[2]).replace("_", " ")


_NO_PRODUCT: Final[dict[str, Any]] = {
    "product": None,
    "cell": None,
    "tissue": None,
    "tissue_label": None,
    "donor": None,
    "routes": [],
    "carriers": [],
    "doses": [],
}
