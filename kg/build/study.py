"""The order of a build: read, annotate, graph, validate, write. The only module that knows the whole of it."""

from __future__ import annotations

import logging
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.annotation import AnnotationFailure, AnnotationOptions, annotate_documents
from kg.build import record, stamp
from kg.build.cache import AnnotationCache
from kg.build.outputs import move_outputs
from kg.build.same_paper import unite_papers
from kg.config import OUTPUTS, Settings
from kg.errors import SourceError
from kg.model import AnnotatedDocument, Document, ReferenceMatch, Relation

if TYPE_CHECKING:
    from kg.ontology import Ontology

_LOG = logging.getLogger(__name__)
_STATE_FOLDER: Final = ".build"

Progress = Callable[
    [Iterable[AnnotatedDocument | AnnotationFailure], int], Iterable[AnnotatedDocument | AnnotationFailure]
]
"""Wraps the annotation of so many documents to show how far it is."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. `failures` are lines for the user; any makes the build's exit status 1."""

    study: str
    folder: Path
    current: bool = False
    documents: int = 0
    annotated: int = 0
    failures: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    seconds: float = 0.0


def build(
    settings: Settings,
    *,
    folder: Path | None = None,
    ontologies: Path | None = None,
    jobs: int = 1,
    force: bool = False,
    failures: Sequence[str] = (),
    progress: Progress = lambda items, total: items,
) -> BuildReport:
    """Build a study's graph, report and viewer.

    Nothing is done when inputs, settings, slices and program are those of the last build. Otherwise only documents
    whose input changed are annotated again. Outputs are replaced together at the end, after the graph was validated:
    a build that fails leaves those of the last good one.

    Args:
        settings: the study.
        folder: where the outputs go (default: ``outputs/<name>``).
        ontologies: folder of the terminology slices (default: the bundled ones).
        jobs: worker processes for annotation.
        force: build even when everything is up to date, without the stored annotations.
        failures: what went wrong before, when the papers were fetched: it goes into the report.
        progress: see `Progress`.

    Raises:
        SourceError: an input file is missing, or no document, or no primary document, could be read.
        OntologyError: a slice is missing or altered.
        GraphError: the graph does not fit its shapes.
    """
    from kg.ontology import default_directory, read_manifest

    started = time.monotonic()
    folder = folder or OUTPUTS / settings.name
    state_file = folder / _STATE_FOLDER / "state.json"
    program, slices = stamp.program_fingerprint(), read_manifest(ontologies or default_directory()).fingerprint
    before = stamp.input_stamps(settings)
    last = stamp.read_state(state_file)
    if not force and stamp.is_current(last, settings, program, slices, folder):
        assert last is not None
        return BuildReport(settings.name, folder, current=True, outputs=tuple(sorted(last.outputs)))

    failed = list(failures)
    documents = _read(settings, failed)
    cache = AnnotationCache(folder / _STATE_FOLDER / "annotations", stamp.annotation_fingerprint(settings, slices))
    touched = {path for path, now in before.items() if last is None or last.inputs.get(path) != now}
    fresh = set(before) if force else touched if last is not None else set()
    options = AnnotationOptions(people=settings.people, ontologies=ontologies)
    annotated, made = _annotate(documents, cache, fresh, options, jobs, progress, failed)
    if not any(a.document.relation is Relation.PRIMARY for a in annotated):
        if failed:
            raise SourceError(failed[0])
        raise SourceError("the study has no primary document", remedy="give a paper beside the bibliography")

    outputs = _write(settings, annotated, failed, folder, ontologies, started)
    cache.prune()
    state_file.unlink(missing_ok=True)
    if not failed:
        stamps = {name: stamp.file_stamp(folder / name) or (0, 0) for name in outputs}
        stamp.write_state(state_file, stamp.BuildState(settings.sha256, program, slices, before, stamps))
    seconds = time.monotonic() - started
    return BuildReport(settings.name, folder, False, len(annotated), made, tuple(failed), outputs, seconds)


