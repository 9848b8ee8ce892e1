"""The store that queries run on: a built graph, loaded into memory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Store

from kg.errors import QueryError
from kg.graph.dataset import Dataset

if TYPE_CHECKING:
    import rdflib


def open_store(path: Path) -> Store:
    """Load the N-Quads of a built study into an Oxigraph store in memory.

    Queries by `kg.graph.query` see the union of its named graphs as the default graph.

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
    """Return a store in memory that holds `dataset`."""
    store = Store()
    store.bulk_extend(dataset.quads)
    return store


def rdflib_dataset(store: Store) -> rdflib.Dataset:
    """Return an rdflib view of a store, for Python users: the same data, its default graph the union."""
    import rdflib
    from oxrdflib import OxigraphStore

    return rdflib.Dataset(OxigraphStore(store=store), default_union=True)
