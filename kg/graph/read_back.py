"""Annotated documents and concepts from a graph, for what is made of them: the network and the evidence table.

The graph holds what was found in a text, not the text: documents that are read back have neither text nor passages, nor
reference lists, nor annotations that came with the input. Scores have the four decimals that the graph keeps.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode, Triple

from kg.graph.dataset import Dataset
from kg.graph.iris import CONCEPTS_GRAPH, node
from kg.graph.mentions import class_of
from kg.graph.ns import BIOLINK, CITO, DC, DCTERMS, FABIO, MSCKG, OA, OWL, PRISM, PROV, RDF, RDF_TYPE, RDFS, SKOS
from kg.graph.results import friendly
from kg.graph.statements import Statements
from kg.graph.survey import NO_PAPERS
from kg.identifiers import PREFIXES, Curie
from kg.model import (
    AnnotatedDocument,
    Aspect,
    Assertion,
    Concept,
    Direction,
    Document,
    DonorRelation,
    Evidence,
    Grounding,
    Intervention,
    InterventionUse,
    Mention,
    MentionType,
    Paper,
    Polarity,
    ProductKind,
    Qualifiers,
    Relation,
    Route,
    Section,
    Study,
    StudyType,
    Term,
    TermKind,
)

_TYPES: Final = {class_of(kind): kind for kind in MentionType}
_NONE: Final = StudyType.NOT_STATED


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What a graph holds of a study: its documents, its concepts, and how its primary papers stand to the others."""

    documents: tuple[AnnotatedDocument, ...]
    concepts: GraphConcepts
    links: tuple[tuple[Curie, Relation, Curie], ...]


def read_back(dataset: Dataset) -> ReadBack:
    """Read the documents and concepts of a graph that fits its shapes (`kg.graph.validate`)."""
    graphs: dict[NamedNode, list[Triple]] = {}
    for quad in dataset.quads:
        if isinstance(quad.graph_name, NamedNode):
            graphs.setdefault(quad.graph_name, []).append(quad.triple)
    known = {name: Statements(triples) for name, triples in graphs.items() if name not in NO_PAPERS - {CONCEPTS_GRAPH}}
    names = _Names(list(known.values()))
    concepts = GraphConcepts(known.pop(CONCEPTS_GRAPH, Statements(())), names)
    papers = [(graph, paper) for graph in known.values() for paper in graph if graph.text(paper, MSCKG["study_role"])]
    documents = tuple(_Reader(graph, paper, names, concepts).document() for graph, paper in papers)
    return ReadBack(documents, concepts, _links(papers, names))


class _Names:
    """The CURIE of each node: the identifier that the node was made of, where the graph has it."""

    def __init__(self, graphs: Sequence[Statements]) -> None:
        self._curies: dict[NamedNode, Curie] = {}
        for graph in graphs:
            for subject in graph:
                for curie in graph.texts(subject, DCTERMS["identifier"]):
                    if curie.partition(":")[0] in PREFIXES and node(curie) == subject:
                        self._curies[subject] = curie

    def __call__(self, subject: NamedNode) -> Curie:
        return self._curies.get(subject) or friendly(subject)


def _links(
    papers: Sequence[tuple[Statements, NamedNode]], names: Callable[[NamedNode], Curie]
) -> tuple[tuple[Curie, Relation, Curie], ...]:
    documents = {paper for _, paper in papers}
    links = set()
    for graph, paper in papers:
        if graph.text(paper, MSCKG["study_role"]) == Relation.PRIMARY:
            related = documents.intersection(graph.nodes(paper, DCTERMS["relation"]))
            # A related paper that the reference list happens to hold stays one that the user chose.
            cited = documents.intersection(graph.nodes(paper, CITO["cites"])) - related
            links |= {(names(paper), Relation.RELATED, names(other)) for other in related}
            links |= {(names(paper), Relation.CITED, names(other)) for other in cited}
    return tuple(sorted(links))


