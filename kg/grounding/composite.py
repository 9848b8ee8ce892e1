"""Mentions of several diseases in one phrase: "breast and ovarian cancer", "type 1 and 2 diabetes"."""

from __future__ import annotations

import re
from typing import Final

_JOINT: Final = re.compile(r"\s*(?:,\s*(?:and/or|and|or)\s+|,\s+|\s(?:and/or|and|or|as well as)\s+|/|\s&\s)\s*")
_MAX_PARTS: Final = 6
_NUMBER: Final = re.compile(r"(?:\d+|[IVX]+|[A-Ea-e])")
_BETWEEN: Final = re.compile(r"\s+(?=\S)")


def split(surface: str) -> tuple[tuple[str, ...], ...]:
    """Return the ways in which a phrase may be an enumeration, each a tuple of two or more wordings.

    What the parts share stands at the end ("breast and ovarian cancer": breast cancer, ovarian cancer), at the start
    ("cancer of the breast and ovary") or nowhere ("nausea and vomiting"); the part that has it is the last or the
    first. The phrase is not known to be an enumeration: a caller takes a way only when every part is a disease.
    """
    parts = tuple(part for part in _JOINT.split(surface) if part)
    if not 2 <= len(parts) <= _MAX_PARTS:
        return ()
    ways: list[tuple[str, ...]] = []
    last = _BETWEEN.split(parts[-1])
    for shared in range(1, len(last)):
        tail = " ".join(last[shared:])
        ways.append((*(f"{part} {tail}" for part in parts[:-1]), parts[-1]))
    first = _BETWEEN.split(parts[0])
    for own in range(1, len(first)):
        head = " ".join(first[:-own])
        ways.append((parts[0], *(f"{head} {part}" for part in parts[1:])))
    if _NUMBER.fullmatch(parts[-1].split()[0]) and len(first) > 1 and len(last) > 1:
        head, tail = " ".join(first[:-1]), " ".join(last[1:])
        return tuple((*(f"{head} {n} {tail}" for n in (first[-1], *parts[1:-1], last[0])),) for _ in (0,))
    ways.append(parts)
    return tuple(ways)
