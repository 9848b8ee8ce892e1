"""References that carry no identifier: found by what their list prints, with a confidence, or left as they are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import Any, Final

from kg.errors import ServiceError
from kg.identifiers import Curie
from kg.model import Reference, ReferenceMatch
from kg.services import crossref, eutils
from kg.services.http import Client
from kg.services.identifiers import doi_curie

ALIKE: Final = 0.9
"""Least likeness of two titles, in [0, 1], for the works to be the same; year and first author must agree as well."""
_CITMATCH: Final = 0.95
"""ECitMatch answers only where journal, year, volume, page and author leave one paper."""
_SHORT: Final = 20
"""Characters below which a title ("Introduction") tells too little."""


def match_references(
    client: Client, paper: Curie, references: Sequence[Reference], note: Callable[[str], None]
) -> list[ReferenceMatch]:
    """Return what the references without identifier are found to be; those not found are left out.

    Args:
        client: asks PubMed's citation matcher, then Crossref.
        paper: whose list it is.
        references: the list.
        note: takes a line when a service fails.
    """
    bare = [reference for reference in references if not reference.identifiers]
    found = {match.key: match for match in _by_citation(client, paper, bare, note)}
    for reference in bare:
        if reference.key not in found and (match := _by_title(client, paper, reference, note)) is not None:
            found[reference.key] = match
    return [found[reference.key] for reference in bare if reference.key in found]


def _by_citation(
    client: Client, paper: Curie, references: Sequence[Reference], note: Callable[[str], None]
) -> list[ReferenceMatch]:
    printed = [
        eutils.PrintedCitation(r.key, r.journal, r.year, r.volume, r.first_page, r.authors[0] if r.authors else "")
        for r in references
        if r.journal and r.year and r.volume and r.first_page
    ]
    if not printed:
        return []
    try:
        matched = eutils.match_citations(client, printed)
    except ServiceError as error:
        note(str(error))
        return []
    return [ReferenceMatch(paper, key, pmid, "ecitmatch", _CITMATCH) for key, pmid in matched.items()]


def _by_title(client: Client, paper: Curie, reference: Reference, note: Callable[[str], None]) -> ReferenceMatch | None:
    if reference.title is None or len(reference.title) < _SHORT:
        return None
    printed = " ".join(
        str(part) for part in (reference.title, *reference.authors[:3], reference.journal, reference.year) if part
    )
    try:
        works = crossref.find(client, printed)
    except ServiceError as error:
        note(str(error))
        return None
    scored = [(likeness(reference, work), doi_curie(work.get("DOI"))) for work in works]
    best = max(((score, doi) for score, doi in scored if doi), default=None)
    if best is None or best[0] < ALIKE:
        return None
    return ReferenceMatch(paper, reference.key, best[1], "crossref", round(best[0], 3))


def likeness(reference: Reference, work: dict[str, Any]) -> float:
    """Return how alike a printed reference and a work of Crossref are, in [0, 1].

    It is that of the titles; 0 when the years are more than one apart or the first authors' names have nothing in
    common (a comment and the paper it is on share a title).
    """
    titles = work.get("title")
    title = titles[0] if isinstance(titles, list) and titles else ""
    year = _year(work)
    if reference.year and year and abs(reference.year - year) > 1:
        return 0.0
    family = next((a.get("family") for a in work.get("author") or () if isinstance(a, dict)), None)
    if reference.authors and isinstance(family, str) and not _words(family) & _words(" ".join(reference.authors)):
        return 0.0
    return SequenceMatcher(None, _plain(reference.title or ""), _plain(str(title)), autojunk=False).ratio()


def _year(work: dict[str, Any]) -> int | None:
    parts = (work.get("issued") or {}).get("date-parts") or [[None]]
    first = parts[0][0] if parts and isinstance(parts[0], list) and parts[0] else None
    return first if isinstance(first, int) else None


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    letters = "".join(c for c in decomposed if not unicodedata.combining(c)).lower()
    return " ".join(re.findall(r"\w+", re.sub(r"<[^>]{1,40}>", "", letters)))[:400]


def _words(text: str) -> set[str]:
    return set(_plain(text).split())
