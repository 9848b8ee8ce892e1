"""Characters that BioC cannot hold, replaced one by one so that offsets stay.

XML 1.0 has no place for most control characters, for lone surrogates and for U+FFFE and U+FFFF, not even as a
reference (https://www.w3.org/TR/xml/#charsets); UTF-8 has none for surrogates. What our readers give is free of them
(`kg.sources.characters`), a document made in Python need not be. They become what a reader would make of them: a space
for a control character, else U+FFFD. The JSON is written alike, so that both forms hold the same text.
"""

from __future__ import annotations

import re
from typing import Final

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NOT_A_CHARACTER: Final = re.compile(r"[\ud800-\udfff\ufffe\uffff]")


def writable(text: str) -> str:
    """Return `text`, of the same length, with what BioC cannot hold replaced."""
    if text.isascii() and text.isprintable():
        return text
    return _NOT_A_CHARACTER.sub("\ufffd", _CONTROL.sub(" ", text))
