"""How things look: shape, colour and size by kind, lines by evidence and polarity, labels that fit.

Colours are those of Okabe and Ito (https://jfly.uni-koeln.de/color/), which people with any common colour blindness
can tell apart, brightened for the dark theme. Shape says the same as colour, and the line end the same as the line's
colour, so that the picture is also read in grey.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kg.model import Polarity, StudyType


@dataclass(frozen=True, slots=True)
class KindStyle:
    """Look of one kind of node: vis-network shape and colour in the light and in the dark theme.

    `plural` heads the kind's line in the legend; `weight` in [0, 1] is what the kind adds to a label's priority.
    """

    kind: str
    plural: str
    shape: str
    light: str
    dark: str
    weight: float


KINDS: Final[tuple[KindStyle, ...]] = (
    KindStyle("Intervention", "Interventions", "hexagon", "#0072b2", "#4da6e0", 1.0),
    KindStyle("Disease", "Diseases", "diamond", "#d55e00", "#f0803c", 0.9),
    KindStyle("CellType", "Cell types", "dot", "#009e73", "#3cc49c", 0.5),
    KindStyle("Tissue", "Tissues", "triangleDown", "#b5648f", "#d993b9", 0.4),
    KindStyle("Species", "Species", "triangle", "#b57a00", "#f0bd4e", 0.4),
    KindStyle("Paper", "Papers", "square", "#7d8794", "#8f9aa8", 0.0),
)
"""Every kind of node, in the order of the legend."""

BY_KIND: Final[dict[str, KindStyle]] = {style.kind: style for style in KINDS}


class Tier(StrEnum):
    """Level of evidence, strongest first; the line's pattern."""

    CLINICAL = "clinical"
    PRECLINICAL = "preclinical"
    OTHER = "other"


TIERS: Final[dict[Tier, tuple[str, tuple[int, ...]]]] = {
    Tier.CLINICAL: ("Clinical", ()),
    Tier.PRECLINICAL: ("Preclinical", (9, 5)),
    Tier.OTHER: ("Proposed or reviewed", (2, 4)),
}
"""Legend text and dash pattern (lengths of stroke and gap in px; empty = solid)."""

STUDIES: Final[dict[str, tuple[str, Tier]]] = {
    StudyType.CLINICAL_TRIAL.value: ("Clinical trial", Tier.CLINICAL),
    StudyType.OBSERVATIONAL.value: ("Observed in patients", Tier.CLINICAL),
    StudyType.PRECLINICAL_IN_VIVO.value: ("In animals", Tier.PRECLINICAL),
    StudyType.IN_VITRO.value: ("In vitro", Tier.PRECLINICAL),
    StudyType.REVIEW.value: ("Review", Tier.OTHER),
    StudyType.PROTOCOL.value: ("Protocol", Tier.OTHER),
    StudyType.NOT_STATED.value: ("Study not stated", Tier.OTHER),
}
"""Legend text and level of evidence of each kind of study, in the order of the legend."""

NEGATED: Final = "negated"
"""Direction of a statement that the text denies; beside the values of `Polarity`."""


@dataclass(frozen=True, slots=True)
class DirectionStyle:
    """Look of a line by the direction of its result: legend text, line end (vis-network arrow type), colours."""

    title: str
    arrow: str
    light: str
    dark: str


DIRECTIONS: Final[dict[str, DirectionStyle]] = {
    Polarity.POSITIVE.value: DirectionStyle("Favourable", "arrow", "#1f6f8b", "#6cc5dd"),
    Polarity.NEGATIVE.value: DirectionStyle("No effect or harm", "bar", "#a3123f", "#ff7a98"),
    Polarity.INCONCLUSIVE.value: DirectionStyle("Inconclusive", "circle", "#8a6300", "#e3b94a"),
    Polarity.NOT_STATED.value: DirectionStyle("Result not stated", "vee", "#6b7480", "#a5afbb"),
    NEGATED: DirectionStyle("Denied by the text", "box", "#6a3d9a", "#bfa3e6"),
}
"""Lines between an intervention and a disease, in the order of the legend."""

CONTEXT: Final[dict[str, str]] = {
    "structure": "Source, cells, broader",
    "species": "Studied in species",
    "effect": "Effect on cells",
    "co_mention": "Same sentence",
    "paper": "Papers",
    "citation": "Cited or related papers",
}
"""Groups of the thin grey lines, with their legend text."""

HIDDEN_CONTEXT: Final = frozenset({"citation"})
"""Groups that are not drawn until the reader asks for them: one paper's lines to all others say little."""

MIN_SIZE: Final = 8.0
MAX_SIZE: Final = 26.0
PAPER_SIZE: Final = 4.5
"""Radius of a node in px at scale 1."""

LINE_CHARS: Final = 22
LABEL_LINES: Final = 3
"""Characters in a line of a label, and lines in a label."""


def tier(study_type: str | None) -> Tier:
    """Return the level of evidence of a kind of study; an unknown kind is `Tier.OTHER`."""
    return STUDIES[study_type][1] if study_type in STUDIES else Tier.OTHER


def node_size(kind: str, rank: float, highest: float) -> float:
    """Return a node's radius in px.

    Args:
        kind: kind of the node.
        rank: its PageRank, 0 or more.
        highest: the greatest PageRank of the graph; 0 when there is none.

    Returns:
        A radius in [`MIN_SIZE`, `MAX_SIZE`] whose area grows with the rank; `PAPER_SIZE` for a paper.
    """
    if kind == "Paper":
        return PAPER_SIZE
    share = min(max(rank / highest, 0.0), 1.0) if highest > 0 else 0.0
    return round(MIN_SIZE + (MAX_SIZE - MIN_SIZE) * math.sqrt(share), 1)


def label_priority(kind: str, size: float, mentions: int) -> float:
    """Return how early a label is drawn where there is no room for all: kind first, then size, then mentions."""
    style = BY_KIND.get(kind)
    weight = style.weight if style else 0.0
    return round(weight * 20 + size + math.log1p(max(mentions, 0)), 3)


def plain(text: str) -> str:
    """Return `text` on one line, without control, format and bidirectional characters, for drawing on a canvas."""
    visible = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join(visible.split())


def wrap_label(text: str, width: int = LINE_CHARS) -> tuple[str, ...]:
    """Break a label into at most `LABEL_LINES` lines of at most `width` characters, with an ellipsis where text is cut.

    Args:
        text: any text.
        width: 4 or more.
    """
    words = plain(text).split(" ")
    lines: list[str] = []
    while words and len(lines) < LABEL_LINES:
        line = words.pop(0)
        while words and len(line) + 1 + len(words[0]) <= width:
            line += " " + words.pop(0)
        if len(line) > width:
            # A word that is longer than the line: what does not fit goes on to the next line.
            words.insert(0, line[width:])
            line = line[:width]
        lines.append(line)
    if words:
        lines[-1] = lines[-1][: width - 1].rstrip(" ,;:-") + "…"
    return tuple(lines)
