from __future__ import annotations

import pytest
import spacy
from spacy.language import Language


@pytest.fixture(scope="module")
def language() -> Language:
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kg_tokenizer.v1"}}})
    nlp.add_pipe("kg_abbreviations")
    return nlp


def definitions(language: Language, text: str) -> list[tuple[str, str]]:
    doc = language(text)
    found = doc._.kg_abbreviations
    for d in found:
        assert text[d["short_start"] : d["short_end"]] == d["short"]
        assert text[d["long_start"] : d["long_end"]] == d["long"]
    return [(d["short"], d["long"]) for d in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Women with thin endometrium (TE) came.", [("TE", "thin endometrium")]),
        ("We used mesenchymal stem cells (MSCs, n = 3).", [("MSCs", "mesenchymal stem cells")]),
        ("an umbilical cord-derived MSC (UC-MSC) line", [("UC-MSC", "umbilical cord-derived MSC")]),
        ("TE (thin endometrium) is rare.", [("TE", "thin endometrium")]),
        ("single-cell RNA sequencing (scRNA-seq)", [("scRNA-seq", "single-cell RNA sequencing")]),
        ("a mesenchymal stem cell (MSCs) product", [("MSCs", "mesenchymal stem cell")]),
        ("It was thick (TE) there.", []),
        ("in ten patients (see below)", []),
        ("the effect (P) of time (2020)", []),
        ("It was thin. Endometrium (TE) grew.", []),
    ],
)
def test_definitions(language: Language, text: str, expected: list[tuple[str, str]]) -> None:
    assert definitions(language, text) == expected


def test_the_first_definition_of_a_short_form_is_kept(language: Language) -> None:
    text = "thin endometrium (TE), not tissue engineering (TE)"
    assert definitions(language, text) == [("TE", "thin endometrium")]


def test_a_definition_keeps_to_its_passage(language: Language) -> None:
    doc = language.make_doc("On thin endometrium (TE)")
    doc._.kg_passages = [{"section": "title", "start": 0, "end": 7}, {"section": "abstract", "start": 8, "end": 24}]
    assert language.get_pipe("kg_abbreviations")(doc)._.kg_abbreviations == []


def test_many_brackets_take_linear_time(language: Language) -> None:
    assert definitions(language, "some thing (no 1) " * 3000) == []
