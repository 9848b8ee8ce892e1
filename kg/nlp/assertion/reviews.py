"""Statements of reviews and proposals: each sentence sets its own line of evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.identifiers import Curie
from kg.model.assertion import Polarity, StudyType
from kg.nlp.assertion.context import polarity_of
from kg.nlp.assertion.cues import (
    AIM,
    APPROVED,
    CLINICAL,
    CONTRAINDICATED,
    DENIED,
    HEDGED,
    INCONCLUSIVE,
    PRECLINICAL,
    PROPOSED,
    SEARCHED,
    TRIAL,
    UNAPPROVED,
    VITRO,
)
from kg.nlp.assertion.predicates import predicate_for
from kg.vocabulary import CONTRAINDICATED_IN, STUDIED_TO_TREAT, TREATS


@dataclass(frozen=True, slots=True)
class Line:
    """What a sentence says, apart from of what: predicate, polarity, kind of study, and whether it is denied."""

    predicate: Curie
    polarity: Polarity
    study: StudyType
    people: bool
    negated: bool = False


def line_of(sentence: str, *, pooled_animals: bool = False) -> Line | None:
    """Read a sentence of a review; None when it asserts nothing of a treatment.

    Args:
        sentence: normalised text of the sentence.
        pooled_animals: the review pools animal studies, so a pooled result is one of models.
    """
    if DENIED.search(sentence):
        return Line(STUDIED_TO_TREAT, Polarity.NOT_STATED, StudyType.REVIEW, people=False, negated=True)
    if CONTRAINDICATED.search(sentence):
        return Line(CONTRAINDICATED_IN, Polarity.NEGATIVE, StudyType.REVIEW, people=True)
    if APPROVED.search(sentence) and not UNAPPROVED.search(sentence):
        return Line(TREATS, Polarity.POSITIVE, StudyType.REVIEW, people=True)
    if SEARCHED.search(sentence):
        return None
    if AIM.search(sentence):
        return Line(STUDIED_TO_TREAT, Polarity.NOT_STATED, StudyType.REVIEW, people=False)
    polarity = polarity_of(sentence)
    doubted = INCONCLUSIVE.search(sentence) or HEDGED.search(sentence)
    preclinical, clinical, vitro = PRECLINICAL.search(sentence), CLINICAL.search(sentence), VITRO.search(sentence)
    if preclinical and clinical:
        polarity = None
        preclinical = clinical = None
    judged = Polarity.INCONCLUSIVE if doubted else polarity or Polarity.NOT_STATED
    if preclinical or vitro or (pooled_animals and re.search(r"\b(?:pooled|SMD|effect\s+sizes?|tested)\b", sentence)):
        study = StudyType.IN_VITRO if vitro and not preclinical else StudyType.PRECLINICAL_IN_VIVO
        return Line(predicate_for(study, judged), judged, study, people=False)
    if clinical and not re.search(r"\bclinical\s+validation\b", sentence, re.I):
        if re.search(r"\bfurther\b[^.]{0,200}\b(?:trials?|studies)\b", sentence, re.I):
            return Line(STUDIED_TO_TREAT, Polarity.NOT_STATED, StudyType.REVIEW, people=False)
        study = StudyType.CLINICAL_TRIAL if TRIAL.search(sentence) else StudyType.OBSERVATIONAL
        return Line(predicate_for(study, judged), judged, study, people=True)
    if PROPOSED.search(sentence) or polarity is not None:
        return Line(STUDIED_TO_TREAT, Polarity.NOT_STATED, StudyType.REVIEW, people=False)
    return None


def carried_subjects(named: Sequence[frozenset[int]], number: int) -> frozenset[int]:
    """Return the interventions of the sentence, or of the sentence right before it when it names none."""
    if named[number]:
        return named[number]
    return named[number - 1] if number else frozenset()
