"""Bodies of answers: read within limits, and checked to be what was asked for."""

from __future__ import annotations

import json
import re
import time
from enum import StrEnum
from typing import Final
from xml.parsers import expat

from requests import Response
from urllib3.exceptions import HTTPError

MAX_BODY: Final = 64 * 2**20
"""Bytes that one answer may have, decompressed; 200 PubMed records have about 3 MB, a full text 0.5."""
MAX_RATIO: Final = 100
"""Decompressed bytes for each byte sent. Text reaches about 10, annotated XML 20, a bomb 1,000."""
_RATIO_FLOOR: Final = 4 * 2**20
_CHUNK: Final = 2**16
_HTML: Final = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S)


class Kind(StrEnum):
    """What an answer has to be."""

    JSON = "application/json"
    XML = "application/xml"
    TEXT = "text/plain"


class Unusable(Exception):  # noqa: N818 - a signal to try again, never shown as it is
    """The answer is no use now; asked again it may be.

    `wait` is what the server asks to wait, in seconds; `down` tells that the server gives no answer to anything,
    `unreachable` that there was no connection to it.
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
        Unusable: it is cut short, damaged, too slow, larger than `MAX_BODY`, or expands more than `MAX_RATIO` times.
    """
    started = time.monotonic()
    raw = response.raw
    pieces: list[bytes] = []
    size = 0
    try:
        for piece in raw.stream(_CHUNK, decode_content=True):
            pieces.append(piece)
            size += len(piece)
            sent = max(1, raw.tell())
            if size > MAX_BODY or (size > _RATIO_FLOOR and size > MAX_RATIO * sent):
                raise Unusable("the answer is too large to be one of this service")
            if time.monotonic() - started > patience:
                raise Unusable(f"the answer took more than {patience:.0f} s")
    except (HTTPError, OSError) as error:
        raise Unusable(f"the answer broke off ({type(error).__name__})") from error
    return b"".join(pieces)


def check_body(content: bytes, kind: Kind) -> None:
    """Make sure that a body is what was asked for, whatever its Content-Type says.

    Services put error pages under status 200, and proxies cut answers short.

    Raises:
        Unusable: it is not.
    """
    if _HTML.match(content):
        raise Unusable("the answer is a web page")
    if kind is Kind.JSON:
        try:
            json.loads(content)
        except ValueError as error:
            raise Unusable("the answer is not whole JSON") from error
    elif kind is Kind.XML:
        try:
            expat.ParserCreate().Parse(content, True)
        except expat.ExpatError as error:
            raise Unusable(f"the answer is not whole XML ({expat.ErrorString(error.code)})") from error
