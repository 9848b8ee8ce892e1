"""Identifiers as the services write them in JSON, as CURIEs; what is none, or of another type, gives None."""

from __future__ import annotations

from kg import bibliographic_ids as ids
from kg.identifiers import Curie


def doi_curie(value: object) -> Curie | None:
    """Return ``doi:10...`` in lower case; what a blank would cut short is none."""
    return ids.doi(value) if isinstance(value, str) and len(value.split()) == 1 else None


def pmid_curie(value: object) -> Curie | None:
    """Return ``PMID:...``; some services write the number as one."""
    return ids.pmid(str(value)) if isinstance(value, str | int) else None


def pmc_curie(value: object) -> Curie | None:
    """Return ``PMC:...`` for ``PMC123``."""
    return ids.pmc(value) if isinstance(value, str) else None
