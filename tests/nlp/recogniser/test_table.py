from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.recogniser.table import Columns, Table


def lengths(keys: Sequence[str]) -> Columns:
    return np.array([[len(key), 1.0] for key in keys]).reshape(-1, 2), np.array([len(key) for key in keys], np.int64)


@given(st.lists(st.lists(st.text(alphabet="ab", max_size=4), max_size=6), max_size=8))
def test_rows_are_those_of_the_keys_whatever_was_forgotten(calls: list[list[str]]) -> None:
    table = Table(lengths, kept=3)
    for keys in calls:
        rows, numbers = table.fetch(keys)
        assert rows.tolist() == [[len(key), 1.0] for key in keys]
        assert numbers.tolist() == [len(key) for key in keys]


def test_a_row_is_made_once() -> None:
    made: list[str] = []

    def make(keys: Sequence[str]) -> Columns:
        made.extend(keys)
        return lengths(keys)

    table = Table(make)
    table.fetch(["a", "b", "a"])
    table.fetch([f"key {number}" for number in range(3000)])
    assert table.fetch(["b", "key 2999"])[1].tolist() == [1, 8]
    assert len(made) == len(set(made)) == 3002


def test_what_is_fetched_may_be_changed() -> None:
    table = Table(lengths)
    table.fetch(["a"])[0][:] = 7
    assert table.fetch(["a"])[0].tolist() == [[1.0, 1.0]]
