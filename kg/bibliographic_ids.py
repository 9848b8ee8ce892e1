"""Identifiers of papers and trials, from the many ways in which files write them to CURIEs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import quote, unquote

from kg.identifiers import Curie, digest, is_curie

_DOI: Final = re.compile(r"10\.\d{4,9}/\S+")
_DOI_RESOLVER: Final = re.compile(r"^(?:https?://)?(?:dx\.|www\.)?doi\.org/", re.IGNORECASE)
_LONGEST: Final = 1000
"""Characters; longer than any DOI in use, and keeps hostile input cheap."""
_TRAILING: Final = ".,;:'\"\u2019\u201d"
_CLOSERS: Final = {")": "(", "]": "[", ">": "<", "}": "{"}
_BEST_FIRST: Final = ("doi", "PMID", "PMC", "NCT")


def doi(value: str) -> Curie | None:
    """Return the DOI in `value` as ``doi:10.x/...`` in lower case, or None when there is none.

    Resolver addresses, a leading ``doi:`` and punctuation that a sentence left behind are taken off; a closing
    bracket stays when the DOI itself opens it (``10.1016/S0140-6736(05)67728-8``).
    """
    text = value.strip()
    if _DOI_RESOLVER.match(text):
        text = unquote(_DOI_RESOLVER.sub("", text))
    match = _DOI.search(text)
    if match is None or len(match[0]) > _LONGEST:
        return None
    found = match[0]
    while found and (found[-1] in _TRAILING or _unbalanced_end(found)):
        found = found[:-1]
    curie = f"doi:{found.lower()}"
    return curie if is_curie(curie) else None


def _unbalanced_end(text: str) -> bool:
    """Tell whether the last character closes a bracket that `text` never opens."""
    opener = _CLOSERS.get(text[-1])
    return opener is not None and text.count(text[-1]) > text.count(opener)


def pmid(value: str) -> Curie | None:
    """Return ``PMID:<digits>`` for a PubMed id ("21772740", "PMID: 21772740", an address), or None."""
    match = re.fullmatch(r"(?:(?:pmid|pubmed)\s*:?\s*|https?://\S+/)?0*([1-9]\d{0,8})/?", value.strip(), re.IGNORECASE)
    return f"PMID:{match[1]}" if match else None


def pmc(value: str) -> Curie | None:
    """Return ``PMC:<digits>`` for a PubMed Central id ("PMC123", "123", "PMC:123", an address), or None."""
    pattern = r"(?:https?://\S+/)?(?:pmcid\s*:?\s*)?(?:pmc\s*:?\s*)?0*([1-9]\d{0,9})(?:\.\d+)?/?"
    match = re.fullmatch(pattern, value.strip(), re.IGNORECASE)
    return f"PMC:{match[1]}" if match else None


def trial(value: str) -> Curie | None:
    """Return ``NCT:<digits>`` for a ClinicalTrials.gov id, or None."""
    match = re.fullmatch(r"NCT:?(\d{8})", value.strip(), re.IGNORECASE)
    return f"NCT:{match[1]}" if match else None


def from_input_id(value: str, *, digits_are_pmid: bool = False) -> Curie:
    """Return the CURIE of a document that only has the name its input gives it.

    ``NCT01234567`` and ``PMC123`` speak for themselves, as do ``PMID:1`` and ``doi:10...``; bare digits are a
    PubMed id only where the format says so (PubTator). Anything else becomes ``MSCKG:document/<percent-encoded>``.
    """
    text = value.strip()
    if digits_are_pmid and text.isascii() and text.isdigit() and (found := pmid(text)):
        return found
    if found := trial(text):
        return found
    if re.fullmatch(r"PMC:?\d+", text, re.IGNORECASE) and (found := pmc(text)):
        return found
    if re.fullmatch(r"PMID:\s*\d+", text, re.IGNORECASE) and (found := pmid(text)):
        return found
    if text[:4].lower() == "doi:" and (found := doi(text)):
        return found
    return "MSCKG:document/" + quote(text, safe="")


def as_written(value: str) -> Curie | None:
    """Return the identifier that a person wrote: ``PMC123``, ``PMID:123``, ``doi:10.1/x``, a DOI alone, ``NCT...``.

    None for anything else: bare digits could be of any database.
    """
    text = value.strip()
    if re.fullmatch(r"PMC:?\d+", text, re.IGNORECASE):
        return pmc(text)
    if re.fullmatch(r"PMID:?\s*\d+", text, re.IGNORECASE):
        return pmid(text)
    if re.fullmatch(r"(?:doi:\s*|(?:https?://)?(?:dx\.|www\.)?doi\.org/)?10\.\d{4,9}/\S+", text, re.IGNORECASE):
        return doi(text)
    return trial(text)


def from_content(*parts: object) -> Curie:
    """Return ``MSCKG:document/<hash>`` for a text that has no identifier at all."""
    return "MSCKG:document/" + digest(*parts)


def best(identifiers: Iterable[Curie]) -> Curie | None:
    """Return the identifier that names a paper best (DOI, PMID, PMC, NCT, in this order), or None."""
    ranked = sorted(
        (_BEST_FIRST.index(prefix), curie)
        for curie in identifiers
        if (prefix := curie.partition(":")[0]) in _BEST_FIRST
    )
    return ranked[0][1] if ranked else None


def collect(*candidates: Curie | None) -> tuple[Curie, ...]:
    """Return the candidates that are there, each once, sorted: the form of `Paper.identifiers`."""
    return tuple(sorted({c for c in candidates if c is not None}))
