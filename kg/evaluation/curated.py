"""Curated documents: the concepts and interventions that a person listed for each text, without their places.

A gold standard is two files of JSON Lines side by side: ``NAME.docs.jsonl`` with the texts (``id``, ``title``,
``abstract``) and ``NAME.gold.jsonl`` with ``id`` and lists of ids under ``diseases``, ``species`` and ``cell_types``.
An id ``NIL:...`` is a disease that no vocabulary has; a prediction counts for it when it is such an id too, or the
concept that the document's ``broader`` gives for it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from kg.annotation import AnnotationFailure, AnnotationOptions, Outcome, annotate_documents
from kg.errors import SourceError
from kg.evaluation.interventions import assertion_counts, effect_counts, found_counts, target_counts
from kg.evaluation.score import Counts, Level, Score
from kg.ontology import open_ontology
from kg.sources import read_documents
from kg.writers import to_jsonl

GOLD: Final = ".gold.jsonl"
"""How the name of a file with curated concepts ends."""
DOCUMENTS: Final = ".docs.jsonl"
"""How the name of the file with the texts ends."""
_KEYS: Final = {"Disease": "diseases", "Species": "species", "CellType": "cell_types"}
_NONE: Final = "NIL:"
_NEEDED: Final = {
    "Intervention": "interventions",
    "Intervention, all fields": "interventions",
    "Target": "interventions",
    "Assertion": "assertions",
    "Assertion, polarity": "assertions",
    "Effect on cells": "effects",
}
"""What is counted of interventions, and the key that the gold must have for it."""


def evaluate_curated(
    path: Path,
    options: AnnotationOptions,
    *,
    jobs: int = 1,
    progress: Callable[[Iterable[Outcome], int], Iterable[Outcome]] = lambda items, total: items,
) -> list[Score]:
    """Annotate curated documents and compare the concepts; a document that cannot be annotated has none.

    Args:
        path: the file ``NAME.gold.jsonl``.
        options: which pipeline.
        jobs: worker processes.
        progress: wraps the annotation of so many documents to show how far it is.

    Raises:
        SourceError: a file cannot be read, or a text has no gold.
    """
    gold = _read_gold(path)
    documents = list(read_documents(path.with_name(path.name.removesuffix(GOLD) + DOCUMENTS)))
    missing = next((document.id for document in documents if document.id not in gold), None)
    if missing is not None:
        raise SourceError(f"has nothing for {missing}", where=path)
    ontology = open_ontology(options.ontologies)
    totals = dict.fromkeys(_KEYS, Counts())
    statements = dict.fromkeys(_NEEDED, Counts())
    outcomes = progress(annotate_documents(documents, options, jobs=jobs), len(documents))
    for document, outcome in zip(documents, outcomes, strict=True):
        wanted = gold[document.id]
        found = {} if isinstance(outcome, AnnotationFailure) else json.loads(to_jsonl(outcome, ontology))
        for kind, name in _KEYS.items():
            if name in wanted:
                totals[kind] += set_counts(wanted[name], found.get(name, ()), wanted.get("broader") or {})
        for name, counts in _statements(wanted, found).items():
            if _NEEDED[name] in wanted:
                statements[name] += counts
    rows = [
        Score(name, Level.DOCUMENT, counts)
        for name, counts in statements.items()
        if any(_NEEDED[name] in wanted for wanted in gold.values())
    ]
    kinds = [kind for kind, name in _KEYS.items() if any(name in wanted for wanted in gold.values())]
    return [*(Score(kind, Level.CONCEPT, totals[kind]) for kind in kinds), *rows]


def _statements(wanted: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Counts]:
    """Count what one document says of interventions; the names are the keys of `_NEEDED`."""
    given, exact = found_counts(wanted.get("interventions", ()), found.get("interventions", ()))
    said, polar = assertion_counts(wanted, found)
    rows = (given, exact, target_counts(wanted, found), said, polar, effect_counts(wanted, found))
    return dict(zip(_NEEDED, rows, strict=True))


def set_counts(wanted: Collection[str], found: Collection[str], broader: Mapping[str, str]) -> Counts:
    """Compare two sets of ids.

    Args:
        wanted: the curator's.
        found: the program's.
        broader: for ids ``NIL:...`` of the curator, the concept that may stand for them; it is never an error.
    """
    hits = set(wanted) & set(found)
    rest, extra = set(wanted) - hits, set(found) - hits
    for lacking in sorted(i for i in rest if i.startswith(_NONE)):
        stand_in = next((i for i in sorted(extra) if i.startswith(_NONE) or i == broader.get(lacking)), None)
        if stand_in is not None:
            hits.add(lacking)
            rest.discard(lacking)
            extra.discard(stand_in)
    return Counts(len(hits), len(extra - set(broader.values())), len(rest))


def _read_gold(path: Path) -> dict[str, Mapping[str, Any]]:
    try:
        records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        return {str(record["id"]): record for record in records}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceError(f"cannot be read: {error}", where=path) from None
