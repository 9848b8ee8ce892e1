"""Europe PMC: a second source of abstracts and of open full texts.

https://europepmc.org/RestfulWebService
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from kg.identifiers import Curie
from kg.services.body import Kind, expected
from kg.services.http import Answer, Client
from kg.services.identifiers import doi_curie, pmc_curie, pmid_curie
from kg.services.shapes import record, records

BASE: Final = "https://www.ebi.ac.uk/europepmc/webservices/rest"
DOIS: Final = 25
"""DOIs in one search: the address stays below 4,000 characters."""


def full_text(client: Client, pmcid: Curie) -> Answer:
    """Return the JATS XML of an open article.

    Raises:
        NotFoundError: it is not open, or not there.
        ServiceError: see `Client.get`.
    """
    return client.get(f"{BASE}/PMC{pmcid.partition(':')[2]}/fullTextXML", wanted=expected(Kind.XML, "article"))


def search_dois(client: Client, dois: Sequence[Curie]) -> list[dict[str, Any]]:
    """Return the records (result type "core") of the papers with these DOIs, at most `DOIS`.

    Raises:
        ServiceError: see `Client.get`.
    """
    quoted = [curie.partition(":")[2].replace("\\", "").replace('"', "") for curie in dois]
    params = {
        "query": " OR ".join(f'DOI:"{doi}"' for doi in quoted),
        "resultType": "core",
        "format": "json",
        "pageSize": "100",
    }
    answer = client.get(f"{BASE}/search", params, wanted=expected(Kind.JSON, "resultList")).json()
    results = records(record(record(answer).get("resultList")).get("result"))
    return [result for result in results if doi_curie(result.get("doi")) in dois]


def references(client: Client, pmid: Curie) -> list[Curie]:
    """Return what a paper of PubMed cites, in the order of its list, as far as Europe PMC knows identifiers.

    Raises:
        NotFoundError: the paper is not there.
        ServiceError: see `Client.get`.
    """
    url = f"{BASE}/MED/{pmid.partition(':')[2]}/references"
    answer = client.get(url, {"format": "json", "pageSize": "1000"}, wanted=expected(Kind.JSON)).json()
    found = []
    for entry in records(record(record(answer).get("referenceList")).get("reference")):
        in_pubmed = pmid_curie(entry.get("id")) if entry.get("source") == "MED" else None
        found.append(in_pubmed or doi_curie(entry.get("doi")))
    return [curie for curie in dict.fromkeys(found) if curie]


def identifiers_of(result: dict[str, Any]) -> tuple[Curie, ...]:
    """Return the identifiers of a record."""
    every = (doi_curie(result.get("doi")), pmid_curie(result.get("pmid")), pmc_curie(result.get("pmcid")))
    return tuple(curie for curie in every if curie)


def to_csl(result: dict[str, Any]) -> dict[str, Any]:
    """Return a record as a CSL-JSON item, the form of a bibliography that documents are read from.

    https://docs.citationstyles.org/en/stable/specification.html
    """
    journal = record(record(result.get("journalInfo")).get("journal")).get("title")
    authors = records(record(result.get("authorList")).get("author"))
    day = str(result.get("firstPublicationDate") or result.get("pubYear") or "")
    item = {
        "id": result.get("doi") or result.get("id"),
        "type": "article-journal",
        "title": result.get("title"),
        "abstract": result.get("abstractText"),
        "container-title": journal,
        "author": [{"family": a.get("lastName"), "given": a.get("firstName")} for a in authors if a.get("lastName")],
        "issued": {"raw": day} if day else None,
        "DOI": result.get("doi"),
        "PMID": result.get("pmid"),
        "PMCID": result.get("pmcid"),
    }
    return {key: value for key, value in item.items() if value}
