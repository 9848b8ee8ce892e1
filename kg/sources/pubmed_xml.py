"""PubMed XML: what efetch gives (``db=pubmed&retmode=xml``) and the files of the yearly baseline and its updates.

The text is the title and the abstract, one passage for each part of a structured abstract. Registrations of trials,
keywords, substances and funding stand beside the text in PubMed; they are not made part of it. Books and chapters are
read as articles are. Deletions in update files say nothing of a text and are passed over.

Source: https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kg.errors import SourceError
from kg.model import Document, Reference, Section
from kg.sources.assembly import Located, TextBuilder, empty_document
from kg.sources.jats.elements import Element, child, children, descendants
from kg.sources.jats.inline import flatten
from kg.sources.pubmed_paper import Record, article_ids, pmid_of, read_paper
from kg.sources.safe_xml import iter_elements
from kg.sources.section_names import section_of
from kg.sources.streams import ErrorHandler

ROOTS: Final = ("PubmedArticleSet", "PubmedBookArticleSet", "PubmedArticle", "PubmedBookArticle")
"""Root elements of the format: a set of records, or a lone one."""

_RECORDS: Final = ("PubmedArticle", "PubmedBookArticle")
_TRANSLATOR: Final = re.compile(r"\s*\(author's transl\)$", re.IGNORECASE)
_NO_TITLE: Final = re.compile(r"not available\.?", re.IGNORECASE)
_UNLABELLED: Final = "UNLABELLED"
"""Label of a part that the journal printed without a heading."""
_ENGLISH: Final = ("eng", "en", "")


def read(path: Path, report: ErrorHandler) -> Iterator[Located]:
    """Yield the records of a file, streaming; one without a PMID or any text goes to `report` and is left out.

    The id of a document is its PMID in digits, as in PubTator.

    Raises:
        SourceError: the XML is broken or declares entities.
    """
    for number, element in enumerate(iter_elements(path, *_RECORDS), start=1):
        where = f"{path}: record {number}"
        try:
            document = to_document(element, where)
        except SourceError as error:
            report(error)
            continue
        except RecursionError:
            report(SourceError("the XML is nested too deeply", where=where, remedy="simplify the file"))
            continue
        yield Located(where, document)


def to_document(element: Element, where: object) -> Document:
    """Turn a ``PubmedArticle`` or ``PubmedBookArticle`` into a document.

    Raises:
        SourceError: it has no PMID, or neither a title nor an abstract.
    """
    record = Record.of(element)
    pmid = pmid_of(record)
    if pmid is None:
        raise SourceError("has no PMID", where=where, remedy="fetch the record from PubMed again or leave it out")
    title = _title(record)
    builder = TextBuilder(title)
    _write_abstract(builder, record)
    if builder.is_empty:
        raise empty_document(where)
    paper = read_paper(record, pmid, title)
    return builder.build(pmid.removeprefix("PMID:"), paper, references=tuple(_references(record.data)))


def _title(record: Record) -> str:
    """Return the English title; where there is none, that in the language of the paper; of a book, its own."""
    english = _untranslated(flatten(child(record.article, "ArticleTitle")).text)
    if english and not _NO_TITLE.fullmatch(english):
        return english
    own = flatten(child(record.article, "VernacularTitle")).text
    return own or flatten(child(record.book, "BookTitle")).text


def _untranslated(title: str) -> str:
    """Take off what NLM adds to a title that it translated: "[Cells for knees (author's transl)]."."""
    inner = title.removesuffix(".")
    if not (inner.startswith("[") and inner.endswith("]")):
        return title
    depth = 0
    for position, character in enumerate(inner):
        depth += (character == "[") - (character == "]")
        if depth == 0 and position < len(inner) - 1:
            return title  # the first bracket does not enclose the whole: "[18F]FDG in knees [II]."
    return _TRANSLATOR.sub("", inner[1:-1].strip()).removesuffix(".") if depth == 0 else title


def _write_abstract(builder: TextBuilder, record: Record) -> None:
    """Write the abstract; without one, the English ones that others wrote, such as a plain-language summary."""
    abstract = child(record.article, "Abstract")
    parts = children(abstract, "AbstractText") if abstract is not None else []
    written = [_write_part(builder, part, None) for part in parts]
    if any(written) or record.citation is None:
        return
    for other in children(record.citation, "OtherAbstract"):
        if other.get("Language", "").lower() in _ENGLISH:
            section = Section.SUMMARY if other.get("Type") == "plain-language-summary" else None
            for part in children(other, "AbstractText"):
                _write_part(builder, part, section)


def _write_part(builder: TextBuilder, part: Element, section: Section | None) -> bool:
    """Write one ``AbstractText`` and tell whether it has any text; its labels decide when `section` is None."""
    text = flatten(part).text
    label = " ".join(part.get("Label", "").split())
    heading = label if label.upper() != _UNLABELLED else ""
    builder.add(section or _section(heading, part.get("NlmCategory", "")), text, heading=heading or None)
    return bool(text)


def _section(label: str, category: str) -> Section:
    """Return the section of a part: by the journal's label, which is the finer one, else by NLM's category for it."""
    if "registration" in label.lower():
        return Section.ABSTRACT  # NLM has no category for "TRIAL REGISTRATION" and files it under one that misleads
    found = section_of(label)
    if found is None or found is Section.SUMMARY:
        found = section_of(category) or found
    return found or Section.ABSTRACT


def _references(data: Element | None) -> Iterator[Reference]:
    """Yield the references of all lists, numbered as they stand."""
    found = descendants(data, "Reference") if data is not None else ()
    for number, element in enumerate(found, start=1):
        text, identifiers = flatten(child(element, "Citation")).text, article_ids(element)
        if text or identifiers:
            yield Reference(str(number), text, identifiers)
