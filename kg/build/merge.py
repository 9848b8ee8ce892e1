"""Built studies into one: read, unite, validate, write."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.build import record
from kg.build.outputs import move_outputs
from kg.config import OUTPUTS, check_name
from kg.errors import ConfigError, GraphError

if TYPE_CHECKING:
    from kg.graph import MergedStudies, SharedPaper

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
    """Unite the graphs of built studies into one, and write it once it fits its shapes.

    See `kg.graph.merge` for what is united how. The network and the evidence table are made of the graph; the report
    is not, which tells of texts and inputs that the graph does not hold.

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
    outputs = _write(merged, name, folder)
    return MergeReport(folder, merged.papers, len(merged.dataset), merged.shared, outputs)


def _write(merged: MergedStudies, name: str, folder: Path) -> tuple[str, ...]:
    """Write what can be made of a graph alone: the files of a build without its report."""
    from kg import graph, view

    back = graph.read_back(merged.dataset)
    projection = graph.project(back.documents, back.concepts, links=back.links)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".new-") as temporary:
        new = Path(temporary)
        graph.write_nquads(merged.dataset, new / "graph.nq")
        graph.write_turtle(merged.dataset, new / "graph.ttl")
        graph.write_graphml(projection, new / "graph.graphml")
        titles, date = " + ".join(merged.titles), view.newest_date(back.documents)
        view.write_network_html(projection, new / "network.html", title=name, subtitle=titles, date=date)
        view.write_evidence_csv(view.evidence_rows(back.documents, back.concepts), new / "evidence.csv")
        return move_outputs(new, folder)
