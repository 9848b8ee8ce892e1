"""Names of other things that hold the name of a disease: genes and proteins, cell lines, organisations.

"Leukemia inhibitory factor" is a cytokine and the "National Cancer Institute" an office: neither says that anybody is
ill. Where annotators of disease corpora call such a disease a mention all the same (the "breast cancer gene" of the
NCBI corpus), the mention stays, but the document is not about it.
"""

from __future__ import annotations

import re
from typing import Final

_PROTEIN: Final = re.compile(
    r"[\s-]+(?:necrosis[\s-]+factor|inhibitory[\s-]+factor|(?:viral|virus)[\s-]+(?:\w+[\s-]+)?oncogene)s?\b",
    re.IGNORECASE,
)
_FACTOR: Final = re.compile(r"[\s-]+factor", re.IGNORECASE)
_TUMOUR: Final = re.compile(r"\btumou?r[\s-]+$", re.IGNORECASE)
_ORGANISATION: Final = re.compile(
    r"\s+(?:(?:and|&|of|for|research)\s+(?:\w+\s+)?)?(?:Institute|Foundation|Society|Association|Consortium|Centre|Center|Network"
    r"|League|Trust|Council|Alliance)\b"
)
_OFFICE: Final = re.compile(
    r"\b(?:Department|Institute|Division|Society|Association|Foundation|Center|Centre|Journal)\s+(?:of|for)\s+"
    r"(?:[A-Z]\w+,?\s+(?:and\s+|&\s+)?){0,3}$"
)
_HEAD: Final = re.compile(
    r"[\s-]+(?:(?:suppressor|susceptibility|growth|associated|specific|derived)[\s-]+)?(?:(?:proto-?)?oncogenes?|proteins?"
    r"|genes?|receptors?|antigens?|kinase|cell[\s-]+lines?|cells\s+\((?=[A-Z]))",
    re.IGNORECASE,
)


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
