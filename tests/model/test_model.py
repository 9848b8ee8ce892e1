from __future__ import annotations

import dataclasses

import pytest

from kg import model
from kg.model import (
    Assertion,
    Document,
    DonorRelation,
    Evidence,
    Intervention,
    Paper,
    Passage,
    Polarity,
    ProductKind,
    Qualifiers,
    Section,
    StudyType,
)


def intervention(label: str = "x", donor: DonorRelation | None = None) -> Intervention:
    return Intervention(ProductKind.CELLS, "CL:0000134", None, donor, label)


def assertion(polarity: Polarity = Polarity.POSITIVE, document: str = "1") -> Assertion:
    evidence = Evidence(document, f"PMID:{document}", "S.", 0, 2, Section.ABSTRACT, StudyType.REVIEW, "rule", 0.5)
    return Assertion(
        "MSCKG:intervention/1", "biolink:studied_to_treat", "MESH:D007247", polarity, Qualifiers(), (evidence,)
    )


def test_a_product_is_the_same_under_any_label_and_another_with_another_donor() -> None:
    assert intervention("a").id == intervention("b").id
    assert intervention().id != intervention(donor=DonorRelation.AUTOLOGOUS).id


def test_an_assertion_of_two_papers_is_one_with_two_pieces_of_evidence() -> None:
    one, two = assertion(document="1"), assertion(document="2")
    assert one.id == two.id
    assert one.evidence[0].id != two.evidence[0].id


def test_polarity_makes_another_assertion() -> None:
    assert assertion(Polarity.POSITIVE).id != assertion(Polarity.NEGATIVE).id


def test_the_title_is_the_first_passage() -> None:
    paper = Paper("PMID:1", "T")
    assert Document("1", paper, "T\nA", (Passage(Section.TITLE, 0, 1), Passage(Section.ABSTRACT, 2, 3))).title == "T"
    assert Document("1", paper, "\nA", (Passage(Section.ABSTRACT, 1, 2),)).title == ""


@pytest.mark.parametrize(("date", "year"), [("2026-02-26", 2026), ("1999", 1999), (None, None)])
def test_the_year_of_a_paper(date: str | None, year: int | None) -> None:
    assert Paper("PMID:1", "T", date=date).year == year


def test_every_type_between_stages_is_frozen_and_slotted() -> None:
    types = [t for t in vars(model).values() if isinstance(t, type) and dataclasses.is_dataclass(t)]
    assert len(types) >= 15
    for kind in types:
        assert kind.__dataclass_params__.frozen, kind  # type: ignore[attr-defined]
        assert "__slots__" in vars(kind), kind
