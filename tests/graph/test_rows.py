from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest
from pyoxigraph import Literal, NamedNode, Store

from kg.errors import QueryError
from kg.graph import Rows, query
from kg.graph.ns import XSD


def test_rows_are_dicts_of_plain_values(store: Store) -> None:
    text = "SELECT ?x ?l (1 AS ?i) (0.5 AS ?d) (1e3 AS ?e) (true AS ?b) ?u { ?x rdfs:label ?l }"
    found = Rows(query(store, text, bind={"l": '"Gynatresia"@en'}))
    assert found.columns == ("x", "l", "i", "d", "e", "b", "u")
    assert list(found) == [
        {"x": "MESH:D006175", "l": "Gynatresia", "i": 1, "d": 0.5, "e": 1000.0, "b": True, "u": None}
    ]
    assert found[0]["x"] == "MESH:D006175"
    assert found[:1] == list(found)
    assert len(found) == 1
    assert found.terms[0][1] == Literal("Gynatresia", language="en")
    assert str(found).splitlines()[-1] == "1 row"
    assert repr(found) == "<Rows: 1 of x, l, i, d, e, b, u>"


def test_dates_and_malformed_numbers_stay_text(store: Store) -> None:
    text = 'SELECT ?y ?n { VALUES (?y ?n) { ("2020"^^xsd:gYear "many"^^xsd:integer) } }'
    assert list(Rows(query(store, text))) == [{"y": "2020", "n": "many"}]


def test_an_answer_and_triples_are_rows_too(store: Store) -> None:
    assert list(Rows(query(store, "ASK { MESH:D006175 a biolink:Disease }"))) == [{"answer": True}]
    made = Rows(query(store, "CONSTRUCT { ?x a ?y } WHERE { VALUES ?x { MESH:D006175 } ?x skos:broader ?y }"))
    assert list(made) == [{"subject": "MESH:D006175", "predicate": "rdf:type", "object": "MESH:D005831"}]
    assert made.terms[0][0] == NamedNode("http://id.nlm.nih.gov/mesh/D006175")


def test_without_rows_the_columns_stay(store: Store) -> None:
    none = Rows(query(store, "SELECT ?x ?y { ?x a MSCKG:Nothing ; rdfs:label ?y }"))
    assert not none
    assert none.columns == ("x", "y")
    assert str(none) == "x  y\n-  -\n0 rows"


def test_pandas_gets_rows_and_columns(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    frames: list[tuple[object, object]] = []
    fake = SimpleNamespace(DataFrame=lambda rows, columns: frames.append((rows, columns)))
    monkeypatch.setitem(sys.modules, "pandas", fake)
    Rows(query(store, "SELECT ?x (2 AS ?n) { VALUES ?x { MESH:D006175 } }")).to_pandas()
    assert frames == [([{"x": "MESH:D006175", "n": 2}], ["x", "n"])]


def test_without_pandas_one_line_says_what_to_do(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(QueryError, match=r"^pandas is not installed; install it: pip install pandas$"):
        Rows(query(store, f"SELECT ?x {{ ?x a <{XSD['string'].value}> }}")).to_pandas()
