"""The PMC Open Access service: the licence of an article.

https://pmc.ncbi.nlm.nih.gov/tools/oa-service/
"""

from __future__ import annotations

import re
from typing import Final

from kg.errors import NotFoundError
from kg.identifiers import Curie
from kg.services.body import Kind, expected
from kg.services.http import Client

URL: Final = "https://www.ncbi.nlm.nih.gov/pmc/utils/oa/oa.fcgi"
_RECORD: Final = re.compile(rb"<record\b([^<>]*)>")
_ATTRIBUTE: Final = re.compile(rb'(\w+)="([^"<>]*)"')


def licence(client: Client, pmcid: Curie) -> str | None:
    """Return the licence of an open article ("CC BY"), None when the service does not state it.

    Raises:
        NotFoundError: it is not in the open subset.
        ServiceError: see `Client.get`.
    """
    answer = client.get(URL, {"id": f"PMC{pmcid.partition(':')[2]}"}, wanted=expected(Kind.XML, "OA"))
    found = _RECORD.search(answer.content)
    if found is None:
        raise NotFoundError("has no such open article", where="PMC OA")
    told = {name.decode(): value.decode("utf-8", "replace") for name, value in _ATTRIBUTE.findall(found[1])}
    stated = told.get("license")
    return None if stated in (None, "", "none") else stated
