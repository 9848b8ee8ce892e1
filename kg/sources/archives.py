"""Archives of documents (tar, tar.gz and zip), read member by member.

Each member is copied to a temporary file and read like any other file, so that memory holds no more than its reader
needs, and the disk one member at a time. Nothing is unpacked under a name of the archive's choosing: of a member's path
only the last part is used, inside a folder of our own. Folders, links and devices are passed over, and so is what comes
with documents but is none: pictures, PDF, office files, checksums, schemas, read-me and licence files.

Of a zip archive the list of members is in memory (it is what `zipfile` reads first); of a tar archive only names.
Format of zip: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT.
"""

from __future__ import annotations

import logging
import re
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from kg.errors import SourceError
from kg.model import Document
from kg.sources.assembly import Located
from kg.sources.characters import squeeze
from kg.sources.streams import MAX_RATIO, RATIO_FLOOR, ErrorHandler, expands_too_much, read_head, stem
from kg.sources.tar_stream import is_tar, iter_tar

_LOG = logging.getLogger(__name__)

MAX_MEMBER: Final = 2 * 2**30
"""Bytes that one member may have; the largest of real archives, a part of PubTator in BioC, has some 100 MB."""

_CHUNK: Final = 2**16
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_DAMAGE: Final = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, OSError, ValueError)
"""What `zipfile` raises over damaged archives."""
_OFFICE: Final = frozenset({"[Content_Types].xml", "mimetype"})
"""What Word, OpenOffice and EPUB files have and archives of documents have not."""
_LONGEST_NAME: Final = 200
"""Bytes of a temporary file's name; file systems allow 255."""
_NO_DOCUMENT: Final = re.compile(
    r"\..*|(?:readme|licen[cs]e|copying)(?:\.\w+)?"
    r"|.*\.(?:gif|jpe?g|png|tiff?|svg|eps|bmp|webp|mp[34]|avi|mov|wmv|wav|pdf|docx?|xlsx?|pptx?|odt|rtf|exe"
    r"|md5|sha1|sha256|asc|sig|dtd|xsd|rng|xsl|css|key)",
    re.IGNORECASE,
)

ReadFile = Callable[[Path, ErrorHandler], Iterator[Located]]
"""Reads a file of some format; a `kg.sources.registry.Reader`."""


def is_archive(path: Path) -> bool:
    """Tell whether a file is a tar or a zip archive, gzipped or not, from its first bytes.

    Raises:
        SourceError: it cannot be opened, is a zip archive that is damaged, or an office document.
    """
    head = read_head(path)
    if head.startswith(_ZIP):
        with _opened_zip(path):
            return True
    return is_tar(head)


def read(path: Path, report: ErrorHandler, read_file: ReadFile) -> Iterator[Located]:
    """Yield the documents of the members, in their order.

    A member that cannot be read goes to `report`, with the archive's and its own name, and the next one is read. A
    document that is named after its file is named after its whole path when another one has that name already.

    Args:
        path: the archive.
        report: takes the error of each bad member and of each bad document.
        read_file: reads a member that was copied to a file.

    Raises:
        SourceError: the file is no archive, or what is left of it cannot be read.
    """
    if not is_archive(path):
        raise SourceError("is neither a tar nor a zip archive", where=path, remedy="give a .tar, .tar.gz or .zip file")
    names: set[str] = set()
    with tempfile.TemporaryDirectory(prefix="msc-kg-") as folder:
        for name, content in _members(path):
            if _is_no_document(name):
                _LOG.info("%s: %s is passed over", path, name)
                continue
            member = _Member(path, squeeze(name), Path(folder) / _file_name(name), report)
            try:
                member.copy_from(content)
            except SourceError as error:
                if error.where == str(path):
                    raise
                member.tell(error)
            else:
                yield from member.documents(read_file, names)
            member.copy.unlink(missing_ok=True)


