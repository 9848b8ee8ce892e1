r"""The syntax of BibTeX: from a file to entries with raw values, streaming, one entry in memory.

An entry ends where its braces balance, and at the latest where a line begins with the next ``@type{``: so a brace that
is missing costs the entry that misses it and no other. ``@string`` names are replaced; one that is not defined stands
for itself, as the months do. ``@comment`` and text outside of entries are passed over, as BibTeX does.

Own code for a reason: bibtexparser 1.4 drops an entry that it cannot read without a word and recurses on braces;
pybtex 0.26 loses everything behind a brace that is missing and expands ``@string`` bombs. Both hold the whole file.

Source: https://ctan.org/pkg/bibtex (btxdoc, and its grammar in the source of bibtex.web).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import SourceError
from kg.sources.characters import excerpt, squeeze
from kg.sources.streams import MAX_DOCUMENT, ErrorHandler, iter_lines, too_large

MAX_STRINGS: Final = 2**20
"""Characters that all ``@string`` values of a file may have; those of real files have some thousands."""

_NEW: Final = re.compile(r"\s*@\s*[A-Za-z]\w*\s*\{|@[A-Za-z]\w*\s*\(")
"""Matches a line that begins an entry; one of an abstract ("@ RT (25 degrees)") should not."""
_START: Final = re.compile(r"(?<![\w.@\\])@\s*([A-Za-z]\w*)\s*([{(])")
_FIELD: Final = re.compile(r"([^\s={}(),\"#%'~\\]+)\s*=\s*")
_BARE: Final = re.compile(r"[^\s={}(),\"#%'~\\]+")
_GAP: Final = re.compile(r"[\s,]*")
_SPACE: Final = re.compile(r"\s*")
_BRACE: Final = re.compile(r"[{}]")
_DELIMITER: Final = re.compile(r"[{}()\"]")
_LOOK: Final = 200
"""Characters of an entry that a message looks at for its key."""
_REMEDY: Final = "write the entry as @article{key, name = {value}, ...}, each brace closed, or export it again"


@dataclass(frozen=True, slots=True)
class BibtexEntry:
    """An entry as written: `fields` under names in lower case, the first of those that occur twice.

    `kind` is in lower case, `key` on one line and perhaps empty. `where` is ``file:line: record number``.
    """

    where: str
    kind: str
    key: str
    fields: Mapping[str, str]


def read_entries(path: Path, report: ErrorHandler) -> Iterator[BibtexEntry]:
    """Yield the entries of a file in order; one that is malformed or too large goes to `report` and is left out."""
    strings = _Strings()
    number = 0
    for stretch in _stretches(path, report):
        text, line, position, counted = stretch.text, stretch.line, 0, 0
        while start := _START.search(text, position):
            kind = start[1].lower()
            line += text.count("\n", counted, start.start())
            counted = start.start()
            is_entry = kind not in ("comment", "preamble", "string")
            number += is_entry
            where = f"{path}:{line}: record {number}" if is_entry else f"{path}:{line}"
            end = _end(text, start.end(), start[2])
            if end is None:
                if kind != "comment" and not stretch.broken:
                    name = _name(text[start.end() : start.end() + _LOOK])
                    report(_malformed(f"{name} is not closed: a brace is missing", where))
                break
            position = end + 1
            body = text[start.end() : end]
            try:
                if is_entry:
                    _check_rest(text, position, body, where)
                    entry = _entry(where, kind, body, strings)
                elif kind == "string":
                    strings.define(body, where)
            except SourceError as error:
                report(error)
                continue
            if is_entry:
                yield entry


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Lines of a file from `line` on; `broken` when they end before one that could not be read, as was reported."""

    line: int
    text: str
    broken: bool = False


def _stretches(path: Path, report: ErrorHandler) -> Iterator[_Stretch]:
    """Cut the file before each line that begins an entry. One piece that is too large is reported and left out."""
    lines: list[str] = []
    first, size, skipping = 1, 0, False
    for line in iter_lines(path, report):
        if line.text is None:
            if not skipping:
                yield _Stretch(first, "\n".join(lines), broken=True)
            lines, skipping = [], True
            continue
        if _NEW.match(line.text):
            if not skipping:
                yield _Stretch(first, "\n".join(lines))
            lines, first, size, skipping = [], line.number, 0, False
        if skipping:
            continue
        lines.append(line.text)
        size += len(line.text) + 1
        if size > MAX_DOCUMENT:
            lines, skipping = [], True
            report(too_large(f"{path}:{first}"))
    if not skipping:
        yield _Stretch(first, "\n".join(lines))


def _check_rest(text: str, position: int, body: str, where: str) -> None:
    """Make sure that no field was cut off by a brace that closes an entry early.

    Raises:
        SourceError: what follows up to the next entry closes more braces than it opens.
    """
    after = _START.search(text, position)
    rest = text[position : after.start() if after else None]
    if rest.count("}") > rest.count("{"):
        raise _malformed(f"{_name(body)} has a closing brace too many", where)


