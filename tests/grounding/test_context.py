from __future__ import annotations

import pytest

from kg.grounding import Context
from kg.grounding.context import plural_forms
from kg.ontology.normalize import key


@pytest.mark.parametrize(
    ("short", "forms"),
    [("MSC", ("MSC", "MSCs")), ("MSCs", ("MSCs", "MSC")), ("IL-6", ("IL-6", "IL-6s")), ("abc", ("abc",))],
)
def test_plural_forms(short: str, forms: tuple[str, ...]) -> None:
    assert plural_forms(short) == forms


def test_the_first_definition_holds() -> None:
    context = Context("", [("TE", "thin endometrium"), ("TE", "tissue engineering")])
    assert context.long_form("TE") == "thin endometrium"
    assert context.long_form("TEs") == "thin endometrium"
    assert context.long_form("te") is None
    assert context.short_forms == ("TE", "TEs")


def test_words_of_the_document_are_normalised() -> None:
    context = Context("The endometria were thin; implantations failed.")
    assert context.has_words_of(key("thin implantation"))
    assert not context.has_words_of(key("thin endometrium"))


def test_genera_are_capitalised_words_before_lower_case_ones() -> None:
    context = Context("Staphylococcus aureus and Streptococcus pyogenes; Salmonella.")
    assert context.genera("S") == ("Staphylococcus", "Streptococcus")
    assert context.genera("E") == ()
