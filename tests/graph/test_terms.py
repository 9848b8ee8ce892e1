from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from kg.graph.ns import XSD
from kg.graph.terms import term_of

MESH = NamedNode("http://id.nlm.nih.gov/mesh/D007247")


@pytest.mark.parametrize(
    ("value", "term"),
    [
        ("MESH:D007247", MESH),
        (" MESH:D007247 ", MESH),
        ("<http://id.nlm.nih.gov/mesh/D007247>", MESH),
        ("http://id.nlm.nih.gov/mesh/D007247", MESH),
        (MESH, MESH),
        ("vocabulary:thin-endometrium", NamedNode("https://w3id.org/msc-kg/vocabulary/thin-endometrium")),
        ("MSCKG:vocabulary/thin-endometrium", NamedNode("https://w3id.org/msc-kg/vocabulary/thin-endometrium")),
        ("skos:broader", NamedNode("http://www.w3.org/2004/02/skos/core#broader")),
        ("doi:10.1000/a(b)<c>", NamedNode("https://doi.org/10.1000/a(b)%3Cc%3E")),
        ("allogeneic", Literal("allogeneic")),
        ("thin endometrium: a review", Literal("thin endometrium: a review")),
        ("1/2", Literal("1/2")),
        ('"MESH:D007247"', Literal("MESH:D007247")),
        ('"thin endometrium"@en', Literal("thin endometrium", language="en")),
        ("'it''s'", None),
        ('"2020"^^xsd:gYear', Literal("2020", datatype=XSD["gYear"])),
        ('""', Literal("")),
        ("5", Literal("5", datatype=XSD["integer"])),
        ("0.8", Literal("0.8", datatype=XSD["decimal"])),
        ("true", Literal("true", datatype=XSD["boolean"])),
        (5, Literal("5", datatype=XSD["integer"])),
        (0.8, Literal("0.8", datatype=XSD["decimal"])),
        (True, Literal("true", datatype=XSD["boolean"])),
    ],
)
def test_a_value_is_the_term_that_it_is_written_as(value: Any, term: object) -> None:
    if term is None:
        with pytest.raises(ValueError, match="no literal"):
            term_of(value)
    else:
        assert term_of(value) == term


@pytest.mark.parametrize(
    "value",
    [
        "MESH:",
        "MESH:uterus",
        "PMID:0",
        "foo:bar",
        "<a b>",
        "<nocolon>",
        "http://a b>",
        '"open',
        '"x" . <a:b> <a:c> "y"',
        '"x", "y"',
        '"x" ; <a:b> "y"',
        '"x"^^nothing:here',
        '"x" #',
        "half \ud800",
        '"half \ud800"',
        float("nan"),
        float("inf"),
        ["MESH:D007247"],
        b"MESH:D007247",
    ],
)
def test_what_is_malformed_is_refused(value: Any) -> None:
    if value == "http://a b>":  # text with a space is text
        assert term_of(value) == Literal(value)
        return
    with pytest.raises(ValueError):  # noqa: PT011 - each case has its own words
        term_of(value)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_a_literal_when_it_is_quoted(text: str) -> None:
    assert term_of(str(Literal(text))) == Literal(text)
