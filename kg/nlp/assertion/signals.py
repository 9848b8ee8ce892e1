"""What a text says around an intervention and a disease, as named features for the judgements of this package."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from kg.identifiers import Curie
from kg.model.assertion import Polarity
from kg.nlp.assertion.context import clauses, polarity_of
from kg.nlp.assertion.cues import (
    AFFECTED_AFTER,
    AFFECTED_BEFORE,
    BENEFIT,
    CONTRAINDICATED,
    HEDGED,
    INCONCLUSIVE,
    MODEL_AFTER,
    NO_EFFECT,
    SAFETY,
    SUBJECT_OF_STUDY,
)
from kg.nlp.assertion.facts import Facts
from kg.nlp.assertion.mentions import DiseaseMention, within
from kg.nlp.assertion.outcome_words import RESULT_CLASSES, word_classes
from kg.nlp.assertion.targets import is_background

_WORD: Final = re.compile(r"[A-Za-z]+(?:'[a-z]+)?|\d+(?:[.,]\d+)*|[%<>=?]")
_PRODUCT, _OTHER, _DISEASE, _ILLNESS, _NUMBER = "PRODUCT", "OTHER", "DISEASE", "ILLNESS", "NUMBER"
_CUES: Final = (("benefit", BENEFIT), ("no effect", NO_EFFECT), ("doubt", INCONCLUSIVE), ("hedge", HEDGED))
_LATE: Final = frozenset({"place last", "place late"})
_NAMES_PRODUCT: Final = "names P"
_IN: Final = re.compile(r"\s+(?:in|of|during)\s+(?:[\w-]+\s+){0,2}")
"""Between a disease and one that it is a feature of: "immune dysregulation in thin endometrium"."""
_LONG: Final = 40
"""Words from which a sentence is as long as it can be."""
_CLASSES: Final = 3
"""Longest sequence of word classes that is a feature."""


def sentence_features(f: Facts, number: int, index: int, disease: Curie) -> dict[str, float]:
    """Describe what one sentence says of an intervention and a disease.

    Args:
        f: the document.
        number: the sentence.
        index: the intervention.
        disease: its target.
    """
    start, end = f.sentences[number]
    where = _position(f, number)
    names = _names(f, number, index, disease)
    found = {f"place {where}", f"study {f.study}", f"names {names}", f"names {names} {where}"}
    rest = SAFETY.sub(" ", f.text[start:end])
    found.update(f"cue {name}" for name, cue in _CUES if cue.search(rest))
    found.add(f"says {polarity_of(f.text[start:end]) or Polarity.NOT_STATED}")
    words = [w for low, high in _own_clauses(f, number, index) for w in masked_words(f, low, high, index, disease)]
    found.update(words)
    found.update(" ".join(pair) for pair in pairwise(words))
    told = word_classes(words)
    for length in range(1, _CLASSES + 1):
        found.update("~" + " ".join(told[i : i + length]) for i in range(len(told) - length + 1))
    return {**dict.fromkeys(sorted(found), 1.0), "length": min(_LONG, len(words)) / _LONG}


def document_features(sentences: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Describe what a whole document says of an intervention and a disease.

    What its sentences say counts once, and once more for the last ones and for those that name the intervention.

    Args:
        sentences: their features, from `sentence_features`.
    """
    found: dict[str, float] = {}
    for features in sentences:
        zones = ["any"]
        if not _LATE.isdisjoint(features):
            zones.append("end")
        if any(name.startswith(_NAMES_PRODUCT) for name in features):
            zones.append("named")
        for name in features:
            if name.startswith("study "):
                found[name] = 1.0
            elif name.startswith(("~", "cue ", "says ")) or (" " in name and not name.startswith(("place ", "names "))):
                found |= {f"{zone}: {name}": 1.0 for zone in zones}
    return found


def tells_result(features: Mapping[str, float]) -> bool:
    """Tell whether a sentence has a word that can tell a result, whatever it says of it."""
    return any(f"~{name}" in features for name in RESULT_CLASSES)


def _position(f: Facts, number: int) -> str:
    if f.sentences[number][1] <= f.title_end:
        return "title"
    if number < f.first_named:
        return "before"
    left = len(f.sentences) - 1 - number
    return "last" if left == 0 else "late" if left <= 2 else "middle"


def _names(f: Facts, number: int, index: int, disease: Curie) -> str:
    here = within(f.diseases, *f.sentences[number])
    product = "P" if index in f.named[number] else ""
    illness = "D" if any(disease in d.curies for d in here) else "I" if here else ""
    return (product + illness + ("O" if f.named[number] - {index} else "")) or "-"


