"""NCBI E-utilities: records of PubMed and full texts of PubMed Central, and citations looked up without an id.

https://www.ncbi.nlm.nih.gov/books/NBK25499/ (E-utilities in depth).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.identifiers import Curie
from kg.services.body import Kind
from kg.services.http import Answer, Client
from kg.services.identifiers import pmid_curie
from kg.services.shapes import record

BASE: Final = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
RECORDS: Final = 200
"""Ids in one request for PubMed records."""
FULL_TEXTS: Final = 20
"""Ids in one request for full texts, which have half a megabyte each."""
_DOIS: Final = 50
"""DOIs in one search."""
_NOT_IN_CITATION: Final = re.compile(r"[|\r\n]+")


def pubmed_records(client: Client, pmids: Sequence[Curie]) -> Iterator[Answer]:
    """Yield ``PubmedArticleSet`` answers that hold the records of all `pmids` (CURIEs) that PubMed has.

    Raises:
        ServiceError: see `Client.get`.
    """
    yield from _fetched(client, "pubmed", pmids, RECORDS)


def pmc_articles(client: Client, pmcids: Sequence[Curie]) -> Iterator[Answer]:
    """Yield ``pmc-articleset`` answers with the articles of `pmcids` (CURIEs); one that is not open has no body."""
    yield from _fetched(client, "pmc", pmcids, FULL_TEXTS)


def _fetched(client: Client, database: str, curies: Sequence[Curie], size: int) -> Iterator[Answer]:
    for start in range(0, len(curies), size):
        ids = ",".join(curie.partition(":")[2] for curie in curies[start : start + size])
        form = {"db": database, "id": ids, "retmode": "xml", **client.identity()}
        yield client.post(f"{BASE}/efetch.fcgi", form, kind=Kind.XML)


def search_dois(client: Client, dois: Sequence[Curie]) -> list[Curie]:
    """Return the PMIDs of the papers with these DOIs, in no telling order: the records say which is which.

    Raises:
        ServiceError: see `Client.get`.
    """
    found: list[Curie | None] = []
    for start in range(0, len(dois), _DOIS):
        names = [curie.partition(":")[2].replace('"', "") for curie in dois[start : start + _DOIS]]
        term = " OR ".join(f'"{name}"[AID]' for name in names)
        form = {"db": "pubmed", "term": term, "retmode": "json", "retmax": str(RECORDS), **client.identity()}
        answer = record(client.post(f"{BASE}/esearch.fcgi", form, kind=Kind.JSON).json())
        listed = record(answer.get("esearchresult")).get("idlist")
        found += [pmid_curie(name) for name in listed] if isinstance(listed, list) else []
    return [curie for curie in found if curie]


@dataclass(frozen=True, slots=True)
class PrintedCitation:
    """What a reference list prints of a paper; `key` is given back with the answer."""

    key: str
    journal: str
    year: int
    volume: str
    first_page: str
    author: str


def match_citations(client: Client, citations: Sequence[PrintedCitation]) -> dict[str, Curie]:
    """Return the PMID of each citation that ECitMatch finds, by key; it answers only where one paper fits.

    https://www.ncbi.nlm.nih.gov/books/NBK25499/#chapter4.ECitMatch
    """
    found: dict[str, Curie] = {}
    for start in range(0, len(citations), RECORDS):
        part = citations[start : start + RECORDS]
        # The keys go as numbers: the service gives back what it likes of a longer name.
        lines = [
            "|".join(_plain(v) for v in (c.journal, str(c.year), c.volume, c.first_page, c.author, str(n))) + "|"
            for n, c in enumerate(part)
        ]
        form = {"db": "pubmed", "retmode": "xml", "bdata": "\r".join(lines), **client.identity()}
        answer = client.post(f"{BASE}/ecitmatch.cgi", form, kind=Kind.TEXT)
        for line in answer.content.decode("utf-8", errors="replace").splitlines():
            *_, number, pmid = ["", "", *line.strip().split("|")]
            if number.isdigit() and int(number) < len(part) and re.fullmatch(r"[1-9]\d{0,8}", pmid):
                found[part[int(number)].key] = f"PMID:{pmid}"
    return found


def _plain(value: str) -> str:
    return _NOT_IN_CITATION.sub(" ", value).strip()
