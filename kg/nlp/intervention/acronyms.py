"""Acronyms of MSC products, taken apart into donor species, source and core (``hUC-MSC``, ``BMDSC``, ``MenSC``).

A definition in the document ("multiple sclerosis centre (MSC)") has precedence: the caller asks it first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.identifiers import Curie
from kg.nlp.intervention.sources import MORPHEMES
from kg.vocabulary import HOMO_SAPIENS

CONCENTRATES: Final[dict[str, str]] = {"SVF": "adipose", "BMAC": "bone_marrow", "MFAT": "adipose"}
"""Acronyms of concentrates and the source of each."""

ACRONYM: Final = re.compile(
    r"(?<![\w-])(?P<body>(?:[A-Za-z][A-Za-z0-9]{0,5}-(?:[0-9]{1,2}[a-z]?-)?)*"
    r"(?:[A-Za-z]{0,7}MSC|[A-Za-z]{0,6}(?:ADSC|AdSC|ASC|BMSC|BMDSC|DPSC|MenSC|MBSC|MBDSC|EnSC|EnMSC|EMSC|WJSC|UCSC"
    r"|ADRC|PDLSC"
    r"|MPC|MAPC|GMSC)|SHED|SVF|BMAC|MFAT))"
    r"s?(?P<suffix>(?:-(?![a-z]*like\b)[A-Za-z]*[A-Z][A-Za-z0-9]*|-[0-9]+)*)(?:'?s)?(?![A-Za-z0-9]|-like)"
)
"""`suffix` holds what follows the core with a hyphen and a capital (``-Exo``, ``-CM``, ``-NTF``, ``-PL-205``)."""

_NON_MSC_CORE: Final[dict[str, str | None]] = {
    "adsc": "adipose",
    "asc": "adipose",
    "adrc": "adipose",
    "bmsc": "bone_marrow",
    "bmdsc": "bone_marrow",
    "dpsc": "dental_pulp",
    "shed": "dental_pulp",
    "mensc": "menstrual_blood",
    "mbsc": "menstrual_blood",
    "mbdsc": "menstrual_blood",
    "ensc": "endometrium",
    "emsc": "endometrium",
    "enmsc": "endometrium",
    "wjsc": "whartons_jelly",
    "ucsc": "umbilical_cord",
    "pdlsc": "periodontal_ligament",
    "gmsc": "gingiva",
    "mpc": None,
    "mapc": None,
}
NEED_SUPPORT: Final = frozenset({"asc", "mpc", "mapc", "shed", "ensc", "gmsc"})
"""Cores that mean many things: taken only when the document speaks of mesenchymal cells elsewhere."""

_SPECIES: Final[tuple[tuple[str, Curie], ...]] = (
    ("hu", HOMO_SAPIENS),
    ("h", HOMO_SAPIENS),
    ("eq", "NCBITaxon:9796"),
    ("r", "NCBITaxon:10116"),
    ("m", "NCBITaxon:10090"),
    ("rb", "NCBITaxon:9986"),
    ("c", "NCBITaxon:9615"),
    ("b", "NCBITaxon:9913"),
    ("p", "NCBITaxon:9823"),
)


@dataclass(frozen=True, slots=True)
class Decomposed:
    """An acronym taken apart; `source` is a key of `kg.nlp.intervention.sources` or None."""

    core: str
    source: str | None = None
    species: Curie | None = None
    concentrate: bool = False
    ambiguous_amnion: bool = False
    """``AMSC``: amnion or adipose, which the document must tell."""


def _source_of(morpheme: str) -> tuple[str | None, Curie | None] | None:
    """Read the letters before ``MSC``: (source key, species), or None when they mean nothing known."""
    if not morpheme:
        return None, None
    for letters in (morpheme, morpheme.removesuffix("d"), morpheme.removesuffix("ds")):
        if letters in MORPHEMES and (letters == morpheme or len(letters) > 1):
            return MORPHEMES[letters], None
    for prefix, taxon in _SPECIES:
        if morpheme == prefix:
            return None, taxon
        if morpheme.startswith(prefix):
            rest = morpheme[len(prefix) :]
            for letters in (rest, rest.removesuffix("d")):
                if letters in MORPHEMES:
                    return MORPHEMES[letters], taxon
    return None


@lru_cache(maxsize=4096)
def decompose(body: str) -> Decomposed | None:
    """Take the body of an acronym apart (without plural and suffix), or return None when it is no MSC acronym.

    Args:
        body: for example ``hUC-MSC``, ``BMSC``, ``SVF``.
    """
    segments = body.split("-")
    last = segments[-1]
    if last in CONCENTRATES:
        return Decomposed(last.lower(), CONCENTRATES[last], concentrate=True)
    low = last.lower()
    for core, source in _NON_MSC_CORE.items():
        if low == core:
            species = next((t for s in segments[:-1] for p, t in _SPECIES if s.lower() == p), None)
            return Decomposed(core, source, species)
        if low.endswith(core) and low[: -len(core)] in ("h", "hu", "r", "m") and core not in ("mpc", "asc"):
            return Decomposed(core, source, HOMO_SAPIENS if low[0] == "h" else dict(_SPECIES)[low[0]])
    if not low.endswith("msc"):
        return None
    stem = low[:-3]
    if stem in ("a", "ha"):
        return Decomposed("amsc", "amnion", HOMO_SAPIENS if stem == "ha" else None, ambiguous_amnion=True)
    joined = [stem, *(s.lower() for s in reversed(segments[:-1]))]
    species_found: Curie | None = None
    for part in [*joined, "".join(s.lower() for s in segments)[:-3]]:
        read = _source_of(part)
        if read is None:
            continue
        source, species = read
        species_found = species_found or species
        if source is not None:
            return Decomposed("msc", source, species_found)
    return Decomposed("msc", None, species_found) if not stem or _source_of(stem) is not None else None