def _own_clauses(f: Facts, number: int, index: int) -> Iterator[tuple[int, int]]:
    """Yield the clauses of a sentence that name an intervention; the sentence when it names no other, or not this."""
    start, end = f.sentences[number]
    if index not in f.named[number] or f.named[number] == {index}:
        yield start, end
        return
    for low, high in clauses(f.text, start, end):
        if any(p.index == index for p in within(f.products, low, high)):
            yield low, high


def masked_words(f: Facts, start: int, end: int, index: int, disease: Curie) -> list[str]:
    """Return the words of ``text[start:end]`` in lower case, mentions and numbers replaced by what they are."""
    marks: list[tuple[int, int, str]] = [
        (p.start, p.end, _PRODUCT if p.index == index else _OTHER) for p in within(f.products, start, end)
    ]
    marks += [(d.start, d.end, _DISEASE if disease in d.curies else _ILLNESS) for d in within(f.diseases, start, end)]
    words: list[str] = []
    place = start
    for first, last, name in sorted(marks):
        if first >= place:
            words += [*_plain(f.text[place:first]), name]
            place = last
    return words + _plain(f.text[place:end])


def _plain(text: str) -> list[str]:
    return [_NUMBER if word[0].isdigit() else word.lower() for word in _WORD.findall(text)]


def target_features(f: Facts, index: int, disease: Curie) -> dict[str, float]:
    """Describe how a document puts a disease beside an intervention, as what the intervention is given for or not.

    Args:
        f: the document.
        index: the intervention.
        disease: one of the document's.
    """
    own = [d for d in f.diseases if disease in d.curies]
    sentences = sorted({d.sentence for d in own})
    body = [n for n in sentences if f.sentences[n][0] >= f.title_end]
    beside = [n for n in body if index in f.named[n]]
    others = [n for n in body if f.named[n] and index not in f.named[n]]
    found: dict[str, float] = {
        "by rule": float(disease in f.targets),
        "rank": 1 / (1 + f.targets.index(disease)) if disease in f.targets else 0.0,
        "about": f.about.get(disease, 0.0),
        "beside": float(bool(beside)),
        "beside often": min(3, len(beside)) / 3,
        "beside share": len(beside) / max(1, len(body)),
        "only beside others": float(bool(others) and not beside),
        "title": float(any(d.end <= f.title_end for d in own)),
        "last": float(bool(body) and body[-1] == len(f.sentences) - 1),
        "background": float(any(_background(f, d) for d in own)),
        "only background": float(all(_background(f, d) for d in own)),
        "contraindicated": float(any(CONTRAINDICATED.search(f.text[slice(*f.sentences[n])]) for n in body)),
        "diseases": min(8, len({c for d in f.diseases for c in d.curies})) / 8,
        "alone": float(len({c for d in f.diseases for c in d.curies}) == 1),
        "several products": float(f.count > 1),
        f"study {f.study}": 1.0,
        f"mentions {min(4, len(own))}": 1.0,
    }
    found |= dict.fromkeys((name for d in own for name in _around(f, d, index)), 1.0)
    return {name: value for name, value in found.items() if value}


def _background(f: Facts, mention: DiseaseMention) -> bool:
    return is_background(f.text, f.sentences[mention.sentence], mention)


def _around(f: Facts, mention: DiseaseMention, index: int) -> Iterator[str]:
    start, end = f.sentences[mention.sentence]
    before = f.text[max(start, mention.start - 80) : mention.start]
    after = f.text[mention.end : min(end, mention.end + 60)]
    product = " beside" if index in f.named[mention.sentence] else ""
    if SUBJECT_OF_STUDY.search(before):
        yield f"subject{product}"
    if MODEL_AFTER.match(after):
        yield f"model{product}"
    if AFFECTED_BEFORE.search(before) or AFFECTED_AFTER.match(after):
        yield f"affected{product}"
    if any(
        _IN.fullmatch(f.text, mention.end, d.start) for d in f.diseases if mention.end <= d.start <= mention.end + 40
    ):
        yield "in another"
    yield from _neighbours(_plain(before), _plain(after))


def _neighbours(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    yield from (f"before {' '.join(before[-size:])}" for size in (1, 2) if len(before) >= size)
    yield from (f"after {' '.join(after[:size])}" for size in (1, 2) if len(after) >= size)
