"""Documents of one paper (a full text, its record in PubMed, an entry of a bibliography) become one document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, TypeVar

from kg.bibliographic_ids import best
from kg.identifiers import Curie
from kg.model import Document, Paper, Relation

_RANK: Final = {relation: rank for rank, relation in enumerate(Relation)}
Origin = TypeVar("Origin")


def unite_papers(found: Sequence[tuple[Document, Origin]]) -> list[tuple[Document, Origin]]:
    """Return one document a paper, in the order of the first of each.

    Two documents are of one paper when they share an identifier. The longest text is kept, for a full text says more
    than an abstract, and an abstract more than a title, with what the others know of the paper: identifiers,
    publication types, headings, a retraction, and what it lacks itself. It is primary when one of them is.

    Args:
        found: documents, each with where it came from.
    """
    groups: list[list[int]] = []
    owner: dict[Curie, int] = {}
    for place, (document, _) in enumerate(found):
        names = {document.paper.id, *document.paper.identifiers}
        known = sorted({owner[name] for name in names if name in owner})
        if not known:
            groups.append([])
            known = [len(groups) - 1]
        first, *others = known
        groups[first].append(place)
        for other in others:
            groups[first] += groups[other]
            groups[other] = []
            owner |= {name: first for name, number in owner.items() if number == other}
        owner |= dict.fromkeys(names, first)
    return [_united([found[place] for place in sorted(group)]) for group in groups if group]


def _united(same: Sequence[tuple[Document, Origin]]) -> tuple[Document, Origin]:
    document, origin = min(same, key=lambda pair: -len(pair[0].text))
    if len(same) == 1:
        return document, origin
    relation = min((each.relation for each, _ in same), key=_RANK.__getitem__)
    paper = _known_of([document.paper, *(each.paper for each, _ in same if each is not document)])
    return replace(document, paper=paper, relation=relation), origin


def _known_of(papers: Sequence[Paper]) -> Paper:
    """Return the first paper with what the others know of it."""
    first = papers[0]
    identifiers = tuple(sorted({i for paper in papers for i in (paper.id, *paper.identifiers)}))
    return replace(
        first,
        id=best(identifiers) or first.id,
        identifiers=identifiers,
        authors=next((paper.authors for paper in papers if paper.authors), ()),
        journal=next((paper.journal for paper in papers if paper.journal), None),
        date=next((paper.date for paper in papers if paper.date), None),
        licence=next((paper.licence for paper in papers if paper.licence), None),
        url=next((paper.url for paper in papers if paper.url), None),
        publication_types=tuple(dict.fromkeys(t for paper in papers for t in paper.publication_types)),
        headings=tuple(sorted({heading for paper in papers for heading in paper.headings})),
        retracted=any(paper.retracted for paper in papers),
    )
