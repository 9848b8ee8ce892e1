"""The Biolink predicate that a line of evidence allows."""

from __future__ import annotations

from kg.identifiers import Curie
from kg.model.assertion import Polarity, StudyType
from kg.vocabulary import (
    APPLIED_TO_TREAT,
    BENEFICIAL_IN_MODELS_FOR,
    IN_CLINICAL_TRIALS_FOR,
    IN_PRECLINICAL_TRIALS_FOR,
    NO_EFFECT_SHOWN,
    STUDIED_TO_TREAT,
)


def predicate_for(
    study: StudyType, polarity: Polarity, *, people: bool = False, animal_patients: bool = False
) -> Curie:
    """Return the predicate; never ``treats``, which takes a stated approval.

    Args:
        study: kind of study behind the statement.
        polarity: a negative result has one predicate only, whatever the study.
        people: whether people received the product, for a study whose kind is not stated.
        animal_patients: animals with a disease of their own, not a model: no model is claimed.
    """
    if polarity is Polarity.NEGATIVE:
        return NO_EFFECT_SHOWN
    if study in (StudyType.CLINICAL_TRIAL, StudyType.PROTOCOL):
        return IN_CLINICAL_TRIALS_FOR
    if study is StudyType.OBSERVATIONAL:
        return APPLIED_TO_TREAT
    if study in (StudyType.PRECLINICAL_IN_VIVO, StudyType.IN_VITRO):
        return (
            BENEFICIAL_IN_MODELS_FOR
            if polarity is Polarity.POSITIVE and not animal_patients
            else IN_PRECLINICAL_TRIALS_FOR
        )
    return APPLIED_TO_TREAT if people and study is StudyType.NOT_STATED else STUDIED_TO_TREAT
