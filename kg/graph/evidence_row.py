"""A piece of evidence as plain values, as the network holds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kg.graph.marks import Mark
from kg.identifiers import Curie, to_iri
from kg.model import Evidence, Paper


def evidence_row(evidence: Evidence, papers: Mapping[Curie, Paper], marks: Sequence[Mark] = ()) -> dict[str, Any]:
    """Return a piece of evidence as the viewer shows it: the sentence, where it stands, what it cites, what to mark.

    `marks` are ``[start, end, type, role]`` of `kg.graph.marks.Mark`.
    """
    paper = papers.get(evidence.paper)
    return {
        "sentence": evidence.sentence,
        "start": evidence.start,
        "end": evidence.end,
        "document_id": evidence.document_id,
        "paper": evidence.paper,
        "paper_title": paper.title if paper else evidence.paper,
        "paper_url": web_page(paper) if paper else to_iri(evidence.paper),
        "paper_year": paper.year if paper else None,
        "retracted": paper.retracted if paper else False,
        "section": str(evidence.section),
        "study_type": str(evidence.study_type),
        "extractor": evidence.extractor,
        "confidence": evidence.confidence,
        "cited": list(evidence.cited),
        "cited_urls": [web_page(papers[c]) if c in papers else to_iri(c) for c in evidence.cited],
        "marks": [[mark.start, mark.end, mark.type, mark.role] for mark in marks],
    }


def web_page(paper: Paper) -> str:
    """Return where a reader finds a paper: its own page, else the page of its identifier."""
    if paper.url and paper.url.startswith(("https://", "http://")):
        return paper.url
    return to_iri(paper.id)
