"""CSL-JSON bibliographies, as Zotero, Mendeley and doi.org write them: one document a record.

The text is the title and, where present, the abstract. The documents are *related* literature unless the caller
knows better: that a paper stands in somebody's bibliography does not make it a cited one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from kg.errors import SourceError
from kg.identifiers import Curie
from kg.model import Document, Paper, Relation, Section
from kg.sources import bibliographic_ids as ids
from kg.sources.assembly import Located, TextBuilder
from kg.sources.characters import excerpt, squeeze
from kg.sources.dates import iso_date
from kg.sources.jsonl import parse_json
from kg.sources.streams import ErrorHandler, read_lines

_MARKUP: Final = re.compile(r"</?(?:jats:)?(?:i|b|em|strong|sub|sup|sc|span|p|title|sec|italic|bold)\b[^<>]*>", re.I)
_NOTE_ID: Final = re.compile(r"^\s*(PMID|PMCID)\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
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
    title = _text(record, "title", where)
    if not title:
        raise SourceError("has no title", where=where, remedy="add its title or leave it out")
    identifiers = _identifiers(record)
    authors = tuple(name for name in map(_name, _list(record.get("author"))) if name)
    date = _date(record.get("issued"))
    name = record.get("id")
    document_id = squeeze(str(name)) if isinstance(name, str | int) and str(name).strip() else ""
    best = ids.best(identifiers) or ids.from_content(title, authors, date)
    paper = Paper(
        id=best,
        title=title,
        identifiers=ids.collect(best, *identifiers),
        authors=authors,
        journal=_text(record, "container-title", where) or None,
        date=date,
        url=_url(record.get("URL")),
    )
    builder = TextBuilder(title)
    builder.add(Section.ABSTRACT, _text(record, "abstract", where))
    return builder.build(document_id or best, paper, relation=Relation.RELATED)


def _identifiers(record: dict[str, Any]) -> tuple[Curie, ...]:
    """Collect DOI, PMID and PMCID from their fields and from the note, where Zotero keeps the last two."""
    found = [ids.doi(_scalar(record.get("DOI"))), ids.pmid(_scalar(record.get("PMID")))]
    found.append(ids.pmc(_scalar(record.get("PMCID"))))
    for kind, value in _NOTE_ID.findall(_scalar(record.get("note"))):
        found.append(ids.pmid(value) if kind.upper() == "PMID" else ids.pmc(value))
    return ids.collect(*found)


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
    return squeeze(html.unescape(_MARKUP.sub("", value)))


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


def _url(value: object) -> str | None:
    url = _scalar(value).strip()
    return url if re.fullmatch(r"https?://[^\s<>\"]+", url) else None
