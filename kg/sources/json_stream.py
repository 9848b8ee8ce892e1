"""JSON from strangers that is too large to be held: walked from the outside, one value in memory at a time.

A reader goes through the outer arrays and objects with `JsonStream.items` and `JsonStream.members`, and takes whole
what it wants with `JsonStream.value`. JSON: RFC 8259, https://www.rfc-editor.org/rfc/rfc8259.
"""

from __future__ import annotations

import codecs
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from kg.errors import SourceError
from kg.sources.characters import excerpt
from kg.sources.streams import MAX_LINE

MAX_VALUE: Final = MAX_LINE
"""Characters of one value; the same as for JSON that has a record a line."""

_CHUNK: Final = 2**16
_SPACE: Final = " \t\n\r"
_LONGEST_TOKEN: Final = 16
"""Characters of the longest token, strings apart, that the end of what was read so far may cut in two."""


class JsonStream:
    """Reads JSON text in UTF-8 piece by piece; every method stands before the next value and leaves behind it."""

    def __init__(self, stream: io.BufferedReader, path: Path) -> None:
        """Read from `stream`; `path` is its name in messages."""
        self._stream = stream
        self._path = path
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._json = json.JSONDecoder()
        self._text = ""
        self._at = 0
        self._line, self._column = 1, 1
        self._bytes = 0
        self._ended = False

    def peek(self) -> str:
        """Return the next character that is no white space, empty at the end of the file."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in _SPACE:
                    return self._text[self._at]
                self._at += 1
            if not self._more():
                return ""

    def value(self) -> Any:
        """Return the next value whole.

        Raises:
            SourceError: it is not JSON, is larger than `MAX_VALUE`, or the file ends in it.
        """
        self.peek()
        while True:
            try:
                value, end = self._json.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if self._may_go_on(error) and self._more():
                    continue
                raise self._broken(error.msg, error.pos) from error
            except (ValueError, RecursionError) as error:
                raise self._broken(excerpt(str(error), 80), self._at) from error
            # A number may go on behind what was read so far.
            if end < len(self._text) - _LONGEST_TOKEN or not self._more():
                self._at = end
                return value

    def items(self) -> Iterator[None]:
        """Go through the array that comes next; the caller takes each item before it asks for the next one.

        Raises:
            SourceError: what comes is no array, or it is broken.
        """
        self._take("[")
        if self.peek() == "]":
            self._at += 1
            return
        while True:
            yield
            if self._take(",]") == "]":
                return

    def members(self) -> Iterator[str]:
        """Yield the keys of the object that comes next; the caller takes each value before it asks for the next key.

        Raises:
            SourceError: what comes is no object, or it is broken.
        """
        self._take("{")
        if self.peek() == "}":
            self._at += 1
            return
        while True:
            if self.peek() != '"':
                raise self._broken("Expecting property name enclosed in double quotes", self._at)
            key = self.value()
            self._take(":")
            yield key
            if self._take(",}") == "}":
                return

    def _take(self, expected: str) -> str:
        """Step over one of the expected characters and return it."""
        found = self.peek()
        if not found or found not in expected:
            raise self._broken(f"Expecting {' or '.join(map(repr, expected))}", self._at)
        self._at += 1
        return found

    def _may_go_on(self, error: json.JSONDecodeError) -> bool:
        """Tell whether the error may only come from not having read on."""
        return error.msg.startswith("Unterminated string") or error.pos > len(self._text) - _LONGEST_TOKEN

    def _more(self) -> bool:
        """Drop what was taken and read on, as much again as there is, so that a value is not parsed too often."""
        if self._ended:
            return False
        self._line, self._column = self._position(self._at)
        self._text, self._at = self._text[self._at :], 0
        if len(self._text) > MAX_VALUE:
            raise SourceError(
                f"a JSON value is larger than {MAX_VALUE // 2**20} MB",
                where=f"{self._path}:{self._line}:{self._column}",
                remedy="one value is one document: split it",
            )
        data = self._stream.read(max(_CHUNK, len(self._text)))
        self._ended = not data
        try:
            self._text += self._decoder.decode(data, final=self._ended)
        except UnicodeDecodeError as error:
            offset = self._bytes + len(data) - len(error.object) + error.start
            raise SourceError(
                f"byte 0x{error.object[error.start]:02X} at offset {offset} is not UTF-8",
                where=self._path,
                remedy="convert the file to UTF-8",
            ) from error
        self._bytes += len(data)
        return not self._ended or bool(self._text)

    def _position(self, at: int) -> tuple[int, int]:
        """Return line and column of a place in what is held."""
        newlines = self._text.count("\n", 0, at)
        if newlines:
            return self._line + newlines, at - self._text.rindex("\n", 0, at)
        return self._line, self._column + at

    def _broken(self, reason: str, at: int) -> SourceError:
        line, column = self._position(at)
        if self._ended and at >= len(self._text.rstrip()):
            reason = "the file ends too early"
        return SourceError(
            f"not valid JSON ({reason})",
            where=f"{self._path}:{line}:{column}",
            remedy="correct the file or fetch it again",
        )
