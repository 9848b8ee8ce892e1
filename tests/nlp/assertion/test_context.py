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


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "The medium restored the uterus, whereas the cells had no effect.",
            ["The medium restored the uterus", " the cells had no effect."],
        ),
        ("Thickness increased compared with saline.", ["Thickness increased", " saline."]),
        ("It recovered in young but not in old animals.", ["It recovered in young", " not in old animals."]),
        ("Nothing to cut.", ["Nothing to cut."]),
        ("", []),
    ],
)
def test_clauses(text: str, parts: list[str]) -> None:
    assert [text[a:b] for a, b in clauses(text, 0, len(text))] == parts


@given(st.text(alphabet="ab ,;.butwhereas", max_size=60))
def test_clauses_lie_in_the_sentence_in_order(text: str) -> None:
    found = clauses(text, 0, len(text))
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(a[1] <= b[0] for a, b in pairwise(found))
