"""BioC-PMC: open full texts as BioC, where neither PubMed Central's nor Europe PMC's XML is to be had.

https://www.ncbi.nlm.nih.gov/research/bionlp/APIs/BioC-PMC/
"""

from __future__ import annotations

from typing import Final

from kg.errors import NotFoundError
from kg.identifiers import Curie
from kg.services.body import Kind, expected
from kg.services.http import Answer, Client

BASE: Final = "https://www.ncbi.nlm.nih.gov/research/bionlp/RESTful/pmcoa.cgi/BioC_xml"


def article(client: Client, pmcid: Curie) -> Answer:
    """Return the BioC XML of an open article.

    Raises:
        NotFoundError: it is not in the open subset (the service says so in plain text under status 200).
        ServiceError: see `Client.get`.
    """
    answer = client.get(f"{BASE}/PMC{pmcid.partition(':')[2]}/unicode", wanted=expected(Kind.TEXT))
    if not answer.content.lstrip().startswith(b"<"):
        raise NotFoundError("has no such open article", where="BioC-PMC")
    return answer
