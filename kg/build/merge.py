"""Built studies into one: read, unite, validate, write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.build import record
from kg.config import OUTPUTS, check_name
from kg.errors import ConfigError, GraphError

if TYPE_CHECKING:
    from kg.graph import SharedPaper

_OF_A_BUILD: Final = "run.json"
"""An output that only a build writes."""


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a merge made: where, how many papers and quads, and the papers that were in several studies."""

    folder: Path
    papers: int
    quads: int
    shared: tuple[SharedPaper, ...]
    outputs: tuple[str, ...]


def merge_studies(graphs: Sequence[Path], *, name: str, folder: Path | None = None) -> MergeReport:
    """Unite the graphs of built studies into one, and write it as N-Quads and Turtle once it fits its shapes.

    See `kg.graph.merge` for what is united how.

    Args:
        graphs: the N-Quads of each study.
        name: what the result is called.
        folder: where it goes (default: ``outputs/<name>``).

    Raises:
        ConfigError: the name is no folder's name, or the folder holds a study that `kg build` made.
        GraphError: a graph cannot be read or was made by a program that is too old, or different papers have the same
            name.
    """
    from kg import graph

    check_name(name, "--name")
    folder = folder or OUTPUTS / name
    if (folder / _OF_A_BUILD).exists() or any((folder / "graph.nq").resolve() == path.resolve() for path in graphs):
        raise ConfigError("holds a built study", where=folder, remedy="give the merged one another --name")
    merged = graph.merge(graphs, record.program_run(name, name))
    try:
        graph.validate(merged.dataset)
    except GraphError as error:
        remedy = "build the studies again with this version of the program, then merge them"
        raise GraphError(error.problem, remedy=remedy) from error
    graph.write_nquads(merged.dataset, folder / "graph.nq")
    graph.write_turtle(merged.dataset, folder / "graph.ttl")
    return MergeReport(folder, merged.papers, len(merged.dataset), merged.shared, ("graph.nq", "graph.ttl"))