def _read(settings: Settings, failures: list[str]) -> list[tuple[Document, str]]:
    """Return the study's documents, each with the path of its input; what cannot be read goes to `failures`."""
    from kg.sources import read_documents

    def note(error: SourceError) -> None:
        failures.append(str(error))

    found: list[tuple[Document, str]] = []
    for spec in settings.inputs:
        if not spec.path.exists():
            raise SourceError("no such input file", where=spec.path, remedy="correct its path in the pipeline file")
        documents = read_documents(spec.path, format=spec.format, relation=spec.relation, on_error=note)
        found.extend((_with_matches(document, settings.matches), str(spec.path)) for document in documents)
    if not found:
        raise SourceError(failures[0] if failures else "no input holds a document", where=None)
    return _without_repeats(found, failures)


def _with_matches(document: Document, matches: Sequence[ReferenceMatch]) -> Document:
    """Give the references that were found by what they print their identifiers."""
    own = {match.key: match.identifier for match in matches if match.paper == document.paper.id}
    if not own:
        return document
    references = tuple(
        replace(r, identifiers=(own[r.key],)) if r.key in own and not r.identifiers else r for r in document.references
    )
    return replace(document, references=references)


def _without_repeats(found: list[tuple[Document, str]], failures: list[str]) -> list[tuple[Document, str]]:
    """Keep one document a paper; see `kg.build.same_paper`.

    Two different texts under one name that is no public identifier are no two versions of a paper: that is a failure.
    """
    named: dict[str, tuple[Document, str]] = {}
    distinct: list[tuple[Document, str]] = []
    for document, path in found:
        known = named.setdefault(document.paper.id, (document, path))
        if known[0].title != document.title and document.paper.id.startswith("MSCKG:"):
            failures.append(f"{path}: document {document.id!r} has the name of another one in {known[1]}; rename it")
        else:
            distinct.append((document, path))
    return unite_papers(distinct)


def _annotate(
    documents: list[tuple[Document, str]],
    cache: AnnotationCache,
    fresh: set[str],
    options: AnnotationOptions,
    jobs: int,
    progress: Progress,
    failures: list[str],
) -> tuple[list[AnnotatedDocument], int]:
    """Return the annotated documents in input order, and how many of them had to be made."""
    stored = [None if path in fresh else cache.get(document) for document, path in documents]
    missing = [document for (document, _), known in zip(documents, stored, strict=True) if known is None]
    made: list[AnnotatedDocument | None] = []
    if missing:
        for outcome in progress(annotate_documents(missing, options, jobs=jobs), len(missing)):
            if isinstance(outcome, AnnotationFailure):
                failures.append(f"{outcome.document_id}: {outcome.reason}")
                made.append(None)
            else:
                cache.put(outcome)
                made.append(outcome)
    new = iter(made)
    merged = [known if known is not None else next(new) for known in stored]
    return [annotated for annotated in merged if annotated is not None], len(missing)


def _write(
    settings: Settings,
    annotated: list[AnnotatedDocument],
    failures: list[str],
    folder: Path,
    ontologies: Path | None,
    started: float,
) -> tuple[str, ...]:
    """Make every output in a temporary folder, then move them into place; return their names."""
    from kg import graph, view
    from kg.ontology import open_ontology

    ontology: Ontology = open_ontology(ontologies)
    provenance = record.provenance(settings, ontology.versions)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".new-") as name:
        new = Path(name)
        dataset = graph.build_dataset(annotated, ontology, provenance)
        graph.validate(dataset)
        graph.write_nquads(dataset, new / "graph.nq")
        graph.write_turtle(dataset, new / "graph.ttl")
        projection = graph.project(annotated, ontology)
        graph.write_graphml(projection, new / "graph.graphml")
        view.write_network_html(
            projection,
            new / "network.html",
            title=settings.title,
            subtitle=settings.description,
            date=view.newest_date(annotated),
        )
        rows = view.evidence_rows(annotated, ontology)
        view.write_evidence_csv(rows, new / "evidence.csv")
        view.write_report(annotated, ontology, provenance, failures, new / "report.md")
        record.write_run(new / "run.json", provenance, annotated, failures, time.monotonic() - started)
        return move_outputs(new, folder)
