from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.grounding.tfidf import GramIndex, gram_codes, padded

NAMES = ["cancer ovarian", "breast cancer", "failure heart", "failure renal", "asthma"]


def test_grams_stay_inside_words() -> None:
    grams = [chr(c >> 16) + chr(c >> 8 & 255) + chr(c & 255) for c in gram_codes(padded("ab cd")).tolist()]
    assert grams == [" ab", "ab ", " cd", "cd "]


@pytest.mark.parametrize("name", ["", " ", "é"])
def test_short_strings_give_few_grams(name: str) -> None:
    assert len(gram_codes(padded(name))) == bool(name.strip())


def test_the_same_name_is_nearest_with_cosine_one() -> None:
    index = GramIndex(GramIndex.build(NAMES))
    row, cosine = index.best("failure heart", 3)[0]
    assert NAMES[row] == "failure heart"
    assert cosine == pytest.approx(1.0, abs=1e-5)


def test_nothing_in_common_gives_nothing() -> None:
    assert GramIndex(GramIndex.build(NAMES)).best("xyz", 3) == []
    assert GramIndex(GramIndex.build([])).best("asthma", 3) == []


@given(st.lists(st.sampled_from(["renal", "failure", "acute", "heart"]), min_size=1, max_size=4))
def test_the_order_of_words_does_not_count(words: list[str]) -> None:
    index = GramIndex(GramIndex.build(NAMES))
    forwards, backwards = index.best(" ".join(words), 5), index.best(" ".join(reversed(words)), 5)
    assert [row for row, _ in forwards] == [row for row, _ in backwards]
