from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph import literals
from kg.graph.ns import XSD


@pytest.mark.parametrize(
    ("value", "lexical", "datatype"),
    [
        ("2026", "2026", "gYear"),
        ("2026-02", "2026-02", "gYearMonth"),
        ("2026-02-26", "2026-02-26", "date"),
        ("2026-02-26T10:00:00+00:00", "2026-02-26", "date"),
        ("2026-02-30", "2026-02", "gYearMonth"),
        ("2026-13", "2026", "gYear"),
        ("2026-13-01", "2026", "gYear"),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(value: str, lexical: str, datatype: str) -> None:
    made = literals.date(value)
    assert made is not None
    assert (made.value, made.datatype) == (lexical, XSD[datatype])


@pytest.mark.parametrize("value", ["", "0000", "spring 2026", "26"])
def test_no_year_no_date(value: str) -> None:
    assert literals.date(value) is None


@pytest.mark.parametrize(
    ("value", "lexical"), [(1.0, "1.0"), (0.0, "0.0"), (0.9, "0.9"), (1 / 3, "0.3333"), (0.00001, "0.0")]
)
def test_decimals_keep_four_digits(value: float, lexical: str) -> None:
    assert literals.decimal(value).value == lexical


@given(st.floats(0, 1))
def test_a_decimal_is_near_its_number(value: float) -> None:
    assert abs(float(literals.decimal(value).value) - value) <= 0.00005 + 1e-9
