"""The schema of the graph: where its files are, and its definitions as a named graph."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.errors import GraphError
from kg.graph.dataset import GraphBuilder
from kg.graph.iris import SCHEMA_GRAPH
from kg.graph.query import Term

SCHEMA: Final = "schema.ttl"
SHAPES: Final = "shapes.ttl"


def schema_file(name: str) -> Path:
    """Return a file of ``ontologies/schema``: in the checkout, or beside the installed package.

    Raises:
        GraphError: it is missing.
    """
    package = Path(__file__).parent.parent
    for folder in (package.parent / "ontologies", package / "_ontologies"):
        if (path := folder / "schema" / name).is_file():
            return path
    raise GraphError("a file of the graph's schema is missing", where=name, remedy="install the package again")


def schema_graph() -> GraphBuilder:
    """Return the definitions of our classes and properties, so that every graph explains itself.

    Raises:
        GraphError: the file is missing or malformed.
    """
    path = schema_file(SCHEMA)
    graph = GraphBuilder(SCHEMA_GRAPH)
    try:
        for quad in parse(path=str(path), format=RdfFormat.TURTLE):
            value = quad.object
            graph.add(_named(quad.subject), quad.predicate, value if isinstance(value, Literal) else _named(value))
    except SyntaxError as error:
        raise GraphError(f"is no Turtle ({error})", where=path, remedy="restore the file") from error
    return graph


def _named(term: Term) -> NamedNode:
    if not isinstance(term, NamedNode):
        raise GraphError(f"{term} has no name", where=SCHEMA, remedy="give it an IRI: the graph has no blank nodes")
    return term
