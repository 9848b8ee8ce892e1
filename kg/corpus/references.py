"""References that carry no identifier: found by what their list prints, with a confidence, or left as they are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, Final

from kg.errors import ServiceError
from kg.identifiers import Curie
from kg.model import Reference, ReferenceMatch
from kg.services import crossref, eutils
from kg.services.http import Client
from kg.services.identifiers import doi_curie
from kg.services.shapes import record, records

ALIKE: Final = 0.9
"""Least likeness of two titles, in [0, 1], for the works to be the same; year and first author must agree as well."""
_CITED_ALIKE: Final = 0.7
"""The same for a paper that journal, year, volume and page have found already; titles are often printed shortened."""
_UNTITLED: Final = 0.9
"""Confidence of such a paper where the list prints no title."""
_SHORT: Final = 20
"""Characters below which a title ("Introduction") tells too little."""


def match_references(
    client: Client,
    paper: Curie,
    references: Sequence[Reference],
    note: Callable[[str], None],
    titles: Callable[[Sequence[Curie]], Mapping[Curie, str]],
    most: int,
) -> list[ReferenceMatch]:
    """Return what the references without identifier are found to be; those not found are left out.

    Args:
        client: asks PubMed's citation matcher, then Crossref.
        paper: whose list it is.
        references: the list.
        note: takes a line when a service fails.
        titles: brings the titles of papers, by which a match is checked.
        most: how many references are looked for.
    """
    bare = [reference for reference in references if not reference.identifiers][:most]
    found = {match.key: match for match in _by_citation(client, paper, bare, note, titles)}
    for reference in bare:
        if reference.key not in found and (match := _by_title(client, paper, reference, note)) is not None:
            found[reference.key] = match
    return [found[reference.key] for reference in bare if reference.key in found]


def _by_citation(
    client: Client,
    paper: Curie,
    references: Sequence[Reference],
    note: Callable[[str], None],
    titles: Callable[[Sequence[Curie]], Mapping[Curie, str]],
) -> list[ReferenceMatch]:
    printed = [
        eutils.PrintedCitation(r.key, r.journal, r.year, r.volume, r.first_page, surname_first(r.authors))
        for r in references
        if r.journal and r.year and r.volume and r.first_page
    ]
    matched: dict[str, Curie] = {}
    for start in range(0, len(printed), eutils.RECORDS):
        try:
            matched |= eutils.match_citations(client, printed[start : start + eutils.RECORDS])
        except ServiceError as error:
            note(str(error))
    told = titles(list(matched.values())) if matched else {}
    by_key = {reference.key: reference for reference in references}
    found = []
    for key, pmid in matched.items():
        printed_title, title = by_key[key].title, told.get(pmid)
        alike = title_likeness(printed_title, title) if printed_title and title else _UNTITLED
        if alike >= _CITED_ALIKE:
            found.append(ReferenceMatch(paper, key, pmid, "ecitmatch", round(alike, 3)))
    return found


def surname_first(authors: Sequence[str]) -> str:
    """Return the first author as PubMed writes names ("Bertha J. Mann" -> "Mann BJ"), nothing when there is none."""
    words = authors[0].split() if authors else []
    return " ".join((words[-1], "".join(word[0] for word in words[:-1]))).strip() if words else ""


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
    scored = [(likeness(reference, work), doi) for work in works if (doi := doi_curie(work.get("DOI"))) is not None]
    best = max(scored, default=None)
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
    family = next((author.get("family") for author in records(work.get("author"))), None)
    if reference.authors and isinstance(family, str) and not _words(family) & _words(" ".join(reference.authors)):
        return 0.0
    return title_likeness(reference.title or "", str(title))


def title_likeness(one: str, other: str) -> float:
    """Return how alike two titles are, in [0, 1], whatever their case, accents and punctuation."""
    return SequenceMatcher(None, _plain(one), _plain(other), autojunk=False).ratio()


def _year(work: dict[str, Any]) -> int | None:
    parts = record(work.get("issued")).get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    year = first[0] if isinstance(first, list) and first else None
    return year if isinstance(year, int) else None


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    letters = "".join(c for c in decomposed if not unicodedata.combining(c)).lower()
    return " ".join(re.findall(r"\w+", re.sub(r"<[^>]{1,40}>", "", letters)))[:400]


def _words(text: str) -> set[str]:
    return set(_plain(text).split())
