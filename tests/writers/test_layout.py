from __future__ import annotations

from collections.abc import Iterator

from kg.model import AnnotatedDocument
from kg.writers import Layout
from tests.writers.documents import small

LAYOUT = Layout(lambda annotated: annotated.document.id, head="[", between=",", tail="]")


def test_head_between_and_tail() -> None:
    assert "".join(LAYOUT.pieces([])) == "[]"
    assert "".join(LAYOUT.pieces([small()])) == "[7|a]"
    assert "".join(LAYOUT.pieces([small(), small(), small()])) == "[7|a,7|a,7|a]"


def test_a_layout_of_blocks_alone_writes_nothing_else() -> None:
    assert "".join(Layout(lambda annotated: "x\n").pieces([small(), small()])) == "x\nx\n"


def test_documents_are_taken_one_by_one() -> None:
    taken = 0

    def documents() -> Iterator[AnnotatedDocument]:
        nonlocal taken
        for _ in range(3):
            taken += 1
            yield small()

    pieces = LAYOUT.pieces(documents())
    assert [next(pieces), next(pieces)] == ["[", "7|a"]
    assert taken == 1
    assert [next(pieces), next(pieces)] == [",", "7|a"]
    assert taken == 2
