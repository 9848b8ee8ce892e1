"""RIS, as Zotero, EndNote, Mendeley, PubMed's citation exporter and publishers write it: one document a record.

The tags differ between writers: the title is in TI or T1, the abstract in AB or N2, authors in AU or A1, the date in
DA, PY or Y1. The PMID is in AN when the record says that its database is PubMed, in U1 and U2 with its kind behind
it, or in a note; EndNote has the PMCID in C2. A document is named by the paper's best identifier, since ID holds the
number of a library or "Doe2020", which two papers of a merged file may share.

Source: https://en.wikipedia.org/wiki/RIS_(file_format), after the specification of Research Information Systems.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kg import bibliographic_ids as ids
from kg.errors import SourceError
from kg.identifiers import Curie
from kg.sources.assembly import Located
from kg.sources.bibliography import (
    BibliographyEntry,
    from_address,
    from_labelled,
    from_note,
    person,
    plain,
    web_address,
)
from kg.sources.characters import excerpt, squeeze
from kg.sources.dates import iso_date
from kg.sources.streams import ErrorHandler
from kg.sources.tagged_records import TaggedRecord, Tags, read_records

START: Final = re.compile(r"TY {1,2}- ?[A-Z]")
"""Matches the first line of a record: ``TY  - JOUR``."""

# Of TY and ER one space too few is forgiven: a record would be lost by it. Elsewhere it may be a line of an abstract.
_TAGS: Final = Tags(re.compile(r"(TY(?= {1,2}-)|ER(?= {1,2}-)|[A-Z][A-Z0-9](?=  -)) {1,2}-"), start="TY", end="ER")
_PUBMED: Final = re.compile(r"\b(?:pubmed|medline|nlm)\b", re.IGNORECASE)
_DOI: Final = re.compile(r"(?:doi:?\s*)?10\.\d{4}", re.IGNORECASE)
_DATE_PARTS: Final = re.compile(r"[/\s-]")


def read(path: Path, report: ErrorHandler) -> Iterator[Located]:
    """Yield a document a record, in order, streaming; a bad record goes to `report` and is left out."""
    for record in read_records(path, _TAGS, report):
        try:
            document = _entry(record).to_document(record.where, _key(record))
        except SourceError as error:
            report(error)
            continue
        yield Located(record.where, document)


def _entry(record: TaggedRecord) -> BibliographyEntry:
    return BibliographyEntry(
        title=plain(record.first("TI", "T1", "BT")),
        abstract=plain(record.first("AB", "N2")),
        identifiers=tuple(_identifiers(record)),
        authors=tuple(map(_author, record.values("AU", "A1"))),
        journal=plain(record.first("JF", "T2", "JO", "JA", "J2")),
        date=_date(record),
        url=next(filter(None, map(web_address, record.values("UR"))), None),
    )


def _key(record: TaggedRecord) -> str:
    """Return what the record can be found by in its file, for messages."""
    name = record.first("ID", "DO", "AN", "UR")
    return excerpt(name) if name else ""


def _identifiers(record: TaggedRecord) -> Iterator[Curie | None]:
    """Yield what names the paper: fields made for it, then labelled ones, notes and addresses."""
    yield ids.doi(record.first("DO"))
    yield from (ids.doi(value) for value in record.values("M3") if _DOI.match(value))
    if _PUBMED.search(f"{record.first('DB')} {record.first('DP')}"):
        yield ids.pmid(record.first("AN"))
    yield from (ids.pmc(value) for value in record.values("C2") if value.upper().startswith("PMC"))
    for tag in ("U1", "U2"):
        yield from map(from_labelled, record.values(tag))
    for note in record.values("N1"):
        yield from from_note(note)
    yield from map(from_address, record.values("UR"))


def _author(name: str) -> str:
    """Turn "Family, Given, Suffix" around; a group stands as it is ("Stem Cell Group,": EndNote ends it so)."""
    family, given, suffix = (*plain(name).split(","), "", "")[:3]
    return person(family, given, suffix)


def _date(record: TaggedRecord) -> str | None:
    """Return the most exact date of the year of publication; DA counts for nothing in a year that is another.

    EndNote writes the year to PY and the rest to DA, as "Mar 15".
    """
    found = [iso_date(*_DATE_PARTS.split(value)[:3]) for value in (record.first("PY"), record.first("Y1"))]
    year = next((date[:4] for date in found if date), "")
    day = _DATE_PARTS.split(squeeze(record.first("DA")))[:3]
    found.append(iso_date(year, *day[:2]) if day[0].isalpha() else iso_date(*day))
    return max((date for date in found if date and date.startswith(year)), key=len, default=None)
