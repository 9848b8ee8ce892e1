"""BioC as XML, by its DTD (https://bioc.sourceforge.net/BioC.dtd), a line for each annotation and relation."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from kg.model import AnnotatedDocument
from kg.writers.bioc.document import to_bioc
from kg.writers.bioc.parts import DATE, KEY_FILE, SOURCE, BioCAnnotation, BioCPassage, BioCRelation, Infons
from kg.writers.layout import Layout


def to_bioc_xml(annotated: AnnotatedDocument) -> str:
    """Return the ``document`` element, with its line end."""
    document = to_bioc(annotated)
    parts = ["<document>", _element("id", document.id), *_infons(document.infons), "\n"]
    for passage in document.passages:
        parts += _passage(passage)
    for relation in document.relations:
        parts += _relation(relation)
    parts.append("</document>\n")
    return "".join(parts)


def _passage(passage: BioCPassage) -> Iterator[str]:
    yield "<passage>"
    yield from _infons(passage.infons)
    yield _element("offset", str(passage.offset))
    yield _element("text", passage.text)
    yield "\n"
    for annotation in passage.annotations:
        yield from _annotation(annotation)
    yield "</passage>\n"


def _annotation(annotation: BioCAnnotation) -> Iterator[str]:
    yield f'<annotation id="{annotation.id}">'
    yield from _infons(annotation.infons)
    yield f'<location offset="{annotation.offset}" length="{annotation.length}"/>'
    yield _element("text", annotation.text)
    yield "</annotation>\n"


def _relation(relation: BioCRelation) -> Iterator[str]:
    yield f'<relation id="{relation.id}">'
    yield from _infons(relation.infons)
    for node in relation.nodes:
        yield f'<node refid="{node.refid}" role="{node.role}"/>'
    yield "</relation>\n"


def _infons(infons: Infons) -> Iterator[str]:
    for key, value in infons.items():
        yield f'<infon key="{key}">{_escaped(value)}</infon>'


def _element(name: str, text: str) -> str:
    return f"<{name}>{_escaped(text)}</{name}>"


def _escaped(text: str) -> str:
    """Escape markup, and the carriage returns that a parser would make line feeds."""
    return escape(text, quote=False).replace("\r", "&#13;")


BIOC_XML = Layout(
    to_bioc_xml,
    head=(
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE collection SYSTEM "BioC.dtd">\n<collection>'
        f"{_element('source', SOURCE)}{_element('date', DATE)}{_element('key', KEY_FILE)}\n"
    ),
    tail="</collection>\n",
)
"""One ``collection``. The DTD wants a document in it; a collection of none is well-formed all the same."""
