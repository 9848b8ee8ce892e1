"""Characters that must not reach the text: what is replaced, what is dropped.

Two policies, because some formats promise their reader that offsets stay as they are:

- `clean` replaces one character by one: control characters by a space, lone surrogates and non-characters by U+FFFD.
- `squeeze` is for formats without such a promise: it cleans, drops invisible characters (soft hyphen, zero-width,
  bidirectional controls, byte order mark) and turns each run of white space into one space.
"""

from __future__ import annotations

import re
from typing import Final

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_CONTROL_BUT_NEWLINE: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_NOT_A_CHARACTER: Final = re.compile(r"[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_INVISIBLE: Final = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_SPACES: Final = re.compile(r"\s+")


def clean(text: str, *, keep_newlines: bool = False) -> str:
    """Replace what no text should hold, one character by one, so that offsets stay.

    Args:
        text: any string, lone surrogates included.
        keep_newlines: leave line feeds as they are instead of making them spaces.
    """
    if text.isascii() and text.isprintable():
        return text
    pattern = _CONTROL_BUT_NEWLINE if keep_newlines else _CONTROL
    return _NOT_A_CHARACTER.sub("\ufffd", pattern.sub(" ", text))


def visible(text: str) -> str:
    """Clean `text` and drop its invisible characters; white space stays, except that controls become spaces."""
    return _INVISIBLE.sub("", clean(text, keep_newlines=True))


def squeeze(text: str) -> str:
    """Return `text` as one line: visible characters, single spaces, none at the ends."""
    return _SPACES.sub(" ", visible(text)).strip()


def excerpt(text: str, length: int = 60) -> str:
    """Return a short quoted form of untrusted `text` for an error message."""
    line = squeeze(text)
    return repr(line if len(line) <= length else line[: length - 1] + "\u2026")
