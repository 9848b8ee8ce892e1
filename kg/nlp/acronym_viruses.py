"""Viruses named by the acronym of a disease or place: "WN virus" where the document defines WN as West Nile."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.grounding import Context, Grounder
from kg.model import MentionType


def acronym_viruses(text: str, context: Context, grounder: Grounder) -> Iterator[tuple[int, int]]:
    """Yield the places of short forms of the document with "virus" after them, where both make one known name."""
    for short in context.short_forms:
        for match in re.finditer(rf"(?<!\w){re.escape(short)} virus(?:es)?(?!\w)", text):
            if grounder.best(grounder.readings(match[0], context), MentionType.SPECIES, context) is not None:
                yield match.span()
