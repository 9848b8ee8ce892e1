"""Bodies of answers: read within limits, and checked to be what was asked for."""

from __future__ import annotations

import json
import re
import time
import zlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from xml.parsers import expat

from requests import Response
from urllib3.exceptions import HTTPError

MAX_BODY: Final = 64 * 2**20
"""Bytes that one answer may have, decompressed; 200 PubMed records have about 3 MB, a full text 0.5."""
_CHUNK: Final = 2**16
_LONE_SURROGATE: Final = re.compile(rb"\\u[dD][89a-fA-F]")
_BOM: Final = b"\xef\xbb\xbf"


class Kind(StrEnum):
    """What an answer has to be."""

    JSON = "application/json"
    XML = "application/xml"
    TEXT = "text/plain"


@dataclass(frozen=True, slots=True)
class Expected:
    """What an answer has to be: its kind, and by what it is known.

    `names` are the root elements that XML may have, or the keys of which a JSON object must have one; empty: any. A
    service that puts an error under status 200 is told apart by them.
    """

    kind: Kind
    names: frozenset[str] = frozenset()


def expected(kind: Kind, *names: str) -> Expected:
    """Return an `Expected`."""
    return Expected(kind, frozenset(names))


class Unusable(Exception):  # noqa: N818 - a signal to try again, never shown as it is
    """The answer is no use now; asked again it may be.

    `wait` is what the server asks to wait, in seconds; `down` tells that the server gave no answer, `unreachable` that
    there was no connection to it.
    """

    def __init__(
        self, reason: str, *, wait: float | None = None, down: bool = False, unreachable: bool = False
    ) -> None:
        """Tell why, in a few words."""
        super().__init__(reason)
        self.wait = wait
        self.down = down or unreachable
        self.unreachable = unreachable


def read_body(response: Response, patience: float) -> bytes:
    """Return the decompressed body.

    Args:
        response: one whose body was not read.
        patience: seconds that it may take.

    Raises:
        Unusable: it is cut short, damaged, too slow, larger than `MAX_BODY`, or compressed in a way not asked for.
    """
    started = time.monotonic()
    coding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip", ""):
        raise Unusable(f"the answer is compressed as {coding[:20]}")
    unpack = zlib.decompressobj(wbits=31) if "gzip" in coding else None
    body = bytearray()
    try:
        # Piece by piece as they come: a server that lets them drip must not hold us for longer than `patience`.
        while piece := response.raw.read1(_CHUNK, decode_content=False):
            body += unpack.decompress(piece, MAX_BODY + 1 - len(body)) if unpack else piece
            if len(body) > MAX_BODY or (unpack and unpack.unconsumed_tail):
                raise Unusable("the answer is too large to be one of this service")
            if time.monotonic() - started > patience:
                raise Unusable(f"the answer took more than {patience:.0f} s")
    except (HTTPError, OSError, zlib.error) as error:
        raise Unusable(f"the answer broke off ({type(error).__name__})") from error
    if unpack and not unpack.eof:
        raise Unusable("the answer broke off (gzip)")
    return bytes(body)


def check_body(content: bytes, wanted: Expected) -> None:
    """Make sure that a body is what was asked for, whatever its Content-Type says.

    Services put error pages under status 200, and proxies cut answers short.

    Raises:
        Unusable: it is not.
    """
    content = content.removeprefix(_BOM)
    if _is_web_page(content):
        raise Unusable("the answer is a web page")
    if wanted.kind is Kind.JSON:
        _check_json(content, wanted.names)
    elif wanted.kind is Kind.XML:
        _check_xml(content, wanted.names)


def _check_json(content: bytes, names: frozenset[str]) -> None:
    try:
        value = json.loads(content)
        if _LONE_SURROGATE.search(content):
            json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise Unusable("the answer is not whole JSON") from error
    if not isinstance(value, dict) or (names and names.isdisjoint(value)):
        raise Unusable("the answer is of another form than the service documents")


def _check_xml(content: bytes, names: frozenset[str]) -> None:
    roots: list[str] = []

    def start(name: str, _: object) -> None:
        roots.append(name.rpartition(":")[2])
        parser.StartElementHandler = None

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise Unusable(f"the answer is not whole XML ({expat.ErrorString(error.code)})") from error
    if names and roots[0] not in names:
        raise Unusable(f"the answer is <{roots[0][:40]}>, not what the service documents")


def _is_web_page(content: bytes) -> bool:
    """Tell HTML by its first tag, comments left out."""
    head = content[:_CHUNK].lstrip()
    while head.startswith(b"<!--"):
        head = head[4:].partition(b"-->")[2].lstrip()
    first = head[:15].lower()
    return first.startswith((b"<html", b"<!doctype html"))
