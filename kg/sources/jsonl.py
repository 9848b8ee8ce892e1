"""JSON Lines: ``{"id": ..., "title": ..., "abstract": ...}`` a line; further keys are ignored.

The text is exactly ``title + " " + abstract``: characters that no text should hold (controls, lone surrogates) are
replaced one by one, also the newlines of a title, while those of an abstract stay.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from kg.bibliographic_ids import collect, from_input_id
from kg.errors import SourceError
from kg.model import Document, Paper
from kg.sources.assembly import Located, title_and_abstract
from kg.sources.characters import clean, excerpt
from kg.sources.streams import ErrorHandler, iter_lines

_REMEDY: Final = 'write {"id": "...", "title": "...", "abstract": "..."} on each line'


def read(path: Path, report: ErrorHandler) -> Iterator[Located]:
    """Yield the documents of a JSON Lines file, in order, streaming; a bad line goes to `report` and is left out."""
    for line in iter_lines(path, report):
        if line.text is None or not line.text.strip():
            continue
        where = f"{path}:{line.number}"
        try:
            document = _document(line.text, where)
        except SourceError as error:
            report(error)
            continue
        yield Located(where, document)


def _document(line: str, where: str) -> Document:
    record = parse_json(line, where)
    if not isinstance(record, dict):
        raise SourceError("the line is not a JSON object", where=where, remedy=_REMEDY)
    document_id = _id(record.get("id"), where)
    title = clean(_string(record, "title", where))
    abstract = clean(_string(record, "abstract", where), keep_newlines=True)
    curie = from_input_id(document_id)
    paper = Paper(id=curie, title=title.strip(), identifiers=collect(curie))
    return title_and_abstract(document_id, paper, title, abstract, where)


def parse_json(text: str, where: object) -> Any:
    """Parse JSON text.

    Raises:
        SourceError: it is not JSON, or is nested or written so that no honest file would be.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"{where}:{error.lineno}:{error.colno}" if "\n" in text.strip() else where
        raise SourceError(
            f"not valid JSON ({error.msg}, column {error.colno})", where=place, remedy="correct it"
        ) from error
    except (ValueError, RecursionError) as error:
        raise SourceError(
            f"not readable as JSON ({excerpt(str(error), 80)})", where=where, remedy="correct it"
        ) from error


def _id(value: object, where: str) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        raise SourceError('"id" is missing or not a string', where=where, remedy=_REMEDY)
    if clean(value) != value:
        raise SourceError(f"the id {excerpt(value)} holds control characters", where=where, remedy="give a plain id")
    return value.strip()


def _string(record: dict[str, object], key: str, where: str) -> str:
    """Return a text field; absent or null counts as empty."""
    value = record.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise SourceError(f'"{key}" is {type(value).__name__}, not a string', where=where, remedy=_REMEDY)
    return value
