"""The annotation stage: documents in, annotated documents out, in input order, on one core or several."""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.model import AnnotatedDocument, Document

if TYPE_CHECKING:
    from spacy.language import Language

_LOG = logging.getLogger(__name__)
_CHUNK: Final = 16
"""Documents sent to a worker at a time: large enough to hide the transfer, small enough to keep the cores even."""
_CHUNK_CHARACTERS: Final = 200_000
"""A chunk is closed earlier when its texts reach this length, so that full texts do not pile up on one core."""
_COLLECTED: Final = 50_000
"""New objects after which Python looks for cycles among them."""


@dataclass(frozen=True, slots=True)
class AnnotationOptions:
    """What the workers need to load the same pipeline; `ontologies` None means the bundled slices."""

    people: bool = True
    ontologies: Path | None = None


@dataclass(frozen=True, slots=True)
class AnnotationFailure:
    """A document that the pipeline could not annotate, and why, in one line."""

    document_id: str
    reason: str


Outcome = AnnotatedDocument | AnnotationFailure


def available_cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def annotate_documents(
    documents: Iterable[Document], options: AnnotationOptions = AnnotationOptions(), *, jobs: int = 1
) -> Iterator[Outcome]:
    """Annotate documents, in order; the result does not depend on `jobs`.

    A document that fails yields an `AnnotationFailure` in its place and the rest goes on. Memory is bounded: only a
    few chunks are under way at a time.

    Args:
        documents: what to annotate; read lazily.
        options: which pipeline.
        jobs: worker processes, at least 1. One works in this process.

    Raises:
        OntologyError: the slices are missing or altered.
    """
    chunks = _chunks(documents)
    first = list(islice(chunks, 2))
    if jobs <= 1 or len(first) < 2:
        nlp = ready_pipeline(options)
        for chunk in [*first, *chunks]:
            yield from _annotate(chunk, nlp)
        return
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    if method == "fork":
        _Worker.nlp = ready_pipeline(options)  # loaded once, shared by the forked workers
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_Worker.start, initargs=(options,)) as pool:
        waiting: deque[Future[list[Outcome]]] = deque()
        try:
            for chunk in first:
                waiting.append(pool.submit(_Worker.run, chunk))
            for chunk in chunks:
                waiting.append(pool.submit(_Worker.run, chunk))
                if len(waiting) > 2 * jobs:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
            _Worker.nlp = None


class _Worker:
    """A worker process's pipeline."""

    nlp: Language | None = None

    @classmethod
    def start(cls, options: AnnotationOptions) -> None:
        if cls.nlp is None:
            cls.nlp = ready_pipeline(options)

    @classmethod
    def run(cls, chunk: list[Document]) -> list[Outcome]:
        assert cls.nlp is not None
        return list(_annotate(chunk, cls.nlp))


def ready_pipeline(options: AnnotationOptions = AnnotationOptions()) -> Language:
    """Load the pipeline, and set up this process for annotating many documents with it.

    Raises:
        OntologyError: the slices are missing or altered.
    """
    # spaCy takes half a second to import; commands that do not annotate must not wait for it.
    # What is loaded stays to the end: the collector need not look at it, now or later, and forked workers share its
    # pages.
    gc.disable()
    try:
        from kg.nlp import load_pipeline
        from kg.ontology import open_ontology

        nlp = load_pipeline(open_ontology(options.ontologies), people=options.people)
        gc.freeze()
    finally:
        gc.enable()
    # The components look at the text of words alone; what else spaCy works out for a new word would be for nothing.
    nlp.vocab.lex_attr_getters = {}  # type: ignore[attr-defined]
    # A document makes tens of thousands of objects and few cycles: at Python's own threshold every tenth of the time
    # would go into looking for them.
    gc.set_threshold(_COLLECTED)
    return nlp


def _annotate(chunk: list[Document], nlp: Language) -> Iterator[Outcome]:
    from kg.nlp import annotate

    for document in chunk:
        try:
            yield next(iter(annotate([document], nlp)))
        except Exception as error:
            _LOG.debug("annotating %s failed", document.id, exc_info=True)
            yield AnnotationFailure(document.id, f"{type(error).__name__}: {error}".splitlines()[0])


def _chunks(documents: Iterable[Document]) -> Iterator[list[Document]]:
    chunk: list[Document] = []
    size = 0
    for document in documents:
        chunk.append(document)
        size += len(document.text)
        if len(chunk) == _CHUNK or size >= _CHUNK_CHARACTERS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
