from __future__ import annotations

import pytest

from kg.nlp import load_pipeline
from kg.nlp.registry_record import registry_fields
from kg.nlp.study_type import classify
from kg.vocabulary import HOMO_SAPIENS
from tests.nlp.pipeline import annotate


@pytest.mark.parametrize(
    ("title", "abstract", "kind", "phase"),
    [
        ("Cells for scars", "Forty patients were randomised to cells or placebo.", "clinical_trial", None),
        ("A phase I/II trial of cells", "Patients were enrolled.", "clinical_trial", "1/2"),
        ("Cells in uterine scars: a phase 3 trial", "", "clinical_trial", "3"),
        ("Cells in women: a case report", "A 31-year-old received cells.", "observational", None),
        ("A retrospective cohort of women given cells", "", "observational", None),
        (
            "Cells mend the uterus",
            "Rats were injected with cells in a rat model of scarring.",
            "preclinical_in_vivo",
            None,
        ),
        ("Cells mend the uterus in mice", "", "preclinical_in_vivo", None),
        (
            "Secretome and stromal cells in vitro",
            "Cultured human cells were exposed to the secretome.",
            "in_vitro",
            None,
        ),
        ("Cells for the uterus: a systematic review", "Trials and mice are pooled.", "review", None),
        ("Cells for the uterus", "Clinical and experimental studies are reviewed.", "review", None),
        ("Cells for scars: study protocol", "Sixty women will be randomised.", "protocol", None),
        ("Cells for scars", "", "not_stated", None),
    ],
)
def test_classify(title: str, abstract: str, kind: str, phase: str | None) -> None:
    study, found = classify(f"{title}\n{abstract}", title)
    assert (str(study), found) == (kind, phase)


REGISTRY = "Scar cells. Conditions: Scar. Interventions: Cells: given once. Phase: {}. Study type: {}."


@pytest.mark.parametrize(
    ("phase", "kind", "expected"),
    [
        ("Phase 1, Phase 2", "Interventional", ("clinical_trial", "1/2")),
        ("Early Phase 1", "Interventional", ("clinical_trial", "1")),
        ("Not Applicable", "Interventional", ("clinical_trial", None)),
        ("Not Applicable", "Observational", ("observational", None)),
    ],
)
def test_registry_record(phase: str, kind: str, expected: tuple[str, str | None]) -> None:
    study, found = classify("Title\n" + REGISTRY.format(phase, kind), "Title")
    assert (str(study), found) == expected


def test_registry_fields_have_the_offsets_of_their_values() -> None:
    text = REGISTRY.format("Phase 2", "Interventional")
    fields = registry_fields(text)
    assert text[slice(*fields["Conditions"])].strip() == "Scar."
    assert text[slice(*fields["Interventions"])].strip() == "Cells: given once."


def test_prose_has_no_registry_fields() -> None:
    assert registry_fields("Methods: we enrolled women. Results: none.") == {}


def test_registrations_and_species() -> None:
    doc = annotate("Cells in rats", "Human cells in fetal bovine serum were given to rats (NCT01234567).")
    assert doc._.kg_study["registrations"] == ["NCT:01234567"]
    assert doc._.kg_study["species"] == ["NCBITaxon:10116", "NCBITaxon:9606"]


def test_reagents_are_told_by_the_word_after_them() -> None:
    doc = annotate("Cells in mice", "Mice were stained with rat anti-CD4 and grown on rat tail collagen.")
    assert doc._.kg_study["species"] == ["NCBITaxon:10090"]


@pytest.mark.parametrize("text", ["A 31-year-old nulligravida came.", "A 29-year-old came."])
def test_people_are_told_by_age_and_shorthand(text: str) -> None:
    assert annotate("A case", text)._.kg_study["species"] == ["NCBITaxon:9606"]


def test_the_age_of_an_animal_says_nothing_about_people() -> None:
    nlp = load_pipeline()
    assert HOMO_SAPIENS not in nlp("A 12-year-old mare received cells.")._.kg_study["species"]
    assert nlp("A 40-year-old received cells.")._.kg_study["species"] == [HOMO_SAPIENS]


def test_a_record_of_a_register_is_on_people_unless_it_names_animals() -> None:
    record = REGISTRY.format("Phase 2", "Interventional")
    assert annotate("Cells for scars", record)._.kg_study["species"] == ["NCBITaxon:9606"]
    assert annotate("Cells for scars of rats", record)._.kg_study["species"] == ["NCBITaxon:10116"]
