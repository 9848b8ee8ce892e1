"""Where mesenchymal stem/stromal cells come from: the tissues, their names, their ids and their acronym morphemes.

Ids are those of the Cell Ontology and UBERON; a source without a cell class of its own gets ``CL:0000134``
(mesenchymal stem cell). Wharton's jelly is a concept of the project's vocabulary.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.identifiers import Curie

MESENCHYMAL_STEM_CELL: Final[Curie] = "CL:0000134"
WHARTONS_JELLY: Final[Curie] = "MSCKG:vocabulary/whartons-jelly"


@dataclass(frozen=True, slots=True)
class Source:
    """A source of MSCs.

    `names` is a regular expression (lower case, normalised text) for its names as noun or modifier; `morphemes` are
    the lower-case acronym parts that stand for it in ``XX-MSC``. `tissue` is None for a source that is no tissue
    (pluripotent cells). `weak_head` tells whether "<source> stem cells" alone, without "mesenchymal", names an
    MSC product.
    """

    key: str
    label: str
    names: str
    tissue: Curie | None
    cell: Curie = MESENCHYMAL_STEM_CELL
    morphemes: tuple[str, ...] = ()
    weak_head: bool = True


SOURCES: Final[tuple[Source, ...]] = (
    Source(
        "cord_blood",
        "umbilical cord blood",
        r"(?:umbilical[\s-]+)?cord[\s-]+blood",
        "UBERON:0012168",
        morphemes=("ucb", "cb", "hucb"),
        weak_head=False,
    ),
    Source(
        "whartons_jelly",
        "Wharton's jelly",
        r"(?:umbilical[\s-]+cord[\s-]+)?wh?arth?on'?s?'?[\s-]+jelly",
        WHARTONS_JELLY,
        "CL:0002568",
        ("wj", "ucwj", "wjd"),
    ),
    Source(
        "umbilical_cord",
        "umbilical cord",
        r"umbilical[\s-]+cords?(?:[\s-]+(?:tissue|lining|matrix))?|umbilical|cord[\s-]+(?:tissue|lining|stroma)|cord",
        "UBERON:0002331",
        "CL:0002569",
        ("uc", "uct", "ucl", "cl"),
    ),
    Source(
        "amniotic_fluid",
        "amniotic fluid",
        r"amniotic[\s-]+fluids?",
        "UBERON:0000173",
        morphemes=("af", "afs"),
    ),
    Source(
        "amnion",
        "amnion",
        r"amnions?|amniotic(?:[\s-]+membranes?)?",
        "UBERON:0000305",
        "CL:0002537",
        ("am", "amn"),
        weak_head=False,
    ),
    Source(
        "chorion",
        "chorionic membrane",
        r"chorion(?:ic)?[\s-]+(?:plates?|membranes?)|chorion",
        "UBERON:0003124",
        "CL:0002541",
        ("cp",),
        weak_head=False,
    ),
    Source(
        "chorionic_villus",
        "chorionic villus",
        r"(?:placental[\s-]+)?chorionic(?:[\s-]+vill(?:i|us|ous))?",
        "UBERON:0007106",
        morphemes=("cv",),
    ),
    Source(
        "decidua", "decidua", r"decidua(?:l|s|[\s-]+basalis)?", "UBERON:0002450", morphemes=("db",), weak_head=False
    ),
    Source("placenta", "placenta", r"placentas?|placentae|placental", "UBERON:0001987", morphemes=("p", "pl", "pla")),
    Source(
        "bone_marrow",
        "bone marrow",
        r"bone[\s-]?mar+ows?|mar+ow|iliac[\s-]+crest",
        "UBERON:0002371",
        "CL:0002540",
        ("bm", "b"),
    ),
    Source(
        "adipose",
        "adipose tissue",
        (
            r"adipos[ey]?(?:[\s-]+tissues?)?|stromal[\s-]+vascular[\s-]+fraction|lipo-?aspirates?|(?:abdominal[\s-]+"
            r"|subcutaneous[\s-]+)?fat(?:[\s-]+tissue)?"
        ),
        "UBERON:0001013",
        "CL:0002570",
        ("ad", "at", "adt"),
    ),
    Source(
        "menstrual_blood",
        "menstrual blood",
        r"menstrual(?:[\s-]+(?:blood|fluid|effluent))?|menstrual",
        "UBERON:8480042",
        morphemes=("men", "mb", "mens", "menb"),
    ),
    Source(
        "endometrium",
        "endometrium",
        r"endometri(?:um|al)|eutopic[\s-]+endometri(?:um|al)",
        "UBERON:0001295",
        morphemes=("e", "en", "endo", "end"),
        weak_head=False,
    ),
    Source(
        "dental_pulp",
        "dental pulp",
        r"dental[\s-]+pulps?|(?:exfoliated[\s-]+)?deciduous[\s-]+te+th|dental|pulp",
        "UBERON:0001754",
        morphemes=("dp",),
    ),
    Source(
        "periodontal_ligament",
        "periodontal ligament",
        r"periodontal[\s-]+ligaments?",
        "UBERON:0008266",
        morphemes=("pdl",),
    ),
    Source("gingiva", "gingiva", r"gingiva[el]?", "UBERON:0001828", morphemes=("g", "gm")),
    Source(
        "synovium",
        "synovial membrane",
        r"synovi(?:um|al)(?:[\s-]+membranes?)?",
        "UBERON:0002018",
        morphemes=("s", "sm", "syn"),
    ),
    Source(
        "peripheral_blood",
        "peripheral blood",
        r"peripheral[\s-]+blood",
        "UBERON:0000178",
        morphemes=("pb",),
        weak_head=False,
    ),
    Source("urine", "urine", r"urine", "UBERON:0001088", morphemes=("u",)),
    Source("tonsil", "tonsil", r"tonsils?|tonsillar", "UBERON:0002372", morphemes=("t",)),
    Source("liver", "liver", r"(?:fetal|foetal|adult)[\s-]+livers?", "UBERON:0002107", weak_head=False),
    Source("olfactory_mucosa", "olfactory mucosa", r"olfactory[\s-]+mucosa", "UBERON:0005386", weak_head=False),
    Source("apical_papilla", "apical papilla", r"apical[\s-]+papillae?", "UBERON:8480031"),
    Source("muscle", "skeletal muscle", r"(?:skeletal[\s-]+)?muscle", "UBERON:0001134", weak_head=False),
    Source("skin", "skin", r"skin|dermis|dermal", "UBERON:0002097", weak_head=False),
    Source(
        "ipsc",
        "induced pluripotent stem cell",
        r"induced[\s-]+pluripotent[\s-]+stem[\s-]+cells?|h?ipscs?|pluripotent[\s-]+stem[\s-]+cells?",
        None,
        morphemes=("i", "ip", "ips", "ipsc"),
        weak_head=False,
    ),
    Source(
        "esc",
        "embryonic stem cell",
        r"embryonic[\s-]+stem[\s-]+cells?|h?escs?",
        None,
        morphemes=("es", "esc"),
        weak_head=False,
    ),
)
"""Longer names stand before the names that they contain ("umbilical cord blood" before "umbilical cord")."""

BY_KEY: Final[dict[str, Source]] = {source.key: source for source in SOURCES}

ATTRIBUTIVES: Final[dict[str, str]] = {
    "amnion": "amniotic",
    "chorion": "chorionic",
    "decidua": "decidual",
    "placenta": "placental",
    "adipose": "adipose-derived",
    "endometrium": "endometrial",
    "gingiva": "gingival",
    "synovium": "synovial",
    "urine": "urine-derived",
    "skin": "skin-derived",
    "ipsc": "induced pluripotent stem cell-derived",
    "esc": "embryonic stem cell-derived",
}
"""How a source stands before "mesenchymal stem cells" where its label alone would read badly there."""

SOURCE_NAMES: Final = re.compile(
    r"\b(?:" + "|".join(f"(?P<{source.key}>{source.names})" for source in SOURCES) + r")(?![a-z])", re.IGNORECASE
)
"""Matches one source name; ``match.lastgroup`` is the key."""

MSC_CLASSES: Final = frozenset({MESENCHYMAL_STEM_CELL, *(source.cell for source in SOURCES)})
"""The Cell Ontology's classes of these cells."""

MORPHEMES: Final[dict[str, str]] = {part: source.key for source in SOURCES for part in source.morphemes}
"""Acronym part, lower case, to the key of its source."""

PART_OF: Final[dict[str, str]] = {
    "whartons_jelly": "umbilical_cord",
    "amnion": "placenta",
    "chorion": "placenta",
    "chorionic_villus": "placenta",
    "decidua": "placenta",
}
"""A source that is part of another: the part is the more specific statement of the two."""


def sources_in(text: str) -> list[str]:
    """Return the keys of the sources named in `text`, in order, each once, wholes dropped beside their parts."""
    found = list(dict.fromkeys(m.lastgroup for m in SOURCE_NAMES.finditer(text) if m.lastgroup))
    wholes = {PART_OF[key] for key in found if key in PART_OF}
    return [key for key in found if key not in wholes]
