"""Effects of an intervention on cell types, sentence by sentence."""

from __future__ import annotations

import pytest

from tests.nlp.pipeline import annotate

GRANULOSA, MACROPHAGE, NEUTROPHIL, T_CELL = "CL:0000501", "CL:0000235", "CL:0000775", "CL:0000084"
TITLE = "UC-MSCs for thin endometrium in rats"


def stated(sentence: str) -> set[tuple[str, str, str | None, bool]]:
    doc = annotate(TITLE, sentence)
    found = [a for a in doc._.kg_assertions if a["predicate"] == "biolink:affects"]
    for effect in found:
        [evidence] = effect["evidence"]
        assert doc.text[evidence["start"] : evidence["end"]] == sentence
        assert effect["subject"] == 0
    return {(a["object"], a["aspect"], a["direction"], a["negated"]) for a in found}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("UC-MSCs reduced apoptosis of granulosa cells.", {(GRANULOSA, "cell_death", "decreased", False)}),
        ("UC-MSCs inhibited T cell proliferation in vitro.", {(T_CELL, "proliferation", "decreased", False)}),
        (
            "UC-MSCs promoted the proliferation and migration of endometrial stromal cells.",
            {("CL:0002255", "proliferation", "increased", False), ("CL:0002255", "migration", "increased", False)},
        ),
        (
            "UC-MSCs reduced the number of neutrophils and macrophages.",
            {(NEUTROPHIL, "abundance", "decreased", False), (MACROPHAGE, "abundance", "decreased", False)},
        ),
        (
            "UC-MSCs protected granulosa cells against apoptosis.",
            {(GRANULOSA, "cell_death", "decreased", False)},
        ),
        ("UC-MSCs rescued granulosa cells.", {(GRANULOSA, "survival", "increased", False)}),
        ("UC-MSCs polarised macrophages towards M2.", {(MACROPHAGE, "polarization", None, False)}),
        ("UC-MSCs led to a reduction in macrophage infiltration.", {(MACROPHAGE, "infiltration", "decreased", False)}),
        ("Apoptosis of granulosa cells was inhibited by UC-MSCs.", {(GRANULOSA, "cell_death", "decreased", False)}),
        ("Macrophages were fewer after UC-MSCs.", {(MACROPHAGE, "abundance", "decreased", False)}),
        (
            "After infusion of UC-MSCs, neutrophils decreased in the lavage.",
            {(NEUTROPHIL, "abundance", "decreased", False)},
        ),
        (
            "UC-MSCs reversed the increase in macrophages.",
            {(MACROPHAGE, "abundance", "decreased", False)},
        ),
        ("UC-MSCs did not reduce macrophage infiltration.", {(MACROPHAGE, "infiltration", "decreased", True)}),
    ],
)
def test_a_stated_effect(sentence: str, expected: set[tuple[str, str, str | None, bool]]) -> None:
    assert stated(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "We tested whether UC-MSCs reduce apoptosis of granulosa cells.",
        "UC-MSCs may reduce apoptosis of granulosa cells.",
        "UC-MSCs were injected to reduce apoptosis of granulosa cells.",
        "UC-MSCs were compared with saline, which increased apoptosis of granulosa cells.",
        "UC-MSCs were given whereas tacrolimus inhibited T cell proliferation.",
        "UC-MSCs were added to activated T cells.",
        "UC-MSCs and macrophages were cultured together.",
        "UC-MSCs lowered cytokines in macrophages.",
    ],
)
def test_no_effect_is_stated(sentence: str) -> None:
    assert stated(sentence) == set()


def test_an_effect_that_two_sentences_state_is_one_with_two_pieces_of_evidence() -> None:
    doc = annotate(TITLE, "UC-MSCs reduced macrophage infiltration. Macrophage infiltration was reduced by UC-MSCs.")
    [effect] = [a for a in doc._.kg_assertions if a["predicate"] == "biolink:affects"]
    assert [doc.text[e["start"] : e["end"]] for e in effect["evidence"]] == [
        "UC-MSCs reduced macrophage infiltration.",
        "Macrophage infiltration was reduced by UC-MSCs.",
    ]
