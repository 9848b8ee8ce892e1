"""The diseases that a document is about, among all that it names.

A curator who reads a trial record leaves out what its eligibility list excludes, what might go wrong, and the pain and
inflammation that every disease brings. What stays is judged from where and how a disease is named, by a logistic
regression trained on curated documents (`kg.training.curated`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Final

from spacy.tokens import Doc

from kg.identifiers import Curie
from kg.nlp.extensions import MENTIONS, text_of
from kg.nlp.foreign_names import is_in_a_name
from kg.nlp.intervention.normal import View
from kg.nlp.logistic import Features, load
from kg.nlp.registry_record import registry_fields
from kg.ontology import Ontology

MODEL: Final = Path(__file__).parent / "study_diseases.json"
THRESHOLD: Final = 0.4
"""Chosen by cross-validation: under 0.5, for a disease that is missing cannot be got back."""
_ELIGIBILITY: Final = re.compile(r"exclu|inclusion|criteri|eligib|history\s+of|contraindicat")
_HARM: Final = re.compile(r"adverse|toxicit|safety|complication|side[\s-]effect|tolera|\brisk")
_EXAMPLE: Final = re.compile(r"such\s+as|including|e\.g\.|for\s+example|\blike\b", re.I)
_DENIED: Final = re.compile(r"\b(?:no|without|not|never)\b", re.I)
_PROCESSES: Final = "C23"
_INJURIES: Final = "C26"
_LOCAL: Final = "MSCKG:"
_FIELDS: Final = ("Conditions", "Keywords", "Interventions")


@dataclass(frozen=True, slots=True)
class Place:
    """A mention of a disease: its characters, and those of the sentence that holds it."""

    start: int
    end: int
    sentence: tuple[int, int]


def disease_places(doc: Doc, sentences: Sequence[tuple[int, int]]) -> dict[Curie, list[Place]]:
    """Return where each disease is mentioned as such, in order of first mention."""
    found: dict[Curie, list[Place]] = {}
    text = text_of(doc)
    for span in doc.spans.get(MENTIONS, ()):
        if span.label_ != "Disease" or not span.kb_id_ or is_in_a_name(text, span.start_char, span.end_char):
            continue
        index = max(0, bisect_right(sentences, span.start_char, key=itemgetter(0)) - 1)
        sentence = sentences[index] if sentences else (span.start_char, span.end_char)
        for curie in span.kb_id_.split("|"):
            found.setdefault(curie, []).append(Place(span.start_char, span.end_char, sentence))
    return found


def disease_features(places: Mapping[Curie, Sequence[Place]], read: View, ontology: Ontology) -> dict[Curie, Features]:
    """Describe how a document speaks of each of its diseases; every number is in [0, 1].

    Args:
        places: from `disease_places`.
        read: the document's text and sentences.
        ontology: knows the trees of MeSH.
    """
    fields = registry_fields(read.text)
    first_field = min((start for start, _ in fields.values()), default=len(read.text))
    second = next((end for start, end in read.sentences if start >= read.title_end), 0) if read.title_end else 0
    above = {curie: ontology.ancestors(curie) for curie in places}
    wider = frozenset[Curie]().union(*above.values())
    marks = _marks({place.sentence for own in places.values() for place in own}, read.text)
    result: dict[Curie, Features] = {}
    for curie, own in places.items():
        found = dict(_position(own, read, fields, second, first_field))
        found |= _kind(curie, ontology)
        found["has narrower"] = float(curie in wider)
        found["has wider"] = float(not above[curie].isdisjoint(places))
        found["many"] = min(len(places), 20) / 20
        found |= _surroundings(own, read.text, marks)
        if fields:
            found |= {f"registry {name}": value for name, value in found.items()} | {"registry": 1.0}
        result[curie] = {name: value for name, value in found.items() if value}
    return result


def _position(
    own: Sequence[Place], read: View, fields: Mapping[str, tuple[int, int]], second: int, first_field: int
) -> Iterator[tuple[str, float]]:
    yield "title", float(any(place.end <= read.title_end for place in own))
    yield "first sentence", float(any(read.title_end <= place.start < second for place in own))
    for name in _FIELDS:
        low, high = fields.get(name, (-1, -1))
        yield name, float(any(low <= place.start < high for place in own))
    yield "only in fields", float(all(place.start >= first_field for place in own))
    yield "first place", min(place.start for place in own) / max(1, len(read.text))
    yield "once", float(len(own) == 1)
    yield "often", min(len(own), 8) / 8
    yield "words", min(5, max(len(read.text[place.start : place.end].split()) for place in own)) / 5
    yield "capital", float(any(read.text[place.start].isupper() for place in own))


def _kind(curie: Curie, ontology: Ontology) -> dict[str, float]:
    if curie.startswith(_LOCAL):
        return {"own vocabulary": 1.0}
    trees = ontology.tree_numbers(curie)
    if not trees:
        return {"no tree": 1.0}
    depth = min(tree.count(".") for tree in trees)
    return {
        "process": float(all(tree.startswith(_PROCESSES) for tree in trees)),
        "injury": float(any(tree.startswith(_INJURIES) for tree in trees)),
        "depth": min(depth, 6) / 6,
        "general": float(depth <= 1),
    }


def _marks(sentences: Collection[tuple[int, int]], text: str) -> dict[tuple[int, int], tuple[bool, bool]]:
    """Return for each sentence whether it speaks of eligibility, and whether of harm."""
    found = {}
    for sentence in sentences:
        words = text[slice(*sentence)].lower()
        found[sentence] = (_ELIGIBILITY.search(words) is not None, _HARM.search(words) is not None)
    return found


def _surroundings(
    own: Sequence[Place], text: str, marks: Mapping[tuple[int, int], tuple[bool, bool]]
) -> dict[str, float]:
    before = [text[max(place.sentence[0], place.start - 60) : place.start] for place in own]
    eligibility, harm = zip(*(marks[place.sentence] for place in own), strict=True)
    return {
        "eligibility": float(any(eligibility)),
        "only eligibility": float(all(eligibility)),
        "harm": float(any(harm)),
        "only harm": float(all(harm)),
        "example": float(any(map(_EXAMPLE.search, before))),
        "denied": float(any(_DENIED.search(words[-25:]) for words in before)),
    }


def diseases_about(doc: Doc, read: View, ontology: Ontology) -> dict[Curie, float]:
    """Return for each disease of a document how likely it is one that the document is about, sorted.

    Raises:
        GroundingError: the model is missing or damaged.
    """
    model = load(MODEL)
    described = disease_features(disease_places(doc, read.sentences), read, ontology)
    return {curie: round(model.probabilities(described[curie])["yes"], 4) for curie in sorted(described)}
