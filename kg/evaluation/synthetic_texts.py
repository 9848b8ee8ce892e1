"""Made-up names, titles and sentences for `kg.evaluation.synthetic_network`.

They have the length and the words of real ones, so that a page of them weighs and looks about the same; nothing in them
is a finding.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final

from kg.identifiers import Curie
from kg.model import Polarity, StudyType
from kg.vocabulary import (
    APPLIED_TO_TREAT,
    BENEFICIAL_IN_MODELS_FOR,
    IN_CLINICAL_TRIALS_FOR,
    IN_PRECLINICAL_TRIALS_FOR,
    NO_EFFECT_SHOWN,
    STUDIED_TO_TREAT,
)


@dataclass(frozen=True, slots=True)
class StudyForm:
    """A kind of study: what its assertions say, whether in animals, and of a hundred assertions how many are its."""

    type: StudyType
    predicate: Curie
    polarity: Polarity
    animals: bool
    share: int


STUDY_FORMS: Final = (
    StudyForm(StudyType.REVIEW, STUDIED_TO_TREAT, Polarity.NOT_STATED, False, 32),
    StudyForm(StudyType.CLINICAL_TRIAL, IN_CLINICAL_TRIALS_FOR, Polarity.POSITIVE, False, 14),
    StudyForm(StudyType.CLINICAL_TRIAL, IN_CLINICAL_TRIALS_FOR, Polarity.INCONCLUSIVE, False, 8),
    StudyForm(StudyType.OBSERVATIONAL, APPLIED_TO_TREAT, Polarity.POSITIVE, False, 12),
    StudyForm(StudyType.PRECLINICAL_IN_VIVO, BENEFICIAL_IN_MODELS_FOR, Polarity.POSITIVE, True, 20),
    StudyForm(StudyType.PRECLINICAL_IN_VIVO, IN_PRECLINICAL_TRIALS_FOR, Polarity.NOT_STATED, True, 8),
    StudyForm(StudyType.CLINICAL_TRIAL, NO_EFFECT_SHOWN, Polarity.NEGATIVE, False, 6),
)

_ORGANS: Final = (
    *("endometrial", "ovarian", "hepatic", "renal", "cardiac", "pulmonary", "spinal", "retinal", "articular", "dermal"),
    *("pancreatic", "intestinal", "vascular", "cerebral", "muscular", "corneal", "tracheal", "gingival", "thyroid"),
    *("splenic", "adrenal", "uterine", "cochlear", "bladder", "gastric", "nasal", "dental", "tendon", "nerve"),
)
_STATES: Final = ("chronic", "acute", "recurrent", "diffuse", "refractory", "familial", "idiopathic", "early", "severe")
_ILLS: Final = (
    *(
        "fibrosis",
        "atrophy",
        "failure",
        "ischaemia",
        "injury",
        "inflammation",
        "dysplasia",
        "insufficiency",
        "scarring",
    ),
    *("stenosis", "degeneration", "necrosis", "adhesions", "neuropathy", "ulcer", "oedema", "sclerosis"),
)
_CELLS: Final = (
    "stromal cell",
    "epithelial cell",
    "fibroblast",
    "macrophage",
    "progenitor",
    "endothelial cell",
    "T cell",
)
_TISSUES: Final = (
    *("bone marrow", "umbilical cord", "adipose tissue", "placenta", "amnion", "menstrual fluid", "dental pulp"),
    *("endometrium", "synovium", "chorion", "skin", "skeletal muscle", "trabecular bone", "fetal liver"),
)
_SPECIES: Final = ("mouse", "rat", "rabbit", "dog", "horse", "goat", "pig", "macaque", "virus", "bacterium", "yeast")
_SENTENCES: Final = (
    "In {n} subjects with {disease}, {product} were given once and the lining was measured after {m} months.",
    "Compared with placebo, {product} changed the score of {disease} by {m} points in {n} subjects.",
    "Injection of {product} was followed by fewer signs of {disease} in {n} of {m} animals on day 28.",
    "We discuss whether {product} could be a treatment of {disease}, of which {n} studies have been reported so far.",
    "No difference in {disease} was seen between the {n} subjects who received {product} and the {m} who did not.",
)


def area_name(number: int) -> str:
    """Return the name of an area of medicine, different for each number from 0."""
    return _numbered(_ORGANS, number)


def disease_name(area: str, number: int) -> str:
    """Return the name of an area's disease, different for each number from 0."""
    ill = _ILLS[number % len(_ILLS)]
    turn = number // len(_ILLS)
    return f"{area} {ill}" if turn == 0 else f"{_numbered(_STATES, turn - 1)} {area} {ill}"


def cell_name(area: str, number: int) -> str:
    """Return the name of an area's cell type, different for each number from 0."""
    return f"{area} {_numbered(_CELLS, number)}"


def tissue_name(number: int) -> str:
    """Return the name of a tissue, different for each number from 0."""
    return _numbered(_TISSUES, number)


def species_name(number: int) -> str:
    """Return the name of a species, different for each number from 0."""
    return _numbered(_SPECIES, number)


def paper_title(product: str, disease: str, number: int) -> str:
    """Return the title of a paper."""
    return f"Effects of {product} on {disease}: a study of {10 + number % 90} subjects"


def sentence(product: str, disease: str, dice: random.Random) -> str:
    """Return a sentence of evidence."""
    form = _SENTENCES[int(dice.random() * len(_SENTENCES))]
    return form.format(product=product, disease=disease, n=3 + int(dice.random() * 90), m=2 + int(dice.random() * 30))


def _numbered(names: tuple[str, ...], number: int) -> str:
    turn, index = divmod(number, len(names))
    return f"{names[index]} {turn + 1}" if turn else names[index]
