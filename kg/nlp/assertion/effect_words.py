"""Words for what happens to cells: the process, and whether it goes up or down."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.model.assertion import Aspect, Direction

_UP, _DOWN = Direction.INCREASED, Direction.DECREASED

PROCESSES: Final[tuple[tuple[Aspect, str], ...]] = (
    (Aspect.PROLIFERATION, r"proliferation|proliferative\s+(?:activity|capacity|responses?)|expansion|growth"),
    (
        Aspect.CELL_DEATH,
        r"apoptosis|apoptotic\s+(?:rates?|death)|pyroptosis|ferroptosis|necroptosis|(?:cell\s+)?death|TUNEL[\s-]\w+",
    ),
    (Aspect.SURVIVAL, r"survival|viability"),
    (Aspect.MIGRATION, r"migration|migratory\s+capacity|motility|chemotaxis|homing|invasion|invasiveness"),
    (Aspect.DIFFERENTIATION, r"differentiation|maturation"),
    (Aspect.ACTIVATION, r"(?:hyper)?activation|reactivity|responses?"),
    (Aspect.INFILTRATION, r"infiltrations?|recruitment|influx|accumulation"),
    (Aspect.POLARIZATION, r"(?:re-?)?polari[sz]ation"),
    (Aspect.SENESCENCE, r"senescence"),
    (Aspect.DEGENERATION, r"degeneration|loss|depletion|injury|damage"),
    (Aspect.FUNCTION, r"functions?|cytotoxicity|phagocytosis|contractility"),
    (
        Aspect.ABUNDANCE,
        r"numbers?|counts?|proportions?|percentages?|frequenc(?:y|ies)|populations?|abundance|density|levels",
    ),
)
"""Each process with the nouns that name it (lower case)."""

PROCESS: Final = "|".join(nouns for _, nouns in PROCESSES)
_PROCESSES: Final = tuple((aspect, re.compile(rf"(?:{nouns})", re.I)) for aspect, nouns in PROCESSES)


def aspect_of(noun: str) -> Aspect:
    """Return the process that a noun of `PROCESS` names."""
    return next(aspect for aspect, pattern in _PROCESSES if pattern.fullmatch(noun))


@dataclass(frozen=True, slots=True)
class Change:
    """What a verb says of its object: the direction, and the aspect meant when the object is the cell itself.

    `aspect` None: the verb says nothing of a bare cell ("improved macrophages").
    """

    direction: Direction | None
    aspect: Aspect | None


_CHANGES: Final[tuple[tuple[str, Change], ...]] = (
    (
        r"increas(?:e[sd]?|ing)|elevat(?:e[sd]?|ing)|rais(?:e[sd]?|ing)|boost(?:s|ed|ing)?",
        Change(_UP, Aspect.ABUNDANCE),
    ),
    (r"expand(?:s|ed|ing)?|induc(?:e[sd]?|ing)|generat(?:e[sd]?|ing)", Change(_UP, Aspect.ABUNDANCE)),
    (r"recruit(?:s|ed|ing)?|attract(?:s|ed|ing)?", Change(_UP, Aspect.INFILTRATION)),
    (r"activat(?:e[sd]?|ing)|stimulat(?:e[sd]?|ing)", Change(_UP, Aspect.ACTIVATION)),
    (
        r"protect(?:s|ed|ing)?|spar(?:e[sd]?|ing)|rescu(?:e[sd]?|ing)|preserv(?:e[sd]?|ing)",
        Change(_UP, Aspect.SURVIVAL),
    ),
    (
        (
            r"promot(?:e[sd]?|ing)|enhanc(?:e[sd]?|ing)|accelerat(?:e[sd]?|ing)|augment(?:s|ed|ing)?|improv(?:e[sd]?|ing)"
            r"|restor(?:e[sd]?|ing)|support(?:s|ed|ing)?|facilitat(?:e[sd]?|ing)|trigger(?:s|ed|ing)?"
            r"|up-?regulat(?:e[sd]?|ing)|higher|greater|more"
        ),
        Change(_UP, None),
    ),
    (
        r"decreas(?:e[sd]?|ing)|reduc(?:e[sd]?|ing)|lower(?:s|ed|ing)?|deplet(?:e[sd]?|ing)|diminish(?:e[sd]|ing)?|fewer",
        Change(_DOWN, Aspect.ABUNDANCE),
    ),
    (r"inhibit(?:s|ed|ing)?|suppress(?:e[sd]|ing)?|silenc(?:e[sd]?|ing)", Change(_DOWN, Aspect.ACTIVATION)),
    (r"kill(?:s|ed|ing)?|eliminat(?:e[sd]?|ing)", Change(_DOWN, Aspect.SURVIVAL)),
    (
        (
            r"cuts?|cutting|halv(?:e[sd]?|ing)|attenuat(?:e[sd]?|ing)|alleviat(?:e[sd]?|ing)|ameliorat(?:e[sd]?|ing)|prevent(?:s|ed|ing)?|block(?:s|ed|ing)?"
            r"|curb(?:s|ed|ing)?|dampen(?:s|ed|ing)?|mitigat(?:e[sd]?|ing)|abolish(?:e[sd]|ing)?|limit(?:s|ed|ing)?|impair(?:s|ed|ing)?"
            r"|revers(?:e[sd]?|ing)|counteract(?:s|ed|ing)?|delay(?:s|ed|ing)?|less"
            r"|down-?regulat(?:e[sd]?|ing)"
        ),
        Change(_DOWN, None),
    ),
    (
        r"(?:re-?)?polari[sz](?:e[sd]?|ing)|skew(?:s|ed|ing)?|shift(?:s|ed|ing)?|reprogram(?:s|med|ming)?",
        Change(None, Aspect.POLARIZATION),
    ),
    (
        r"modulat(?:e[sd]?|ing)|chang(?:e[sd]?|ing)|regulat(?:e[sd]?|ing)|alter(?:s|ed|ing)?|affect(?:s|ed|ing)?",
        Change(None, Aspect.FUNCTION),
    ),
)
_UNCHANGED: Final = r"un(?:changed|altered|affected)"
_NOUNS: Final[tuple[tuple[str, Change], ...]] = (
    (r"(?:increases?|rise|elevation|improvement)\s+(?:in|of)", Change(_UP, Aspect.ABUNDANCE)),
    (r"(?:promotion|stimulation|enhancement|restoration)\s+of", Change(_UP, None)),
    (r"(?:decreases?|reductions?|fall|drop|decline)\s+(?:in|of)", Change(_DOWN, Aspect.ABUNDANCE)),
    (r"(?:expansion|induction)\s+of", Change(_UP, Aspect.ABUNDANCE)),
    (r"(?:inhibition|suppression)\s+of", Change(_DOWN, Aspect.ACTIVATION)),
    (r"(?:attenuation|prevention)\s+of", Change(_DOWN, None)),
    (r"(?:effects?|influence|impact)\s+(?:on|upon)", Change(None, Aspect.FUNCTION)),
)
_INTRANSITIVE: Final[tuple[tuple[str, Change], ...]] = (
    (r"increased|rose|expanded|recovered", Change(_UP, Aspect.ABUNDANCE)),
    (r"decreased|fell|declined|dropped|diminished", Change(_DOWN, Aspect.ABUNDANCE)),
)


def _any(table: tuple[tuple[str, Change], ...]) -> str:
    return "|".join(words for words, _ in table)


CHANGE: Final = f"{_any(_NOUNS)}|{_any(_CHANGES)}"
"""Verbs and nouns whose object follows."""
PARTICIPLE: Final = rf"{_any(_CHANGES)}|{_UNCHANGED}"
"""What may follow "was" or "were"."""
INTRANSITIVE: Final = _any(_INTRANSITIVE)
"""Verbs whose subject changes."""
_TABLE: Final = tuple(
    (re.compile(f"(?:{words})", re.I), change)
    for words, change in (*_NOUNS, *_CHANGES, *_INTRANSITIVE, (_UNCHANGED, Change(None, Aspect.FUNCTION)))
)


def change_of(word: str) -> Change:
    """Return what a word of `CHANGE`, `PARTICIPLE` or `INTRANSITIVE` says."""
    return next(change for pattern, change in _TABLE if pattern.fullmatch(word))


NAMED_CHANGE: Final = re.compile(
    rf"(?:{_any(_NOUNS)}|fewer|more|less|lower|higher|greater|increased|reduced|decreased)", re.I
)
"""Changes that need no subject: "an expansion of B cells after", "fewer macrophages in"."""


def is_denial(word: str) -> bool:
    """Tell whether a word of `PARTICIPLE` says that nothing changed."""
    return bool(re.fullmatch(_UNCHANGED, word, re.I))


def opposite(direction: Direction | None) -> Direction | None:
    """Return the other direction; what was prevented from rising went down."""
    return {_UP: _DOWN, _DOWN: _UP}.get(direction) if direction else None
