"""Identifiers: CURIEs, and the one place that turns them into IRIs and back.

A CURIE here is a plain ``str`` such as ``MESH:D014591``, in the spelling of `PREFIXES`; use `parse`
to check one that comes from outside. Prefixes and IRIs follow the Bioregistry and the publishers' own
linked data (MeSH RDF, OBO PURLs); ``MSCKG`` is this project's namespace, for what no public vocabulary
names.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING, Final, TypeAlias

from kg.errors import GroundingError

if TYPE_CHECKING:
    from curies import Converter

Curie: TypeAlias = str

PREFIXES: Final[dict[str, str]] = {
    "MESH": "http://id.nlm.nih.gov/mesh/",
    "NCBITaxon": "http://purl.obolibrary.org/obo/NCBITaxon_",
    "CL": "http://purl.obolibrary.org/obo/CL_",
    "UBERON": "http://purl.obolibrary.org/obo/UBERON_",
    "MONDO": "http://purl.obolibrary.org/obo/MONDO_",
    "DOID": "http://purl.obolibrary.org/obo/DOID_",
    "OMIM": "https://omim.org/entry/",
    "PMID": "https://pubmed.ncbi.nlm.nih.gov/",
    "PMC": "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC",
    "doi": "https://doi.org/",
    "NCT": "https://clinicaltrials.gov/study/NCT",
    "biolink": "https://w3id.org/biolink/vocab/",
    "MSCKG": "https://w3id.org/msc-kg/",
}
"""Prefix to IRI prefix; the order is that of the Turtle header."""

LOCAL: Final = PREFIXES["MSCKG"]
"""IRI prefix of everything that this project names itself."""

_NOT_IN_IRI: Final = re.compile(r'[\x00-\x20<>"{}|\\^`\[\]#?]|%(?![0-9A-Fa-f]{2})')
"""Characters that RFC 3987 keeps out of an IRI."""

_LOCAL_PART: Final[dict[str, re.Pattern[str]]] = {
    "MESH": re.compile(r"[A-Z]\d{6,9}"),
    "NCBITaxon": re.compile(r"\d+"),
    "CL": re.compile(r"\d{7}"),
    "UBERON": re.compile(r"\d{7}"),
    "MONDO": re.compile(r"\d{7}"),
    "DOID": re.compile(r"\d+"),
    "OMIM": re.compile(r"(?:PS)?\d{6}"),
    "PMID": re.compile(r"[1-9]\d{0,8}"),
    "PMC": re.compile(r"[1-9]\d{0,9}"),
    "doi": re.compile(r"10\.\d{4,9}/\S+"),
    "NCT": re.compile(r"\d{8}"),
}


@cache
def converter() -> Converter:
    """Return the converter between CURIEs and IRIs for `PREFIXES`."""
    # It takes a tenth of a second to import; annotating contracts no IRI.
    from curies import Converter

    return Converter.from_prefix_map(PREFIXES)


def is_curie(value: str) -> bool:
    """Tell whether `value` has a known prefix and a local part of that prefix's form."""
    prefix, colon, local = value.partition(":")
    if not colon or prefix not in PREFIXES or not local:
        return False
    pattern = _LOCAL_PART.get(prefix)
    return pattern is None or pattern.fullmatch(local) is not None


def parse(value: str) -> Curie:
    """Return `value` when it is a CURIE of a known form.

    Raises:
        GroundingError: it is not.
    """
    if not is_curie(value):
        raise GroundingError(f"{value!r} is not a known identifier", remedy="write PREFIX:ID, for example MESH:D014591")
    return value


def to_iri(curie: Curie) -> str:
    """Expand a CURIE.

    Characters that an IRI may not hold, or that would end its path (they occur in old DOIs, as ``<``, ``[`` and ``#``),
    are percent-encoded.

    Raises:
        GroundingError: the prefix is unknown.
    """
    prefix, _, local = curie.partition(":")
    if prefix not in PREFIXES:
        raise GroundingError(f"{curie!r} has an unknown prefix", remedy=f"known prefixes: {', '.join(PREFIXES)}")
    return PREFIXES[prefix] + _NOT_IN_IRI.sub(lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode()), local)


def to_curie(iri: str) -> Curie | None:
    """Contract an IRI, or return None when no prefix fits."""
    return converter().compress(iri)


def digest(*parts: object, length: int = 16) -> str:
    """Return a stable lower-case hexadecimal hash of `parts`, for the ids of things that have none.

    Args:
        parts: strings, numbers, None or tuples of these; their order counts.
        length: characters to keep (16 = 64 bits).
    """
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:length]
