"""From mixed content to one line of text with its citation marks.

White space is collapsed and markup dropped, with these rules for what would otherwise glue or mislead:

- a citation or footnote mark is parted from a word or number that it touches ("cells<sup>12</sup>" becomes
  "cells 12"); behind punctuation it stays where it is ("repair.12 The"), so that it belongs to its sentence;
- a power of ten keeps its meaning: "10<sup>6</sup>" becomes "10^6"; other super- and subscripts join their base
  ("CD4+", "IC50", "m2");
- of ``alternatives`` one is taken; MathML gives the text of its tokens, TeX gives none;
- figures, tables and footnotes inside a paragraph follow it, lists and quotes split it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from kg.sources.characters import visible
from kg.sources.jats.elements import Element, children, local, names, text_of
from kg.sources.safe_xml import entity_text

FLOATS: Final = names(
    "fig fig-group table-wrap table-wrap-group chem-struct-wrap supplementary-material media fn fn-group"
)
"""Blocks that a paragraph may hold but that are read after it."""
SPLITTING: Final = names(
    "p sec list def-list disp-quote boxed-text verse-group statement speech preformat code array table "
    "question-wrap question answer explanation"
)
"""Blocks that end the stretch of text before them."""
_SILENT: Final = names(
    "object-id alt-text long-desc index-term graphic inline-graphic tex-math annotation annotation-xml private-char "
    "permissions label milestone-start milestone-end processing-meta"
)
_APART: Final = names("break td th tr thead tbody tfoot disp-formula disp-formula-group DispFormula list-item")
"""``DispFormula`` is what PubMed calls a formula of its own in an abstract."""
_MATH_TOKENS: Final = names("mi mo mn mtext ms")
_CITING: Final = (None, "", "bibr", "ref", "citation", "other")
"""Values of ``ref-type`` that citations are found under; the ids that point at no reference are dropped later."""
_NOTE_MARKS: Final = frozenset(("fn", "table-fn", "aff", "corresp", "author-notes"))

_SPACES: Final = re.compile(r"\s+")
_NUMBERS: Final = re.compile(r"\d[\d\s,;\u2013-]*")
_EXPONENT: Final = re.compile(r"[-+\u2212\u2013]?\s?\d+")
_BASE_TEN: Final = re.compile(r"(?<![\d.,])10$")
_WORD: Final = re.compile(r"[a-z]{4}$")
_NAME: Final = re.compile(r"[A-Za-z]{3}$")


@dataclass(frozen=True, slots=True)
class Mark:
    """A citation mark: ``text[start:end]`` points at the references with these ids, as the file writes them."""

    start: int
    end: int
    rids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flat:
    """A line of text with its citation marks, in order."""

    text: str
    marks: tuple[Mark, ...] = ()


def join(pieces: list[Flat], separator: str) -> Flat:
    """Concatenate the pieces that have text."""
    parts: list[str] = []
    marks: list[Mark] = []
    length = 0
    for piece in pieces:
        if not piece.text:
            continue
        if parts:
            parts.append(separator)
            length += len(separator)
        marks += [replace(m, start=m.start + length, end=m.end + length) for m in piece.marks]
        parts.append(piece.text)
        length += len(piece.text)
    return Flat("".join(parts), tuple(marks))


def flatten(element: Element | None) -> Flat:
    """Return the whole content of an element as one line; blocks inside are set off by spaces."""
    if element is None:
        return Flat("")
    writer = _Writer(split=False)
    writer.content(element)
    return writer.flush()


def segments(element: Element) -> list[Flat | Element]:
    """Return the content of a paragraph: stretches of text and the blocks inside it, in reading order."""
    writer = _Writer(split=True)
    writer.content(element)
    return [*writer.out, *(part for part in [writer.flush()] if part.text), *writer.floats]


def alternative(element: Element) -> Element | None:
    """Return the child of an ``alternatives`` element to read: MathML or a table first, never TeX or an image."""
    candidates = [c for c in children(element) if local(c) not in _SILENT and local(c) != "media"]
    return next((c for c in candidates if local(c) in ("math", "table")), candidates[0] if candidates else None)


class _Writer:
    """Writes pieces of text to a line, deciding about the spaces between them."""

    def __init__(self, *, split: bool) -> None:
        self.out: list[Flat | Element] = []
        self.floats: list[Element] = []
        self._split = split
        self._start_line()

    def _start_line(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._tail = ""
        self._space = False
        self._apart = False
        self._begin: int | None = None
        self._marks: list[Mark] = []

    def flush(self) -> Flat:
        """Return the line so far and start a new one."""
        line = Flat("".join(self._parts), tuple(sorted(self._marks, key=lambda m: (m.start, m.end))))
        self._start_line()
        return line

    def write(self, text: str | None) -> None:
        """Append text; its outer white space counts as one space."""
        if not text:
            return
        line = _SPACES.sub(" ", visible(text))
        body = line.strip()
        if line[:1] == " ":
            self._space = True
        if not body:
            return
        touching = self._tail[-1:].isalnum() and (body[0].isalnum() or body[0] in "([")
        if self._length and (self._space or (self._apart and touching)):
            body = " " + body
        if self._begin is None:
            self._begin = self._length + (body[0] == " ")
        self._parts.append(body)
        self._length += len(body)
        self._tail = (self._tail + body)[-12:]
        self._space = line[-1] == " "
        self._apart = False

    def content(self, element: Element) -> None:
        """Append everything inside `element`."""
        self.write(element.text)
        for node in element:
            if isinstance(node, etree._Entity):
                self.write(entity_text(node))
            else:
                self._inline(node)
            self.write(node.tail)

    def _inline(self, element: Element) -> None:
        name = local(element)
        if name in _SILENT or not name:
            return
        if self._split and name in FLOATS:
            self.floats.append(element)
        elif self._split and name in SPLITTING:
            if (line := self.flush()).text:
                self.out.append(line)
            self.out.append(element)
        elif name == "xref":
            self._xref(element)
        elif name == "sup":
            self._superscript(element)
        elif name == "math":
            self._math(element)
        elif name == "alternatives" or name.endswith("-alternatives"):
            if (chosen := alternative(element)) is not None:
                self._inline(chosen)
        elif name in _APART or name in SPLITTING or name in FLOATS:
            self._space = True
            self.content(element)
            self._space = True
        else:
            self.content(element)

    def _xref(self, element: Element) -> None:
        kind = element.get("ref-type")
        rids = tuple((element.get("rid") or "").split())
        if kind not in _CITING and kind not in _NOTE_MARKS:
            self.content(element)
            return
        self._apart = True
        self._begin = None
        self.content(element)
        if kind in _CITING and rids:
            start = self._length if self._begin is None else self._begin
            self._marks.append(Mark(start, self._length, rids))
        self._apart = True

    def _superscript(self, element: Element) -> None:
        text = text_of(element)
        if _EXPONENT.fullmatch(text) and _BASE_TEN.search(self._tail) and not self._space:
            self._parts.append("^")
            self._length += 1
            self._tail += "^"
            self.write(text.replace(" ", ""))
            return
        tail = "" if self._space else self._tail
        after_digit = tail[-1:].isdigit()
        number_mark = _NUMBERS.fullmatch(text) and (after_digit or _WORD.search(tail))
        letter_mark = len(text) == 1 and text.islower() and (after_digit or _NAME.search(tail))
        is_mark = bool(number_mark or letter_mark)
        self._apart = self._apart or is_mark
        self.content(element)
        self._apart = self._apart or is_mark

    def _math(self, element: Element) -> None:
        """Append the tokens of a formula; the cells of a matrix are set apart."""
        for node in element.iter():
            name = local(node)
            if name in _MATH_TOKENS:
                self.write(text_of(node))
            elif name in ("mtd", "mspace"):
                self._space = True
