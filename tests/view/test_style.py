from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.view.style import (
    BY_KIND,
    DIRECTIONS,
    LABEL_LINES,
    MAX_SIZE,
    MIN_SIZE,
    PAPER_SIZE,
    Tier,
    label_priority,
    node_size,
    plain,
    tier,
    wrap_label,
)


def test_kinds_differ_in_colour_and_in_shape() -> None:
    for theme in ("light", "dark", "shape"):
        assert len({getattr(style, theme) for style in BY_KIND.values()}) == len(BY_KIND)
    assert len({style.arrow for style in DIRECTIONS.values()}) == len(DIRECTIONS)


@pytest.mark.parametrize(
    ("study_type", "expected"),
    [
        ("clinical_trial", Tier.CLINICAL),
        ("observational", Tier.CLINICAL),
        ("preclinical_in_vivo", Tier.PRECLINICAL),
        ("in_vitro", Tier.PRECLINICAL),
        ("review", Tier.OTHER),
        ("something new", Tier.OTHER),
        (None, Tier.OTHER),
    ],
)
def test_tier(study_type: str | None, expected: Tier) -> None:
    assert tier(study_type) is expected


def test_size_grows_with_rank_between_its_limits() -> None:
    assert node_size("Disease", 0.0, 0.4) == MIN_SIZE
    assert node_size("Disease", 0.1, 0.4) == pytest.approx((MIN_SIZE + MAX_SIZE) / 2)
    assert node_size("Disease", 0.4, 0.4) == MAX_SIZE
    assert node_size("Disease", 0.0, 0.0) == MIN_SIZE
    assert node_size("Paper", 0.4, 0.4) == PAPER_SIZE


def test_labels_of_interventions_come_before_those_of_papers() -> None:
    assert label_priority("Intervention", 10, 5) > label_priority("CellType", 10, 5) > label_priority("Paper", 10, 5)


def test_wrap_label_breaks_at_words() -> None:
    assert wrap_label("thin endometrium") == ("thin endometrium",)
    assert wrap_label("mesenchymal stem cell of umbilical cord") == ("mesenchymal stem cell", "of umbilical cord")
    assert wrap_label("one two three four five", width=9) == ("one two", "three", "four five")
    assert wrap_label("one two three four five six seven", width=9)[-1] == "four fiv…"
    assert wrap_label("") == ("",)


def test_plain_drops_what_could_turn_the_text_around() -> None:
    assert plain("a\u202eb\u0000c\nd\ud800") == "abc d"


@given(st.text(max_size=300), st.integers(min_value=4, max_value=40))
def test_wrapped_lines_fit(text: str, width: int) -> None:
    lines = wrap_label(text, width)
    assert 1 <= len(lines) <= LABEL_LINES
    assert all(len(line) <= width for line in lines)
    if "…" not in lines[-1]:
        assert "".join(lines).replace(" ", "") == plain(text).replace(" ", "")
