"""PubTator: ``id|t|title``, ``id|a|abstract``, then tab-separated annotations; a blank line between documents.

The text is exactly ``title + " " + abstract`` (control characters replaced one by one), so offsets stay valid.
`read` gives the documents alone; `read_gold` also the annotations, for evaluation. Both stream.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kg.bibliographic_ids import collect, from_input_id
from kg.errors import SourceError
from kg.model import Document, Paper
from kg.sources.assembly import Located, title_and_abstract
from kg.sources.characters import clean, excerpt
from kg.sources.streams import MAX_DOCUMENT, ErrorHandler, fail, iter_lines, too_large

TEXT_LINE: Final = re.compile(r"([^|\t]+)\|([ta])\|(.*)", re.DOTALL)
"""Matches a title or abstract line: id, ``t`` or ``a``, text."""

_REMEDY: Final = "write id|t|title, then id|a|abstract, then id<TAB>start<TAB>end<TAB>text<TAB>type<TAB>ids"
_ID_SEPARATORS: Final = re.compile(r"[|,;]")


@dataclass(frozen=True, slots=True)
class GoldAnnotation:
    """An annotation as the file gives it: `text` is expected at ``[start:end]`` of the document's text.

    `identifiers` are the ids as written, a composite one split, empty when there is none. `place` is ``file:line``.
    """

    start: int
    end: int
    text: str
    type: str
    identifiers: tuple[str, ...]
    place: str


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document with the annotations that came with it."""

    document: Document
    annotations: tuple[GoldAnnotation, ...]


@dataclass(slots=True)
class _Block:
    """The lines of one document; `bad` once a line of it was reported."""

    where: str
    id: str = ""
    title: str | None = None
    abstract: str | None = None
    annotations: list[GoldAnnotation] = field(default_factory=list)
    bad: bool = False
    size: int = 0

    @property
    def is_empty(self) -> bool:
        return not self.id and not self.bad


def read(path: Path, report: ErrorHandler) -> Iterator[Located]:
    """Yield the documents of a PubTator file, in order; a malformed one goes to `report` and is left out."""
    for where, gold in _read(path, report, with_annotations=False):
        yield Located(where, gold.document)


def read_gold(path: Path | str, report: ErrorHandler = fail) -> Iterator[GoldDocument]:
    """Yield the documents of a PubTator file with their annotations.

    Lines with four columns (relations, such as ``id<TAB>CID<TAB>D003000<TAB>D003001``) are skipped.

    Args:
        path: the file, gzip allowed.
        report: takes the error of each malformed document; raises it by default.

    Raises:
        SourceError: the file cannot be read; or, by default, a document is malformed.
    """
    for _, gold in _read(Path(path), report, with_annotations=True):
        yield gold


def _read(path: Path, report: ErrorHandler, *, with_annotations: bool) -> Iterator[tuple[str, GoldDocument]]:
    block = _Block(str(path))
    for line in iter_lines(path, report):
        where = f"{path}:{line.number}"
        text = line.text
        if text is not None and not text.strip():
            yield from _finish(block, report)
            block = _Block(where)
            continue
        header = TEXT_LINE.fullmatch(text) if text is not None else None
        if header and header[2] == "t" and not block.is_empty:
            yield from _finish(block, report)
            block = _Block(where)
        if block.is_empty:
            block.where = where
        if block.bad:
            continue
        if text is None:
            block.bad = True
            continue
        block.size += len(text)
        try:
            if block.size > MAX_DOCUMENT:
                raise too_large(where)
            if header:
                _take_text(block, header, where)
            elif not block.id:
                raise SourceError(f"not a PubTator line: {excerpt(text)}", where=where, remedy=_REMEDY)
            elif with_annotations:
                _take_annotation(block, text, where)
            elif not text.startswith(block.id + "\t"):
                raise _wrong_id(block, text.partition("\t")[0], where)
        except SourceError as error:
            block.bad = True
            report(error)
    yield from _finish(block, report)


def _take_text(block: _Block, header: re.Match[str], where: str) -> None:
    """Store a title or abstract line."""
    name = clean(header[1]).strip()
    if block.id and name != block.id:
        raise _wrong_id(block, name, where)
    if not name:
        raise SourceError("a document without an id", where=where, remedy=_REMEDY)
    block.id = name
    text = clean(header[3])
    if header[2] == "t":
        block.title = text
    elif block.abstract is not None:
        raise SourceError(f"document {excerpt(name)} has a second abstract", where=where, remedy="leave one")
    else:
        block.abstract = text


def _take_annotation(block: _Block, line: str, where: str) -> None:
    """Store an annotation line; relation lines are skipped."""
    columns = line.split("\t")
    if columns[0].strip() != block.id:
        raise _wrong_id(block, columns[0], where)
    if len(columns) == 4:
        return
    if len(columns) < 5 or not (_is_offset(columns[1]) and _is_offset(columns[2])):
        raise SourceError(f"not an annotation: {excerpt(line)}", where=where, remedy=_REMEDY)
    raw_ids = columns[5] if len(columns) > 5 else ""
    identifiers = tuple(part.strip() for part in _ID_SEPARATORS.split(raw_ids) if part.strip() not in ("", "-"))
    block.annotations.append(
        GoldAnnotation(int(columns[1]), int(columns[2]), columns[3], columns[4], identifiers, where)
    )


def _is_offset(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def _wrong_id(block: _Block, name: str, where: str) -> SourceError:
    return SourceError(
        f"a line of {excerpt(name)} inside document {excerpt(block.id)}",
        where=where,
        remedy="begin each document with its id|t|title line and end it with a blank line",
    )


def _finish(block: _Block, report: ErrorHandler) -> Iterator[tuple[str, GoldDocument]]:
    """Yield the document of a complete block, or report why there is none."""
    if block.is_empty or block.bad:
        return
    title, abstract = block.title or "", block.abstract or ""
    curie = from_input_id(block.id, digits_are_pmid=True)
    paper = Paper(id=curie, title=title.strip(), identifiers=collect(curie))
    try:
        document = title_and_abstract(block.id, paper, title, abstract, block.where)
    except SourceError as error:
        report(error)
        return
    yield block.where, GoldDocument(document, tuple(block.annotations))
