from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.intervention.normal import REACH, Taken, around, sentence_at

_STRETCH = st.tuples(st.integers(0, 60), st.integers(1, 8)).map(lambda p: (p[0], p[0] + p[1]))


@given(st.lists(_STRETCH, max_size=12), _STRETCH)
def test_free_is_what_no_taken_stretch_overlaps(stretches: list[tuple[int, int]], asked: tuple[int, int]) -> None:
    start, end = asked
    assert Taken(stretches).free(start, end) == all(end <= s or e <= start for s, e in stretches)


def test_sentence_at_leaves_the_gaps_between_sentences_out() -> None:
    sentences = [(2, 5), (6, 9)]
    assert [sentence_at(sentences, place) for place in (0, 2, 4, 5, 6, 8, 9)] == [None, 0, 0, None, 1, 1, None]


def test_around_is_the_sentence_where_it_is_short_and_a_window_where_it_is_long() -> None:
    assert around((10, 90), 40, 50) == (10, 90)
    assert around((0, 5000), 2000, 2010) == (2000 - REACH, 2010 + REACH)
