"""What is in an answer: the records of a set, a readable article, a trial, an item of a bibliography."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from kg.errors import ServiceError, SourceError
from kg.identifiers import Curie
from kg.services.shapes import record
from kg.sources import read_documents
from kg.sources.split import RecordPart, pmc_parts, pubmed_parts

_ITEM: Final = ("DOI", "title", "abstract", "author", "issued", "container-title", "URL", "type")
"""What is kept of a work of Crossref: the rest (scores, counts, dates of indexing) changes from day to day."""


def pubmed_records(content: bytes) -> list[RecordPart]:
    """Return the records of a ``PubmedArticleSet``.

    Raises:
        ServiceError: it cannot be read.
    """
    return _split(content, pubmed_parts)


def pmc_records(content: bytes) -> list[RecordPart]:
    """Return the articles of a ``pmc-articleset``.

    Raises:
        ServiceError: it cannot be read.
    """
    return _split(content, pmc_parts)


def _split(content: bytes, split: Callable[[Path], Iterator[RecordPart]]) -> list[RecordPart]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answer.xml"
        path.write_bytes(content)
        try:
            return list(split(path))
        except SourceError as error:
            raise ServiceError(f"an answer cannot be read: {error.problem}") from error


def article_in(content: bytes, pmcid: Curie) -> bool:
    """Tell whether a full text can be read, has more than a title, and is that of a PMCID (or says of none)."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answer.xml"
        path.write_bytes(content)
        documents = list(read_documents(path, on_error=lambda error: None))
    if len(documents) != 1 or len(documents[0].passages) < 2:
        return False
    told = [i for i in documents[0].paper.identifiers if i.startswith("PMC:")]
    return not told or pmcid in told


def is_trial(answer: Any, nct: Curie) -> bool:
    """Tell whether a record of ClinicalTrials.gov is that of a trial."""
    module = record(record(record(answer).get("protocolSection")).get("identificationModule"))
    return module.get("nctId") == f"NCT{nct.partition(':')[2]}"


def csl_item(work: dict[str, Any]) -> dict[str, Any]:
    """Return what documents are read from of a work of Crossref."""
    return {key: work[key] for key in _ITEM if key in work}


def json_bytes(value: Any) -> bytes:
    """Return JSON that is the same for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1).encode()
