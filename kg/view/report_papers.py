"""The report's sections on papers: reference lists and how much of them is in the study, and what was retracted."""

from __future__ import annotations

from collections.abc import Sequence

from kg.identifiers import Curie
from kg.model import AnnotatedDocument, Document, Reference, Relation
from kg.view.links import paper_url
from kg.view.markdown import escape, link, table

_LISTED = 60


def references_section(documents: Sequence[AnnotatedDocument]) -> list[str]:
    """Return for each primary paper with a reference list what of it the study holds; empty where there is none.

    Args:
        documents: the study's documents.
    """
    own = {i for a in documents for i in (a.document.paper.id, *a.document.paper.identifiers)}
    primary = [a.document for a in documents if a.document.relation is Relation.PRIMARY and a.document.references]
    if not primary:
        return []
    lines = ["## References", ""]
    lines += table(
        ["paper", "references", "cited in the text", "with an identifier", "read in this study"],
        (_counts(document, own) for document in primary),
    )
    absent = [(d, r) for d in primary for r in d.references if own.isdisjoint(r.identifiers)]
    if absent:
        lines += ["", "Not read in this study:", ""]
        lines += [f"- {_printed(reference)}" for _, reference in absent[:_LISTED]]
        if len(absent) > _LISTED:
            lines += [f"- and {len(absent) - _LISTED} more"]
    return lines


def _counts(document: Document, own: set[Curie]) -> list[str]:
    references = document.references
    cited = {key for citation in document.citations for key in citation.keys}
    return [
        link(document.paper.title or document.paper.id, paper_url(document.paper.id, document.paper.url)),
        str(len(references)),
        str(sum(reference.key in cited for reference in references)),
        str(sum(bool(reference.identifiers) for reference in references)),
        str(sum(not own.isdisjoint(reference.identifiers) for reference in references)),
    ]


def _printed(reference: Reference) -> str:
    name = escape(reference.title or reference.text or reference.key)
    year = f" ({reference.year})" if reference.year else ""
    if not reference.identifiers:
        return f"{name}{year}: no identifier found"
    return f"{name}{year}: " + ", ".join(link(curie, paper_url(curie)) for curie in reference.identifiers)


def retracted_section(documents: Sequence[AnnotatedDocument]) -> list[str]:
    """Return the papers of the study that are marked as retracted; empty where there is none."""
    papers = [a.document.paper for a in documents if a.document.paper.retracted]
    if not papers:
        return []
    note = "Marked as retracted by the publisher or PubMed: what they state is in the tables below all the same."
    return [
        "## Retracted papers",
        "",
        note,
        "",
        *(f"- {link(p.title or p.id, paper_url(p.id, p.url))}" for p in papers),
    ]
