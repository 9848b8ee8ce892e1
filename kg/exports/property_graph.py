"""A graph of nodes and edges with properties: what KGX, CX2 and Neo4j have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeAlias

from pyoxigraph import NamedNode

from kg.exports.built import Facts
from kg.graph.ns import BIOLINK, DC, DCTERMS, FABIO, MSCKG, OWL, PRISM, RDFS, SKOS
from kg.graph.query import Term
from kg.graph.results import friendly
from kg.identifiers import Curie

Scalar: TypeAlias = str | bool | int | float
Value: TypeAlias = Scalar | tuple[str, ...]


class Kind(StrEnum):
    """Type of a property's values."""

    TEXT = "text"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Property:
    """A property of nodes or edges.

    `name` is Biolink's where Biolink has the property. `predicates` say where the graph holds its values (the first
    that has any counts); it is empty for what is gathered from elsewhere. A property with `many` values is a sorted
    tuple of texts.
    """

    name: str
    predicates: tuple[NamedNode, ...] = ()
    kind: Kind = Kind.TEXT
    many: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """A concept, an intervention, a paper or a piece of evidence; `categories` are CURIEs of Biolink classes."""

    id: Curie
    categories: tuple[Curie, ...]
    properties: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edge:
    """A statement: an association of the graph, or a plain triple.

    `predicate` is that of the graph; `category` the CURIE of a Biolink association class.
    """

    id: Curie
    subject: Curie
    predicate: Curie
    object: Curie
    category: Curie
    properties: Mapping[str, Value] = field(default_factory=dict)


NODE_PROPERTIES: Final = (
    Property("name"),
    Property("description", (RDFS["comment"], DCTERMS["bibliographicCitation"])),
    Property("synonym", (SKOS["altLabel"],), many=True),
    Property("xref", many=True),
    Property("iri"),
    Property("deprecated", (OWL["deprecated"],), Kind.BOOLEAN),
    Property("has_taxonomic_rank", (MSCKG["rank"],)),
    # Interventions, and how the papers use them.
    Property("product", (MSCKG["product"],)),
    Property("donor_relation", (MSCKG["donor_relation"],)),
    Property("route", many=True),
    Property("carrier", many=True),
    Property("dose", many=True),
    # Papers.
    Property("authors", (DC["creator"],), many=True),
    Property("journal", (PRISM["publicationName"],)),
    Property("publication_date", (DCTERMS["issued"],)),
    Property("publication_type", (DC["type"],), many=True),
    Property("mesh_terms", (DC["subject"],), many=True),
    Property("license", (DCTERMS["license"], DCTERMS["rights"])),
    Property("url", (FABIO["hasURL"],)),
    Property("retracted", (MSCKG["retracted"],), Kind.BOOLEAN),
    Property("study_role", (MSCKG["study_role"],)),
    Property("study_type", (MSCKG["study_type"],)),
    Property("phase", (MSCKG["phase"],)),
    Property("study_species", (MSCKG["study_species"],), many=True),
    # Evidence.
    Property("supporting_text", (BIOLINK["supporting_text"],)),
    Property("supporting_text_section_type", (BIOLINK["supporting_text_section_type"],)),
    Property("start", (MSCKG["start"],), Kind.INTEGER),
    Property("end", (MSCKG["end"],), Kind.INTEGER),
    Property("text_sha256"),
    Property("extractor", (MSCKG["extractor"],)),
    Property("extraction_confidence_score", (BIOLINK["extraction_confidence_score"],), Kind.NUMBER),
)
"""Properties of nodes, in the order of columns. `text_sha256` tells the text that `start` and `end` count in."""

EDGE_PROPERTIES: Final = (
    Property("knowledge_level", (BIOLINK["knowledge_level"],)),
    Property("agent_type", (BIOLINK["agent_type"],)),
    Property("negated", (BIOLINK["negated"],), Kind.BOOLEAN),
    Property("polarity", (MSCKG["polarity"],)),
    Property("study_type", (MSCKG["study_type"],)),
    Property("phase", (MSCKG["phase"],)),
    Property("species_context_qualifier", (BIOLINK["species_context_qualifier"],)),
    Property("object_aspect_qualifier", (BIOLINK["object_aspect_qualifier"],)),
    Property("object_direction_qualifier", (BIOLINK["object_direction_qualifier"],)),
    Property("publications", (BIOLINK["publications"],), many=True),
    Property("supporting_text", (BIOLINK["supporting_text"],), many=True),
    Property("has_evidence", (BIOLINK["has_evidence"],), many=True),
)
"""Properties of edges, in the order of columns."""


def read_properties(facts: Facts, properties: tuple[Property, ...]) -> dict[str, Value]:
    """Return the properties that the facts of a thing give, in order; what is absent is left out."""
    found: dict[str, Value] = {}
    for each in properties:
        values = next((facts[predicate] for predicate in each.predicates if predicate in facts), ())
        if values:
            found[each.name] = tuple(map(friendly, values)) if each.many else _READ[each.kind](values[0])
    return found


_READ: Final[dict[Kind, Callable[[Term], Scalar]]] = {
    Kind.TEXT: friendly,
    Kind.BOOLEAN: lambda term: friendly(term) == "true",
    Kind.INTEGER: lambda term: int(friendly(term)),
    Kind.NUMBER: lambda term: float(friendly(term)),
}
