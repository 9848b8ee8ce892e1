"""Identifiers as the services write them in JSON, as CURIEs; what is none gives None."""

from __future__ import annotations

import re
from typing import Final

from kg.identifiers import Curie, is_curie

_RESOLVER: Final = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:)", re.IGNORECASE)


def doi_curie(value: object) -> Curie | None:
    """Return ``doi:10...`` in lower case."""
    if not isinstance(value, str):
        return None
    curie = "doi:" + _RESOLVER.sub("", value.strip()).lower()
    return curie if is_curie(curie) else None


def pmid_curie(value: object) -> Curie | None:
    """Return ``PMID:...``; some services write the number as one."""
    curie = f"PMID:{value}".replace(" ", "")
    return curie if isinstance(value, str | int) and is_curie(curie) else None


def pmc_curie(value: object) -> Curie | None:
    """Return ``PMC:...`` for ``PMC123``."""
    if not isinstance(value, str):
        return None
    curie = "PMC:" + value.strip().upper().removeprefix("PMC").partition(".")[0]
    return curie if is_curie(curie) else None
