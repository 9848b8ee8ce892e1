"""NCBI E-utilities: records of PubMed and full texts of PubMed Central, and citations looked up without an id.

https://www.ncbi.nlm.nih.gov/books/NBK25499/ (E-utilities in depth).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kg.identifiers import Curie
from kg.services.body import Kind, expected
from kg.services.http import Answer, Client
from kg.services.identifiers import pmid_curie
from kg.services.shapes import record

BASE: Final = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
RECORDS: Final = 200
"""Ids in one request for PubMed records."""
FULL_TEXTS: Final = 20
"""Ids in one request for full texts, which have half a megabyte each."""
DOIS: Final = 50
"""DOIs in one search."""
_NOT_IN_CITATION: Final = re.compile(r"[|\r\n]+")


def pubmed_records(client: Client, pmids: Sequence[Curie]) -> Answer:
    """Return a ``PubmedArticleSet`` with the records of those of `pmids` (CURIEs, at most `RECORDS`) that PubMed has.

    Raises:
        ServiceError: see `Client.get`.
    """
    return _fetched(client, "pubmed", pmids, "PubmedArticleSet")


def pmc_articles(client: Client, pmcids: Sequence[Curie]) -> Answer:
    """Return a ``pmc-articleset`` with the articles of `pmcids` (CURIEs, at most `FULL_TEXTS`).

    One that is not open has no body.

    Raises:
        ServiceError: see `Client.get`.
    """
    return _fetched(client, "pmc", pmcids, "pmc-articleset")


def _fetched(client: Client, database: str, curies: Sequence[Curie], root: str) -> Answer:
    ids = ",".join(curie.partition(":")[2] for curie in curies)
    form = {"db": database, "id": ids, "retmode": "xml", **client.identity()}
    return client.post(f"{BASE}/efetch.fcgi", form, wanted=expected(Kind.XML, root))


def search_dois(client: Client, dois: Sequence[Curie]) -> list[Curie]:
    """Return the PMIDs of the papers with these DOIs, at most `DOIS`; the records say which is which.

    Raises:
        ServiceError: see `Client.get`.
    """
    names = [curie.partition(":")[2].replace('"', "") for curie in dois]
    term = " OR ".join(f'"{name}"[AID]' for name in names)
    form = {"db": "pubmed", "term": term, "retmode": "json", "retmax": str(RECORDS), **client.identity()}
    answer = record(client.post(f"{BASE}/esearch.fcgi", form, wanted=expected(Kind.JSON, "esearchresult")).json())
    listed = record(answer["esearchresult"]).get("idlist")
    found = [pmid_curie(name) for name in listed] if isinstance(listed, list) else []
    return [curie for curie in found if curie]


@dataclass(frozen=True, slots=True)
class PrintedCitation:
    """What a reference list prints of a paper; `key` is given back with the answer.

    `author` is the first one as PubMed writes names: "Mann BJ".
    """

    key: str
    journal: str
    year: int
    volume: str
    first_page: str
    author: str


def match_citations(client: Client, citations: Sequence[PrintedCitation]) -> dict[str, Curie]:
    """Return the PMID of each citation that ECitMatch finds, by key; it answers only where one paper fits.

    https://www.ncbi.nlm.nih.gov/books/NBK25499/#chapter4.ECitMatch

    Args:
        client: asks.
        citations: at most `RECORDS`.

    Raises:
        ServiceError: see `Client.get`.
    """
    # The keys go as numbers: the service gives back what it likes of a longer name.
    lines = [
        "|".join(_plain(v) for v in (c.journal, str(c.year), c.volume, c.first_page, c.author, str(n))) + "|"
        for n, c in enumerate(citations)
    ]
    form = {"db": "pubmed", "retmode": "xml", "bdata": "\r".join(lines), **client.identity()}
    answer = client.post(f"{BASE}/ecitmatch.cgi", form, wanted=expected(Kind.TEXT))
    found: dict[str, Curie] = {}
    for line in answer.content.decode("utf-8", errors="replace").splitlines():
        *_, number, pmid = ["", "", *line.strip().split("|")]
        if (
            re.fullmatch(r"[0-9]{1,6}", number)
            and int(number) < len(citations)
            and re.fullmatch(r"[1-9][0-9]{0,8}", pmid)
        ):
            found[citations[int(number)].key] = f"PMID:{pmid}"
    return found


def _plain(value: str) -> str:
    return _NOT_IN_CITATION.sub(" ", value).strip()
