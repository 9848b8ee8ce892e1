"""``kg build``: a study, or files, into a graph, a report and a viewer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kg.config import Settings


@click.command()
@click.argument("targets", nargs=-1, required=True, metavar="[STUDY|FILE|ID]...")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Folder [default: outputs/STUDY]."
)
@click.option("--name", help="Name of a study made of files [default: the first file's name].")
@click.option("--jobs", type=click.IntRange(min=1), help="Worker processes [default: one a core].")
@click.option("--force", is_flag=True, help="Build even when everything is up to date.")
@click.option("--depth", type=click.IntRange(min=0), help="Steps of references to fetch [default: 1; for files 0].")
@click.option("--max-documents", type=click.IntRange(min=1), help="Documents to fetch at most [default: 500].")
@click.option("--offline", is_flag=True, help="Ask no service: take what was fetched before.")
@click.option("--refresh", is_flag=True, help="Fetch again what was fetched before.")
@click.option("--ontologies", type=click.Path(path_type=Path, file_okay=False), help="Folder of the slices.")
def build(
    targets: tuple[str, ...],
    output: Path | None,
    name: str | None,
    jobs: int | None,
    force: bool,
    depth: int | None,
    max_documents: int | None,
    offline: bool,
    refresh: bool,
    ontologies: Path | None,
) -> None:
    """Build the knowledge graph of each STUDY (a folder of pipelines/), and of all FILEs and IDs together.

    Files are JATS, PubMed XML, BioC (XML or JSON), PubTator, JSON Lines, Markdown or text, or a bibliography of related
    literature as CSL-JSON, RIS, BibTeX or MEDLINE; any of them may be gzipped, and many may come in one tar, tar.gz or
    zip archive. An ID is PMC123, PMID:123, doi:10.1/x or NCT01234567: the paper and what it cites are fetched from
    NCBI, Europe PMC, Crossref and ClinicalTrials.gov (NCBI_API_KEY and KG_EMAIL tell them who asks). A corpus.lock.json
    of an earlier build brings the same papers again. What is up to date is not built again.
    """
    from kg.annotation import available_cores
    from kg.build import build as build_study
    from kg.build import resolve_targets
    from kg.cli.progress import counting
    from kg.config import OUTPUTS

    studies = resolve_targets(targets, name=name, depth=depth, max_documents=max_documents)
    if output is not None and len(studies) > 1:
        raise click.UsageError("--output takes one study")
    failed = False
    for wanted in studies:
        folder = output or OUTPUTS / wanted.name
        settings, failures = _gathered(wanted, folder, offline=offline, refresh=refresh)
        report = build_study(
            settings,
            folder=folder,
            ontologies=ontologies,
            jobs=jobs or available_cores(),
            force=force,
            failures=failures,
            progress=lambda items, total: counting(items, "annotating", total),
        )
        for line in failures if report.current else report.failures:
            click.echo(f"kg: {line}", err=True)
        failed = failed or bool(failures)
        if report.current:
            click.echo(f"{report.folder} is up to date")
            continue
        click.echo(
            f"{report.folder}: {report.documents} documents ({report.annotated} annotated now), "
            f"{len(report.failures)} failed, {report.seconds:.1f} s"
        )
        for file in report.outputs:
            click.echo(f"  {report.folder / file}")
        failed = failed or bool(report.failures)
    if failed:
        raise click.exceptions.Exit(1)


def _gathered(wanted: Settings, folder: Path, *, offline: bool, refresh: bool) -> tuple[Settings, tuple[str, ...]]:
    """Fetch what a study asks for; return the settings to build with, and what went wrong."""
    if wanted.corpus is None:
        return wanted, ()
    from collections import Counter

    from kg.cli.progress import working
    from kg.corpus import Form, gather
    from kg.services import Client, settings_from

    asking = settings_from(offline=offline, refresh=refresh, email=wanted.email, api_key=wanted.api_key)
    with Client(asking) as client, working("fetching papers", lambda: f"{client.requests} requests"):
        corpus = gather(wanted, client, folder)
    counts = Counter((paper.relation.value, paper.form) for paper in corpus.lock.papers if paper.form != Form.INDEX)
    parts = [f"{number} {relation} ({form})" for (relation, form), number in counts.items()]
    missing = f", {len(corpus.lock.missing)} not found" if corpus.lock.missing else ""
    click.echo(f"{folder}: papers: {', '.join(parts)}{missing}")
    return corpus.settings, corpus.failures
