from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import StudyType
from kg.nlp.publication_types import kinds_of, phase_in, weigh
from kg.nlp.study_type import classify
from tests.nlp.pipeline import nlp

TRIAL, REVIEW, PROTOCOL = StudyType.CLINICAL_TRIAL, StudyType.REVIEW, StudyType.PROTOCOL
OBSERVATIONAL, ANIMALS, VITRO = StudyType.OBSERVATIONAL, StudyType.PRECLINICAL_IN_VIVO, StudyType.IN_VITRO
UNSTATED = StudyType.NOT_STATED


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        (("Journal Article", "Randomized Controlled Trial"), (TRIAL,)),
        (("Clinical Trial",), (TRIAL,)),
        (("Clinical Trial, Phase I",), (TRIAL,)),
        (("Clinical Trial, Phase IV",), (TRIAL,)),
        (("Controlled Clinical Trial",), (TRIAL,)),
        (("Pragmatic Clinical Trial",), (TRIAL,)),
        (("Clinical Trial Protocol", "Randomized Controlled Trial"), (PROTOCOL, TRIAL)),
        (("Meta-Analysis",), (REVIEW,)),
        (("Systematic Review",), (REVIEW,)),
        (("Network Meta-Analysis", "Review"), (REVIEW,)),
        (("Review", "Case Reports"), (OBSERVATIONAL, REVIEW)),
        (("Observational Study",), (OBSERVATIONAL,)),
        # article types and headings of JATS
        (("review-article", "Immunology"), (REVIEW,)),
        (("systematic-review",), (REVIEW,)),
        (("case-report",), (OBSERVATIONAL,)),
        (("research-article", "Study Protocol"), (PROTOCOL,)),
        (("research-article", "Research Article: Systematic Review and Meta-Analysis"), (REVIEW,)),
        (("Mini Review",), (REVIEW,)),
        (("MINI-REVIEW",), (REVIEW,)),
        # what says nothing of the study
        (("Journal Article", "Letter", "Comment", "Editorial", "Multicenter Study", "Comparative Study"), ()),
        (("Clinical Trial, Veterinary", "Randomized Controlled Trial, Veterinary"), ()),
        (("Observational Study, Veterinary",), ()),
        (("research-article", "Protocol"), ()),  # of a laboratory
        (("Clinical Trials and Observations",), ()),  # a part of a journal
        (("Retraction of Publication", "Book Review", "Clinical Study"), ()),
        (("", "\u2026"), ()),
        ((), ()),
    ],
)
def test_kinds(types: tuple[str, ...], expected: tuple[StudyType, ...]) -> None:
    assert kinds_of(types) == expected


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        (("Clinical Trial, Phase I",), "1"),
        (("Clinical Trial, Phase II", "Clinical Trial, Phase I"), "1/2"),
        (("Clinical Trial, Phase III", "Clinical Trial, Phase III"), "3"),
        (("Clinical Trial, Phase IV",), "4"),
        (("Clinical Trial", "Randomized Controlled Trial"), None),
        (("Clinical Trial, Phase V",), None),
        ((), None),
    ],
)
def test_phase(types: tuple[str, ...], expected: str | None) -> None:
    assert phase_in(types) == expected


