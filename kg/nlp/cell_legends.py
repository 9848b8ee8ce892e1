"""Short forms of cell types that legends and lists define without brackets: "DCs, dendritic cells; MC: mast cells"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from kg.nlp.abbreviations import Definition

_SHORT: Final = r"([A-Za-z][A-Za-z0-9-]{1,8})"
_BEFORE: Final = re.compile(rf"(?<![\w-]){_SHORT}(?:, |: ?| = | )$")
_AFTER: Final = re.compile(rf"(?:[\"'\u2019\u201d] ?\(|:|\(| \(){_SHORT}(?![\w-])")
_REACH: Final = 14


def definitions(text: str, names: Iterable[tuple[int, int]]) -> Iterator[Definition]:
    """Yield the definitions of short forms beside names of cell types.

    Args:
        text: the document.
        names: start and end of each name.
    """
    for start, end in names:
        long = text[start:end]
        before = _BEFORE.search(text, max(0, start - _REACH), start)
        if (
            before is not None
            and (text[before.end(1)] != " " or _is_acronym(before[1]))
            and stands_for(before[1], long)
        ):
            yield _definition(before, long, start)
        after = _AFTER.match(text, end)
        if after is not None and stands_for(after[1], long):
            yield _definition(after, long, start)


def stands_for(short: str, long: str) -> bool:
    """Tell whether a short form can stand for a name of two words or more, or for a long one.

    Its letters occur in the name in this order, the first one at its start; the last one begins a later word, unless
    only the first is a capital ("DCs", "MDSC", "Eos"). A name that begins with the short form does not define it.
    """
    letters = short.removesuffix("s").replace("-", "") if short[-2:-1].isupper() else short.replace("-", "")
    low = long.lower()
    if len(letters) < 2 or not any(map(str.isupper, letters)) or long.startswith(letters) or len(long) < 2 * len(short):
        return False
    if letters.lower()[0] != low[0]:
        return False
    at = 0
    for letter in letters.lower():
        at = low.find(letter, at) + 1
        if not at:
            return False
    initials = "".join(word[0] for word in re.findall(r"[a-z0-9]+", low))
    return len(initials) == 1 or letters[-1].lower() in initials[1:] or letters[1:].islower()


def _is_acronym(short: str) -> bool:
    return sum(map(str.isupper, short)) > 1


def _definition(match: re.Match[str], long: str, start: int) -> Definition:
    return {
        "short": match[1],
        "long": long,
        "short_start": match.start(1),
        "short_end": match.end(1),
        "long_start": start,
        "long_end": start + len(long),
    }
