"""A built study: where its folder is, and its graph to ask questions of.

::

    study = open_study("endometrium")
    for row in study.query("evidence-for-pair", bind={"disease": "MESH:D007247"}):
        print(row["intervention"], row["paper"])
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.config import OUTPUTS
from kg.errors import QueryError

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.graph import CompetencyQuery, Rows, Value

GRAPH_FILE: Final = "graph.nq"
"""The file of a built study that everything else here is read from."""


def study_folder(study: str | Path) -> Path:
    """Return the outputs folder of a built study.

    Args:
        study: its name, or the folder itself.

    Raises:
        QueryError: there is none.
    """
    for folder in (OUTPUTS / study, Path(study)):
        if (folder / GRAPH_FILE).is_file():
            return folder
    raise QueryError("this study is not built", where=study, remedy=f"run 'kg build {study}' first")


def graph_file(study: str | Path) -> Path:
    """Return the N-Quads of a built study.

    Args:
        study: its name, its folder, or the file itself.

    Raises:
        QueryError: there is none.
    """
    path = Path(study)
    return path if path.is_file() else study_folder(study) / GRAPH_FILE


def open_study(study: str | Path) -> BuiltStudy:
    """Return a built study, by its name or folder, for asking questions of it; its graph is read at the first one.

    Raises:
        QueryError: it is not built.
    """
    return BuiltStudy(study_folder(study))


class BuiltStudy:
    """The graph of a built study in memory; made by `open_study`."""

    def __init__(self, folder: Path) -> None:
        """Use the outputs in `folder`."""
        self.folder = folder

    def __repr__(self) -> str:
        return f"<BuiltStudy {str(self.folder)!r}>"

    @cached_property
    def store(self) -> Store:
        """The Oxigraph store; its default graph is the union of the named graphs."""
        from kg.graph import open_store

        return open_store(self.folder / GRAPH_FILE)

    def queries(self) -> list[CompetencyQuery]:
        """Return the competency queries: what can be asked by name, with the questions and parameters."""
        from kg.graph import competency_queries

        return competency_queries()

    def query(
        self, query: str | Path, bind: Mapping[str, Value] | None = None, *, seconds: float | None = 60.0
    ) -> Rows:
        """Run a query and return its rows.

        Args:
            query: the name of a competency query (`queries`), a ``.rq`` file, or SPARQL; prefixes of the graph need no
                declaration.
            bind: values of variables: of the query's parameters, in place of their defaults, or of others, to which
                the query is then restricted. A value is a CURIE (``"MESH:D007247"``), an IRI (``"<https://...>"``), a
                literal (``"allogeneic"``, ``'"text"@en'``, ``5``) or an RDF term; None takes a default away.
            seconds: how long it may take; None for as long as it wants.

        Raises:
            QueryError: there is no such query, it is wrong (the message has line and column) or would change the
                graph, a value is malformed, or it takes too long.
        """
        from kg.graph import Rows, find_query
        from kg.graph import query as run

        return Rows(run(self.store, find_query(query), bind=bind, seconds=seconds))
