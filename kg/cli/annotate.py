"""``kg annotate``: documents in, PubTator, JSON Lines or BioC out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

if TYPE_CHECKING:
    from kg.model import AnnotatedDocument
    from kg.writers import Layout


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "kind",
    type=click.Choice(["pubtator", "jsonl", "bioc", "bioc-json"]),
    default="pubtator",
    show_default=True,
    help="What to write; bioc is XML, and pubtator has mentions alone.",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="File to write [default: stdout]."
)
@click.option("--jobs", type=click.IntRange(min=1), help="Worker processes [default: one a core].")
@click.option(
    "--people/--no-people",
    default=True,
    help="Words for people are Homo sapiens [default: yes]; without them only names of organisms count.",
)
@click.option("--ontologies", type=click.Path(path_type=Path, file_okay=False), help="Folder of the slices.")
def annotate(
    files: tuple[Path, ...], kind: str, output: Path | None, jobs: int | None, people: bool, ontologies: Path | None
) -> None:
    """Annotate FILES: diseases, species, cell types, interventions and assertions.

    Files are JATS, BioC (XML or JSON), PubTator, JSON Lines, CSL-JSON, Markdown or text; any of them may be gzipped,
    and many of them may come in one tar, tar.gz or zip archive.

    Offsets count in the text as it was read: a space between title and abstract, white space of XML and BioC as a
    reader sees it. Passages of a BioC file have other offsets in the output.

    Documents are written in the order they are read, one block each; of BioC, all of them in one collection. A document
    that cannot be read or annotated is left out, reported at the end, and makes the exit status 1.
    """
    from kg.annotation import AnnotationFailure, AnnotationOptions, annotate_documents, available_cores
    from kg.cli.progress import counting
    from kg.errors import SourceError
    from kg.sources import read_documents

    failures: list[str] = []

    def note(error: SourceError) -> None:
        failures.append(str(error))

    documents = (document for file in files for document in read_documents(file, on_error=note, unique_ids=False))
    options = AnnotationOptions(people=people, ontologies=ontologies)
    layout = _layout(kind, ontologies)
    done = 0

    def annotated() -> Iterator[AnnotatedDocument]:
        nonlocal done
        outcomes = annotate_documents(documents, options, jobs=jobs or available_cores())
        for outcome in counting(outcomes, "annotating"):
            if isinstance(outcome, AnnotationFailure):
                failures.append(f"{outcome.document_id}: {outcome.reason}")
            else:
                done += 1
                yield outcome

    with _opened(output) as out:
        out.writelines(layout.pieces(annotated()))
        if failures and not done:
            raise SourceError(failures[0])
    if failures:
        for line in failures:
            click.echo(f"kg: {line}", err=True)
        click.echo(f"kg: {done} documents annotated, {len(failures)} failed", err=True)
        raise click.exceptions.Exit(1)


def _layout(kind: str, ontologies: Path | None) -> Layout:
    """Return the layout of a format; for JSON Lines, which names concepts, the slices are opened."""
    from kg.writers import BIOC_JSON, BIOC_XML, Layout, to_jsonl, to_pubtator

    without_names = {"pubtator": Layout(to_pubtator), "bioc": BIOC_XML, "bioc-json": BIOC_JSON}
    if kind in without_names:
        return without_names[kind]
    from kg.ontology import open_ontology

    ontology = open_ontology(ontologies)
    return Layout(lambda annotated: to_jsonl(annotated, ontology))


@contextmanager
def _opened(path: Path | None) -> Iterator[TextIO]:
    from kg.files import replacing_text

    if path is None:
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
        yield sys.stdout
    else:
        with replacing_text(path) as file:
            yield file