@pytest.mark.parametrize(
    ("judged", "types", "titled", "on_animals", "expected"),
    [
        (UNSTATED, ("Randomized Controlled Trial",), None, False, TRIAL),
        (VITRO, ("Randomized Controlled Trial",), None, False, TRIAL),
        (VITRO, ("Randomized Controlled Trial",), VITRO, False, TRIAL),  # "... in vivo and in vitro" ends many titles
        (ANIMALS, ("Randomized Controlled Trial",), None, False, TRIAL),
        (ANIMALS, ("Randomized Controlled Trial",), None, True, ANIMALS),
        (ANIMALS, ("Case Reports",), None, True, ANIMALS),
        (ANIMALS, ("Review",), None, True, REVIEW),
        (PROTOCOL, ("Randomized Controlled Trial",), None, False, PROTOCOL),
        (PROTOCOL, ("Review",), None, False, REVIEW),
        (PROTOCOL, ("Systematic Review",), PROTOCOL, False, PROTOCOL),
        (TRIAL, ("Clinical Trial Protocol",), None, False, PROTOCOL),
        (TRIAL, ("Clinical Trial Protocol", "Randomized Controlled Trial"), None, False, PROTOCOL),
        (REVIEW, ("Randomized Controlled Trial",), REVIEW, False, REVIEW),
        (REVIEW, ("Randomized Controlled Trial",), None, False, TRIAL),
        (OBSERVATIONAL, ("Review",), OBSERVATIONAL, False, OBSERVATIONAL),
        (OBSERVATIONAL, ("Review", "Case Reports"), None, False, OBSERVATIONAL),
        (REVIEW, ("Review", "Case Reports"), None, False, REVIEW),
        (TRIAL, ("Review", "Case Reports"), None, False, OBSERVATIONAL),
        (VITRO, ("Meta-Analysis", "Randomized Controlled Trial"), None, False, REVIEW),
        (TRIAL, ("Letter", "Comment"), None, False, TRIAL),
        (ANIMALS, ("Clinical Trial, Veterinary",), None, True, ANIMALS),
    ],
)
def test_weigh(
    judged: StudyType, types: tuple[str, ...], titled: StudyType | None, on_animals: bool, expected: StudyType
) -> None:
    assert weigh(judged, types, titled=titled, on_animals=on_animals) is expected


@given(
    st.sampled_from(StudyType),
    st.lists(st.sampled_from(["Journal Article", "Editorial", "Clinical Trial, Veterinary", "Letter"])),
    st.booleans(),
)
def test_types_that_do_not_decide_leave_the_text_alone(judged: StudyType, types: list[str], on_animals: bool) -> None:
    assert weigh(judged, types, titled=None, on_animals=on_animals) is judged


@given(st.sampled_from(StudyType), st.lists(st.text()))
def test_any_text_is_a_type(judged: StudyType, types: list[str]) -> None:
    assert weigh(judged, types, titled=None, on_animals=False) in StudyType
    assert phase_in(types) in (None, "1", "2", "3", "4")


@pytest.mark.parametrize(
    ("title", "abstract", "types", "expected"),
    [
        ("Cells for scars", "", ("Clinical Trial, Phase II", "Clinical Trial, Phase I"), ("clinical_trial", "1/2")),
        ("Cells for scars", "", ("Randomized Controlled Trial",), ("clinical_trial", None)),
        ("Cells for scars", "A phase 2 trial is told.", ("Clinical Trial",), ("clinical_trial", "2")),
        ("Cells for scars", "A phase 2 trial is told.", ("Clinical Trial, Phase III",), ("clinical_trial", "3")),
        ("Cells for scars", "A phase 2 trial is told.", ("Review",), ("review", None)),
        ("Cells mend the uterus in mice", "", ("Randomized Controlled Trial",), ("preclinical_in_vivo", None)),
        ("Cells for scars: study protocol", "", ("Clinical Trial, Phase I",), ("protocol", "1")),
        (
            "Cells for dogs with lameness",
            "Dogs were randomised to cells or placebo. The dogs improved, which may help patients.",
            ("Randomized Controlled Trial, Veterinary",),
            ("preclinical_in_vivo", None),
        ),
    ],
)
def test_text_and_types(title: str, abstract: str, types: tuple[str, ...], expected: tuple[str, str | None]) -> None:
    kind, phase = classify(f"{title}\n{abstract}", title, types)
    assert (str(kind), phase) == expected


def test_a_registry_record_says_its_kind_itself() -> None:
    record = "Cells\nScar cells. Conditions: Scar. Phase: Phase 2. Study type: Observational."
    assert classify(record, "Cells", ("Clinical Trial, Phase I",)) == (OBSERVATIONAL, "2")


def test_the_component_reads_the_types_from_the_doc() -> None:
    doc = nlp().make_doc("Cells for scars")
    assert doc._.kg_publication_types == []
    doc._.kg_publication_types = ["Clinical Trial, Phase II"]
    found = nlp().get_pipe("kg_study_type")(doc)._.kg_study
    assert (found["type"], found["phase"]) == ("clinical_trial", "2")
