"""MEDLINE, the form of PubMed's "Citation manager" (``.nbib``) and "PubMed" exports: one document a record.

It is the tagged form of what PubMed also gives as XML. A document is named by its PMID in digits, as in PubTator.

Source: https://pubmed.ncbi.nlm.nih.gov/help/#pubmed-format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kg import bibliographic_ids as ids
from kg.errors import SourceError
from kg.sources.assembly import Located
from kg.sources.bibliography import BibliographyEntry, from_labelled, person, plain
from kg.sources.characters import excerpt
from kg.sources.dates import iso_date
from kg.sources.streams import ErrorHandler
from kg.sources.tagged_records import TaggedRecord, Tags, read_records

START: Final = re.compile(r"PMID- *\d")
"""Matches the first line of a record: ``PMID- 12345678``."""

_TAGS: Final = Tags(re.compile(r"([A-Z][A-Z0-9 ]{3})-(?: |$)"), start="PMID", end=None)
_RETRACTED: Final = "Retracted Publication"


def read(path: Path, report: ErrorHandler) -> Iterator[Located]:
    """Yield a document a record, in order, streaming; a bad record goes to `report` and is left out."""
    for record in read_records(path, _TAGS, report):
        try:
            located = Located(record.where, _entry(record).to_document(record.where, excerpt(record.first("PMID"))))
        except SourceError as error:
            report(error)
            continue
        yield located


def _entry(record: TaggedRecord) -> BibliographyEntry:
    """Read a record.

    Raises:
        SourceError: its PMID is none.
    """
    pmid = ids.pmid(record.first("PMID"))
    if pmid is None:
        problem = f"{excerpt(record.first('PMID'))} is no PMID"
        raise SourceError(problem, where=record.where, remedy="export the record from PubMed again")
    types = tuple(dict.fromkeys(map(plain, record.values("PT"))))
    located = [*record.values("LID"), *record.values("AID")]
    return BibliographyEntry(
        title=plain(record.first("TI", "BTI")),
        abstract=plain(record.first("AB")),
        name=pmid.removeprefix("PMID:"),
        identifiers=(pmid, ids.pmc(record.first("PMC")), *map(from_labelled, located)),
        authors=(*map(_author, record.values("FAU", "AU")), *map(plain, record.values("CN"))),
        journal=plain(record.first("JT", "TA")),
        date=iso_date(*record.first("DP").split()[:3]),
        publication_types=types,
        retracted=_RETRACTED in types,
    )


def _author(name: str) -> str:
    """Turn "Doe, Jane K" around; "Doe JK", where the full name is not given, stands as it is."""
    family, _, given = plain(name).partition(",")
    return person(family, given)
