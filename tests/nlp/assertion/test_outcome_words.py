from __future__ import annotations

import pytest

from kg.nlp.assertion.outcome_words import RESULT_CLASSES, word_classes


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("adhesion scores fell", ["BAD", "BAD", "DOWN"]),
        ("menses returned", ["GOOD", "BETTER"]),
        ("PRODUCT did not restore fertility", ["PRODUCT", "NEG", "BETTER", "GOOD"]),
        ("no better than saline", ["NEG", "BETTER", "THAN", "CONTROL"]),
        ("remains uncertain", ["SAME", "DOUBT"]),
        ("the same", ["SAME"]),
        ("nothing notable moreover", ["NEG"]),
        ("want wander riches", []),
        ("curettage fallopian healthy cyclophosphamide plants", []),
        ("cured and healed", ["BETTER", "BETTER"]),
    ],
)
def test_classes(text: str, classes: list[str]) -> None:
    assert word_classes(text.split()) == classes


def test_result_classes_are_classes() -> None:
    words = ["increased", "fell", "improved", "failed", "same", "not", "unclear", "may", "conclude"]
    assert set(word_classes(words)) == set(RESULT_CLASSES)
