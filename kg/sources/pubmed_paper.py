"""The bibliographic facts of a PubMed record.

Source: the DTD of PubMed and NLM's descriptions of its elements,
https://dtd.nlm.nih.gov/ncbi/pubmed/doc/out/190101/index.html and
https://www.nlm.nih.gov/bsd/licensee/elements_descriptions.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg import bibliographic_ids as ids
from kg.identifiers import Curie
from kg.model import Paper
from kg.sources.dates import iso_date
from kg.sources.jats.elements import Element, child, children, text_of

_ID_READERS: Final = {"doi": ids.doi, "pubmed": ids.pmid, "pmc": ids.pmc, "pmcid": ids.pmc}
_DESCRIPTOR: Final = re.compile(r"D\d{6,9}")
_MEDLINE_DATE: Final = re.compile(r"(?<!\d)([12]\d{3})(?!\d)(?:\s+([A-Za-z]{3,9})(?:\s+(\d{1,2}))?)?")
_RETRACTED_TYPE: Final = "D016441"
_RETRACTING: Final = ("RetractionIn", "RetractedandRepublishedIn")
"""What a record says of the notice that retracts it; the notice itself says ``RetractionOf``."""


@dataclass(frozen=True, slots=True)
class Record:
    """Where the parts of a record stand; in a book's record one element holds them all.

    `citation` holds PMID, MeSH headings and comments, `article` title, abstract and authors, `data` the identifiers
    and the references; each may be None in a damaged record. `book` is the ``Book`` of a book or chapter.
    """

    citation: Element | None
    article: Element | None
    data: Element | None
    book: Element | None = None

    @classmethod
    def of(cls, element: Element) -> Record:
        """Return the parts of a ``PubmedArticle`` or ``PubmedBookArticle``."""
        document = child(element, "BookDocument")
        if document is not None:
            return cls(document, document, document, child(document, "Book"))
        citation = child(element, "MedlineCitation")
        return cls(citation, child(citation, "Article"), child(element, "PubmedData"))


def pmid_of(record: Record) -> Curie | None:
    """Return the PubMed id, or None when the record has none that is one."""
    return ids.pmid(text_of(child(record.citation, "PMID")))


def article_ids(element: Element | None) -> tuple[Curie, ...]:
    """Return the DOI, PubMed and PMC ids in the ``ArticleIdList`` that an element has as its child, sorted."""
    found: list[Curie | None] = []
    for entry in _of(child(element, "ArticleIdList"), "ArticleId"):
        reader = _ID_READERS.get(entry.get("IdType", "").lower())
        found.append(reader(text_of(entry)) if reader else None)
    return ids.collect(*found)


def read_paper(record: Record, pmid: Curie, title: str) -> Paper:
    """Return the paper of a record with this PubMed id and title."""
    identifiers = _identifiers(record, pmid)
    return Paper(
        id=ids.best(identifiers) or pmid,
        title=title,
        identifiers=identifiers,
        authors=tuple(_authors(record)),
        journal=_journal(record),
        date=_date(record),
        publication_types=tuple(dict.fromkeys(name for name in map(text_of, _types(record)) if name)),
        headings=_headings(record),
        retracted=_is_retracted(record),
    )


def _of(element: Element | None, *names: str) -> list[Element]:
    """Return the child elements of these names; none of None."""
    return children(element, *names) if element is not None else []


def _identifiers(record: Record, pmid: Curie) -> tuple[Curie, ...]:
    """Return the ids of the paper; of two DOIs that differ the article's own counts, not that of its data."""
    listed = article_ids(record.data)
    valid = [e for e in _of(record.article, "ELocationID") if e.get("ValidYN") != "N" and e.get("EIdType") == "doi"]
    own = [doi for e in valid if (doi := ids.doi(text_of(e)))]
    dois = own or [curie for curie in listed if curie.startswith("doi:")]
    return ids.collect(pmid, *dois[:1], *(curie for curie in listed if curie.startswith("PMC:")))


def _authors(record: Record) -> Iterator[str]:
    """Yield the names as "Given Family Suffix", groups by their name; a book's editors are not its authors."""
    holders = [record.article] if _of(record.article, "AuthorList") else [record.book]
    lists = [found for holder in holders for found in _of(holder, "AuthorList") if found.get("Type") != "editors"]
    for author in (author for found in lists for author in _of(found, "Author")):
        if author.get("ValidYN") == "N":
            continue
        given = text_of(child(author, "ForeName")) or text_of(child(author, "Initials"))
        parts = [given, text_of(child(author, "LastName")), text_of(child(author, "Suffix"))]
        if name := " ".join(part for part in parts if part) or text_of(child(author, "CollectiveName")):
            yield name


def _journal(record: Record) -> str | None:
    """Return the journal's title; of a chapter, the title of its book."""
    if record.book is not None:
        is_chapter = bool(text_of(child(record.article, "ArticleTitle")))
        return (is_chapter and text_of(child(record.book, "BookTitle"))) or None
    journal = child(record.article, "Journal")
    names = (child(journal, "Title"), child(journal, "ISOAbbreviation"))
    return next((name for name in map(text_of, names) if name), None) or (
        text_of(child(record.citation, "MedlineJournalInfo", "MedlineTA")) or None
    )


def _date(record: Record) -> str | None:
    """Return the date of first publication: that of the issue or of the electronic article, which is earlier."""
    if record.book is not None:
        return _read_date(child(record.article, "ContributionDate")) or _read_date(child(record.book, "PubDate"))
    printed = _read_date(child(record.article, "Journal", "JournalIssue", "PubDate"))
    electronic = next((found for e in _of(record.article, "ArticleDate") if (found := _read_date(e))), None)
    if printed is None or electronic is None:
        return printed or electronic
    if printed.startswith(electronic) or electronic.startswith(printed):
        return max(printed, electronic, key=len)
    return min(printed, electronic)


def _read_date(element: Element | None) -> str | None:
    """Return a date in parts, or the beginning of one in words ("2019 Nov-Dec", "1998 Dec-1999 Jan")."""
    match = _MEDLINE_DATE.search(text_of(child(element, "MedlineDate")))
    if match is not None:
        return iso_date(match[1], match[2] or "", match[3] or "")
    return iso_date(*(text_of(child(element, part)) for part in ("Year", "Month", "Day")))


def _types(record: Record) -> list[Element]:
    holder = record.article if record.book is not None else child(record.article, "PublicationTypeList")
    return _of(holder, "PublicationType")


def _headings(record: Record) -> tuple[Curie, ...]:
    """Return the MeSH descriptors; their qualifiers and the supplementary concepts are left out."""
    names = (
        child(heading, "DescriptorName") for heading in _of(child(record.citation, "MeshHeadingList"), "MeshHeading")
    )
    found = {name.get("UI", "") for name in names if name is not None}
    return tuple(sorted(f"MESH:{descriptor}" for descriptor in found if _DESCRIPTOR.fullmatch(descriptor)))


def _is_retracted(record: Record) -> bool:
    """Tell whether PubMed marks the paper itself as retracted, by its type or by a link to the notice."""
    links = _of(child(record.citation, "CommentsCorrectionsList"), "CommentsCorrections")
    return any(link.get("RefType") in _RETRACTING for link in links) or any(
        kind.get("UI") == _RETRACTED_TYPE or text_of(kind) == "Retracted Publication" for kind in _types(record)
    )
