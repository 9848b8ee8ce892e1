from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from kg.nlp.cell_phrases import begin, coordinated, heads, inside_name, is_modifier, negated


@pytest.mark.parametrize(
    "word",
    [
        "CD34+",
        "CD8",
        "Ly6Chi",
        "Foxp3+CD25+",
        "cardiac",
        "Naive",
        "tumor-infiltrating",
        "liver-derived",
        "M2",
        "pro-inflammatory",
    ],
)
def test_markers_organs_states_and_origins_belong_to_a_name(word: str) -> None:
    assert is_modifier(word)


@pytest.mark.parametrize("word", ["human", "murine", "of", "many", "the", "these", "single", "PBS", "Wnt", "Slow"])
def test_species_amounts_and_other_words_do_not(word: str) -> None:
    assert not is_modifier(word)


@pytest.mark.parametrize(
    ("text", "head", "name"),
    [
        ("We saw human CD34+ activated fibroblasts.", "fibroblasts", "CD34+ activated fibroblasts"),
        ("Some cancer associated fibroblasts grew.", "fibroblasts", "cancer associated fibroblasts"),
        ("In vitro, naive (N) lymphocytes died.", "lymphocytes", "naive (N) lymphocytes"),
        ("CXCR4 + monocytes and mice", "monocytes", "CXCR4 + monocytes"),
        ("Media + fibroblasts", "fibroblasts", "fibroblasts"),
        ("The number of fibroblasts fell.", "fibroblasts", "fibroblasts"),
        ("Epithelial. Fibroblasts were seen.", "Fibroblasts", "Fibroblasts"),
    ],
)
def test_a_name_begins_with_the_first_modifier(text: str, head: str, name: str) -> None:
    at = text.index(head)
    assert text[begin(text, at, {}) : at + len(head)] == name


def test_a_tissue_before_a_head_belongs_to_the_name_and_another_name_does_not() -> None:
    text = "spinal cord neurons"
    assert begin(text, 12, {11: 0}) == 0
    text = "fetal pig fibroblasts"
    assert begin(text, 10, {}, {9}) == 10


def test_members_of_a_coordination_share_the_head() -> None:
    text = "Both M1 and M2 macrophages"
    assert text[coordinated(text, text.index("M2"), {}) :] == "M1 and M2 macrophages"
    text = "collagen and M2 macrophages"
    assert coordinated(text, text.index("M2"), {}) == text.index("M2")


def test_negation_and_names_of_other_things() -> None:
    assert negated("non-epithelial cells", 4)
    assert not negated("the epithelial cells", 4)
    text = "platelet-rich plasma and hepatocyte growth factor and platelet release"
    assert inside_name(text, len("platelet"))
    assert inside_name(text, text.index(" growth"))
    assert not inside_name(text, text.index(" release"))


def test_heads_are_not_found_in_what_happens_to_a_cell() -> None:
    text = "cell death of cells"
    assert [text[a:b] for a, b in heads(text)] == ["cells"]


@given(st.lists(st.sampled_from(["CD4+", "naive", " ", " and ", "-", "(N) ", "of", "tumor infiltrating ", "+ ", "\n"])))
def test_a_name_never_begins_behind_its_head(parts: list[str]) -> None:
    before = "".join(parts)
    text = before + "neurons"
    start = begin(text, len(before), {})
    assert 0 <= coordinated(text, start, {}) <= start <= len(before)
    assert not text[start : len(before)].startswith((" ", "\n"))


def test_hostile_words_take_no_longer() -> None:
    assert not is_modifier("A" + "hilo" * 5000 + "!")


def test_mentions_have_their_modifiers(nlp: Language) -> None:
    doc = nlp("Human CD146+ mesenchymal stem cells, but no non-mesenchymal stem cells, were given.")
    cells = [(span.text, span.kb_id_) for span in doc.spans["kg_mentions"] if span.label_ == "CellType"]
    assert cells == [("CD146+ mesenchymal stem cells", "CL:0000134")]
