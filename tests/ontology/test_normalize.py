from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ontology.normalize import TOKEN, key, normalize, variants


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("T-cell", "T cells"),
        ("T\u2010cell", "T cell"),
        ("non-small-cell lung cancer", "nonsmall cell lung cancers"),
        ("pre-eclampsia", "preeclampsia"),
        ("tumour", "tumors"),
        ("anaemia", "anemia"),
        ("oedema", "edema"),
        ("leukaemias", "leukemia"),
        ("ischaemic stroke", "ischemic strokes"),
        ("haemorrhage", "hemorrhages"),
        ("oesophageal", "esophageal"),
        ("immunisation", "immunization"),
        ("Alzheimer's disease", "Alzheimer disease"),
        ("Alzheimer\u2019s disease", "Alzheimers disease"),
        ("biopsies", "biopsy"),
        ("metastases", "metastasis"),
        ("carcinomata", "carcinoma"),
        ("women", "woman"),
        ("TNF-\u03b2", "TNF beta"),
        ("type II diabetes", "type 2 diabetes"),
        ("type I diabetes", "type 1 diabetes"),
        ("Sj\u00f6gren syndrome", "Sjogren syndrome"),
        ("MSCs", "MSC"),
        ("cancer of the breast", "cancer of breast"),
    ],
)
def test_same_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("AIDS", "aids"),
        ("virus", "viru"),
        ("abscess", "absces"),
        ("A - B", "A-B"),
        ("vitamin I", "vitamin 1"),
    ],
)
def test_different_key(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_inverted_terms_are_found_in_the_order_of_running_text() -> None:
    assert key("female infertility") in variants("Infertility, Female")
    assert key("acute myeloid leukemia") in variants("Leukemia, Myeloid, Acute")
    assert key("diabetes mellitus type 2") in variants("Diabetes Mellitus, Type 2")


def test_own_key_is_first_and_notes_and_of_are_left_out() -> None:
    assert variants("mole (animal)") == (key("mole (animal)"), "mole ")
    assert variants("stromal cell of the endometrium")[1] == key("endometrium stromal cell")


def test_an_enumeration_is_not_turned_round() -> None:
    assert variants("heart, and lung") == (key("heart, and lung"),)


def test_normalized_text_leads_back_to_the_original() -> None:
    text = "two T-cells"
    normalized = normalize(text)
    assert normalized.string == "two t cell "
    assert [text[start:end] for start, end in normalized.spans] == ["two", "T", "-", "cells"]
    assert normalized.starts == (0, 4, 6, 6, 11)


def test_a_part_of_a_text_keeps_the_offsets_of_the_whole() -> None:
    assert normalize("abc def", 4).spans == ((4, 7),)


@given(st.text(max_size=60))
def test_spans_are_the_tokens_and_forms_tile_the_string(text: str) -> None:
    normalized = normalize(text)
    assert [text[a:b] for a, b in normalized.spans] == TOKEN.findall(text)
    assert list(normalized.starts) == sorted(normalized.starts)
    assert normalized.starts[0] == 0
    assert normalized.starts[-1] == len(normalized.string)


@given(st.text(alphabet="abcdeinosuy -", min_size=1, max_size=30))
def test_a_key_ends_at_a_token_border(text: str) -> None:
    assert key(text) == "" or key(text).endswith(" ")
