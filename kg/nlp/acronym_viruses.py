"""Viruses named by the acronym of a disease or place: "WN virus" where the document defines WN as West Nile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.grounding import Context, Grounder
from kg.model import MentionType

_VIRUS: Final = re.compile(r"(?<![\w-])([A-Za-z][\w-]*) virus(?:es)?(?!\w)")


def acronym_viruses(text: str, context: Context, grounder: Grounder) -> Iterator[tuple[int, int]]:
    """Yield the places of short forms of the document with "virus" after them, where both make one known name."""
    short_forms = context.short_forms
    for match in _VIRUS.finditer(text) if short_forms and " virus" in text else ():
        if match[1] in short_forms:
            readings = grounder.readings(match[0], context)
            if grounder.best(readings, MentionType.SPECIES, context) is not None:
                yield match.span()
