"""The entity lists of a summary page: somebody else's annotations, kept apart from the text.

A list entry reads ``**Diseases:** Name (MESH:D000001), other name (OMIM:100000)`` or ``**Species:** Homo sapiens
(human, species) [taxon 9606]``. An entry without an identifier says nothing that could be compared and is left out.
"""

from __future__ import annotations

import re
from typing import Final

from kg.identifiers import PREFIXES, Curie
from kg.model import ForeignAnnotation, MentionType
from kg.sources.markdown_blocks import strip_markup

_LIST: Final = re.compile(r"\s*\*\*([^*:]{1,40}):?\*\*:?\s*(.*)|\s*([A-Z][A-Za-z ]{1,38}):\s+(.*)", re.DOTALL)
_LONGEST: Final = 500
"""Characters of the longest entry that is read; keeps hostile input cheap."""
_BRACKETS: Final = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_TAXON: Final = re.compile(r"(?:ncbi\s*)?(?:taxon|taxid|txid|taxonomy)\s*[:\s]?\s*(\d+)", re.IGNORECASE)
_CURIE: Final = re.compile(r"([A-Za-z][A-Za-z0-9.]*):\s?([A-Za-z0-9][\w.-]*)")
_PREFIXES: Final = {prefix.lower(): prefix for prefix in PREFIXES}
_TYPES: Final = {
    "disease": MentionType.DISEASE,
    "diseases": MentionType.DISEASE,
    "species": MentionType.SPECIES,
    "organisms": MentionType.SPECIES,
    "cell types": MentionType.CELL_TYPE,
    "cells": MentionType.CELL_TYPE,
    "tissues": MentionType.TISSUE,
    "anatomy": MentionType.TISSUE,
}


def parse_entry(raw: str, origin: str) -> list[ForeignAnnotation]:
    """Return the annotations of one list entry, in order.

    Args:
        raw: the entry, with its markup.
        origin: who made the annotations.

    The type of an annotation is a `MentionType` value where the list's name has one, else the name itself.
    """
    match = _LIST.fullmatch(raw)
    if match is None:
        return []
    name = (match[1] or match[3]).strip()
    type_name = str(_TYPES.get(name.lower(), name))
    annotations = []
    for item in _split(match[2] or match[4] or ""):
        if (found := _identify(item)) is not None:
            text, curie = found
            annotations.append(ForeignAnnotation(text, type_name, curie, origin))
    return annotations


def _split(text: str) -> list[str]:
    """Split at the commas and semicolons that stand outside brackets."""
    items, depth, start = [], 0, 0
    for position, character in enumerate(text):
        if character in "([":
            depth += 1
        elif character in ")]":
            depth = max(0, depth - 1)
        elif character in ",;" and depth == 0:
            items.append(text[start:position])
            start = position + 1
    return [*items, text[start:]]


def _identify(item: str) -> tuple[str, Curie] | None:
    """Return name and CURIE of an entry, or None when no bracket holds an identifier."""
    if len(item) > _LONGEST:
        return None
    for match in _BRACKETS.finditer(item):
        curie = parse_curie((match[1] or match[2] or "").strip())
        name = strip_markup(_BRACKETS.sub(" ", item[: match.start()]))
        if curie and name:
            return name, curie
    return None


def parse_curie(text: str) -> Curie | None:
    """Return the CURIE that `text` is, its prefix spelt as in `PREFIXES` when it is there, or None.

    Args:
        text: an identifier such as ``mesh:D000001``, ``MESH: D000001`` or ``taxon 9606``.
    """
    if match := _TAXON.fullmatch(text):
        return f"NCBITaxon:{match[1]}"
    if match := _CURIE.fullmatch(text):
        return f"{_PREFIXES.get(match[1].lower(), match[1])}:{match[2]}"
    return None
