"""The PMC Open Access service: the licence of an article, and whether it was retracted.

https://pmc.ncbi.nlm.nih.gov/tools/oa-service/
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.errors import NotFoundError
from kg.identifiers import Curie
from kg.services.body import Kind, expected
from kg.services.http import Client

URL: Final = "https://www.ncbi.nlm.nih.gov/pmc/utils/oa/oa.fcgi"
_RECORD: Final = re.compile(rb"<record\b([^<>]*)>")
_ATTRIBUTE: Final = re.compile(rb'(\w+)="([^"<>]*)"')


@dataclass(frozen=True, slots=True)
class OpenAccess:
    """What the service says of an article: its licence ("CC BY"), None when not stated, and a retraction."""

    licence: str | None
    retracted: bool


def terms(client: Client, pmcid: Curie) -> OpenAccess:
    """Return the terms of an open article.

    Raises:
        NotFoundError: it is not in the open subset.
        ServiceError: see `Client.get`.
    """
    answer = client.get(URL, {"id": f"PMC{pmcid.partition(':')[2]}"}, wanted=expected(Kind.XML, "OA"))
    found = _RECORD.search(answer.content)
    if found is None:
        raise NotFoundError("has no such open article", where="PMC OA")
    told = {name.decode(): value.decode("utf-8", "replace") for name, value in _ATTRIBUTE.findall(found[1])}
    licence = told.get("license") or None
    return OpenAccess(None if licence in (None, "none") else licence, told.get("retracted") == "yes")