class GraphConcepts:
    """The concepts of a graph, as a terminology; see `kg.graph.concepts.ConceptSource`."""

    def __init__(self, graph: Statements, names: Callable[[NamedNode], Curie]) -> None:
        """Use the statements of the concept graph."""
        self.graph = graph
        self.names = names

    def concept(self, curie: Curie) -> Concept | None:
        """Return the concept, or None when it is unknown, or was to the terminologies of the study."""
        subject = node(curie)
        label = self.label(curie)
        kinds = [_TYPES[cls] for cls in self.graph.nodes(subject, RDF_TYPE) if cls in _TYPES]
        if label is None or not kinds:
            return None
        rank = self.graph.text(subject, MSCKG["rank"])
        obsolete = self.graph.is_true(subject, OWL["deprecated"])
        return Concept(curie, label, kinds[0], self.parents(curie), obsolete, rank=rank)

    def label(self, curie: Curie) -> str | None:
        """Return the preferred label, or None when the concept is unknown."""
        found = self.graph.literals(node(curie), RDFS["label"])
        return next((label.value for label in found if label.language), None)

    def parents(self, curie: Curie) -> tuple[Curie, ...]:
        """Return the direct broader concepts."""
        subject = node(curie)
        broader = (*self.graph.nodes(subject, SKOS["broader"]), *self.graph.nodes(subject, SKOS["broadMatch"]))
        return tuple(sorted(map(self.names, broader)))

    def terms(self, curie: Curie) -> tuple[Term, ...]:
        """Return the exact synonyms; which vocabulary they are from is not in the graph."""
        subject = node(curie)
        found = (*self.graph.literals(subject, SKOS["altLabel"]), *self.graph.literals(subject, SKOS["hiddenLabel"]))
        return tuple(Term(name.value, curie, TermKind.EXACT, "") for name in found)

    def intervention(self, subject: NamedNode) -> Intervention:
        """Return the product that a node stands for."""
        graph = self.graph
        of = (*graph.nodes(subject, BIOLINK["has_part"]), *graph.nodes(subject, BIOLINK["derives_from"]))
        tissues = [each for each in of if BIOLINK["AnatomicalEntity"] in graph.nodes(each, RDF_TYPE)]
        cells = [each for each in of if each not in tissues]
        donor = graph.text(subject, MSCKG["donor_relation"])
        return Intervention(
            ProductKind(graph.text(subject, MSCKG["product"]) or ProductKind.CELLS),
            self.names(cells[0]),
            self.names(tissues[0]) if tissues else None,
            DonorRelation(donor) if donor else None,
            graph.text(subject, RDFS["label"]) or "",
        )


