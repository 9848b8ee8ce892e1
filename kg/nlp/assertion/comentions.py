"""Cell types and diseases named in one sentence: they occur together, no more is claimed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from spacy.tokens import Doc, Span

from kg.model.assertion import Polarity
from kg.nlp.intervention.normal import Taken, sentence_at
from kg.nlp.intervention.sources import MSC_CLASSES
from kg.vocabulary import CO_MENTIONED

_LIMIT: Final = 30
"""Pairs in one sentence beyond which it is a list, not a statement."""


def co_mentions(doc: Doc, sentences: Sequence[tuple[int, int]]) -> list[dict[str, Any]]:
    """Return one assertion per (cell type, disease) with every sentence that names both.

    MSC classes are left out where an intervention covers the mention: the cells are the product there.
    """
    mentions = [s for s in doc.spans.get("kg_mentions", ()) if s.kb_id_ and s.label_ in ("Disease", "CellType")]
    if not mentions:
        return []
    interventions = doc.spans.get("kg_interventions", ())
    products = Taken((s.start_char, s.end_char) for s in interventions)
    study = doc._.kg_study
    merged: dict[tuple[str, str], dict[str, Any]] = {}
    held: list[list[Span]] = [[] for _ in sentences]
    for mention in mentions:
        number = sentence_at(sentences, mention.start_char)
        if number is not None:
            held[number].append(mention)
    for (start, end), here in zip(sentences, held, strict=True):
        diseases = sorted({c for s in here if s.label_ == "Disease" for c in s.kb_id_.split("|")})
        cells = sorted(
            {
                c
                for s in here
                if s.label_ == "CellType" and products.free(s.start_char, s.end_char)
                for c in s.kb_id_.split("|")
                if not (interventions and c in MSC_CLASSES)
            }
        )
        if len(diseases) * len(cells) > _LIMIT:
            continue
        evidence = {"start": start, "end": end, "extractor": "co-mention", "confidence": 0.5}
        for cell in cells:
            for disease in diseases:
                made = merged.setdefault(
                    (cell, disease),
                    {
                        "subject": cell,
                        "predicate": CO_MENTIONED,
                        "object": disease,
                        "polarity": str(Polarity.NOT_STATED),
                        "negated": False,
                        "species": None,
                        "study_type": study.get("type", "not_stated"),
                        "phase": study.get("phase"),
                        "evidence": [],
                    },
                )
                made["evidence"].append(dict(evidence))
    return list(merged.values())
