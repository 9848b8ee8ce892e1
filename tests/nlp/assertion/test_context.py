from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.assertion.context import clauses, polarity_of


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Thickness increased in the treated horns.", "positive"),
        ("Fibrosis was reduced.", "positive"),
        ("Thickness did not increase.", "negative"),
        ("There was no significant improvement.", "negative"),
        ("The category was unchanged.", "negative"),
        ("The cells were non-inferior to the drug.", "positive"),
        ("No serious adverse events were seen.", None),
        ("Cells were prepared under GMP.", None),
    ],
)
def test_polarity(text: str, polarity: str | None) -> None:
    found = polarity_of(text)
    assert (found and str(found)) == polarity


def test_a_contrast_cuts_the_scope() -> None:
    text = "The medium restored the uterus, whereas the cells had no effect."
    assert [str(c.polarity) for c in clauses(text, 0, len(text))] == ["positive", "negative"]


def test_but_not_turns_the_polarity() -> None:
    text = "Thickness recovered in young but not in old animals."
    assert [str(c.polarity) for c in clauses(text, 0, len(text))] == ["positive", "negative"]


def test_the_other_side_of_a_comparison_says_nothing() -> None:
    text = "Thickness increased compared with saline."
    assert [c.polarity and str(c.polarity) for c in clauses(text, 0, len(text))] == ["positive", None]


@given(st.text(alphabet="ab ,;.butwhereas", max_size=60))
def test_clauses_lie_in_the_sentence_in_order(text: str) -> None:
    found = clauses(text, 0, len(text))
    assert all(0 <= c.start <= c.end <= len(text) for c in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
