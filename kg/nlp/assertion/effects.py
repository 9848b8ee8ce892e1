"""What an intervention does to a type of cell, where a sentence says so: "hUC-MSCs reduced apoptosis of neurons".

A sentence is read with its products and cell types as symbols. A change ("reduced") with its object (a process of a
cell type, or the cells themselves) is an effect of the product that stands before it as its subject, after it as its
agent ("was reduced by"), or at the head of the sentence ("after infusion of"). Purposes, aims and possibilities state
none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from spacy.tokens import Doc

from kg.identifiers import Curie
from kg.model.assertion import Aspect, Direction, Polarity
from kg.nlp.assertion.effect_words import (
    CHANGE,
    INTRANSITIVE,
    NAMED_CHANGE,
    PARTICIPLE,
    PROCESS,
    aspect_of,
    change_of,
    is_denial,
    opposite,
)
from kg.nlp.assertion.facts import Facts
from kg.nlp.assertion.mentions import ProductMention, within
from kg.nlp.intervention.normal import REACH, Taken
from kg.nlp.intervention.sources import MSC_CLASSES
from kg.vocabulary import AFFECTS

_CONFIDENCE: Final = 0.9
"""About the share of right statements among those read from new texts (held_out_effects: 0.92)."""
_PRODUCT, _CELL, _REST = "\ue000", "\ue001", "\ue002"
"""A mention is its symbol, filled up to its length, so that offsets stay."""
_P: Final = rf"{_PRODUCT}{_REST}*"
_C: Final = rf"{_CELL}{_REST}*"
_LINK: Final = r"\s*(?:,\s*(?:and|or)|,|and|or|/)\s*"
_STOPPED: Final = (
    r"(?!(?:by|with|after|when|which|that|via|through|from|to|on|for|than|but|was|were|is|are|had|in|at|against|and"
    r"|or)\b)"
)
_WORD: Final = rf"{_STOPPED}[\w+%-]+\s+"
_CELLS: Final = rf"(?P<cells>{_C}(?:{_LINK}(?:{_WORD}){{0,2}}{_C})*)"
_NOUNS: Final = rf"(?P<nouns>(?:{PROCESS})(?:{_LINK}(?:{_WORD}){{0,1}}(?:{PROCESS}))*)"
_OBJECT: Final = (
    rf"\s+(?:(?:{_WORD}){{0,4}}?{_NOUNS}\s+(?:of|in|by|among|into)\s+(?:{_WORD}){{0,5}}?{_CELLS}"
    rf"|(?:{_WORD}){{0,4}}?{_CELLS}(?:[\s-]+(?:{_WORD}){{0,1}}?{_NOUNS})?(?![\w-])"
    rf"|(?:{_WORD}){{0,2}}?(?P<their>their|its)\s+(?:\w+\s+)?{_NOUNS})"
)
_GROUP: Final = re.compile(r"\(\?P<(\w+)>")


def _numbered(pattern: str) -> str:
    """Give each named group its place as a suffix: a name may stand in a pattern once only."""
    seen: dict[str, int] = {}

    def name(match: re.Match[str]) -> str:
        seen[match[1]] = seen.get(match[1], 0) + 1
        return f"(?P<{match[1]}{seen[match[1]]}>"

    return _GROUP.sub(name, pattern)


_ACTIVE: Final = re.compile(_numbered(rf"(?<![\w-])(?P<change>{CHANGE}){_OBJECT}"), re.I)
_PASSIVE: Final = re.compile(
    _numbered(
        rf"(?:{_NOUNS}\s+(?:of|in|by|among|into)\s+(?:{_WORD}){{0,5}}?{_CELLS}|{_CELLS}(?:[\s-]+(?:{_WORD}){{0,1}}?{_NOUNS})?)"
        rf"(?:\s+in\s+(?:{_WORD}){{0,2}}?(?!was\b|were\b)[\w-]+)?\s+(?:(?P<not>(?:was|were|is|are|has\s+been|have\s+been|being)\s+(?:not\s+|all\s+|both\s+)?(?:(?:\w+ly|likewise|also|further|then)\s+){{0,2}})(?P<change>{PARTICIPLE})"
        rf"|(?:\w+ly\s+)?(?P<change>{INTRANSITIVE}))(?![\w-])"
    ),
    re.I,
)
_AGENT: Final = re.compile(
    rf"\s+(?:\w+\s+){{0,4}}?(?:by|after|following|upon|with|in)\s+[^.;:{_PRODUCT}{_CELL}]{{0,60}}{_P}", re.I
)
_ADVERBIAL: Final = re.compile(
    rf"(?:^|[,;]\s+)(?:\w+\s+){{0,3}}?(?:after|following|upon|with|in|by|on)\s+[^.;:{_PRODUCT}]{{0,60}}{_P}", re.I
)
_AGAINST: Final = re.compile(
    rf"\s+(?:from|against)\s+(?:{_WORD}){{0,4}}?(?P<nouns>(?:{PROCESS}|pyroptotic|oxidative)[^,.;]*)", re.I
)
_UNSTATED: Final = re.compile(
    r"\b(?:whether|hypothes\w+|may|might|could|would|aim(?:s|ed)?|purpose|objective|if|will|expect\w*|baseline)\b"
    r"|\bto\s+(?:investigate|assess|evaluate|determine|examine|compare|study|test|explore|clarify|elucidate)\b",
    re.I,
)
_PURPOSE: Final = re.compile(r"(?P<able>\w+)\s+to\s+(?:\w+ly\s+)?$", re.I)
_ABLE: Final = re.compile(
    r"(?:able|ability|capacity|shown|found|reported|known|seem(?:s|ed)?|appear(?:s|ed)?|tend(?:s|ed)?|proven|proved|fail(?:s|ed)?|failure)",
    re.I,
)
_DENIED: Final = re.compile(
    r"\b(?:not|no|neither|nor|without|unable\s+to|fail(?:s|ed)?\s+to|cannot|little)\s+(?:\w+\s+){0,2}$|\b(?:did|does|do|was|were)\s+not\b[^,;]*$",
    re.I,
)
_OTHER_AGENT: Final = re.compile(
    r"\b(?:which|who|whose|where|because|since|depletion|knock\w*|silenc\w*|inhibitors?|vehicle|controls?|saline|placebo"
    r"|PBS|blockade|antagonist|absence|lack|than|versus|unlike|whereas|while)\b|[;:]",
    re.I,
)
_GIVEN: Final = re.compile(r"\b(?:with|of|from|the|an?|in|by|on|to|for|against)\s+$", re.I)
_OWN_STATE: Final = re.compile(
    r"(?:kill|activat|stimulat|induc|expand|generat|recruit|polari[sz]|regulat|deplet)ed", re.I
)
"""After a preposition or an article these tell what the cells are, not what is done to them ("with killed sperm")."""
_AND: Final = re.compile(r"\s*(?:,\s*(?:and|or)|,|and|or)\s*(?:[\w-]+\s+){0,1}", re.I)
_UNDONE: Final = re.compile(
    r"\b(?:revers|check|curb|prevent|abrogat|abolish|attenuat|block|counteract|blunt|limit|inhibit|suppress|reduc|mitigat|ameliorat"
    r"|alleviat|delay)(?:e[sd]?|s|ed|ing)?\s+(?:the\s+|this\s+)?(?:(?!and\b|or\b)[\w-]+\s+){0,2}$",
    re.I,
)
_REACH: Final = 140
"""Characters between a subject and what it does beyond which they do not belong together."""


@dataclass(frozen=True, slots=True)
class _Effect:
    product: int
    cell: Curie
    aspect: Aspect
    direction: Direction | None
    negated: bool


def effects(doc: Doc, f: Facts) -> list[dict[str, Any]]:
    """Return one assertion per effect of an intervention on a cell type, with every sentence that states it.

    Args:
        doc: has ``kg_mentions`` and ``kg_interventions``.
        f: what was read of it.
    """
    taken = Taken((p.start, p.end) for p in f.products)
    cells: dict[int, tuple[int, tuple[Curie, ...]]] = {}
    for span in doc.spans.get("kg_mentions", ()):
        curies = tuple(c for c in span.kb_id_.split("|") if c and c not in MSC_CLASSES)
        if span.label_ == "CellType" and curies and taken.free(span.start_char, span.end_char):
            cells[span.start_char] = (span.end_char, curies)
    if not cells:
        return []
    text = _symbols(f, cells)
    merged: dict[_Effect, dict[str, Any]] = {}
    for start, end in f.sentences:
        for effect in _in_sentence(text[start:end], start, f, cells):
            made = merged.setdefault(effect, _assertion(effect, f))
            piece = {"start": start, "end": end, "extractor": "effects", "confidence": _CONFIDENCE}
            if piece not in made["evidence"]:
                made["evidence"].append(piece)
    return list(merged.values())


def _symbols(f: Facts, cells: dict[int, tuple[int, tuple[Curie, ...]]]) -> str:
    marks = [(p.start, p.end, _PRODUCT) for p in f.products]
    marks += [(start, end, _CELL) for start, (end, _) in cells.items()]
    pieces, place = [], 0
    for start, end, symbol in sorted(marks):
        if start >= place:
            pieces += [f.text[place:start], symbol, _REST * (end - start - 1)]
            place = end
    return "".join([*pieces, f.text[place:]])


def _in_sentence(
    sentence: str, offset: int, f: Facts, cells: dict[int, tuple[int, tuple[Curie, ...]]]
) -> Iterator[_Effect]:
    if _PRODUCT not in sentence or _CELL not in sentence:
        return
    products = within(f.products, offset, offset + len(sentence))
    for match in _ACTIVE.finditer(sentence):
        if _OWN_STATE.fullmatch(match["change1"]) and _GIVEN.search(
            sentence, max(0, match.start() - 10), match.start()
        ):
            continue
        if subjects := _subjects(sentence, match.start(), products, offset):
            before = sentence[subjects[-1].end - offset : match.start()]
            yield from _effects(match, sentence, offset, cells, subjects, before)
        elif NAMED_CHANGE.fullmatch(match["change1"]) and (agents := _agents(sentence, match, products, offset)):
            yield from _effects(
                match, sentence, offset, cells, agents, sentence[max(0, match.start() - 20) : match.start()]
            )
    place, agents = 0, []
    for match in _PASSIVE.finditer(sentence):
        found = _agents(sentence, match, products, offset)
        if not found and agents and not _OTHER_AGENT.search(sentence, place, match.start()):
            found = agents  # "was inhibited by them, and migration was restored"
        if found:
            yield from _effects(match, sentence, offset, cells, found, match["not1"] or "")
        place, agents = match.end(), found


def _subjects(sentence: str, place: int, products: Sequence[ProductMention], offset: int) -> Sequence[ProductMention]:
    """Return the products that do what the sentence tells at `place`, none when another thing does or may."""
    before = [p for p in products if p.end - offset <= place]
    if not before or place - (before[-1].end - offset) > _REACH:
        return []
    between = sentence[before[-1].end - offset : place]
    if _OTHER_AGENT.search(between) or _UNSTATED.search(sentence, max(0, place - REACH), place):
        return []
    if (purpose := _PURPOSE.search(between)) and not _ABLE.fullmatch(purpose["able"]):
        return []
    first = len(before) - 1
    while first and _AND.fullmatch(sentence, before[first - 1].end - offset, before[first].start - offset):
        first -= 1
    return before[first:]


def _agents(
    sentence: str, match: re.Match[str], products: Sequence[ProductMention], offset: int
) -> Sequence[ProductMention]:
    """Return the product by or after which the cells change, none when nothing says so."""
    if _UNSTATED.search(sentence, max(0, match.start() - REACH), match.end()):
        return []
    found = _AGENT.match(sentence, match.end())
    if found is None:
        found = _ADVERBIAL.search(sentence, max(0, match.start() - REACH), match.start())
        if found is None or _OTHER_AGENT.search(sentence, found.end(), match.start()):
            return []
    at = offset + found.end()
    return [p for p in products if p.end == at][:1]


def _effects(
    match: re.Match[str],
    sentence: str,
    offset: int,
    cells: dict[int, tuple[int, tuple[Curie, ...]]],
    subjects: Sequence[ProductMention],
    before: str,
) -> Iterator[_Effect]:
    groups = {name.rstrip("0123456789"): name for name, value in match.groupdict().items() if value}
    word = match[groups["change"]]
    change = change_of(word)
    direction = change.direction
    aspects = [aspect_of(noun) for noun in _nouns(match[groups["nouns"]])] if "nouns" in groups else []
    if not aspects and change.aspect is Aspect.SURVIVAL and (saved := _AGAINST.match(sentence, match.end())):
        aspects = [aspect_of(noun) for noun in _nouns(saved["nouns"])]
        direction = opposite(direction)
    if not aspects and change.aspect is not None:
        aspects = [change.aspect]
    if _UNDONE.search(before):
        direction = opposite(direction)
    negated = bool(_DENIED.search(before)) or is_denial(word)
    if "their" in groups:
        # Those of the cells named last, after the product.
        named = [sentence.rfind(_CELL, subjects[-1].end - offset, match.start())]
    else:
        start, end = match.span(groups["cells"])
        named = [place for place in range(start, end) if sentence[place] == _CELL]
    for place in named:
        if place < 0:
            continue
        for curie in cells[offset + place][1]:
            for aspect in dict.fromkeys(aspects):
                for index in dict.fromkeys(subject.index for subject in subjects):
                    yield _Effect(index, curie, aspect, direction, negated)


_NOUN: Final = re.compile(rf"\b(?:{PROCESS})\b", re.I)


def _nouns(text: str) -> list[str]:
    return _NOUN.findall(text)


def _assertion(effect: _Effect, f: Facts) -> dict[str, Any]:
    return {
        "subject": effect.product,
        "predicate": AFFECTS,
        "object": effect.cell,
        "polarity": str(Polarity.NOT_STATED),
        "negated": effect.negated,
        "species": f.recipient,
        "study_type": str(f.study),
        "phase": f.phase,
        "aspect": str(effect.aspect),
        "direction": str(effect.direction) if effect.direction else None,
        "evidence": [],
    }
