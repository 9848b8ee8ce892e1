"""The PMC ID converter: which DOI, PMID and PMCID are one paper (papers of PubMed Central only).

https://pmc.ncbi.nlm.nih.gov/tools/id-converter-api/
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from kg.identifiers import Curie
from kg.services.body import Kind, expected
from kg.services.http import Client
from kg.services.identifiers import doi_curie, pmc_curie, pmid_curie
from kg.services.shapes import record, records

URL: Final = "https://pmc.ncbi.nlm.nih.gov/tools/idconv/api/v1/articles/"
_SIZE: Final = 200
_LONGEST: Final = 4000
"""Characters of the list of ids in an address; servers take 8,000 in all."""
_TYPES: Final = {"doi": "doi", "PMID": "pmid", "PMC": "pmcid"}


def batches(curies: Sequence[Curie]) -> list[tuple[Curie, ...]]:
    """Return the identifiers in groups that one request can ask for: of one type, up to 200, an address not too long.

    Args:
        curies: DOIs, PMIDs and PMCIDs, mixed as they come; a DOI with a comma in it cannot be asked for.
    """
    made: list[list[Curie]] = []
    for prefix in _TYPES:
        length = _LONGEST
        for curie in dict.fromkeys(c for c in curies if c.startswith(f"{prefix}:") and "," not in c):
            length += len(quote(curie)) + 3
            if length > _LONGEST or len(made[-1]) == _SIZE:
                made.append([])
                length = len(quote(curie)) + 3
            made[-1].append(curie)
    return [tuple(group) for group in made]


def convert(client: Client, batch: Sequence[Curie]) -> dict[Curie, tuple[Curie, ...]]:
    """Return the other identifiers of each paper that PubMed Central has, by the identifier asked with.

    Args:
        client: asks.
        batch: one of `batches`.

    Raises:
        ServiceError: see `Client.get`.
    """
    kind = _TYPES[batch[0].partition(":")[0]]
    ids = ",".join(curie.partition(":")[2] for curie in batch)
    params = {"ids": ids, "idtype": kind, "format": "json", "versions": "no", **client.identity()}
    return _read(client.get(URL, params, wanted=expected(Kind.JSON, "records")).json(), batch)


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