class _Reader:
    """Reads one paper's graph."""

    def __init__(self, graph: Statements, paper: NamedNode, names: _Names, concepts: GraphConcepts) -> None:
        self.graph, self.paper, self.names, self.concepts = graph, paper, names, concepts

    def document(self) -> AnnotatedDocument:
        graph, paper = self.graph, self.paper
        texts = sorted(graph.text(text, DCTERMS["identifier"]) or "" for text in graph.instances(MSCKG["SourceText"]))
        relation = Relation(graph.text(paper, MSCKG["study_role"]) or Relation.RELATED)
        found = Document(texts[0] if texts else "", self._paper(), "", (), relation=relation)
        mentions = {each: self._mention(each) for each in graph.instances(OA["Annotation"])}
        groundings = sorted((self._grounding(each, mention) for each, mention in mentions.items()), key=_position)
        uses = [self._use(each, mentions) for each in graph.instances(MSCKG["InterventionUse"])]
        assertions = tuple(map(self._assertion, graph.instances(BIOLINK["Association"])))
        return AnnotatedDocument(found, tuple(groundings), tuple(uses), assertions, self._study())

    def _title(self) -> str:
        """Return the title; a paper without one goes by its identifier in the graph."""
        title = self.graph.text(self.paper, DCTERMS["title"]) or ""
        return "" if title == self.names(self.paper) else title

    def _paper(self) -> Paper:
        graph, paper = self.graph, self.paper
        citation = graph.text(paper, DCTERMS["bibliographicCitation"]) or ""
        return Paper(
            self.names(paper),
            self._title(),
            graph.texts(paper, DCTERMS["identifier"]),
            # The citation alone keeps the order of the authors.
            tuple(sorted(graph.texts(paper, DC["creator"]), key=lambda author: _place(author, citation))),
            graph.text(paper, PRISM["publicationName"]),
            graph.text(paper, DCTERMS["issued"]),
            graph.text(paper, DCTERMS["rights"]),
            graph.text(paper, FABIO["hasURL"]),
            graph.texts(paper, DC["type"]),
            graph.texts(paper, DC["subject"]),
            graph.is_true(paper, MSCKG["retracted"]),
        )

    def _study(self) -> Study:
        graph, paper = self.graph, self.paper
        return Study(
            StudyType(graph.text(paper, MSCKG["study_type"]) or _NONE),
            graph.text(paper, MSCKG["phase"]),
            tuple(sorted(map(self.names, graph.nodes(paper, MSCKG["study_species"])))),
            tuple(sorted(map(self.names, graph.nodes(paper, MSCKG["registered_as"])))),
        )

    def _mention(self, subject: NamedNode) -> Mention:
        graph = self.graph
        target = graph.node(subject, OA["hasTarget"]) or subject
        selectors = graph.nodes(target, OA["hasSelector"])
        start, end = (next((graph.number(s, OA[at]) for s in selectors if graph.text(s, OA[at])), 0) for at in _ENDS)
        exact = next((text for s in selectors for text in graph.texts(s, OA["exact"])), "")
        kind = graph.node(subject, MSCKG["mention_type"])
        of = self._document_id(graph.node(target, OA["hasSource"]))
        return Mention(of, start, end, exact, _TYPES.get(kind, MentionType.DISEASE) if kind else MentionType.DISEASE)

    def _document_id(self, text: NamedNode | None) -> str:
        return (self.graph.text(text, DCTERMS["identifier"]) if text is not None else None) or ""

    def _grounding(self, subject: NamedNode, mention: Mention) -> Grounding:
        graph = self.graph
        return Grounding(
            mention,
            tuple(sorted(map(self.names, graph.nodes(subject, OA["hasBody"])))),
            graph.text(subject, MSCKG["matched_term"]),
            graph.text(subject, MSCKG["method"]) or "",
            float(graph.text(subject, MSCKG["score"]) or 0),
        )

    def _use(self, subject: NamedNode, mentions: dict[NamedNode, Mention]) -> InterventionUse:
        graph = self.graph
        species = graph.node(subject, MSCKG["donor_species"])
        return InterventionUse(
            self.concepts.intervention(graph.nodes(subject, MSCKG["intervention"])[0]),
            tuple(sorted(mentions[each] for each in graph.nodes(subject, MSCKG["named_by"]) if each in mentions)),
            graph.text(subject, MSCKG["carrier"]),
            tuple(map(Route, graph.texts(subject, MSCKG["route"]))),
            graph.text(subject, MSCKG["dose"]),
            self.names(species) if species is not None else None,
            tuple(map(self.names, graph.nodes(subject, MSCKG["target"]))),
        )

    def _assertion(self, subject: NamedNode) -> Assertion:
        graph = self.graph
        said, predicate, target = (self.names(graph.nodes(subject, RDF[part])[0]) for part in _PARTS)
        species = graph.node(subject, BIOLINK["species_context_qualifier"])
        aspect = graph.text(subject, BIOLINK["object_aspect_qualifier"])
        direction = graph.text(subject, BIOLINK["object_direction_qualifier"])
        qualifiers = Qualifiers(
            self.names(species) if species is not None else None,
            StudyType(graph.text(subject, MSCKG["study_type"]) or _NONE),
            graph.text(subject, MSCKG["phase"]),
            Aspect(aspect) if aspect else None,
            Direction(direction) if direction else None,
        )
        return Assertion(
            said,
            predicate,
            target,
            Polarity(graph.text(subject, MSCKG["polarity"]) or Polarity.NOT_STATED),
            qualifiers,
            tuple(map(self._evidence, graph.nodes(subject, BIOLINK["has_evidence"]))),
            graph.is_true(subject, BIOLINK["negated"]),
        )

    def _evidence(self, subject: NamedNode) -> Evidence:
        graph = self.graph
        return Evidence(
            self._document_id(graph.node(subject, DCTERMS["source"])),
            self.names(graph.node(subject, PROV["wasQuotedFrom"]) or self.paper),
            graph.text(subject, BIOLINK["supporting_text"]) or "",
            graph.number(subject, MSCKG["start"]),
            graph.number(subject, MSCKG["end"]),
            Section(graph.text(subject, BIOLINK["supporting_text_section_type"]) or Section.BODY),
            StudyType(graph.text(subject, MSCKG["study_type"]) or _NONE),
            graph.text(subject, MSCKG["extractor"]) or "",
            float(graph.text(subject, BIOLINK["extraction_confidence_score"]) or 0),
            tuple(sorted(map(self.names, graph.nodes(subject, CITO["citesAsEvidence"])))),
        )


def _place(author: str, citation: str) -> int:
    found = re.search(re.escape(f"; {author.rstrip('.')}") + "[.;]", f"; {citation}")
    return found.start() if found else len(citation)


_ENDS: Final = ("start", "end")
_PARTS: Final = ("subject", "predicate", "object")


def _position(grounding: Grounding) -> Mention:
    return grounding.mention
