"""The knowledge graph: RDF from annotated documents, its files, shapes, store, queries and network projection.

::

    dataset = build_dataset(documents, ontology, provenance)
    validate(dataset)
    write_nquads(dataset, folder / "graph.nq")
    print(run_query(open_store(folder / "graph.nq"), "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"))
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from kg.graph.competency import CompetencyQuery, competency_queries
from kg.graph.concepts import ConceptSource
from kg.graph.dataset import Dataset
from kg.graph.protocol import serialize_results
from kg.graph.query import AskResult, QueryResult, SelectResult, TriplesResult, query
from kg.graph.results import run_query
from kg.graph.serialize import read_dataset, write_nquads, write_turtle
from kg.graph.store import load_store, open_store, rdflib_graph, store_of
from kg.graph.to_rdf import build_dataset
from kg.graph.validate import validate

if TYPE_CHECKING:
    from kg.graph.graphml import write_graphml
    from kg.graph.projection import project

_LATER: Final = {"project": "kg.graph.projection", "write_graphml": "kg.graph.graphml"}
"""Names whose modules import networkx, for which a query must not wait."""


def __getattr__(name: str) -> Any:
    """Import the module of a name in `_LATER` on its first use (PEP 562)."""
    if name in _LATER:
        value = getattr(import_module(_LATER[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "AskResult",
    "CompetencyQuery",
    "ConceptSource",
    "Dataset",
    "QueryResult",
    "SelectResult",
    "TriplesResult",
    "build_dataset",
    "competency_queries",
    "load_store",
    "open_store",
    "project",
    "query",
    "rdflib_graph",
    "read_dataset",
    "run_query",
    "serialize_results",
    "store_of",
    "validate",
    "write_graphml",
    "write_nquads",
    "write_turtle",
]
