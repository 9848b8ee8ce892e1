"""The text of a BioC document: its passages, in their order, each of a section.

The infon ``section_type`` says the section and ``type`` the kind of passage; where a file has other values, their
words are taken for a heading. Headings are no text but the `Passage.heading` of what follows. Left out because they are
not what the paper says: the reference list, keywords and information on the reviews.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from kg.model import Section
from kg.sources.assembly import TextBuilder
from kg.sources.bioc.parts import BioCPassage
from kg.sources.characters import squeeze
from kg.sources.section_names import section_of

_SECTIONS: Final = {
    "ABSTRACT": Section.ABSTRACT,
    "INTRO": Section.INTRODUCTION,
    "METHODS": Section.METHODS,
    "CASE": Section.METHODS,
    "RESULTS": Section.RESULTS,
    "DISCUSS": Section.DISCUSSION,
    "CONCL": Section.CONCLUSION,
    "FIG": Section.CAPTION,
    "TABLE": Section.TABLE,
    "SUPPL": Section.SUPPLEMENT,
    "APPENDIX": Section.SUPPLEMENT,
    "ABBR": Section.SUPPLEMENT,
    "ACK_FUND": Section.SUPPLEMENT,
    "AUTH_CONT": Section.SUPPLEMENT,
    "COMP_INT": Section.SUPPLEMENT,
}
"""The section types of BioC-PMC (Comeau et al. 2019, doi:10.1093/bioinformatics/btz070)."""
_SILENT: Final = frozenset({"KEYWORD", "REVIEW_INFO"})
_HEADING: Final = re.compile(r"(?:\w+_)?title(?:_(\d+))?")
"""``title_1``, ``abstract_title_1``, ``footnote_title``; ``fig_title_caption`` is text."""
_CAPTION: Final = re.compile(r"fig(?:_\w+)?|table_(?:title_)?caption")
_TABLE: Final = re.compile(r"table(?:_\w+)?")
_ROW_END: Final = re.compile(r"\t +\t|\n")
"""What parts the rows of a table in BioC-PMC; a tab alone parts its cells."""


def title_of(passages: Sequence[BioCPassage]) -> str:
    """Return the title on one line; empty when there is none."""
    found = title_passage(passages)
    return squeeze(found.text) if found else ""


def title_passage(passages: Sequence[BioCPassage]) -> BioCPassage | None:
    """Return the passage that is the title: the first of its kind that has text, or None."""
    return next((p for p in passages if _is_title(p) and squeeze(p.text)), None)


def _is_title(passage: BioCPassage) -> bool:
    """Tell whether a passage may be the title; a ``title`` inside another section is that section's heading."""
    if passage.section_type or passage.is_reference:
        return passage.section_type == "TITLE"
    return passage.type in ("title", "front") or passage.infons.get("section", "").strip().lower() == "title"


class PassageWriter:
    """Writes the passages of one document to a builder."""

    def __init__(self, builder: TextBuilder) -> None:
        """Write to `builder`, which has the title already."""
        self._builder = builder
        self._headings: dict[str, str] = {}
        self._opened = Section.BODY

    def write(self, passages: Sequence[BioCPassage]) -> None:
        """Write everything but the title."""
        title = title_passage(passages)
        for passage in passages:
            if passage is title or passage.is_reference or passage.section_type in _SILENT:
                continue
            if heading := _HEADING.fullmatch(passage.type):
                self._open(passage, squeeze(passage.text), outermost=heading[1] in (None, "1"))
            else:
                self._add(passage)

    def _open(self, passage: BioCPassage, heading: str, *, outermost: bool) -> None:
        """Take a heading: for its section type, so that a figure in between does not end what it stands above."""
        self._headings[passage.section_type] = heading
        if passage.section_type not in _SECTIONS:
            inherited = Section.BODY if outermost else self._opened
            self._opened = section_of(heading, loose=outermost) or inherited

    def _add(self, passage: BioCPassage) -> None:
        section = self._section(passage)
        heading = self._headings.get(passage.section_type) or None
        if section in (Section.CAPTION, Section.TABLE):
            heading = None
        if passage.type == "table":
            for row in _ROW_END.split(passage.text):
                cells = [squeeze(cell) for cell in row.split("\t")]
                self._builder.add(section, " | ".join(cell for cell in cells if cell))
        else:
            self._builder.add(section, squeeze(passage.text), heading=heading)

    def _section(self, passage: BioCPassage) -> Section:
        if _CAPTION.fullmatch(passage.type):
            return Section.CAPTION
        if _TABLE.fullmatch(passage.type):
            return Section.TABLE
        if known := _SECTIONS.get(passage.section_type):
            return known
        if passage.type.startswith("footnote"):
            return Section.SUPPLEMENT
        named = (passage.section_type, passage.infons.get("section", ""), passage.type)
        return next((s for name in named if name and (s := section_of(name, loose=True))), self._opened)
