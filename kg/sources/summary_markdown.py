"""Markdown: the summary page of a paper, and any other Markdown file.

A summary page has the title as its first heading, an authors line, a line ``PMC · DOI: ... · Journal · date``, the
sections TL;DR, Contribution, Key findings and Abstract, lists of entities, and ends with ``Source: <address>``. Its
entity lists become `Document.foreign` and stay out of the text, as do the notes that point to the full paper.

Of any other Markdown file the first heading is the title, and paragraphs, list items and table rows are passages, of
the section that their heading names or `Section.BODY`. A reference list is left out: mentions in the titles of other
papers are not what this paper says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from kg import bibliographic_ids as ids
from kg.identifiers import Curie
from kg.model import Document, ForeignAnnotation, Paper, Section
from kg.sources.assembly import Located, TextBuilder, empty_document
from kg.sources.dates import iso_date
from kg.sources.foreign_entities import parse_entry
from kg.sources.markdown_blocks import Block, BlockKind, parse
from kg.sources.section_names import section_of
from kg.sources.streams import ErrorHandler, read_lines, stem

UNKNOWN_ORIGIN: Final = "summary page"
"""Origin of the entity lists of a page that does not name its source."""

_AUTHORS: Final = re.compile(r"authors?:\s*(.+)", re.IGNORECASE)
_SOURCE: Final = re.compile(r"source:\s*(https?://[^\s<>]+)", re.IGNORECASE)
_POINTER: Final = re.compile(r"https?://\S+\.md\b")
_DATE: Final = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_ENTITIES: Final = re.compile(r"(?:linked|full[- ]text) entities", re.IGNORECASE)
_REFERENCES: Final = re.compile(r"references?|bibliography|literature cited|works cited", re.IGNORECASE)
_FIGURES: Final = re.compile(r"(?:figures?|figure captions|tables?)", re.IGNORECASE)
_ARCHIVES: Final = frozenset({"pmc", "pubmed", "pubmed central", "medline", "europe pmc"})


@dataclass(slots=True)
class _Facts:
    """What the page says about its paper."""

    title: str = ""
    authors: tuple[str, ...] = ()
    identifiers: list[Curie | None] = field(default_factory=list)
    journal: str | None = None
    date: str | None = None
    url: str | None = None


def read(path: Path, report: ErrorHandler) -> Iterator[Located]:
    """Yield the one document of a Markdown file; `report` is not used, for there is no next record.

    Raises:
        SourceError: the file cannot be read or holds no text.
    """
    document = to_document(parse(read_lines(path)), stem(path))
    if not document.text.strip():
        raise empty_document(path)
    yield Located(str(path), document)


def to_document(blocks: list[Block], document_id: str) -> Document:
    """Turn the blocks of a Markdown file into a document."""
    facts = _Facts()
    blocks = _take_facts(blocks, facts)
    builder = TextBuilder(facts.title)
    foreign: list[ForeignAnnotation] = []
    origin = urlsplit(facts.url).hostname if facts.url else None
    for section, heading, block in _placed(blocks):
        if heading and _ENTITIES.fullmatch(heading):
            foreign += parse_entry(block.raw, origin or UNKNOWN_ORIGIN)
        else:
            builder.add(section, block.text, heading=heading)
    identifiers = ids.collect(*facts.identifiers)
    best = ids.best(identifiers) or ids.from_content([block.raw for block in blocks], facts.title)
    paper = Paper(
        id=best,
        title=facts.title,
        identifiers=ids.collect(best, *identifiers),
        authors=facts.authors,
        journal=facts.journal,
        date=facts.date,
        url=facts.url,
    )
    return builder.build(document_id, paper, foreign=tuple(dict.fromkeys(foreign)))


def _take_facts(blocks: list[Block], facts: _Facts) -> list[Block]:
    """Read the bibliographic facts into `facts` and return the other blocks."""
    rest: list[Block] = []
    in_head = True
    for block in blocks:
        text = block.text
        if block.kind is BlockKind.HEADING:
            if not facts.title and not rest:
                facts.title = text
                continue
            in_head = False
        elif match := _SOURCE.fullmatch(text):
            facts.url = match[1]
            facts.identifiers.append(ids.doi(match[1]) or _archive_id(match[1]))
            continue
        elif in_head and (match := _AUTHORS.fullmatch(text)):
            names = re.split(r"\s*[,;]\s*(?:and\s+)?|\s+and\s+", match[1])
            facts.authors = tuple(name.strip() for name in names if name.strip())
            continue
        elif in_head and _take_publication(text, facts):
            continue
        rest.append(block)
    return rest


def _take_publication(text: str, facts: _Facts) -> bool:
    """Read a line such as ``PMC · DOI: 10.1/x · Journal · 2026-02-26``; False when the line is something else."""
    items = [item.strip() for item in re.split(r"\s+[·•|]\s+", text)]
    known = [item for item in items if _is_fact(item)]
    if not known or (len(items) == 1 and not re.match(r"(?:doi|pmid|pmcid|https?)\b", items[0], re.IGNORECASE)):
        return False
    for item in items:
        if match := _DATE.fullmatch(item):
            facts.date = iso_date(*(part or "" for part in match.groups()))
        elif found := ids.doi(item) or _archive_id(item):
            facts.identifiers.append(found)
        elif item.lower() not in _ARCHIVES and facts.journal is None:
            facts.journal = item
    return True


def _is_fact(item: str) -> bool:
    return bool(_DATE.fullmatch(item) or _archive_id(item) or re.match(r"(?:doi\b|https?://)", item, re.IGNORECASE))


def _archive_id(text: str) -> Curie | None:
    """Return the PMC, PubMed or trial id that `text` (or the end of an address) is, or None."""
    last = text.rstrip("/").rsplit("/", 1)[-1]
    if re.match(r"pmc", last, re.IGNORECASE):
        return ids.pmc(last)
    if re.match(r"pmid", last, re.IGNORECASE) or "pubmed" in text.lower():
        return ids.pmid(last)
    return ids.trial(last)


def _placed(blocks: list[Block]) -> Iterator[tuple[Section, str | None, Block]]:
    """Yield each block of text with its section and nearest heading; reference lists and pointers are left out."""
    path: list[tuple[int, str, Section]] = []
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            while path and path[-1][0] >= block.level:
                path.pop()
            inherited = path[-1][2] if path else Section.BODY
            section = section_of(block.text, loose=inherited is Section.BODY) or inherited
            if _FIGURES.fullmatch(block.text):
                section = Section.CAPTION
            path.append((block.level, block.text, section))
        elif any(_REFERENCES.fullmatch(heading) for _, heading, _ in path) or _is_pointer(block, path):
            continue
        else:
            section = path[-1][2] if path else Section.BODY
            if block.kind is BlockKind.ROW:
                section = Section.TABLE
            yield section, path[-1][1] if path else None, block


def _is_pointer(block: Block, path: list[tuple[int, str, Section]]) -> bool:
    """Tell whether the block only says where the full text or the figures are."""
    heading = path[-1][1].lower() if path else ""
    return (heading == "full text" or bool(_FIGURES.fullmatch(heading))) and bool(_POINTER.search(block.raw))
