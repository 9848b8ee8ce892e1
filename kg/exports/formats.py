"""The formats by name: the only place that knows them all. A format's module is imported only when it is used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Final

from kg.errors import GraphError

Write = Callable[[Path, tuple[Path, ...]], None]
"""Reads `Format.source` and writes the files of the format, in the order of `Format.endings`."""


@dataclass(frozen=True, slots=True)
class Format:
    """One way of writing a built study.

    `name` is what a user asks for. `module` of this room has the function ``write`` (see `Write`). `endings` are put
    behind the path that the user gives when the format has several files; a single one is the usual extension of its
    file, for a path that is a folder. `source` is the file of a build that it is made of.
    """

    name: str
    what: str
    module: str
    endings: tuple[str, ...]
    source: str = "graph.nq"


FORMATS: Final[dict[str, Format]] = {
    each.name: each
    for each in (
        Format("kgx-tsv", "KGX, tab-separated", "kgx_tsv", ("_nodes.tsv", "_edges.tsv")),
        Format("kgx-jsonl", "KGX, JSON Lines", "kgx_jsonl", ("_nodes.jsonl", "_edges.jsonl")),
        Format("cx2", "Cytoscape, NDEx", "cx2", (".cx2",)),
        Format("neo4j", "CSV for neo4j-admin database import", "neo4j", ("_nodes.csv", "_relationships.csv")),
        Format("nanopub", "nanopublications, TriG", "nanopub", (".trig",)),
        Format("jsonld", "the graph, JSON-LD 1.1", "jsonld", (".jsonld",)),
        Format("nquads", "the graph, N-Quads", "as_built", (".nq",)),
        Format("turtle", "the graph, Turtle", "as_built", (".ttl",), "graph.ttl"),
        Format("graphml", "the network with its measures, GraphML", "as_built", (".graphml",), "graph.graphml"),
        Format("csv", "the evidence table, CSV", "as_built", (".csv",), "evidence.csv"),
    )
}
"""Every format, by name."""

_BUILT: Final = frozenset({*(each.source for each in FORMATS.values()), "network.html", "report.md", "run.json"})
"""What a build writes beside each other, not to be written over."""


def export(folder: Path, name: str, path: Path) -> tuple[Path, ...]:
    """Write a built study in another format.

    The same study gives the same bytes. Each file appears whole or not at all.

    Args:
        folder: what a build wrote; it is named after the study.
        name: a key of `FORMATS`.
        path: the file to write; of a format with several files what their names start with (``PATH_nodes.tsv``); or a
            folder, where the files are named after the study.

    Returns:
        the files.

    Raises:
        GraphError: the format is unknown, `path` fits no file or is an output of the build, or the folder lacks what
            the format is made of.
        QueryError: ``graph.nq`` is missing or is no N-Quads.
    """
    chosen = FORMATS.get(name)
    if chosen is None:
        raise GraphError(f"unknown format {name!r}", remedy=f"formats: {', '.join(FORMATS)}")
    files = files_of(chosen, path, folder.resolve().name)
    built = {(folder / each).resolve() for each in _BUILT}
    for file in files:
        if file.resolve() in built:
            raise GraphError("is an output of the study itself", where=file, remedy="give -o another name")
    write: Write = import_module(f"kg.exports.{chosen.module}").write
    write(folder / chosen.source, files)
    return files


def files_of(chosen: Format, path: Path, study: str) -> tuple[Path, ...]:
    """Return the files of a format; see `export`.

    Raises:
        GraphError: `path` is a device or a pipe, and the format has several files.
    """
    if path.is_dir():
        return tuple(path / f"{study}{ending}" for ending in chosen.endings)
    if len(chosen.endings) == 1:
        return (path,)
    if path.exists() and not path.is_file():
        raise GraphError(f"{chosen.name} has several files", where=path, remedy="give -o a name or a folder")
    # A name with the format's extension is meant as a name, not as NAME.tsv_nodes.tsv.
    extension = Path(chosen.endings[0]).suffix
    stem = path.name.removesuffix(extension) or path.name
    return tuple(path.with_name(f"{stem}{ending}") for ending in chosen.endings)
