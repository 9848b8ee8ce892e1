"""Namespaces of the graph, and the prefixes of its Turtle files and queries.

Public vocabularies first; what is ours is described in ``ontologies/schema/schema.ttl``.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from pyoxigraph import NamedNode

from kg.identifiers import LOCAL, PREFIXES


class Namespace:
    """The IRIs that start with `base`: ``RDFS["label"]`` is the node of ``rdfs:label``."""

    __slots__ = ("base",)

    def __init__(self, base: str) -> None:
        self.base = base

    def __getitem__(self, local: str) -> NamedNode:
        """Return the node for a local name."""
        return _node(self.base + local)


@cache
def _node(iri: str) -> NamedNode:
    return NamedNode(iri)


RDF: Final = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS: Final = Namespace("http://www.w3.org/2000/01/rdf-schema#")
OWL: Final = Namespace("http://www.w3.org/2002/07/owl#")
XSD: Final = Namespace("http://www.w3.org/2001/XMLSchema#")
SKOS: Final = Namespace("http://www.w3.org/2004/02/skos/core#")
DCAT: Final = Namespace("http://www.w3.org/ns/dcat#")
DC: Final = Namespace("http://purl.org/dc/elements/1.1/")
DCTERMS: Final = Namespace("http://purl.org/dc/terms/")
OA: Final = Namespace("http://www.w3.org/ns/oa#")
PROV: Final = Namespace("http://www.w3.org/ns/prov#")
VOID: Final = Namespace("http://rdfs.org/ns/void#")
SCHEMA: Final = Namespace("https://schema.org/")
FABIO: Final = Namespace("http://purl.org/spar/fabio/")
CITO: Final = Namespace("http://purl.org/spar/cito/")
PRISM: Final = Namespace("http://prismstandard.org/namespaces/basic/2.0/")
BIOLINK: Final = Namespace(PREFIXES["biolink"])
MSCKG: Final = Namespace(LOCAL)

RDF_TYPE: Final = RDF["type"]

LOCAL_ROOMS: Final[tuple[str, ...]] = (
    "assertion",
    "dataset",
    "document",
    "evidence",
    "graph",
    "input",
    "intervention",
    "mention",
    "reference",
    "run",
    "software",
    "terminology",
    "text",
    "use",
    "vocabulary",
)
"""Kinds of local IRIs, ``https://w3id.org/msc-kg/<kind>/...``; each is a prefix in Turtle and SPARQL."""

TURTLE_PREFIXES: Final[dict[str, str]] = {
    **PREFIXES,
    **{room: f"{LOCAL}{room}/" for room in LOCAL_ROOMS},
    "rdf": RDF.base,
    "rdfs": RDFS.base,
    "owl": OWL.base,
    "xsd": XSD.base,
    "skos": SKOS.base,
    "dc": DC.base,
    "dcterms": DCTERMS.base,
    "oa": OA.base,
    "prov": PROV.base,
    "void": VOID.base,
    "dcat": DCAT.base,
    "schema": SCHEMA.base,
    "fabio": FABIO.base,
    "cito": CITO.base,
    "prism": PRISM.base,
}
"""Prefix to IRI prefix, for the Turtle header and as the default prefixes of every query."""
