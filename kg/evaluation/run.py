"""Annotating a gold standard's documents and scoring the result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kg.annotation import AnnotationFailure, AnnotationOptions, Outcome, annotate_documents
from kg.errors import SourceError
from kg.evaluation.curated import GOLD, evaluate_curated
from kg.evaluation.score import OPTIONAL_TYPES, VOCABULARIES, Annotated, Score, score
from kg.evaluation.split import Part, in_part
from kg.sources import GoldDocument, read_gold
from kg.writers import mentions

Progress = Callable[[Iterable[Outcome], int], Iterable[Outcome]]


def evaluate(
    path: Path,
    options: AnnotationOptions,
    *,
    jobs: int = 1,
    types: tuple[str, ...] = (),
    part: Part = Part.ALL,
    progress: Progress = lambda items, total: items,
) -> list[Score]:
    """Annotate the documents of a gold standard and compare with its own annotations.

    A document that cannot be annotated counts as one without predictions.

    Args:
        path: gold standard in PubTator format, or curated concepts (`kg.evaluation.curated`), which have neither
            types to choose nor parts.
        options: which pipeline.
        jobs: worker processes.
        types: which types to score; by default those of `VOCABULARIES` that the gold has.
        part: which documents, see `kg.evaluation.split`.
        progress: wraps the annotation of so many documents to show how far it is.

    Raises:
        SourceError: the file cannot be read, or has no annotation of a type asked for.
    """
    if path.name.endswith(GOLD):
        return evaluate_curated(path, options, jobs=jobs, progress=progress)
    gold = [g for g in read_gold(path) if in_part(g.document.id, part)]
    present = {a.type for g in gold for a in g.annotations} - set(OPTIONAL_TYPES)
    wanted = types or tuple(kind for kind in VOCABULARIES if kind in present)
    missing = [kind for kind in wanted if kind not in present]
    if missing or not wanted:
        raise SourceError(f"has no {missing[0] if missing else 'known'} annotation", where=path)
    outcomes = progress(annotate_documents((g.document for g in gold), options, jobs=jobs), len(gold))
    return score(_pairs(gold, outcomes), wanted)


def _pairs(
    gold: Iterable[GoldDocument], outcomes: Iterable[Outcome]
) -> Iterator[tuple[Iterable[Annotated], Iterable[Annotated]]]:
    for wanted, outcome in zip(gold, outcomes, strict=True):
        truth = [Annotated(a.start, a.end, a.type, a.identifiers) for a in wanted.annotations]
        if isinstance(outcome, AnnotationFailure):
            yield truth, []
        else:
            yield truth, [Annotated(m.start, m.end, str(m.type), ids) for m, ids in mentions(outcome)]
