from __future__ import annotations

import pytest

from kg.nlp.assertion.anaphora import pointed_at
from kg.nlp.assertion.mentions import ProductMention

FIRST = "Cells from fat and cells from cord were compared."


def read(second: str) -> list[tuple[str, int]]:
    text = f"{FIRST} {second}"
    cut = len(FIRST)
    sentences = [(0, cut), (cut + 1, len(text))]
    products = [ProductMention(0, 14, 0), ProductMention(19, 34, 1)]
    return [(text[m.start : m.end], m.index) for m in pointed_at(text, sentences, products)]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ("The former healed.", [("The former", 0)]),
        ("Only the latter healed.", [("the latter", 1)]),
        ("Both products healed.", [("Both products", 0), ("Both products", 1)]),
        ("Neither of them healed.", [("Neither of them", 0), ("Neither of them", 1)]),
        ("Both groups of authors agree.", [("Both groups", 0), ("Both groups", 1)]),
        ("Both eyes healed.", []),
    ],
)
def test_pointers(second: str, expected: list[tuple[str, int]]) -> None:
    assert read(second) == expected


def test_one_product_needs_no_pointer() -> None:
    assert pointed_at("Cells. The latter.", [(0, 6), (7, 18)], [ProductMention(0, 5, 0)]) == []


def test_the_two_named_last_where_no_sentence_names_two() -> None:
    text = "Fat cells. Cord cells. The former healed."
    found = pointed_at(text, [(0, 10), (11, 22), (23, 41)], [ProductMention(0, 9, 0), ProductMention(11, 21, 1)])
    assert [m.index for m in found] == [0]


def test_many_pointers_take_linear_time() -> None:
    """A thousand sentences with a pointer each took 40 s when every pointer looked through all before it."""
    sentence = "Fat cells and cord cells. Both cell types healed. "
    text = sentence * 1000
    sentences, products = [], []
    for at in range(0, len(text), len(sentence)):
        sentences += [(at, at + 25), (at + 26, at + 49)]
        products += [ProductMention(at, at + 9, 0), ProductMention(at + 14, at + 24, 1)]
    assert len(pointed_at(text, sentences, products)) == 2000
