"""Tar, read forwards: the regular files of an archive, one after another, as chunks of bytes.

Not read by `tarfile.TarFile`, which takes a damaged header in the middle for the end of the archive, and holds in
memory the headers of all members and long names of any size. Links, folders, devices and whatever else there is are
passed over. Formats: ustar, pax and GNU's long names (POSIX.1-2001, pax,
https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html;
https://www.gnu.org/software/tar/manual/html_node/Standard.html).
"""

from __future__ import annotations

import re
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from kg.errors import SourceError
from kg.sources.streams import open_bytes

_BLOCK: Final = tarfile.BLOCKSIZE
_CHUNK: Final = 2**16
_MAX_EXTRA: Final = 2**20
"""Bytes of a header that extends another one; a path has at most a few thousand."""
_PAX: Final = (tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE)
_PASSED_OVER: Final = (tarfile.GNUTYPE_LONGLINK, tarfile.XGLTYPE)
"""Headers that extend what is of no interest here: where a link leads to, and the whole archive."""
_WITHOUT_DATA: Final = (
    *(tarfile.LNKTYPE, tarfile.SYMTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE),
)
"""Types whose size, if they state one, says nothing of what follows."""
_PAX_RECORD: Final = re.compile(rb"(\d{1,7}) ([^=]+)=")
_REMEDY: Final = "fetch it again"


def is_tar(head: bytes) -> bool:
    """Tell whether these first bytes of a file are a tar header (its checksum says so)."""
    try:
        tarfile.TarInfo.frombuf(head[:_BLOCK], "utf-8", "replace")
    except tarfile.HeaderError:
        return False
    return True


def iter_tar(path: Path) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield name and content of each regular file, in order, in constant memory.

    A content is read before the next member is asked for; what is left of it is passed over.

    Raises:
        SourceError: the archive is damaged or cut short; nothing behind that place can be read.
    """
    with open_bytes(path) as stream:
        extra: dict[str, str] = {}
        while block := stream.read(_BLOCK):
            if block.count(0) == _BLOCK:
                return
            if len(block) < _BLOCK:
                raise _cut_short(path)
            try:
                header = tarfile.TarInfo.frombuf(block, "utf-8", "replace")
            except tarfile.HeaderError as error:
                raise _damaged(path) from error
            if header.type == tarfile.GNUTYPE_LONGNAME:
                extra["path"] = _extra(stream, header.size, path).rstrip(b"\0").decode("utf-8", "replace")
            elif header.type in _PAX:
                extra |= _pax_records(_extra(stream, header.size, path), path)
            elif header.type == tarfile.GNUTYPE_SPARSE:
                raise SourceError("holds a sparse file", where=path, remedy="unpack it and name the files")
            elif header.type in _PASSED_OVER:
                _extra(stream, header.size, path)
            else:
                size = _size(extra.get("size", str(header.size)), path)
                content = _content(stream, 0 if header.type in _WITHOUT_DATA else size, path)
                if header.isreg():
                    yield extra.get("path", header.name), content
                for _ in content:
                    pass
                extra = {}


def _content(stream: BinaryIO, size: int, path: Path) -> Iterator[bytes]:
    """Yield `size` bytes and step over what fills their last block."""
    left = size
    while left:
        data = stream.read(min(left, _CHUNK))
        if not data:
            raise _cut_short(path)
        left -= len(data)
        yield data
    # An archive that ends without the rest of its last block is whole for all that.
    stream.read(-size % _BLOCK)


def _extra(stream: BinaryIO, size: int, path: Path) -> bytes:
    """Return the data of a header that extends the next one."""
    if not 0 <= size <= _MAX_EXTRA:
        raise SourceError(f"has a header of {size} bytes", where=path, remedy=_REMEDY)
    return b"".join(_content(stream, size, path))


def _pax_records(data: bytes, path: Path) -> dict[str, str]:
    """Return path and size from the records of a pax header: length, space, key, ``=``, value, line feed."""
    found: dict[str, str] = {}
    at = 0
    while at < len(data) and data[at]:
        record = _PAX_RECORD.match(data, at)
        length = int(record[1]) if record else 0
        if record is None or not record.end() - at < length <= len(data) - at:
            raise _damaged(path)
        if data[at + length - 1 : at + length] != b"\n":
            raise _damaged(path)
        key = record[2].decode("utf-8", "replace")
        if key in ("path", "size"):
            found[key] = data[record.end() : at + length - 1].decode("utf-8", "replace")
        at += length
    return found


def _size(text: str, path: Path) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise _damaged(path)
    return int(text)


def _damaged(path: Path) -> SourceError:
    return SourceError("the tar archive is damaged", where=path, remedy=_REMEDY)


def _cut_short(path: Path) -> SourceError:
    return SourceError("the tar archive is cut short", where=path, remedy=_REMEDY)
