from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.occurrences import occurrences


@given(st.text(alphabet="aB_-é1 (", max_size=40), st.text(alphabet="aB-é1", min_size=1, max_size=3))
def test_the_places_are_those_of_the_expression(text: str, surface: str) -> None:
    pattern = re.compile(r"(?<!\w)" + re.escape(surface) + r"(?!\w)")
    assert list(occurrences(text, surface)) == [match.span() for match in pattern.finditer(text)]
