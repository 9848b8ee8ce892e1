"""Where the name of a cell type begins: the modifiers before its head ("CD34+ endometrial stromal cells").

Vocabularies have heads with the commonest modifiers. A text adds markers, organs, states and origins; the name begins
with the first of them. Species and amounts stay outside, for they say whose or how many cells.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

_HEAD: Final = re.compile(
    r"\b(?:cells|progenitors?|precursors?|neurons?|glia"
    r"|cell(?! (?:death|cycle|division|density|lines?|cultures?|adhesion|growth|therap|number|count|surface|wall)))\b"
)
"""Heads that make a name with modifiers even where no vocabulary has it."""
_BEFORE: Final = re.compile(r"([^\s,;:()\[\]\"]+)([ ])$")
_JOINED: Final = re.compile(r"([^\s,;:()\[\]\"]+)[-\u2010-\u2015]$")
_NOTE: Final = re.compile(r"\(([A-Za-z][\w-]{0,6})\) $")
_AND: Final = re.compile(r"([^\s,;:()\[\]\"]+)( and | or |/)$")
_DASH: Final = "\u2010-\u2015\u2212-"
_MARKER: Final = re.compile(
    rf"(?=[^A-Z\d]*[A-Z\d])[A-Za-z][\w.+/{_DASH}]*[+{_DASH}]"
    rf"|(?=[^A-Z\d]*[A-Z\d][^A-Z\d]*[A-Z\d])[A-Za-z][\w.+/{_DASH}]*(?:hi|lo|high|low|bright|dim|neg|pos|int)"
    rf"|CD\d+[a-z]?|(?=[^A-Z\d]*[A-Z\d])[\w/.{_DASH}]+-(?:positive|negative|expressing)"
)
"""CD34+, Ly6Chi, CD4+CD8-, GFP-positive; one pass, so that hostile words take no longer."""
_COMPOUND: Final = re.compile(
    r"\w[\w/-]*-(?:derived|associated|infiltrating|resident|secreting|primed|committed|restricted|amplifying|spiking|like)"
)
_LINK: Final = frozenset({"derived", "associated", "infiltrating", "resident", "expressing"})
"""Words that need the word before them: "tumor infiltrating"."""
_ORIGINS: Final = frozenset({"cancer", "tumor", "tumour", "tissue", "scar", "disease"})
_NAME: Final = re.compile(r"[A-Z]+\d+[A-Z]?\d*")
"""A marker by its form: CD34, CXCR4."""
_SHORT: Final = frozenset({"T", "B", "NK", "M1", "M2", "Th1", "Th2", "Th17", "Treg", "NKT", "DC"})
_OTHER_THING: Final = re.compile(
    r"[-\u2010-\u2015 /]?(?:(?:macrophage|monocyte)[- ])?(?:rich\b|poor\b|lysates?\b|counts?\b|aggregation\b"
    r"|(?:derived[- ])?growth factor|derived[- ]factor|colony[- ]stimulating|chemoattractant|migration inhibitory"
    r"|inflammatory protein)"
)
_NEGATED: Final = re.compile(r"\b[Nn]on[-\u2010-\u2015 ]?$")
_REACH: Final = 140
"""Characters before a head in which its modifiers are looked for."""


@cache
def modifiers() -> frozenset[str]:
    """Return the words that may stand before the head of a cell's name (``cell_modifiers.txt``)."""
    text = files("kg.grounding").joinpath("data", "cell_modifiers.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def is_modifier(word: str) -> bool:
    """Tell whether a word can belong to the name of a cell type, before its head."""
    if _MARKER.fullmatch(word) or word in _SHORT:
        return True
    low = word.lower()
    if word.isupper() and len(word) > 1:
        return False
    if _COMPOUND.fullmatch(low):
        return True
    parts = re.split(r"[-/]", low)
    return low in modifiers() or (len(parts) > 1 and all(part in modifiers() for part in parts))


def negated(text: str, start: int) -> bool:
    """Tell whether "non-" stands before a name: it then names what the cells are not."""
    return _NEGATED.search(text, max(0, start - 5), start) is not None


def begin(text: str, start: int, tissues: Mapping[int, int], barred: Container[int] = ()) -> int:
    """Return where the name that has its head at `start` begins.

    Args:
        text: the document.
        start: where the part of the name begins that is known.
        tissues: where each tissue in the text ends, and where it begins.
        barred: ends of names of other things, which do not belong to a cell's name.
    """
    limit = max(0, start - _REACH)
    earlier: int | None = start
    while earlier is not None:
        start = earlier
        earlier = _step(text, start, limit, tissues, barred)
    return start


def _step(text: str, start: int, limit: int, tissues: Mapping[int, int], barred: Container[int]) -> int | None:
    """Return the beginning of the modifier before `start`, None when there is none."""
    note = _NOTE.search(text, limit, start)
    if note is not None:
        return _step(text, note.start(), limit, tissues, barred)
    joined = _JOINED.search(text, limit, start)
    if joined is not None:
        whole = re.match(r"[^\s,;:()\[\]\"]+", text[joined.start(1) :])
        word = whole[0] if whole else ""
        return joined.start(1) if is_modifier(word) or is_modifier(joined[1]) else None
    before = _BEFORE.search(text, limit, start)
    if before is None:
        return None
    end = before.end(1)
    if end in tissues:
        return tissues[end]
    if end in barred:
        return None
    word = before[1]
    if word == "+":
        marker = _BEFORE.search(text, limit, before.start(1))
        return marker.start(1) if marker and _NAME.fullmatch(marker[1]) else None
    if word.lower() in _LINK:
        origin = _BEFORE.search(text, limit, before.start(1))
        if origin is None:
            return None
        at = origin.end(1)
        if at in tissues:
            return tissues[at]
        known = is_modifier(origin[1]) or origin[1].lower() in _ORIGINS or _NAME.fullmatch(origin[1])
        return origin.start(1) if known and word.lower() != "derived" else None
    return before.start(1) if is_modifier(word) else None


def inside_name(text: str, end: int) -> bool:
    """Tell whether what follows makes the cell a part of another thing's name: a factor's, a product's, a test's."""
    return _OTHER_THING.match(text, end) is not None


def coordinated(text: str, start: int, tissues: Mapping[int, int]) -> int:
    """Return where a coordination that shares the head begins: "M1 and M2 macrophages"; `start` when there is none."""
    limit = max(0, start - _REACH)
    match = _AND.search(text, limit, start)
    if match is None:
        return start
    word = match[1]
    if match.end(1) in tissues or word.lower() in _LINK or not (is_modifier(word) or word.endswith("-")):
        return start
    return begin(text, match.start(1), tissues)


def heads(text: str) -> Iterator[tuple[int, int]]:
    """Yield the words that are heads of cell names wherever a modifier stands before them."""
    for match in _HEAD.finditer(text):
        yield match.span()
