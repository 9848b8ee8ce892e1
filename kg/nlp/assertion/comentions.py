"""Cell types and diseases named in one sentence: they occur together, no more is claimed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from spacy.tokens import Doc

from kg.model.assertion import Polarity
from kg.nlp.intervention.sources import MESENCHYMAL_STEM_CELL, SOURCES
from kg.vocabulary import CO_MENTIONED

_MSC_CLASSES: Final = frozenset({MESENCHYMAL_STEM_CELL, *(source.cell for source in SOURCES)})
_LIMIT: Final = 30
"""Pairs in one sentence beyond which it is a list, not a statement."""


def co_mentions(doc: Doc, sentences: Sequence[tuple[int, int]]) -> list[dict[str, Any]]:
    """Return one assertion per (cell type, disease) with every sentence that names both.

    MSC classes are left out where an intervention covers the mention: the cells are the product there.
    """
    mentions = [s for s in doc.spans.get("kg_mentions", ()) if s.kb_id_ and s.label_ in ("Disease", "CellType")]
    if not mentions:
        return []
    products = [(s.start_char, s.end_char) for s in doc.spans.get("kg_interventions", ())]
    study = doc._.kg_study
    merged: dict[tuple[str, str], dict[str, Any]] = {}
    for start, end in sentences:
        here = [s for s in mentions if start <= s.start_char < end]
        diseases = sorted({c for s in here if s.label_ == "Disease" for c in s.kb_id_.split("|")})
        cells = sorted(
            {
                c
                for s in here
                if s.label_ == "CellType" and not any(a < s.end_char and s.start_char < b for a, b in products)
                for c in s.kb_id_.split("|")
                if not (products and c in _MSC_CLASSES)
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
