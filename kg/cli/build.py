"""``kg build``: a study, or files, into a graph, a report and a viewer."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("targets", nargs=-1, required=True, metavar="[STUDY|FILE|ID]...")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Folder [default: outputs/STUDY]."
)
@click.option("--name", help="Name of a study made of files [default: the first file's name].")
@click.option("--jobs", type=click.IntRange(min=1), help="Worker processes [default: one a core].")
@click.option("--force", is_flag=True, help="Build even when everything is up to date.")
@click.option("--ontologies", type=click.Path(path_type=Path, file_okay=False), help="Folder of the slices.")
def build(
    targets: tuple[str, ...],
    output: Path | None,
    name: str | None,
    jobs: int | None,
    force: bool,
    ontologies: Path | None,
) -> None:
    """Build the knowledge graph of each STUDY (a folder of pipelines/), and of all FILEs together.

    Files are JATS, BioC (XML or JSON), PubTator, JSON Lines, Markdown or text, or CSL-JSON for related literature; any
    of them may be gzipped, and many of them may come in one tar, tar.gz or zip archive. What is up to date is not built
    again.
    """
    from kg.annotation import available_cores
    from kg.build import build as build_study
    from kg.build import resolve_targets
    from kg.cli.progress import counting

    studies = resolve_targets(targets, name=name)
    if output is not None and len(studies) > 1:
        raise click.UsageError("--output takes one study")
    failed = False
    for settings in studies:
        report = build_study(
            settings,
            folder=output,
            ontologies=ontologies,
            jobs=jobs or available_cores(),
            force=force,
            progress=lambda items, total: counting(items, "annotating", total),
        )
        if report.current:
            click.echo(f"{report.folder} is up to date")
            continue
        for line in report.failures:
            click.echo(f"kg: {line}", err=True)
        click.echo(
            f"{report.folder}: {report.documents} documents ({report.annotated} annotated now), "
            f"{len(report.failures)} failed, {report.seconds:.1f} s"
        )
        for file in report.outputs:
            click.echo(f"  {report.folder / file}")
        failed = failed or bool(report.failures)
    if failed:
        raise click.exceptions.Exit(1)
