"""BioC XML: a ``collection`` of ``document`` elements, read one after another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.errors import SourceError
from kg.sources.assembly import Located
from kg.sources.bioc.document import to_document
from kg.sources.bioc.parts import BioCAnnotation, BioCDocument, BioCPassage, Infons, join_sentences
from kg.sources.jats.elements import Element, child, children, raw_text, text_of
from kg.sources.safe_xml import iter_elements
from kg.sources.streams import ErrorHandler, stem


def read_xml(path: Path, report: ErrorHandler) -> Iterator[Located]:
    """Yield the documents of a BioC XML file, streaming; one without text goes to `report` and is left out.

    A document takes its BioC id, or ``<file name>-<number>`` when it has none.

    Raises:
        SourceError: the XML is broken, declares entities, or holds no document.
    """
    number = 0
    source = ""
    for element in iter_elements(path, "document"):
        number += 1
        if number == 1:
            # What stands before the first document is gone from memory when the second one is read.
            source = text_of(child(element.getparent(), "source"))
        where = f"{path}: document {number}"
        try:
            document = to_document(_document(element, source), f"{stem(path)}-{number}", where)
        except SourceError as error:
            report(error)
            continue
        except RecursionError:
            report(SourceError("the XML is nested too deeply", where=where, remedy="simplify the file"))
            continue
        yield Located(where, document)
    if number == 0:
        raise SourceError("holds no BioC document", where=path, remedy="give a <collection> with <document> elements")


def _document(element: Element, source: str) -> BioCDocument:
    return BioCDocument(
        id=text_of(child(element, "id")),
        source=source,
        infons=_infons(element),
        passages=tuple(_passage(passage) for passage in children(element, "passage")),
    )


def _passage(element: Element) -> BioCPassage:
    sentences = children(element, "sentence")
    text = _text(element)
    return BioCPassage(
        text=text if text.strip() else join_sentences([_text(sentence) for sentence in sentences]),
        infons=_infons(element),
        annotations=tuple(
            BioCAnnotation(text_of(child(annotation, "text")), _infons(annotation))
            for holder in (element, *sentences)
            for annotation in children(holder, "annotation")
        ),
    )


def _text(element: Element) -> str:
    """Return the text as it stands: the tabs of a table part its cells."""
    holder = child(element, "text")
    return "" if holder is None else raw_text(holder)


def _infons(element: Element) -> Infons:
    """Return the infons; of two with one key the first counts."""
    found: dict[str, str] = {}
    for infon in children(element, "infon"):
        found.setdefault(infon.get("key") or "", raw_text(infon))
    return found