@dataclass(slots=True)
class _Member:
    """A member of an archive and the file that its content is copied to."""

    archive: Path
    name: str
    copy: Path
    report: ErrorHandler
    told: int = field(default=0, init=False)

    def copy_from(self, content: Iterator[bytes]) -> None:
        """Write the copy.

        Raises:
            SourceError: the content is damaged or too large.
        """
        size = 0
        try:
            with self.copy.open("wb") as file:
                for data in content:
                    size += len(data)
                    if size > MAX_MEMBER:
                        raise SourceError(
                            f"is larger than {MAX_MEMBER // 2**30} GB", where=self.copy, remedy="split it"
                        )
                    file.write(data)
        except OSError as error:
            raise SourceError(
                f"a member cannot be copied to a temporary file ({error.strerror})",
                where=self.archive,
                remedy="set TMPDIR to a folder with room",
            ) from error

    def documents(self, read_file: ReadFile, names: set[str]) -> Iterator[Located]:
        """Yield the documents of the copy, with the places and names that they have in the archive."""
        found = 0
        try:
            for located in read_file(self.copy, self.tell):
                found += 1
                yield Located(self._place(located.where), self._named(located.document, names))
        except SourceError as error:
            self.tell(error)
        if not found and not self.told:
            self.tell(SourceError("holds no document", where=self.copy, remedy="leave it out of the archive"))

    def tell(self, error: SourceError) -> None:
        """Report an error with the place that it has in the archive."""
        self.told += 1
        self.report(SourceError(error.problem, where=self._place(error.where or ""), remedy=error.remedy))

    def _place(self, where: str) -> str:
        own, copy = f"{self.archive}: {self.name}", str(self.copy)
        return own + where.removeprefix(copy) if where.startswith(copy) else where or own

    def _named(self, document: Document, names: set[str]) -> Document:
        """Return the document; one that is named after its file gets a name that no earlier one has."""
        if not re.fullmatch(re.escape(stem(self.copy)) + r"(?:-\d+)?", document.id):
            return document
        name = document.id
        folder = self.name.replace("\\", "/").rpartition("/")[0]
        if name in names and folder:
            name = f"{folder}/{name}"
        number = len(names)
        while name in names:
            number += 1
            name = f"{document.id}-{number}"
        names.add(name)
        return replace(document, id=name)


def _is_no_document(name: str) -> bool:
    """Tell whether a member is one of those that come with documents, by its name."""
    parts = re.split(r"[/\\]", name)
    return "__MACOSX" in parts or bool(_NO_DOCUMENT.fullmatch(squeeze(parts[-1])))


def _file_name(name: str) -> str:
    """Return a name for the copy of a member: the last part of its path, which the id of a document may come from."""
    last = squeeze(re.split(r"[/\\]", name)[-1])
    short = last.encode()[-_LONGEST_NAME:].decode(errors="ignore")
    return short if short.strip(". ") else "member"


def _members(path: Path) -> Iterator[tuple[str, Iterator[bytes]]]:
    return _zip_members(path) if read_head(path).startswith(_ZIP) else iter_tar(path)


def _opened_zip(path: Path) -> zipfile.ZipFile:
    """Open a zip archive.

    Raises:
        SourceError: it is damaged, or an office document.
    """
    try:
        archive = zipfile.ZipFile(path)
    except _DAMAGE as error:
        raise SourceError("the zip archive is damaged", where=path, remedy="fetch it again") from error
    if not _OFFICE.isdisjoint(archive.namelist()):
        archive.close()
        raise SourceError("is an office document", where=path, remedy="save it as text")
    return archive


def _zip_members(path: Path) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield name and content of each regular file of a zip archive.

    Raises:
        SourceError: the members together expand to more than any archive of texts does, as they can when they share
            their data (David Fifield, A better zip bomb, WOOT 2019).
    """
    whole, given = path.stat().st_size, 0
    with _opened_zip(path) as archive:
        for info in archive.infolist():
            kind = stat.S_IFMT(info.external_attr >> 16)
            if info.is_dir() or kind not in (0, stat.S_IFREG):
                continue
            if info.file_size <= _limit(info.compress_size):
                given += info.file_size
            if given > _limit(whole):
                raise expands_too_much(path)
            yield info.filename, _zip_content(archive, info, path)


def _limit(compressed: int) -> int:
    """Return how many bytes so many compressed ones may expand to."""
    return max(RATIO_FLOOR, MAX_RATIO * compressed)


def _zip_content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path) -> Iterator[bytes]:
    where = f"{path}: {squeeze(info.filename)}"
    if info.flag_bits & 1:
        raise SourceError("is encrypted", where=where, remedy="unpack it with its password")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise SourceError("is compressed by a method that is not read", where=where, remedy="use deflate")
    given = 0
    try:
        with archive.open(info) as content:
            while data := content.read(_CHUNK):
                given += len(data)
                if given > _limit(info.compress_size):
                    raise expands_too_much(where)
                yield data
    except _DAMAGE as error:
        raise SourceError("is damaged in the zip archive", where=where, remedy="fetch it again") from error
