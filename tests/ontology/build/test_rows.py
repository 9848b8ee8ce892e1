from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import OntologyError
from kg.model import TermKind
from kg.ontology.build.rows import ConceptRow, TermRow, id_key, looks_like_acronym, make_slice, tidy


def test_tidy_folds_apostrophes_and_spaces() -> None:
    assert tidy(" Asherman\u2019s\u00a0 syndrome\n") == "Asherman's syndrome"


@given(st.text())
def test_tidy_is_idempotent_and_leaves_one_line(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    assert not set("\t\n\r") & set(once)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("AIDS", True), ("HIV-1", True), ("cGVHD", True), ("Aids", False), ("AIDS Virus", False), ("scar", False)],
)
def test_acronyms_are_told_by_form(text: str, expected: bool) -> None:
    assert looks_like_acronym(text) is expected


def test_ids_sort_by_letter_and_number() -> None:
    assert sorted(["D10", "C9", "D9", "10", "9"], key=id_key) == ["9", "10", "C9", "D9", "D10"]


def test_slice_is_sorted_and_free_of_doubles() -> None:
    made = make_slice(
        "cl",
        "CL",
        [ConceptRow("2", "b", parents=("1",)), ConceptRow("1", "a")],
        [
            TermRow("2", TermKind.EXACT, "cl", "B"),
            TermRow("2", TermKind.EXACT, "cl", "second  b"),
            TermRow("2", TermKind.RELATED, "cl", "Second b"),
            TermRow("1", TermKind.RELATED, "cl", "AB-1"),
        ],
    )
    assert [row.local_id for row in made.concepts] == ["1", "2"]
    assert made.terms == (
        TermRow("1", TermKind.ACRONYM, "cl", "AB-1"),
        TermRow("2", TermKind.EXACT, "cl", "second b"),
    )


@pytest.mark.parametrize(
    ("concepts", "terms"),
    [
        ([ConceptRow("1", "a"), ConceptRow("1", "b")], []),
        ([ConceptRow("1", "a", parents=("2",))], []),
        ([ConceptRow("1", "a", obsolete=True, replaced_by="2")], []),
        ([ConceptRow("1", "a")], [TermRow("2", TermKind.EXACT, "cl", "x")]),
    ],
)
def test_dangling_and_double_ids_are_refused(concepts: list[ConceptRow], terms: list[TermRow]) -> None:
    with pytest.raises(OntologyError, match="cl"):
        make_slice("cl", "CL", concepts, terms)
