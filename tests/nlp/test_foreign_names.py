from __future__ import annotations

import pytest

from kg.nlp.foreign_names import is_in_a_name, names_no_disease


@pytest.mark.parametrize(
    ("text", "disease"),
    [
        ("leukemia inhibitory factor rose", "leukemia"),
        ("tumor necrosis factor-alpha fell", "tumor"),
        ("tumor necrosis factor-alpha fell", "necrosis"),
        ("the sarcoma viral oncogene homolog", "sarcoma"),
        ("funded by the Cancer Institute", "Cancer"),
        ("the Endometriosis Foundation paid", "Endometriosis"),
        ("at the Department of Diabetes and Nutrition", "Diabetes"),
    ],
)
def test_names_of_other_things(text: str, disease: str) -> None:
    start = text.index(disease)
    assert names_no_disease(text, start, start + len(disease))
    assert is_in_a_name(text, start, start + len(disease))


@pytest.mark.parametrize(
    ("text", "disease"),
    [
        ("necrosis of the graft", "necrosis"),
        ("osteoarthritis risk factors", "osteoarthritis"),
        ("a clinic for diabetes", "diabetes"),
        ("Leukemia relapsed", "Leukemia"),
        ("cancer patients", "cancer"),
        ("osteoarthritis generally starts", "osteoarthritis"),
        ("asthma genetically", "asthma"),
        ("nephritis proteinuria", "nephritis"),
        ("Cells for osteoarthritis\nGene expression fell", "osteoarthritis"),
        ("Cells for stroke\nNetwork analysis", "stroke"),
        ("breast cancer cells (which grew)", "breast cancer"),
    ],
)
def test_diseases(text: str, disease: str) -> None:
    start = text.index(disease)
    assert not is_in_a_name(text, start, start + len(disease))


@pytest.mark.parametrize("name", ["retinoblastoma protein", "breast cancer susceptibility gene", "glioma cell lines"])
def test_a_mention_that_the_document_is_not_about(name: str) -> None:
    disease = name.split()[0] if not name.startswith("breast") else "breast cancer"
    assert is_in_a_name(name, 0, len(disease))
    assert not names_no_disease(name, 0, len(disease))
