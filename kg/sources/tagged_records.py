"""Records of tagged lines, such as RIS and MEDLINE have them: a tag, a hyphen, a value, perhaps on several lines.

The module knows lines and records and nothing of what the tags mean. It is own code for a reason: rispy 0.10, the
parser for RIS on the package index, makes one record of two when the ``ER`` line between them is missing, drops the
last record of a file that is cut short, and takes the second line of a name for another name, all without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import SourceError
from kg.sources.characters import excerpt
from kg.sources.streams import MAX_DOCUMENT, ErrorHandler, iter_lines, too_large


@dataclass(frozen=True, slots=True)
class Tags:
    """How a format writes its records.

    Attributes:
        line: matches the tag (group 1) at the start of a line and what parts it from its value.
        start: the tag that a record begins with.
        end: the tag that closes a record; None when a blank line or the next record does.
    """

    line: re.Pattern[str]
    start: str
    end: str | None


@dataclass(frozen=True, slots=True)
class TaggedRecord:
    """The fields of a record in their order; `where` is ``file:line: record number``.

    The lines of a value are joined by newlines and have no white space at their ends.
    """

    where: str
    fields: tuple[tuple[str, str], ...]

    def values(self, *tags: str) -> list[str]:
        """Return the values of the first of `tags` that has any which is not blank."""
        for tag in tags:
            if found := [value for name, value in self.fields if name == tag and value]:
                return found
        return []

    def first(self, *tags: str) -> str:
        """Return the first of `values`, or an empty string."""
        return next(iter(self.values(*tags)), "")


@dataclass(slots=True)
class _Open:
    """The record being read; `bad` once it was reported."""

    where: str
    fields: list[tuple[str, list[str]]] = field(default_factory=list)
    bad: bool = False
    size: int = 0

    def take(self, line: str, match: re.Match[str] | None) -> None:
        self.size += len(line) + 1
        if self.size > MAX_DOCUMENT:
            self.fields.clear()
            raise too_large(self.where)
        if match:
            self.fields.append((match[1].rstrip(), [line[match.end() :].strip()]))
        else:
            self.fields[-1][1].append(line.strip())


def read_records(path: Path, tags: Tags, report: ErrorHandler) -> Iterator[TaggedRecord]:
    """Yield the records of a file, streaming. Lines before the first record are a heading and passed over.

    Reported, and left out, are a record that is not closed (where the format closes records), one with a line that
    cannot be read, one that is too large, and tagged lines outside of any record.
    """
    record: _Open | None = None
    number = 0
    stray = False
    for line in iter_lines(path, report):
        text = line.text
        match = tags.line.match(text) if text is not None else None
        tag = match[1].rstrip() if match else None
        if tag == tags.start or (text is not None and tags.end is None and not text.strip()):
            yield from _finish(record, report, closed=tags.end is None)
            record = None
        if tag == tags.start:
            number += 1
            record = _Open(f"{path}:{line.number}: record {number}")
            stray = False
        if record is None:
            if tag is not None and not stray:
                stray = True
                report(_outside(tags, f"{path}:{line.number}"))
        elif tag is not None and tag == tags.end:
            yield from _finish(record, report, closed=True)
            record = None
        elif text is None:
            record.bad = True
        elif not record.bad:
            try:
                record.take(text, match)
            except SourceError as error:
                record.bad = True
                report(error)
    yield from _finish(record, report, closed=tags.end is None)


def _finish(record: _Open | None, report: ErrorHandler, *, closed: bool) -> Iterator[TaggedRecord]:
    """Yield a record that is complete, or report why it is not."""
    if record is None or record.bad:
        return
    if not closed:
        remedy = "the file was cut short or edited: export it again, or close the record by a line 'ER  - '"
        report(SourceError(f"{_name(record)}is not closed", where=record.where, remedy=remedy))
        return
    yield TaggedRecord(record.where, tuple((tag, "\n".join(lines).strip()) for tag, lines in record.fields))


def _name(record: _Open) -> str:
    """Return the title or the first field that says something, for a message."""
    titles = [lines[0] for tag, lines in record.fields if tag in ("TI", "T1", "ID") and lines[0]]
    return f"{excerpt(titles[0])} " if titles else ""


def _outside(tags: Tags, where: str) -> SourceError:
    remedy = f"begin each record with a line '{tags.start.ljust(4)}- ...'"
    return SourceError("fields outside of a record", where=where, remedy=remedy)
