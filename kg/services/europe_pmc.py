"""Europe PMC: a second source of abstracts and of open full texts.

https://europepmc.org/RestfulWebService
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from kg.identifiers import Curie
from kg.services.body import Kind
from kg.services.http import Answer, Client
from kg.services.identifiers import doi_curie, pmc_curie, pmid_curie

BASE: Final = "https://www.ebi.ac.uk/europepmc/webservices/rest"
_DOIS: Final = 25
"""DOIs in one search: the address stays below 4,000 characters."""


def full_text(client: Client, pmcid: Curie) -> Answer:
    """Return the JATS XML of an open article.

    Raises:
        NotFoundError: it is not open, or not there.
        ServiceError: see `Client.get`.
    """
    return client.get(f"{BASE}/PMC{pmcid.partition(':')[2]}/fullTextXML", kind=Kind.XML)


def search_dois(client: Client, dois: Sequence[Curie]) -> Iterator[dict[str, Any]]:
    """Yield the records (result type "core") of the papers with these DOIs.

    Raises:
        ServiceError: see `Client.get`.
    """
    for start in range(0, len(dois), _DOIS):
        part = dois[start : start + _DOIS]
        quoted = [curie.partition(":")[2].replace("\\", "").replace('"', "") for curie in part]
        params = {
            "query": " OR ".join(f'DOI:"{doi}"' for doi in quoted),
            "resultType": "core",
            "format": "json",
            "pageSize": "100",
        }
        answer = client.get(f"{BASE}/search", params, kind=Kind.JSON).json()
        results = answer.get("resultList", {}).get("result", []) if isinstance(answer, dict) else []
        yield from (record for record in results if isinstance(record, dict) and doi_curie(record.get("doi")) in part)


def identifiers_of(record: dict[str, Any]) -> tuple[Curie, ...]:
    """Return the identifiers of a record."""
    every = (doi_curie(record.get("doi")), pmid_curie(record.get("pmid")), pmc_curie(record.get("pmcid")))
    return tuple(curie for curie in every if curie)


def to_csl(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record as a CSL-JSON item, the form of a bibliography that documents are read from.

    https://docs.citationstyles.org/en/stable/specification.html
    """
    journal = ((record.get("journalInfo") or {}).get("journal") or {}).get("title")
    authors = ((record.get("authorList") or {}).get("author")) or []
    day = str(record.get("firstPublicationDate") or record.get("pubYear") or "")
    item = {
        "id": record.get("doi") or record.get("id"),
        "type": "article-journal",
        "title": record.get("title"),
        "abstract": record.get("abstractText"),
        "container-title": journal,
        "author": [
            {"family": a.get("lastName"), "given": a.get("firstName")}
            for a in authors
            if isinstance(a, dict) and a.get("lastName")
        ],
        "issued": {"raw": day} if day else None,
        "DOI": record.get("doi"),
        "PMID": record.get("pmid"),
        "PMCID": record.get("pmcid"),
    }
    return {key: value for key, value in item.items() if value}
