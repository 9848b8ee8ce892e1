"""``kg merge``: several built studies into one graph."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

_SHOWN: Final = 20
"""Papers of several studies that are told one by one."""


@click.command()
@click.argument("studies", nargs=-1, required=True, metavar="STUDY STUDY...")
@click.option("--name", required=True, help="Name of the merged study.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Folder [default: outputs/NAME]."
)
def merge(studies: tuple[str, ...], name: str, output: Path | None) -> None:
    """Unite built STUDIES (names, folders or graph.nq files) into one graph.

    What studies say alike is there once: an assertion of two papers is one assertion with the evidence of both. Each
    paper keeps its named graph. A paper of several studies is taken from the first one in which it is primary, else
    from the first one, and links that only its other graphs have are lost. For these papers, and for concepts that
    studies of different terminology versions name differently, the order of the STUDIES counts; otherwise it makes no
    difference to the bytes.

    Written are graph.nq, graph.ttl, graph.graphml, network.html and evidence.csv; the result can be asked, served,
    compared and merged like a built study. There is no report.md, which needs more than the graphs hold: build one
    study of all papers for it.
    """
    if len(studies) < 2:
        raise click.UsageError("name at least two studies")
    from kg.build import merge_studies
    from kg.study import graph_file

    graphs = [graph_file(study) for study in studies]
    if len({graph.resolve() for graph in graphs}) < len(graphs):
        raise click.UsageError("a study is named twice")
    report = merge_studies(graphs, name=name, folder=output)
    click.echo(
        f"{report.folder}: {len(studies)} studies, {report.papers} papers ({len(report.shared)} in several studies), "
        f"{report.quads} quads"
    )
    for paper in report.shared[:_SHOWN]:
        where = ", ".join(studies[number] for number in dict.fromkeys(paper.studies))
        click.echo(f"  {paper.paper} ({where}): taken from {studies[paper.taken_from]}, where it is {paper.role}")
    if len(report.shared) > _SHOWN:
        click.echo(f"  and {len(report.shared) - _SHOWN} more")
    for file in report.outputs:
        click.echo(f"  {report.folder / file}")
