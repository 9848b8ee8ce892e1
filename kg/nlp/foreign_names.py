"""Names of other things that hold the name of a disease: genes and proteins, cell lines, organisations.

"Leukemia inhibitory factor" is a cytokine and the "National Cancer Institute" an office: neither says that anybody is
ill. Where annotators of disease corpora call such a disease a mention all the same (the "breast cancer gene" of the
NCBI corpus), the mention stays, but the document is not about it.
"""

from __future__ import annotations

import re
from typing import Final

_PROTEIN: Final = re.compile(
    r"[ -]{1,3}(?:necrosis[ -]factor|inhibitory[ -]factor|(?:viral|virus)[ -](?:\w+[ -])?oncogene)s?\b", re.IGNORECASE
)
_FACTOR: Final = re.compile(r"[ -]{1,3}factors?\b", re.IGNORECASE)
_TUMOUR: Final = re.compile(r"\btumou?r[ -]{1,3}$", re.IGNORECASE)
_ORGANISATION: Final = re.compile(
    r" (?:(?:and|&|of|for|[Rr]esearch) (?:\w+ )?)?"
    r"(?:Institute|Foundation|Society|Association|Consortium|Centre|Center|Network|League|Trust|Council|Alliance)\b"
)
_OFFICE: Final = re.compile(
    r"\b(?:Department|Institute|Division|Society|Association|Foundation|Center|Centre|Journal) (?:of|for) "
    r"(?:[A-Z]\w+,? (?:and |& )?){0,3}$"
)
_HEAD: Final = re.compile(
    r"[ -]{1,3}(?:(?:suppressor|susceptibility|growth|associated|specific|derived)[ -])?"
    r"(?:(?:proto-?)?oncogenes?|proteins?|genes?|receptors?|antigens?|kinases?|cell[ -]lines?)\b",
    re.IGNORECASE,
)
"""Blanks and hyphens only: what comes after a line break is another passage."""


def names_no_disease(text: str, start: int, end: int) -> bool:
    """Tell whether ``text[start:end]`` is but a part of the name of a cytokine, an oncogene or an organisation."""
    if _PROTEIN.match(text, end) or _ORGANISATION.match(text, end):
        return True
    before = text[max(0, start - 60) : start]
    is_necrosis = text[start:end].lower() == "necrosis" and _FACTOR.match(text, end) and _TUMOUR.search(before)
    return bool(is_necrosis) or bool(text[start].isupper() and _OFFICE.search(before))


def is_in_a_name(text: str, start: int, end: int) -> bool:
    """Tell whether ``text[start:end]`` only names a gene, a protein, a cell line or an organisation."""
    return names_no_disease(text, start, end) or _HEAD.match(text, end) is not None
