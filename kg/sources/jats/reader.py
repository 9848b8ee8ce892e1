"""JATS (and its ancestor, the NLM article DTD): an article, or a set of them as PubMed Central delivers it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg import bibliographic_ids as ids
from kg.errors import SourceError
from kg.model import Document
from kg.sources.assembly import Located, TextBuilder, empty_document
from kg.sources.jats.citations import CitationResolver
from kg.sources.jats.elements import Element
from kg.sources.jats.front import identifiers_of, read_paper, title_of
from kg.sources.jats.passages import PassageWriter
from kg.sources.jats.references import read_references
from kg.sources.safe_xml import iter_elements, root_name
from kg.sources.streams import ErrorHandler, stem


def read(path: Path, report: ErrorHandler) -> Iterator[Located]:
    """Yield the articles of a file, streaming; one without text goes to `report` and is left out.

    A lone article takes the file's name as its id; in a set each takes its best identifier.

    Raises:
        SourceError: the XML is broken, declares entities, or holds no article.
    """
    alone = root_name(path) == "article"
    number = 0
    for article in iter_elements(path, "article"):
        number += 1
        where = str(path) if alone else f"{path}: article {number}"
        name = ids.best(identifiers_of(article))
        document_id = stem(path) if alone else (name or f"{stem(path)}-{number}")
        try:
            document = to_document(article, document_id, where)
        except SourceError as error:
            report(error)
            continue
        except RecursionError:
            report(SourceError("the XML is nested too deeply", where=where, remedy="simplify the file"))
            continue
        yield Located(where, document)
    if number == 0:
        raise SourceError("holds no JATS article", where=path, remedy="give a file with an <article> element")


def to_document(article: Element, document_id: str, where: object) -> Document:
    """Turn an ``article`` element into a document.

    Raises:
        SourceError: it has neither a title nor any text.
    """
    resolver = CitationResolver(read_references(article))
    title = title_of(article)
    builder = TextBuilder(title)
    PassageWriter(builder, resolver).write(article)
    if builder.is_empty:
        raise empty_document(where)
    paper = read_paper(article, title, fallback=ids.from_content(title, builder.text))
    return builder.build(document_id, paper, references=resolver.references)
