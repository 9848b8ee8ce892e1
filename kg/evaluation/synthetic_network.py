"""A network of any size with the proportions of a real study, for measuring the viewer and for testing it.

It has the form of `kg.graph.projection.project`: the same attributes on nodes and edges. What it says is made up, and
its identifiers are this project's own, so nothing of it can be taken for a finding or leads to another site's page.

The proportions are about those of two studies built with this program, one of 78 titles and one of 60 full texts:
interventions, species and tissues grow with the root of the number of concepts, an eighth of the concepts are cell
types and the rest diseases, of which one in three stands alone but for the papers that name it. The share of papers
grows with the size, because the thousandth paper brings few new concepts. Diseases and cell types belong to areas of
medicine, within which three lines in four run. All are chosen by a power law, so that a few have hundreds of lines and
most have one or two.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import Any, Final, TypeVar

import networkx as nx

from kg.evaluation.synthetic_texts import (
    STUDY_FORMS,
    StudyForm,
    area_name,
    cell_name,
    disease_name,
    paper_title,
    sentence,
    species_name,
    tissue_name,
)
from kg.identifiers import Curie, to_iri
from kg.model import DonorRelation, ProductKind, Relation, Section, StudyType
from kg.vocabulary import (
    BROADER,
    CO_MENTIONED,
    DERIVES_FROM,
    HAS_PART,
    MENTIONS,
    MSC_THERAPY,
    MSC_THERAPY_LABEL,
    RELATED,
)

SMALLEST: Final = 20
"""Fewest nodes that hold a few of each kind."""

_T = TypeVar("_T")


def synthetic_network(nodes: int, seed: int = 7) -> nx.MultiDiGraph[str]:
    """Return a made-up projection; the same arguments give the same one.

    Args:
        nodes: how many nodes, `SMALLEST` or more. There are about three lines a node.
        seed: another one gives another network of the same kind.

    Raises:
        ValueError: too few nodes.
    """
    if nodes < SMALLEST:
        raise ValueError(f"{nodes} nodes are too few for some of each kind; {SMALLEST} or more are needed")
    return _Synthesis(nodes, random.Random(seed)).finish()  # noqa: S311 (no secret is made)


class _Synthesis:
    """Makes concepts, then papers, then what the papers say; nodes and edges are kept by id until the end."""

    def __init__(self, nodes: int, dice: random.Random) -> None:
        self.dice = dice
        self.nodes: dict[Curie, dict[str, Any]] = {}
        self.edges: dict[str, tuple[Curie, Curie, dict[str, Any]]] = {}
        self.papers: list[Curie] = []
        # A quarter of 500 nodes are papers, three fifths of 20,000.
        share = min(max(0.25 + 0.095 * math.log(nodes / 500), 0.1), 0.6)
        count = round(nodes * share)
        concepts = nodes - count
        root = math.sqrt(concepts)
        self.species = [self._concept("Species", species_name(i)) for i in range(round(1.5 * root))]
        self.tissues = [self._concept("Tissue", tissue_name(i)) for i in range(round(0.4 * root))]
        self.root_cell = self._concept("CellType", "mesenchymal stem cell")
        products = max(2, round(root))
        cells = round(concepts * 0.125)
        diseases = concepts - len(self.nodes) - products - 1 - cells
        self.areas = max(2, round(math.sqrt(diseases) / 2))
        self.cells = self._in_areas("CellType", cells)
        self.diseases = self._in_areas("Disease", diseases)
        self.products = self._add_products(products)
        self._add_papers(count)
        for _ in range(round(0.45 * concepts)):
            self._add_assertion()
        for _ in range(round(0.35 * concepts)):
            self._add_co_mention()

    def _chosen(self, items: Sequence[_T], power: float = 3.0) -> _T:
        """Return one of `items`, the first ones most often: the chance of rank r falls as r to (1 - power) / power."""
        return items[int(len(items) * self.dice.random() ** power)]

    def _near(self, groups: Sequence[list[Curie]], area: int) -> Curie:
        """Return a concept of an area, in one case of four that of any."""
        other = area if self.dice.random() < 0.75 else int(self.dice.random() * len(groups))
        return self._chosen(groups[other] or groups[0], 2.0)

    def _area(self) -> int:
        return self._chosen(range(self.areas), 1.7)

    def _concept(self, kind: str, label: str, key: str = "", broader: Sequence[Curie] = (), **more: Any) -> Curie:
        curie = key or f"MSCKG:synthetic/{kind.lower()}-{len(self.nodes):05d}"
        self.nodes[curie] = {
            "id": curie,
            "label": label,
            "kind": kind,
            "iri": to_iri(curie),
            "local": True,
            "names": [] if kind == "Paper" else [f"{label}s"],
            "broader": list(broader),
            "broader_labels": [self.nodes[b]["label"] for b in broader],
            "mentions": 0,
            "papers": 0,
            **more,
        }
        for parent in broader:
            self._edge(curie, parent, "broader", BROADER)
        return curie

    def _in_areas(self, kind: str, count: int) -> list[list[Curie]]:
        """Make diseases or cell types: in each area a tree of narrower ones, of which some stand alone."""
        groups: list[list[Curie]] = [[] for _ in range(self.areas)]
        for _ in range(count):
            area = self._area()
            group = groups[area]
            name = disease_name if kind == "Disease" else cell_name
            parents = [self._chosen(group, 2.0)] if group and self.dice.random() < 0.67 else []
            group.append(self._concept(kind, name(area_name(area), len(group)), broader=parents))
        groups.sort(key=len, reverse=True)
        return groups

    def _add_products(self, count: int) -> list[Curie]:
        common: dict[str, Any] = {"tissue": None, "tissue_label": None, "donor": None, "cell": None, "product": None}
        lists: dict[str, Any] = {"routes": [], "carriers": [], "doses": []}
        self._concept("Intervention", MSC_THERAPY_LABEL, MSC_THERAPY, **common, **lists)
        made = []
        kinds, donors = list(ProductKind), [None, *DonorRelation]
        cells = [self.root_cell, *(group[0] for group in self.cells if group)]
        for i in range(count):
            tissue = self.tissues[i % len(self.tissues)] if self.tissues else None
            cell, kind, donor = self._chosen(cells), kinds[i // 3 % len(kinds)], donors[i % len(donors)]
            name = self.nodes[tissue]["label"] if tissue else "unspecified"
            product = self._concept(
                "Intervention",
                f"{donor or ''} {name} mesenchymal stem cell {str(kind).replace('_', ' ')} {i}".strip(),
                f"MSCKG:intervention/synthetic-{i:05d}",
                [MSC_THERAPY],
                product=str(kind),
                cell=cell,
                tissue=tissue,
                tissue_label=name if tissue else None,
                donor=str(donor) if donor else None,
                routes=["intravenous"],
                carriers=[],
                doses=["1e6 cells"],
            )
            self._edge(product, cell, "has_part", HAS_PART)
            if tissue:
                self._edge(product, tissue, "derives_from", DERIVES_FROM)
            made.append(product)
        return made

    def _add_papers(self, count: int) -> None:
        for i in range(count):
            area, product = self._area(), self._chosen(self.products)
            named = [self._near(self.diseases, area)]
            while self.dice.random() < 0.6:
                named.append(self._near(self.diseases, area))
            if self.dice.random() < 0.5:
                named.append(self._near(self.cells, area))
            if self.dice.random() < 0.5:
                named.append(product)
            if self.dice.random() < 0.4:
                named.append(self._chosen(self.species))
            title = paper_title(self.nodes[product]["label"], self.nodes[named[0]]["label"], i)
            paper = self._concept(
                "Paper",
                title,
                title=title,
                year=2005 + i % 21,
                journal="Journal of Made-up Results",
                authors=["A. Writer", "B. Author", "C. Third"],
                url=None,
                relation=str(Relation.PRIMARY if i == 0 else Relation.RELATED),
                study_type=str(StudyType.NOT_STATED),
                phase=None,
                retracted=i % 200 == 199,
            )
            self.nodes[paper].update(papers=1, mentions=len(named))
            for concept in dict.fromkeys(named):
                self.nodes[concept]["papers"] += 1
                self.nodes[concept]["mentions"] += 1
                self._edge(paper, concept, "mentions", MENTIONS, papers=1)
            if self.papers:
                self._edge(self.papers[0], paper, "related", RELATED)
            self.papers.append(paper)

    def _add_assertion(self) -> None:
        product, disease = self._chosen(self.products), self._near(self.diseases, self._area())
        form = self.dice.choices(STUDY_FORMS, [each.share for each in STUDY_FORMS])[0]
        species = self._chosen(self.species) if form.animals else None
        evidence = [self._evidence(product, disease, form) for _ in range(1 + self._chosen(range(5), 2.5))]
        self._edge(
            product,
            disease,
            "assertion",
            form.predicate,
            id=f"MSCKG:assertion/synthetic-{len(self.edges):06d}",
            polarity=str(form.polarity),
            study_type=str(form.type),
            species=species,
            species_label=self.nodes[species]["label"] if species else None,
            evidence=evidence,
            papers=len({item["paper"] for item in evidence}),
            weight=float(len(evidence)),
        )

    def _add_co_mention(self) -> None:
        area = self._area()
        cell, disease = self._near(self.cells, area), self._near(self.diseases, area)
        item = self._evidence(cell, disease, STUDY_FORMS[0])
        self._edge(cell, disease, "co_mention", CO_MENTIONED, evidence=[item], papers=1)

    def _evidence(self, subject: Curie, disease: Curie, form: StudyForm) -> dict[str, Any]:
        paper = self.nodes[self._chosen(self.papers, 1.5)]
        ends = [(self.nodes[subject], "subject"), (self.nodes[disease], "object")]
        text = sentence(ends[0][0]["label"], ends[1][0]["label"], self.dice)
        places = [(text.index(end["label"]), end, role) for end, role in ends]
        return {
            "sentence": text,
            "start": 0,
            "end": len(text),
            "document_id": paper["id"].replace(":", "-"),
            "paper": paper["id"],
            "paper_title": paper["title"],
            "paper_url": paper["iri"],
            "paper_year": paper["year"],
            "retracted": paper["retracted"],
            "section": str(Section.ABSTRACT),
            "study_type": str(form.type),
            "extractor": "synthetic",
            "confidence": 1.0,
            "cited": [],
            "cited_urls": [],
            "marks": sorted([start, start + len(end["label"]), end["kind"], role] for start, end, role in places),
        }

    def _edge(self, source: Curie, target: Curie, kind: str, predicate: Curie, **more: Any) -> None:
        key = more.get("id") or f"{kind}:{source}:{target}"
        base = {"id": key, "kind": kind, "predicate": predicate, "label": predicate.partition(":")[2].replace("_", " ")}
        none = {"polarity": None, "negated": False, "study_type": None, "phase": None, "species": None}
        rest: dict[str, Any] = {"species_label": None, "evidence": [], "papers": 0, "weight": 1.0}
        self.edges[key] = (source, target, {**base, **none, **rest, **more})

    def finish(self) -> nx.MultiDiGraph[str]:
        """Return the graph, with degrees and PageRank; betweenness, which nothing draws and takes minutes, stays 0."""
        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        graph.graph.update(title="A made-up study", therapy=MSC_THERAPY)
        for curie in sorted(self.nodes):
            graph.add_node(curie, **self.nodes[curie])
        for key in sorted(self.edges):
            source, target, data = self.edges[key]
            graph.add_edge(source, target, key=key, **data)
        flat: nx.Graph[str] = nx.Graph()
        flat.add_nodes_from(n for n in graph if self.nodes[n]["kind"] != "Paper")
        flat.add_edges_from((u, v) for u, v in graph.edges() if u in flat and v in flat)
        ranks = nx.pagerank(flat)
        for node, data in graph.nodes(data=True):
            data.update(degree=len(set(graph.pred[node]) | set(graph.succ[node])))
            data.update(betweenness=0.0, pagerank=round(float(ranks.get(node, 0.0)), 6))
        return graph