def _end(text: str, position: int, opener: str) -> int | None:
    """Return where the delimiter is that closes the one before `position`, or None."""
    depth = 0
    quoted = False
    for match in (_BRACE if opener == "{" else _DELIMITER).finditer(text, position):
        sign = match[0]
        if sign == "{":
            depth += 1
        elif sign == "}":
            if depth == 0:
                return match.start() if opener == "{" else None
            depth -= 1
        elif depth == 0 and sign == '"':
            quoted = not quoted
        elif depth == 0 and sign == ")" and not quoted:
            return match.start()
    return None


def _entry(where: str, kind: str, body: str, strings: _Strings) -> BibtexEntry:
    """Read what is between the delimiters of an entry."""
    key, _, fields = body.partition(",")
    if any(sign in key for sign in '={}"'):
        raise _malformed(f"the {kind} begins with {excerpt(key)}, not with its key", where)
    return BibtexEntry(where, kind, squeeze(key), _fields(fields, strings, where, squeeze(key)))


def _fields(text: str, strings: _Strings, where: str, key: str) -> dict[str, str]:
    """Read fields: ``name = value``, with commas between them."""
    found: dict[str, str] = {}
    room = MAX_DOCUMENT
    position = _skip(_GAP, text, 0)
    while position < len(text):
        match = _FIELD.match(text, position)
        if match is None:
            raise _malformed(f"{excerpt(key)}: no field at {excerpt(text[position : position + 40])}", where)
        name = match[1].lower()
        value, position = _value(text, match.end(), strings, room)
        if value is None:
            raise _malformed(f'{excerpt(key)}: "{name}" has no value that can be read', where)
        room -= len(value)
        if room < 0:
            raise too_large(where)
        found.setdefault(name, value)
        position = _skip(_SPACE, text, position)
        if position < len(text) and text[position] != ",":
            raise _malformed(f'{excerpt(key)}: no comma behind "{name}"', where)
        position = _skip(_GAP, text, position)
    return found


def _value(text: str, position: int, strings: _Strings, room: int) -> tuple[str | None, int]:
    """Read a value, its pieces joined by ``#``; return None for one that is malformed, and where it ends.

    Reading stops as soon as the value is longer than `room`.
    """
    pieces: list[str] = []
    while room >= 0:
        sign = text[position : position + 1]
        if sign == "{":
            end = _end(text, position + 1, "{")
            piece = text[position + 1 : end]
        elif sign == '"':
            end = _quote_end(text, position + 1)
            piece = text[position + 1 : end]
        else:
            match = _BARE.match(text, position)
            end = match.end() - 1 if match else None
            piece = strings.get(match[0]) if match else ""
        if end is None:
            return None, position
        pieces.append(piece)
        room -= len(piece)
        position = _skip(_SPACE, text, end + 1)
        if text[position : position + 1] != "#":
            break
        position = _skip(_SPACE, text, position + 1)
    return "".join(pieces), position


def _quote_end(text: str, position: int) -> int | None:
    """Return where the quotation mark is that closes a value; those inside braces do not."""
    depth = 0
    for match in _DELIMITER.finditer(text, position):
        if match[0] == '"' and depth == 0:
            return match.start()
        depth += (match[0] == "{") - (match[0] == "}")
        if depth < 0:
            return None
    return None


def _skip(pattern: re.Pattern[str], text: str, position: int) -> int:
    """Return the position behind what `pattern`, which always matches, finds at `position`."""
    match = pattern.match(text, position)
    return match.end() if match else position


class _Strings:
    """The values of ``@string`` by their names, which ignore case."""

    def __init__(self) -> None:
        self._values: dict[str, str] = {}
        self._room = MAX_STRINGS

    def get(self, name: str) -> str:
        """Return the value of a string, or its name when there is none: a number, a month, a journal's short name."""
        return self._values.get(name.lower(), name)

    def define(self, body: str, where: str) -> None:
        """Take the definition between the delimiters of ``@string``.

        Raises:
            SourceError: it is malformed, or all definitions expand to more than `MAX_STRINGS` characters.
        """
        for name, value in _fields(body, self, where, "@string").items():
            self._room -= len(value)
            if self._room < 0:
                raise SourceError(
                    f"the @string values are longer than {MAX_STRINGS:,} characters",
                    where=where,
                    remedy="take out those that are not needed",
                )
            self._values[name] = value


def _name(body: str) -> str:
    """Return the key of an entry for messages."""
    return excerpt(body[:_LOOK].partition(",")[0])


def _malformed(problem: str, where: str) -> SourceError:
    return SourceError(problem, where=where, remedy=_REMEDY)
