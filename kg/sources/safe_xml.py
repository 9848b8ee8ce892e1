"""XML from strangers: parsed as a stream, with nothing fetched and nothing expanded.

Entity declarations in the document are refused before any content is parsed (they are how entity bombs and file
disclosure work; no publisher's article needs them). An external DTD may be named, as JATS files do; it is never
fetched, and the character entities that it would have defined are resolved from HTML's table.
"""

from __future__ import annotations

import html.entities
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.parsers import expat

from lxml import etree

from kg.errors import SourceError
from kg.sources.characters import clean
from kg.sources.streams import MAX_DOCUMENT, open_bytes, too_large

_CHUNK: Final = 2**15
_MAX_PROLOG: Final = 2**20
REPLACEMENT: Final = "\ufffd"


class _RootFound(Exception):  # noqa: N818 - a signal, not an error
    """Ends the reading of the prolog."""


class _Metered(io.RawIOBase):
    """A stream that refuses to give more than `MAX_DOCUMENT` bytes between two calls of `reset`."""

    def __init__(self, stream: io.BufferedReader, path: Path) -> None:
        self._stream = stream
        self._path = path
        self._given = 0

    def reset(self) -> None:
        self._given = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size if size and size > 0 else _CHUNK)
        self._given += len(data)
        if self._given > MAX_DOCUMENT:
            raise too_large(self._path)
        return data


def root_name(path: Path) -> str:
    """Return the local name of the root element, having read no further.

    Raises:
        SourceError: the prolog is no XML, declares entities, or does not end.
    """
    found: list[str] = []

    def refuse_entity(*_: object) -> None:
        raise SourceError(
            "declares XML entities of its own",
            where=f"{path}:{parser.CurrentLineNumber}",
            remedy="remove the <!ENTITY ...> declarations; they are not read from untrusted files",
        )

    def stop(name: str, _: object) -> None:
        found.append(name)
        raise _RootFound

    parser = expat.ParserCreate()
    parser.EntityDeclHandler = refuse_entity
    parser.StartElementHandler = stop
    read = 0
    with open_bytes(path) as stream:
        try:
            while read <= _MAX_PROLOG:
                data = stream.read(_CHUNK)
                read += len(data)
                parser.Parse(data, not data)
        except _RootFound:
            return found[0].rpartition(":")[2]
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            raise _broken(path, reason, error.lineno, error.offset + 1) from error
    raise SourceError("no XML element in the first megabyte", where=path, remedy="give an article in XML")


def iter_elements(path: Path, *names: str) -> Iterator[etree._Element]:
    """Yield each complete element of these names (in any namespace); it is emptied when the next one is asked for.

    Raises:
        SourceError: entities are declared, the XML is broken (with line and column), or an element is too large.
    """
    root_name(path)
    with open_bytes(path) as stream:
        metered = _Metered(stream, path)
        events = etree.iterparse(
            metered,
            events=("end",),
            tag=["{*}" + name for name in names],
            load_dtd=False,
            no_network=True,
            resolve_entities=False,
            remove_comments=True,
            remove_pis=True,
            huge_tree=False,
        )
        try:
            for _, element in events:
                yield element
                metered.reset()
                element.clear()
                while element.getprevious() is not None:
                    parent = element.getparent()
                    if parent is None:
                        break
                    del parent[0]
        except etree.XMLSyntaxError as error:
            raise _first_fatal(path, events, error) from error


def _first_fatal(path: Path, events: etree.iterparse, error: etree.XMLSyntaxError) -> SourceError:
    """Return the first fatal error of the run; the exception may only tell what followed from it."""
    for entry in events.error_log:
        if entry.level == etree.ErrorLevels.FATAL:
            return _broken(path, entry.message, entry.line, entry.column)
    line, column = error.position
    return _broken(path, error.msg or "not well-formed", line, column)


def _broken(path: Path, reason: str, line: int, column: int) -> SourceError:
    short = clean(reason).split(", line ")[0][:200]
    remedy = "correct the file or fetch it again"
    if short.startswith("Entity '"):
        remedy = "write the character itself or a numeric reference such as &#160;"
    elif "limit exceeded" in short.lower():
        short, remedy = short.split(", try ")[0], "split the document; no article comes near this limit"
    return SourceError(f"not well-formed XML ({short})", where=f"{path}:{line}:{column}", remedy=remedy)


def entity_text(entity: etree._Entity) -> str:
    """Return the character of a named entity that HTML knows (``&nbsp;``), or U+FFFD."""
    return html.entities.html5.get(f"{entity.name};", REPLACEMENT)
