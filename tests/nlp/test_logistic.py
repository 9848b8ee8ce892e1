from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import GroundingError
from kg.nlp.logistic import Logistic, load

MODEL = Logistic(("no", "yes"), (0.0, -1.0), {"title": (0.0, 2.0), "once": (0.5, 0.0)})
number = st.floats(-50, 50).map(lambda value: round(value, 2))


def test_probabilities_by_hand() -> None:
    found = MODEL.probabilities({"title": 1.0, "once": 0.5, "unknown": 9.0})
    yes = 1 / (1 + math.exp(0.25 - (-1.0 + 2.0)))
    assert found["yes"] == pytest.approx(yes)
    assert sum(found.values()) == pytest.approx(1)


@given(
    st.lists(number, min_size=3, max_size=3),
    st.dictionaries(st.text(max_size=8), st.lists(number, min_size=3, max_size=3), max_size=5),
)
def test_json_and_back(bias: list[float], weights: dict[str, list[float]]) -> None:
    model = Logistic(("a", "b", "c"), tuple(bias), {name: tuple(row) for name, row in weights.items()})
    assert Logistic.from_json(model.to_json()) == model
    assert Logistic.from_json(model.to_json()).to_json() == model.to_json()


@given(st.dictionaries(st.sampled_from(["title", "once", "x"]), st.floats(-1e6, 1e6), max_size=3))
def test_probabilities_never_overflow(features: dict[str, float]) -> None:
    found = MODEL.probabilities(features)
    assert sum(found.values()) == pytest.approx(1)
    assert all(0 <= value <= 1 for value in found.values())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"classes": ["a"], "bias": [0]}',
        '{"classes": ["a", "b"], "bias": [0, 0], "weights": {"x": [1]}}',
        '{"classes": ["a"], "bias": [0], "weights": []}',
    ],
)
def test_damaged(text: str, tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(GroundingError, match="cannot be read"):
        load(path)


def test_missing(tmp_path: Path) -> None:
    with pytest.raises(GroundingError, match="cannot be read"):
        load(tmp_path / "no.json")
