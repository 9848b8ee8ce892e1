"""Crossref: a paper's metadata by its DOI, and its DOI by what a reference list prints.

https://api.crossref.org/swagger-ui/index.html
"""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import quote

from kg.errors import ServiceError
from kg.identifiers import Curie
from kg.services.body import Kind, expected
from kg.services.http import Answer, Client
from kg.services.shapes import record, records

BASE: Final = "https://api.crossref.org/works"


def work(client: Client, doi: Curie) -> tuple[Answer, dict[str, Any]]:
    """Return the answer and the work in it, which is close to CSL-JSON.

    Raises:
        NotFoundError: Crossref does not have the DOI.
        ServiceError: see `Client.get`.
    """
    answer = client.get(
        f"{BASE}/{quote(doi.partition(':')[2], safe='')}", _polite(client), wanted=expected(Kind.JSON, "message")
    )
    message = record(answer.json()).get("message")
    if not isinstance(message, dict):
        raise ServiceError("answers without a work", where=answer.url)
    return answer, message


def find(client: Client, printed: str, rows: int = 3) -> list[dict[str, Any]]:
    """Return the works that fit a printed reference best, best first.

    Args:
        client: asks.
        printed: title, authors, journal and year in any order.
        rows: how many at most.
    """
    params = {
        "query.bibliographic": printed[:500],
        "rows": str(rows),
        "select": "DOI,title,author,issued,container-title",
        **_polite(client),
    }
    answer = client.get(BASE, params, wanted=expected(Kind.JSON, "message")).json()
    return records(record(record(answer).get("message")).get("items"))


def _polite(client: Client) -> dict[str, str]:
    return {"mailto": client.settings.email} if client.settings.email else {}
