"""CSL-JSON bibliographies, as Zotero, Mendeley and doi.org write them: one document a record.

Source: https://docs.citationstyles.org/en/stable/specification.html and the schema it names, csl-data.json.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from kg import bibliographic_ids as ids
from kg.errors import SourceError
from kg.identifiers import Curie
from kg.model import Document
from kg.sources.assembly import Located
from kg.sources.bibliography import BibliographyEntry, from_address, from_note, plain, web_address
from kg.sources.characters import excerpt, squeeze
from kg.sources.dates import iso_date
from kg.sources.jsonl import parse_json
from kg.sources.streams import ErrorHandler, read_lines

_REMEDY: Final = "export the bibliography again as CSL-JSON"


def read(path: Path, report: ErrorHandler) -> Iterator[Located]:
    """Yield a document a record, in order; a bad record goes to `report` and is left out.

    Raises:
        SourceError: the file cannot be read, is not JSON, or is no list of records.
    """
    records = parse_json("\n".join(read_lines(path)), path)
    if isinstance(records, dict):
        records = records["items"] if isinstance(records.get("items"), list) else [records]
    if not isinstance(records, list) or not records:
        raise SourceError("is not a list of CSL-JSON records", where=path, remedy=_REMEDY)
    for number, record in enumerate(records, start=1):
        where = f"{path}: record {number}"
        try:
            yield Located(where, _document(record, where))
        except SourceError as error:
            report(error)


def _document(record: object, where: str) -> Document:
    if not isinstance(record, dict):
        raise SourceError("is not an object", where=where, remedy=_REMEDY)
    name = record.get("id")
    entry = BibliographyEntry(
        title=_text(record, "title", where),
        abstract=_text(record, "abstract", where),
        name=squeeze(str(name)) if isinstance(name, str | int) else "",
        identifiers=tuple(_identifiers(record)),
        authors=tuple(map(_name, _list(record.get("author")))),
        journal=_text(record, "container-title", where),
        date=_date(record.get("issued")),
        url=web_address(_scalar(record.get("URL"))),
    )
    return entry.to_document(where)


def _identifiers(record: dict[str, Any]) -> Iterator[Curie | None]:
    """Yield DOI, PMID and PMCID from their fields, from the note, where Zotero keeps the last two, and the address."""
    yield ids.doi(_scalar(record.get("DOI")))
    yield ids.pmid(_scalar(record.get("PMID")))
    yield ids.pmc(_scalar(record.get("PMCID")))
    yield from from_note(_scalar(record.get("note")))
    yield from_address(_scalar(record.get("URL")))


def _scalar(value: object) -> str:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(record: dict[str, Any], key: str, where: str) -> str:
    """Return a text field without markup; Crossref writes some as a list, of which the first counts."""
    value = record.get(key)
    if isinstance(value, list) and value:
        value = value[0]
    if value is None or value == []:
        return ""
    if not isinstance(value, str):
        raise SourceError(f'"{key}" of {excerpt(str(record.get("id")))} is not a string', where=where, remedy=_REMEDY)
    return plain(value)


def _name(author: object) -> str:
    """Return "Given Family", or the literal name of a group."""
    if not isinstance(author, dict):
        return ""
    keys = ("given", "non-dropping-particle", "family", "suffix")
    parts = [squeeze(author[key]) for key in keys if isinstance(author.get(key), str)]
    literal = author.get("literal")
    return " ".join(part for part in parts if part) or (squeeze(literal) if isinstance(literal, str) else "")


def _date(issued: object) -> str | None:
    if not isinstance(issued, dict):
        return None
    parts = _list(issued.get("date-parts"))
    if parts and isinstance(parts[0], list):
        return iso_date(*(_scalar(part) for part in parts[0][:3]))
    return iso_date(*_scalar(issued.get("raw")).strip()[:10].split("-")[:3])
