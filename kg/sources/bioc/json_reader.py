"""BioC as JSON: collections, or documents alone, in any of the wrappings in which they are handed out.

These are one collection, a list of collections (BioC-PMC), ``{"PubTator3": [documents]}``, a list of documents, one
document, and any of them one after another (one a line).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from kg.errors import SourceError
from kg.sources.assembly import Located
from kg.sources.bioc.document import to_document
from kg.sources.bioc.parts import BioCAnnotation, BioCDocument, BioCPassage, Infons, join_sentences
from kg.sources.json_stream import JsonStream
from kg.sources.streams import ErrorHandler, open_bytes, stem

_LISTS: Final = ("documents", "PubTator3")
"""Keys whose value is a list of documents."""
_FACTS: Final = ("pmid", "pmcid", "journal", "year", "date", "authors")
"""What PubTator writes beside a document's infons; BioC has no place for it."""
_REMEDY: Final = "fetch the document again as BioC JSON"


def read_json(path: Path, report: ErrorHandler) -> Iterator[Located]:
    """Yield the documents of a BioC JSON file, streaming; a bad one goes to `report` and is left out.

    A document takes its BioC id, or ``<file name>-<number>`` when it has none. The collection's source is known to the
    documents that come after it, which is where every service writes them.

    Raises:
        SourceError: the file cannot be read, is not JSON, or holds no document.
    """
    number = 0
    with open_bytes(path) as raw:
        stream = JsonStream(raw, path)
        while stream.peek():
            for source, record in _records(stream, ""):
                number += 1
                where = f"{path}: document {number}"
                try:
                    document = to_document(_document(record, source, where), f"{stem(path)}-{number}", where)
                except SourceError as error:
                    report(error)
                    continue
                yield Located(where, document)
    if number == 0:
        raise SourceError("holds no BioC document", where=path, remedy='give a collection with "documents"')


def _records(stream: JsonStream, source: str, depth: int = 0) -> Iterator[tuple[str, object]]:
    """Yield the documents of the next value, each with the source of its collection."""
    opening = stream.peek()
    if opening == "[" and depth == 0:
        for _ in stream.items():
            yield from _records(stream, source, depth + 1)
    elif opening == "{":
        yield from _object(stream, source)
    else:
        yield source, stream.value()


def _object(stream: JsonStream, source: str) -> Iterator[tuple[str, object]]:
    """Yield the documents of a collection, or the object itself when it is no collection."""
    fields: dict[str, Any] = {}
    is_collection = False
    for key in stream.members():
        if key in _LISTS and stream.peek() == "[":
            is_collection = True
            name = _scalar(fields.get("source")) or ("" if key == "documents" else key)
            for _ in stream.items():
                yield name or source, stream.value()
        else:
            fields[key] = stream.value()
    if not is_collection:
        yield source, fields


def _document(record: object, source: str, where: str) -> BioCDocument:
    if not isinstance(record, dict):
        raise SourceError("is not an object", where=where, remedy=_REMEDY)
    passages = record.get("passages")
    if not isinstance(passages, list):
        raise SourceError('has no list of "passages"', where=where, remedy=_REMEDY)
    facts: Infons = {key: value for key in _FACTS if (value := _fact(record.get(key)))}
    return BioCDocument(
        id=_scalar(record.get("id")),
        source=source,
        infons={**facts, **_infons(record)},
        passages=tuple(_passage(passage, where) for passage in passages),
    )


def _passage(record: object, where: str) -> BioCPassage:
    if not isinstance(record, dict):
        raise SourceError("a passage is not an object", where=where, remedy=_REMEDY)
    sentences = [sentence for sentence in _list(record.get("sentences")) if isinstance(sentence, dict)]
    text = _text(record, where)
    return BioCPassage(
        text=text if text.strip() else join_sentences([_text(sentence, where) for sentence in sentences]),
        infons=_infons(record),
        annotations=tuple(
            BioCAnnotation(_scalar(annotation.get("text")), _infons(annotation))
            for holder in (record, *sentences)
            for annotation in _list(holder.get("annotations"))
            if isinstance(annotation, dict)
        ),
    )


def _text(record: Mapping[str, Any], where: str) -> str:
    text = record.get("text")
    if text is None:
        return ""
    if not isinstance(text, str):
        raise SourceError(f'the "text" of a passage is {type(text).__name__}', where=where, remedy=_REMEDY)
    return text


def _infons(record: Mapping[str, Any]) -> Infons:
    """Return the infons that are strings or numbers; PubTator has lists and truth values among them."""
    infons = record.get("infons")
    if not isinstance(infons, dict):
        return {}
    return {key: text for key, value in infons.items() if (text := _scalar(value))}


def _fact(value: object) -> str:
    """Return a fact as the infons would have it: a list of authors is parted by commas there."""
    return ", ".join(_scalar(item) for item in value) if isinstance(value, list) else _scalar(value)


def _scalar(value: object) -> str:
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
