"""The store that queries run on: a built graph, loaded into memory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat, Store

from kg.errors import QueryError
from kg.graph.dataset import Dataset

if TYPE_CHECKING:
    import rdflib

_UNITE: Final = "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"
"""Copies the union of the named graphs into the default graph.

Oxigraph can also take the union while it answers, but then a triple that n graphs hold counts n times in every pattern:
wrong counts, and n to the power of the patterns in a join.
"""


def open_store(path: Path) -> Store:
    """Load the N-Quads of a built study into an Oxigraph store in memory, to be queried.

    Its default graph is the union of the named graphs.

    Raises:
        QueryError: the file is missing or is no N-Quads.
    """
    store = load_store(path)
    store.update(_UNITE)
    return store


def load_store(path: Path) -> Store:
    """Load the N-Quads of a built study into an Oxigraph store in memory, to be walked through.

    Its default graph is empty, which saves a third of the memory of `open_store`: ask for the quads of all graphs.

    Raises:
        QueryError: the file is missing or is no N-Quads.
    """
    store = Store()
    try:
        store.bulk_load(path=str(path), format=RdfFormat.N_QUADS)
    except FileNotFoundError as error:
        raise QueryError("no such graph", where=path, remedy="build the study with 'kg build' first") from error
    except (SyntaxError, OSError) as error:
        raise QueryError(f"is no readable N-Quads ({error})", where=path, remedy="build the study again") from error
    return store


def store_of(dataset: Dataset) -> Store:
    """Return a store in memory that holds `dataset`, its default graph the union of the named graphs."""
    store = Store()
    store.bulk_extend(dataset.quads)
    store.update(_UNITE)
    return store


def rdflib_graph(store: Store) -> rdflib.Graph:
    """Return an rdflib view of a store's default graph, for Python users: not a copy, and queried by Oxigraph."""
    import rdflib
    from oxrdflib import OxigraphStore
    from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

    return rdflib.Graph(OxigraphStore(store=store), identifier=DATASET_DEFAULT_GRAPH_ID)
