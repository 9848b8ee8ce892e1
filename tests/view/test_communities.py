from __future__ import annotations

import numpy as np

from kg.view.communities import Links, between, communities, fixed_seed, inside


def two_triangles() -> Links:
    """0, 2 and 4 are linked, 1, 3 and 5 are, and 4 with 5."""
    ends = np.array([[0, 2], [2, 4], [0, 4], [1, 3], [3, 5], [1, 5], [4, 5]], dtype=np.intp)
    return Links(6, ends, np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.5]))


def test_communities() -> None:
    with fixed_seed(1):
        group = communities(two_triangles())
    assert group[0] == group[2] == group[4]
    assert group[1] == group[3] == group[5]
    assert sorted(set(group.tolist())) == [0, 1]


def test_lines_between_two_groups_are_one() -> None:
    outer = between(two_triangles(), np.array([0, 1, 0, 1, 2, 2]))
    assert outer.count == 3
    # 0-2 is in group 0, 1-3 in 1; 2-4 and 0-4 go from 0 to 2, 3-5 and 1-5 from 1 to 2; 4-5 is in 2.
    assert outer.ends.tolist() == [[0, 2], [1, 2]]
    assert outer.weights.tolist() == [5.0, 11.0]


def test_a_graph_of_one_group_has_no_lines_between() -> None:
    outer = between(two_triangles(), np.zeros(6, dtype=np.intp))
    assert (outer.count, outer.ends.tolist(), outer.weights.tolist()) == (1, [], [])


def test_lines_inside_are_numbered_within_the_group() -> None:
    first, second = inside(two_triangles(), np.array([0, 1, 0, 1, 0, 1]))
    assert first[0].tolist() == [0, 2, 4]
    assert second[0].tolist() == [1, 3, 5]
    for _, links in (first, second):
        assert links.count == 3
        assert links.ends.tolist() == [[0, 1], [1, 2], [0, 2]]
    assert first[1].weights.tolist() == [1.0, 2.0, 3.0]
    assert second[1].weights.tolist() == [4.0, 5.0, 6.0]


def test_a_group_without_lines() -> None:
    ends = np.array([[0, 1]], dtype=np.intp)
    found = list(inside(Links(3, ends, np.ones(1)), np.array([0, 0, 1])))
    assert [(members.tolist(), links.ends.tolist()) for members, links in found] == [([0, 1], [[0, 1]]), ([2], [])]
