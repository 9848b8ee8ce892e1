from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.exports.cells import cell

TEXT = st.text(alphabet=st.characters(codec="utf-8"))


def test_values() -> None:
    assert cell(None) == ""
    assert cell(True) == "true"
    assert cell(False) == "false"
    assert cell(12) == "12"
    assert cell(0.85) == "0.85"
    assert cell("a|b\tc\r\nd") == "a|b c  d"
    assert cell(("a|b", "c\nd")) == "a¦b|c d"
    assert cell("\x85\u2028\u2029\x00\x1f") == "     "


@given(TEXT)
def test_a_text_stays_on_its_line_with_its_length(text: str) -> None:
    written = cell(text)
    assert len(written) == len(text)
    assert "\t" not in written
    assert written.splitlines() in ([], [written])


@given(st.lists(TEXT, min_size=1).map(tuple))
def test_as_many_values_come_back(values: tuple[str, ...]) -> None:
    assert [len(each) for each in cell(values).split("|")] == [len(each) for each in values]
