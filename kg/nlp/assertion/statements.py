"""Assertions of a document on its interventions, from what was judged: of a study, a protocol or record, a review."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, Final

from kg.identifiers import Curie
from kg.model.assertion import Polarity, StudyType
from kg.nlp.assertion.context import polarity_of
from kg.nlp.assertion.cues import AIM, HEDGED, INCONCLUSIVE
from kg.nlp.assertion.facts import Facts
from kg.nlp.assertion.judges import Verdict, verdict
from kg.nlp.assertion.mentions import DiseaseMention, within
from kg.nlp.assertion.predicates import predicate_for
from kg.nlp.assertion.reviews import Line, carried_subjects, line_of
from kg.vocabulary import CONTRAINDICATED_IN, HOMO_SAPIENS, STUDIED_TO_TREAT, TREATS

Targets = Sequence[Sequence[Curie]]
"""For each intervention, the diseases that it is given for."""

_ANIMAL_PATIENTS: Final = re.compile(
    r"\b(?:client-owned|owner|veterinary|(?:naturally|spontaneously)\s+(?:occurring|affected|diseased)"
    r"|clinical(?:ly)?\s+(?:endometritis|mastitis|cases?)|(?:bitches|cows|mares|dogs|cats|queens|horses)"
    r"\s+(?:were\s+enrolled|with)|(?:in|of)\s+\w+\s+(?:bitches|cows|mares|dogs|cats|queens))\b",
    re.I,
)
_INDUCED: Final = re.compile(
    r"\b(?:induced|models?|experimental(?:ly)?|surgical(?:ly)?\s+\w+|created|injury\s+was|rendered)\b", re.I
)
_AND: Final = re.compile(r"\s{0,3}(?:,|and|or|,\s{1,3}(?:and|or))\s{1,3}(?:\w+\s{1,3}){0,2}")
_ANIMAL_STUDIES: Final = re.compile(
    r"\b(?:animal|preclinical|rodent)\s+(?:studies|experiments|models)\b|\b\d+\s+in\s+(?:mice|rats)\b", re.I
)
_JUDGED: Final = "judged"
"""Extractor of what the trained judge found; ``rules`` found what a review says by fixed words."""


def from_study(f: Facts, targets: Targets) -> list[dict[str, Any]]:
    """Return the assertions of a study that reports its own data, of a protocol, a registry record or a bare title."""
    people = f.recipient == HOMO_SAPIENS
    animal_patients = bool(_ANIMAL_PATIENTS.search(f.text)) and not _INDUCED.search(f.text)
    has_results = f.study is not StudyType.PROTOCOL and not f.fields
    found = []
    for index, diseases in enumerate(targets):
        for disease in diseases:
            said = verdict(f, index, disease) if has_results else _stated(f, index, disease)
            if said is None:
                continue
            predicate = predicate_for(f.study, said.polarity, people=people, animal_patients=animal_patients)
            found.append(_assertion(f, index, disease, predicate, said, species=f.recipient))
    return found


def _stated(f: Facts, index: int, disease: Curie) -> Verdict | None:
    """Return where a disease is named with an intervention, else where it is named."""
    named = [d.sentence for d in f.diseases if disease in d.curies]
    chosen = [n for n in named if index in f.named[n]] or named
    return Verdict(Polarity.NOT_STATED, (chosen[0],), 1.0) if chosen else None


def from_review(f: Facts, targets: Targets) -> list[dict[str, Any]]:
    """Return the assertions of a review: for an intervention and a disease, one for each line of evidence."""
    pooled = bool(_ANIMAL_STUDIES.search(f.text))
    lines = [
        (n, line) for n in f.body or [0] if (line := line_of(f.text[slice(*f.sentences[n])], pooled_animals=pooled))
    ]
    found = [assertion for n, line in lines for assertion in _by_authority(f, n, line)]
    settled = {(a["subject"], a["object"]) for a in found}
    for index, diseases in enumerate(targets):
        about = [(n, line) for n, line in lines if index in carried_subjects(f.named, n)]
        for disease in diseases:
            beside = any(_names_both(f, n, index, disease) for n in f.body)
            if (index, disease) not in settled and (beside or all(other != disease for _, other in settled)):
                own = [(n, line) for n, line in about if _may_speak_of(f, n, disease)]
                found += _lines_of_evidence(f, index, disease, own)
    return found


def shared_in_review(f: Facts, targets: Targets) -> list[tuple[Curie, ...]]:
    """Return the targets with those of a review for a product that it speaks of without naming a disease beside it.

    "Preclinical studies show that MSCs restore structure" is said of the diseases that the review is on.
    """
    everything = tuple(dict.fromkeys(disease for diseases in targets for disease in diseases))
    ill = {d.sentence for d in f.diseases if d.start >= f.title_end}
    named = [[n for n, indices in enumerate(f.named) if index in indices] for index in range(len(targets))]
    return [
        everything if numbers and not ill.intersection(numbers) else tuple(own)
        for numbers, own in zip(named, targets, strict=True)
    ]


def _may_speak_of(f: Facts, number: int, disease: Curie) -> bool:
    """Tell whether a sentence names a disease, or none at all."""
    here = within(f.diseases, *f.sentences[number])
    return not here or any(disease in d.curies for d in here)


def _lines_of_evidence(f: Facts, index: int, disease: Curie, own: Sequence[tuple[int, Line]]) -> list[dict[str, Any]]:
    """Return one assertion for each kind of study that a review reports on, and one for what it proposes itself.

    What a text says was never tried is denied, unless it reports studies all the same; a review that neither reports
    nor proposes is judged as a whole.
    """
    kinds = list(dict.fromkeys(line.study for _, line in own if line.study is not StudyType.REVIEW))
    denied = tuple(n for n, line in own if line.negated)
    if denied and not kinds:
        said = Verdict(Polarity.NOT_STATED, denied, 1.0)
        return [_assertion(f, index, disease, STUDIED_TO_TREAT, said, negated=True)]
    found = []
    for kind in kinds:
        lines = [(n, line) for n, line in own if line.study is kind]
        alone = len(kinds) == 1
        judged = verdict(f, index, disease, None if alone else [n for n, _ in lines])
        if judged is not None:
            doubted = any(line.polarity is Polarity.INCONCLUSIVE for _, line in lines)
            polarity = Polarity.INCONCLUSIVE if doubted else judged.polarity
            numbers = judged.sentences if alone else tuple(n for n, _ in lines)
            said = replace(judged, polarity=polarity, sentences=numbers)
            species = HOMO_SAPIENS if any(line.people for _, line in lines) else None
            predicate = predicate_for(kind, said.polarity)
            found.append(_assertion(f, index, disease, predicate, said, study=kind, species=species))
    proposals = [
        n
        for n, line in own
        if line.study is StudyType.REVIEW
        and _names_both(f, n, index, disease)
        and not polarity_of(f.text[slice(*f.sentences[n])])
    ]
    if kinds and proposals:
        said = Verdict(Polarity.NOT_STATED, tuple(proposals), 1.0)
        found.append(_assertion(f, index, disease, STUDIED_TO_TREAT, said))
    whole = None if kinds else _of_the_review(f, index, disease, [n for n, _ in own])
    if whole is not None:
        found.append(_assertion(f, index, disease, STUDIED_TO_TREAT, whole))
    return found


def _of_the_review(f: Facts, index: int, disease: Curie, numbers: Sequence[int]) -> Verdict | None:
    """Judge what a review itself says; where its sentences have no word of a result, it proposes and states none."""
    texts = [f.text[slice(*f.sentences[n])] for n in numbers]
    doubted = [bool(HEDGED.search(text) or INCONCLUSIVE.search(text)) for text in texts]
    reported = [text for text in texts if not AIM.search(text)]
    if texts and not any(doubted) and not any(map(polarity_of, reported)):
        return Verdict(Polarity.NOT_STATED, tuple(numbers), 1.0)
    judged = verdict(f, index, disease, numbers or None)
    if judged is not None and any(d and n == judged.sentences[0] for d, n in zip(doubted, numbers, strict=True)):
        return replace(judged, polarity=Polarity.INCONCLUSIVE)
    return judged


def _names_both(f: Facts, number: int, index: int, disease: Curie) -> bool:
    named = index in f.named[number] and f.sentences[number][0] >= f.title_end
    return named and any(disease in d.curies for d in within(f.diseases, *f.sentences[number]))


def _enumerated(text: str, mentions: Sequence[DiseaseMention]) -> Sequence[DiseaseMention]:
    """Return the first mention of a sentence with those that are enumerated with it ("for colitis and fistulas")."""
    for place, (one, other) in enumerate(pairwise(mentions), start=1):
        if not _AND.fullmatch(text, one.end, other.start):
            return mentions[:place]
    return mentions


def _by_authority(f: Facts, number: int, line: Line) -> list[dict[str, Any]]:
    """Return what a sentence says of an approval or of an authority's advice against a use."""
    if line.predicate not in (CONTRAINDICATED_IN, TREATS):
        return []
    named = within(f.diseases, *f.sentences[number])
    if line.predicate == TREATS:
        named = _enumerated(f.text, named)
    diseases = list(dict.fromkeys(c for d in named for c in d.curies))
    said = Verdict(line.polarity, (number,), 0.8)
    return [
        _assertion(f, subject, disease, line.predicate, said, study=line.study, species=HOMO_SAPIENS, extractor="rules")
        for subject in sorted(carried_subjects(f.named, number))
        for disease in diseases
    ]


def _assertion(
    f: Facts,
    subject: int,
    disease: Curie,
    predicate: Curie,
    said: Verdict,
    *,
    study: StudyType | None = None,
    species: Curie | None = None,
    negated: bool = False,
    extractor: str = _JUDGED,
) -> dict[str, Any]:
    return {
        "subject": subject,
        "predicate": predicate,
        "object": disease,
        "polarity": str(said.polarity),
        "negated": negated,
        "species": species,
        "study_type": str(study or f.study),
        "phase": f.phase if study is None else None,
        "evidence": [
            {
                "start": f.sentences[n][0],
                "end": f.sentences[n][1],
                "extractor": extractor,
                "confidence": said.confidence,
            }
            for n in said.sentences
        ],
    }
