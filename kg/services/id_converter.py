"""The PMC ID converter: which DOI, PMID and PMCID are one paper (papers of PubMed Central only).

https://pmc.ncbi.nlm.nih.gov/tools/id-converter-api/
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from kg.identifiers import Curie
from kg.services.body import Kind
from kg.services.http import Client
from kg.services.identifiers import doi_curie, pmc_curie, pmid_curie
from kg.services.shapes import record, records

URL: Final = "https://pmc.ncbi.nlm.nih.gov/tools/idconv/api/v1/articles/"
_SIZE: Final = 200
_TYPES: Final = {"doi": "doi", "PMID": "pmid", "PMC": "pmcid"}


def convert(client: Client, curies: Sequence[Curie]) -> dict[Curie, tuple[Curie, ...]]:
    """Return the other identifiers of each paper that PubMed Central has, by the identifier asked with.

    Args:
        client: asks.
        curies: DOIs, PMIDs and PMCIDs, mixed as they come.

    Raises:
        ServiceError: see `Client.get`.
    """
    by_type: dict[str, list[Curie]] = defaultdict(list)
    for curie in dict.fromkeys(curies):
        prefix = curie.partition(":")[0]
        if prefix in _TYPES:
            by_type[prefix].append(curie)
    found: dict[Curie, tuple[Curie, ...]] = {}
    for prefix, asked in by_type.items():
        for start in range(0, len(asked), _SIZE):
            part = asked[start : start + _SIZE]
            ids = ",".join(curie.partition(":")[2] for curie in part)
            params = {"ids": ids, "idtype": _TYPES[prefix], "format": "json", "versions": "no", **client.identity()}
            found |= _read(client.get(URL, params, kind=Kind.JSON).json(), part)
    return found


def _read(answer: Any, asked: Sequence[Curie]) -> dict[Curie, tuple[Curie, ...]]:
    found = {}
    for entry in records(record(answer).get("records")):
        if entry.get("status") == "error":
            continue
        known = _identifiers(entry)
        for curie in asked:
            if curie in known:
                found[curie] = known
    return found


def _identifiers(entry: Mapping[str, Any]) -> tuple[Curie, ...]:
    every = (doi_curie(entry.get("doi")), pmid_curie(entry.get("pmid")), pmc_curie(entry.get("pmcid")))
    return tuple(curie for curie in every if curie)
