"""What belongs to a scientific name after its two words: ranks below the species, "sp. nov.", a strain's code.

"Blumeria graminis f. sp. tritici", "Jiangella muralis sp. nov.", "Synechocystis sp. strain PCC 6803". The taxonomy
lacks many of these; the mention is as long as the name all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_LOWER_RANK: Final = (
    r" (?:subsp\.?|ssp\.|pv\.?|pathovar|bv\.|biovar|var\.|f\. ?sp\.|forma specialis|serovar|sv\.) ?"
    r"(?:[a-z]{3,}(?:-[a-z]+)?|[A-Z][a-z]{3,})"
)
_NEW: Final = r",? (?:(?:gen\.|comb\.) ?nov\.,? (?:and )?)?(?:(?:sp|spec)\. ?nov\.|n\. ?sp\.)"
_TAIL: Final = re.compile(rf"(?:{_LOWER_RANK})+(?:{_NEW})?|{_NEW}| species complex(?!\w)")
_SPECIES_OF: Final = re.compile(
    r"(?<![\w.-])([A-Z][a-z]{3,}) sp\. (?:strain )?(?:[A-Z]{2,}[ -]?\d[\w-]*|[A-Z][A-Za-z]*-?\d[\w-]*)(?!\w)"
)

GROUP: Final = re.compile(r"(?<![\w.-])[A-Z][a-z]*\.? [a-z]{3,} (?:group|complex)(?!\w)")
"""What may be a group of species that the taxonomy names: "Bacillus cereus group"."""


def tail_end(text: str, end: int) -> int | None:
    """Return where the name that ends at `end` ends with all that belongs to it, or None when nothing does."""
    if text[end : end + 1] not in (" ", ","):
        return None
    match = _TAIL.match(text, end)
    return match.end() if match else None


def strains(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, genus) of the strains of unnamed species ("Synechocystis sp. PCC 6803")."""
    for match in _SPECIES_OF.finditer(text) if " sp. " in text else ():
        yield match.start(), match.end(), match[1]
