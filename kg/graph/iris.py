"""IRIs of everything in the graph: public ones where there are any, else hashed from content.

No blank nodes: the same input always gives the same IRIs, so that files can be compared byte by byte.
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

from pyoxigraph import NamedNode

from kg.errors import GraphError
from kg.graph.ns import MSCKG
from kg.identifiers import Curie, digest, to_iri
from kg.model import Document, InterventionUse, Mention

_IRI_SAFE = "/:@!$&'()*+,;=~-._%#?"
"""Characters that stay as they are when an IRI has to be percent-encoded."""

CONCEPTS_GRAPH = MSCKG["graph/concepts"]
"""Named graph of the concepts and interventions."""
SCHEMA_GRAPH = MSCKG["graph/schema"]
"""Named graph of the classes and properties that are ours."""
PROVENANCE_GRAPH = MSCKG["graph/provenance"]
"""Named graph of the run and of the data set."""


@lru_cache(maxsize=1 << 16)
def node(curie: Curie) -> NamedNode:
    """Return the node of a CURIE.

    Characters that RFC 3987 does not allow are percent-encoded (ids of documents come from the user's files).

    Raises:
        GraphError: the prefix is unknown.
    """
    try:
        iri = to_iri(curie)
    except Exception as error:
        raise GraphError(f"{curie!r} cannot be written as an IRI", remedy="give identifiers as PREFIX:ID") from error
    try:
        return NamedNode(iri)
    except ValueError:
        return NamedNode(quote(iri, safe=_IRI_SAFE))


def paper_graph(paper: Curie) -> NamedNode:
    """Return the name of the graph that holds what one paper says; replacing it replaces the paper."""
    return MSCKG["graph/" + quote(paper, safe=":")]


def text_node(document: Document) -> NamedNode:
    """Return the node of the text that the offsets of one document count in."""
    return MSCKG["text/" + digest(document.paper.id, document.id, document.text)]


def mention_node(paper: Curie, mention: Mention) -> NamedNode:
    """Return the node of a mention (a Web Annotation)."""
    return MSCKG[
        "mention/" + digest(paper, mention.document_id, mention.start, mention.end, mention.text, str(mention.type))
    ]


def part(of: NamedNode, name: str) -> NamedNode:
    """Return the node of a part of a local node: its IRI with ``#name``."""
    return NamedNode(f"{of.value}#{name}")


def use_node(paper: Curie, use: InterventionUse) -> NamedNode:
    """Return the node of the use of an intervention in one paper."""
    return MSCKG[
        "use/"
        + digest(
            paper,
            use.intervention.id,
            use.carrier,
            tuple(str(route) for route in use.routes),
            use.dose,
            use.donor_species,
            use.targets,
        )
    ]


def reference_node(paper: Curie, key: str, text: str) -> NamedNode:
    """Return the node of an entry of a reference list that has no identifier."""
    return MSCKG["reference/" + digest(paper, key, text)]
