"""Putting passages together to a document's text, with offsets that cannot be wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.errors import SourceError
from kg.model import Citation, Document, ForeignAnnotation, Paper, Passage, Reference, Relation, Section

_BREAK: Final = re.compile(r"\n(?=[ \t]*\n)|\n(?=[ \t]*(?:[-*\u2022\u00b7]|\(?\d{1,2}[.)])\s)")


@dataclass(frozen=True, slots=True)
class Located:
    """A document and the place in its file where it begins (for messages about it)."""

    where: str
    document: Document


class TextBuilder:
    """Collects the passages of one document in reading order.

    The title comes first and once; `add` skips empty passages. Citation offsets given to `add` are relative to the
    passage.
    """

    def __init__(self, title: str = "", *, separator: str = "\n") -> None:
        """Start with the title and the one character that follows it."""
        self._parts = [title, separator]
        self._length = len(title) + len(separator)
        self._passages = [Passage(Section.TITLE, 0, len(title))]
        self._citations: list[Citation] = []

    @property
    def is_empty(self) -> bool:
        """Whether there is no text in any passage."""
        return len(self._passages) == 1 and self._passages[0].end == 0

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    def add(
        self,
        section: Section,
        text: str,
        *,
        heading: str | None = None,
        citations: tuple[Citation, ...] = (),
    ) -> None:
        """Append a passage, after a newline unless it is the first one behind the title."""
        if not text:
            return
        if len(self._passages) > 1:
            self._parts.append("\n")
            self._length += 1
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        self._passages.append(Passage(section, start, self._length, heading))
        self._citations += [Citation(start + c.start, start + c.end, c.keys) for c in citations]

    def build(
        self,
        document_id: str,
        paper: Paper,
        *,
        references: tuple[Reference, ...] = (),
        foreign: tuple[ForeignAnnotation, ...] = (),
        relation: Relation = Relation.PRIMARY,
    ) -> Document:
        """Return the document."""
        return Document(
            id=document_id,
            paper=paper,
            text=self.text,
            passages=tuple(self._passages),
            references=references,
            citations=tuple(self._citations),
            foreign=foreign,
            relation=relation,
        )


def title_and_abstract(
    document_id: str, paper: Paper, title: str, abstract: str, where: str, *, relation: Relation = Relation.PRIMARY
) -> Document:
    """Return a document whose text is exactly ``title + " " + abstract``.

    An abstract with blank lines or list items on lines of their own becomes several passages; its other newlines are
    left in the text, where a tokenizer takes them for white space.

    Raises:
        SourceError: both are blank.
    """
    if not title.strip() and not abstract.strip():
        raise empty_document(where)
    offset = len(title) + 1
    passages = [Passage(Section.TITLE, 0, len(title))]
    passages += [Passage(Section.ABSTRACT, offset + a, offset + b) for a, b in _blocks(abstract)]
    return Document(document_id, paper, f"{title} {abstract}", tuple(passages), relation=relation)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the blocks of `text` without the white space around them."""
    starts = [0, *(m.end() for m in _BREAK.finditer(text))]
    ends = [*(m.start() for m in _BREAK.finditer(text)), len(text)]
    for start, end in zip(starts, ends, strict=True):
        block = text[start:end]
        if block.strip():
            yield start + len(block) - len(block.lstrip()), start + len(block.rstrip())


def empty_document(where: object) -> SourceError:
    """Return the error for a document without any text."""
    return SourceError(
        "the document has no text", where=where, remedy="give it a title or an abstract, or leave it out"
    )
