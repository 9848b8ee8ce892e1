from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kg.view.separation import GAP, overlapping, separate, separate_groups

BOXES = st.lists(
    st.tuples(st.integers(-200, 200), st.integers(-200, 200), st.integers(1, 150), st.integers(1, 90)), max_size=25
)


def clash(a: tuple[int, ...], b: tuple[int, ...], gap: float) -> bool:
    """Whether two boxes (x, y, width, height) lie nearer than a gap, half a px left out."""
    return all(abs(a[axis] - b[axis]) < (a[axis + 2] + b[axis + 2]) / 2 + gap - 0.5 for axis in (0, 1))


@given(BOXES, st.sampled_from([0.0, GAP, 70.0]))
def test_overlapping_finds_what_a_comparison_of_all_pairs_finds(boxes: list[tuple[int, ...]], gap: float) -> None:
    array = np.array(boxes, dtype=np.float64).reshape(-1, 4)
    first, second = overlapping(array[:, :2], array[:, 2:], gap)
    expected = {(i, j) for i, j in itertools.combinations(range(len(boxes)), 2) if clash(boxes[i], boxes[j], gap)}
    assert set(zip(first.tolist(), second.tolist(), strict=True)) == expected
    assert len(first) == len(expected)


@given(BOXES)
def test_boxes_that_may_move_end_without_an_overlap(boxes: list[tuple[int, ...]]) -> None:
    array = np.array(boxes, dtype=np.float64).reshape(-1, 4)
    points = separate(array[:, :2], array[:, 2:])
    assert not len(overlapping(points, array[:, 2:])[0])


def test_boxes_that_are_clear_stay_where_they_are() -> None:
    points = np.array([[0.0, 0.0], [100.0, 0.0]])
    assert separate(points, np.full((2, 2), 10.0)).tolist() == points.tolist()


def test_separate_leaves_what_is_fixed_and_parts_what_stands_on_one_spot() -> None:
    points = separate(np.zeros((4, 2)), np.full((4, 2), 10.0), fixed=1)
    assert points[0].tolist() == [0.0, 0.0]
    gaps = [np.abs(points[i] - points[j]).max() for i, j in itertools.combinations(range(4), 2)]
    assert min(gaps) >= 10.0


@given(BOXES, st.lists(st.integers(0, 3), min_size=25, max_size=25))
def test_groups_end_apart_and_keep_their_form(boxes: list[tuple[int, ...]], groups: list[int]) -> None:
    array = np.array(boxes, dtype=np.float64).reshape(-1, 4)
    numbers = sorted(set(groups[: len(boxes)]))
    group = np.array([numbers.index(g) for g in groups[: len(boxes)]], dtype=np.intp)
    points = separate_groups(array[:, :2], array[:, 2:], group, gap=30.0)
    first, second = overlapping(points, array[:, 2:], 30.0)
    assert (group[first] == group[second]).all()
    for number in range(len(numbers)):
        moved = (points - array[:, :2])[group == number]
        assert np.allclose(moved, moved[0])


def test_groups_reach_into_each_others_hollows() -> None:
    # A corner of three boxes, and one box that stands in its hollow.
    points = np.array([[0.0, 0.0], [100.0, 0.0], [0.0, 100.0], [60.0, 60.0]])
    boxes = np.full((4, 2), 20.0)
    assert separate_groups(points, boxes, np.array([0, 0, 0, 1]), gap=20.0).tolist() == points.tolist()
