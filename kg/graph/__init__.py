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

from kg.graph.binding import Value
from kg.graph.competency import CompetencyQuery, competency_queries, find_query
from kg.graph.concepts import ConceptSource
from kg.graph.dataset import Dataset
from kg.graph.diff import GraphDiff, diff
from kg.graph.diff_formats import diff_json, diff_text
from kg.graph.merge import MergedStudies, merge
from kg.graph.parameters import Parameter, parameters
from kg.graph.protocol import serialize_results
from kg.graph.query import AskResult, QueryResult, SelectResult, TriplesResult, query
from kg.graph.read_back import ReadBack, read_back
from kg.graph.results import run_query
from kg.graph.rows import Rows
from kg.graph.serialize import read_dataset, write_nquads, write_turtle
from kg.graph.store import load_store, open_store, rdflib_graph, store_of
from kg.graph.to_rdf import build_dataset
from kg.graph.united_papers import SharedPaper
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
    "GraphDiff",
    "MergedStudies",
    "Parameter",
    "QueryResult",
    "ReadBack",
    "Rows",
    "SelectResult",
    "SharedPaper",
    "TriplesResult",
    "Value",
    "build_dataset",
    "competency_queries",
    "diff",
    "diff_json",
    "diff_text",
    "find_query",
    "load_store",
    "merge",
    "open_store",
    "parameters",
    "project",
    "query",
    "rdflib_graph",
    "read_back",
    "read_dataset",
    "run_query",
    "serialize_results",
    "store_of",
    "validate",
    "write_graphml",
    "write_nquads",
    "write_turtle",
]
