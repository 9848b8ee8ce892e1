"""A small pipeline for the tests of the components after the grounder: mentions come from a table, not from slices."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from kg.nlp import load  # noqa: F401  registers every factory
from kg.nlp.extensions import span_id

MENTIONS: Mapping[str, tuple[str, str]] = {
    "asherman syndrome": ("Disease", "MESH:D006175"),
    "intrauterine adhesions": ("Disease", "MESH:D006175"),
    "thin endometrium": ("Disease", "MSCKG:vocabulary/thin-endometrium"),
    "recurrent implantation failure": ("Disease", "MSCKG:vocabulary/recurrent-implantation-failure"),
    "premature ovarian failure": ("Disease", "MESH:D016649"),
    "knee osteoarthritis": ("Disease", "MESH:D020370"),
    "osteoporosis": ("Disease", "MESH:D010024"),
    "endometrial cancer": ("Disease", "MESH:D016889"),
    "perianal fistula": ("Disease", "MESH:D012003"),
    "women": ("Species", "NCBITaxon:9606"),
    "woman": ("Species", "NCBITaxon:9606"),
    "patients": ("Species", "NCBITaxon:9606"),
    "human": ("Species", "NCBITaxon:9606"),
    "rats": ("Species", "NCBITaxon:10116"),
    "rat": ("Species", "NCBITaxon:10116"),
    "mice": ("Species", "NCBITaxon:10090"),
    "bovine": ("Species", "NCBITaxon:9913"),
    "granulosa cells": ("CellType", "CL:0000501"),
    "macrophages": ("CellType", "CL:0000235"),
    "macrophage": ("CellType", "CL:0000235"),
    "neutrophils": ("CellType", "CL:0000775"),
    "t cells": ("CellType", "CL:0000084"),
    "t cell": ("CellType", "CL:0000084"),
    "endometrial stromal cells": ("CellType", "CL:0002255"),
    "mesenchymal stem cells": ("CellType", "CL:0000134"),
}


def add_mentions(doc: Doc) -> None:
    """Set ``kg_mentions`` from the table, longest names first."""
    spans: list[Span] = []
    for name, (label, curie) in sorted(MENTIONS.items(), key=lambda item: -len(item[0])):
        for match in re.finditer(rf"\b{name}\b", doc.text, re.I):
            if any(s.start_char < match.end() and match.start() < s.end_char for s in spans):
                continue
            span = doc.char_span(match.start(), match.end(), label=label, kb_id=curie)
            assert span is not None
            span.id_ = span_id(match.start(), match.end(), label)
            spans.append(span)
    doc.spans["kg_mentions"] = SpanGroup(doc, name="kg_mentions", spans=sorted(spans, key=lambda s: s.start_char))


@cache
def nlp() -> Language:
    """Return the pipeline without lexicon and grounder."""
    language = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kg_tokenizer.v1"}}})
    for name in ("kg_sentences", "kg_abbreviations", "kg_study_type", "kg_interventions", "kg_assertions"):
        language.add_pipe(name)
    return language


def annotate(title: str, abstract: str = "") -> Doc:
    """Run the pipeline on a title and an abstract."""
    language = nlp()
    doc = language.make_doc(f"{title}\n{abstract}" if abstract else title)
    passages = [{"section": "title", "start": 0, "end": len(title)}]
    if abstract:
        passages.append({"section": "abstract", "start": len(title) + 1, "end": len(doc.text)})
    doc._.kg_passages = passages
    for name, component in language.pipeline:
        if name == "kg_study_type":
            add_mentions(doc)
        doc = component(doc)
    return doc
