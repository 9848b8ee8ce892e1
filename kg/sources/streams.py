"""Opening files that may be hostile: limits, compression, encoding, lines.

Everything is read in pieces, so that a file is refused without having been read whole.
"""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple, TypeAlias

from kg.errors import SourceError

MAX_LINE: Final = 20 * 2**20
"""Bytes that one line may have. The longest line of a real corpus (a full text in PubTator) has about 0.2 MB."""
MAX_DOCUMENT: Final = 64 * 2**20
"""Bytes that one document may have (a book of 10,000 pages has about 30 MB)."""
MAX_RATIO: Final = 100
"""Decompressed bytes per compressed byte. Text reaches about 10, annotated XML about 20, a bomb 1,000."""
RATIO_FLOOR: Final = 4 * 2**20
"""Decompressed bytes before the ratio counts."""

_GZIP_MAGIC: Final = b"\x1f\x8b"
_CHUNK: Final = 2**16
_FOREIGN_BOMS: Final = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)

ErrorHandler: TypeAlias = Callable[[SourceError], None]
"""Takes the error of one bad record. When it returns, reading goes on with the next record."""


class Line(NamedTuple):
    """A line of a text file; `text` is None for one that cannot be read (it was reported already)."""

    number: int
    text: str | None


class _Guarded(io.RawIOBase):
    """Decompresses gzip, counts, and turns every defect into a `SourceError`."""

    def __init__(self, raw: BinaryIO, path: Path) -> None:
        self._raw = raw
        self._path = path
        self._gzip = gzip.GzipFile(fileobj=raw, mode="rb")
        self._produced = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            data = self._gzip.read(min(len(buffer), _CHUNK))
        except EOFError as error:
            raise SourceError("the gzip file is cut short", where=self._path, remedy="fetch it again") from error
        except (gzip.BadGzipFile, zlib.error) as error:
            raise SourceError("the gzip file is damaged", where=self._path, remedy="fetch it again") from error
        self._produced += len(data)
        if self._produced > RATIO_FLOOR and self._produced > MAX_RATIO * self._raw.tell():
            raise expands_too_much(self._path)
        buffer[: len(data)] = data
        return len(data)


def check_file(path: Path) -> None:
    """Make sure that `path` is a regular file with something in it.

    Raises:
        SourceError: it is missing, a directory, a device or pipe, or empty.
    """
    try:
        if path.is_dir():
            raise SourceError("is a directory", where=path, remedy="name a file in it")
        if not path.exists():
            raise SourceError("no such file", where=path, remedy="check the path")
        if not path.is_file():
            raise SourceError("is not a regular file", where=path, remedy="save its content to a file and name that")
        size = path.stat().st_size
    except (OSError, ValueError) as error:
        raise _cannot_open(path, error) from error
    if size == 0:
        raise SourceError("the file is empty", where=path, remedy="give a file with a document")


def _cannot_open(path: Path, error: Exception) -> SourceError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return SourceError(f"cannot be read ({reason})", where=path, remedy="check the path and its permissions")


@contextmanager
def open_bytes(path: Path) -> Iterator[io.BufferedReader]:
    """Open `path` for reading, decompressing gzip (told by its first bytes, whatever the name).

    Raises:
        SourceError: the file cannot be opened; while reading, that the gzip data is cut short, damaged or a bomb.
    """
    check_file(path)
    try:
        raw = path.open("rb")
    except OSError as error:
        raise _cannot_open(path, error) from error
    with raw:
        if raw.peek(2)[:2] == _GZIP_MAGIC:
            yield io.BufferedReader(_Guarded(raw, path), buffer_size=_CHUNK)
        else:
            yield raw


def read_head(path: Path, size: int = 2**16) -> bytes:
    """Return up to `size` first (decompressed) bytes."""
    with open_bytes(path) as stream:
        return stream.read(size)


def stem(path: Path) -> str:
    """Return the file name without ``.gz`` and without its extension: the id of a document that has no other."""
    name = path.name[:-3] if path.name.lower().endswith(".gz") else path.name
    return Path(name).stem or name


def fail(error: SourceError) -> None:
    """Raise `error`: the handler of strict reading."""
    raise error


def iter_lines(path: Path, report: ErrorHandler) -> Iterator[Line]:
    r"""Yield the lines of a UTF-8 file without their ends (``\n`` or ``\r\n``), in constant memory.

    A line that is too long, is not UTF-8 or has NUL bytes goes to `report` and comes out with text None. A UTF-8 byte
    order mark is skipped.

    Raises:
        SourceError: the file is in UTF-16 or UTF-32, or cannot be read on.
    """
    with open_bytes(path) as stream:
        offset = 0
        number = 0
        while raw := stream.readline(MAX_LINE + 1):
            number += 1
            length = len(raw)
            if number == 1:
                raw = _without_bom(raw, path)
            start = offset + length - len(raw)
            if length > MAX_LINE:
                report(
                    SourceError(
                        f"the line is longer than {MAX_LINE // 2**20} MB",
                        where=f"{path}:{number}",
                        remedy="one line is one record or paragraph: split it",
                    )
                )
                while raw and not raw.endswith(b"\n"):
                    raw = stream.readline(_CHUNK)
                    length += len(raw)
                yield Line(number, None)
            else:
                try:
                    text = _decode(raw, path, number, start)
                except SourceError as error:
                    report(error)
                    text = None
                yield Line(number, text)
            offset += length


def _without_bom(raw: bytes, path: Path) -> bytes:
    for bom, name in _FOREIGN_BOMS:
        if raw.startswith(bom):
            raise SourceError(
                f"is encoded in {name}", where=path, remedy=f"convert it: iconv -f {name} -t UTF-8 IN > OUT"
            )
    return raw.removeprefix(codecs.BOM_UTF8)


def _decode(raw: bytes, path: Path, number: int, offset: int) -> str:
    """Decode line `number`; `offset` is that of its first byte in the file."""
    if (position := raw.find(b"\0")) >= 0:
        raise SourceError(
            f"a NUL byte at offset {offset + position}: not a UTF-8 text",
            where=f"{path}:{number}",
            remedy="give a text file in UTF-8",
        )
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"byte 0x{raw[error.start]:02X} at offset {offset + error.start} is not UTF-8",
            where=f"{path}:{number}",
            remedy="convert the file to UTF-8, for example: iconv -f WINDOWS-1252 -t UTF-8 IN > OUT",
        ) from error
    return text.removesuffix("\n").removesuffix("\r")


def read_lines(path: Path) -> list[str]:
    """Return all lines of a one-document text file.

    Raises:
        SourceError: as `iter_lines`, for any bad line; the document is larger than `MAX_DOCUMENT`; or has no text.
    """
    lines: list[str] = []
    size = 0
    for line in iter_lines(path, fail):
        text = line.text or ""
        size += len(text) + 1
        if size > MAX_DOCUMENT:
            raise too_large(path)
        lines.append(text)
    if not any(text.strip() for text in lines):
        raise SourceError("the file holds no text", where=path, remedy="give a file with a document")
    return lines


def expands_too_much(where: object) -> SourceError:
    """Return the error for compressed data beyond `MAX_RATIO`."""
    return SourceError(
        f"expands to more than {MAX_RATIO} times its size",
        where=where,
        remedy="if you trust it, decompress it yourself and give the result",
    )


def too_large(where: object) -> SourceError:
    """Return the error for a document beyond `MAX_DOCUMENT`."""
    return SourceError(f"the document is larger than {MAX_DOCUMENT // 2**20} MB", where=where, remedy="split it")
