"""Plain text: an optional title line, then paragraphs.

The first line is the title when it has at most `MAX_TITLE` characters and an empty line follows, or when other lines
follow that do not look like its continuation (which begins in lower case, or follows a comma or hyphen). Empty lines
part paragraphs. Lines of a paragraph are joined, for they were wrapped; but where some line is longer than `WRAP`
characters nobody wrapped the file, and each line is a paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Final

from kg.bibliographic_ids import from_content
from kg.model import Document, Paper, Section
from kg.sources.assembly import Located, TextBuilder
from kg.sources.characters import squeeze
from kg.sources.streams import ErrorHandler, read_lines, stem

MAX_TITLE: Final = 300
"""Characters. Fewer than 1 in 1,000 titles in PubMed are longer."""
WRAP: Final = 120
"""Characters of the widest line that editors wrap to."""


def read(path: Path, report: ErrorHandler) -> Iterator[Located]:
    """Yield the one document of a text file; `report` is not used, for there is no next record.

    Raises:
        SourceError: the file cannot be read or holds no text.
    """
    yield Located(str(path), to_document(read_lines(path), stem(path)))


def to_document(lines: list[str], document_id: str) -> Document:
    """Turn the lines of a text into a document."""
    lines = [squeeze(line) for line in lines]
    while lines and not lines[0]:
        del lines[0]
    title = lines.pop(0) if _has_title(lines) else ""
    builder = TextBuilder(title)
    for paragraph in paragraphs(lines):
        builder.add(Section.BODY, paragraph)
    curie = from_content(title, *lines)
    return builder.build(document_id, Paper(id=curie, title=title, identifiers=(curie,)))


def _has_title(lines: list[str]) -> bool:
    if len(lines) < 2 or len(lines[0]) > MAX_TITLE or not any(lines[1:]):
        return False
    following = lines[1]
    return not following or not (following[0].islower() or lines[0].endswith((",", ";", "-")))


def paragraphs(lines: list[str]) -> list[str]:
    """Group lines (already squeezed) into paragraphs, as the module describes."""
    blocks = [list(group) for filled, group in groupby(lines, key=bool) if filled]
    if any(len(line) > WRAP for line in lines):
        return [line for block in blocks for line in block]
    return [" ".join(block) for block in blocks]
