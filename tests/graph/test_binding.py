from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.errors import QueryError
from kg.graph import AskResult, SelectResult, TriplesResult, query
from kg.graph.results import friendly

PARAMETER = "SELECT ?x WHERE { VALUES (?d ?p) { (MESH:D006175 UNDEF) } ?x skos:broader ?d ; rdfs:label ?p }"


def rows(store: Store, text: str, bind: Mapping[str, Any]) -> list[tuple[str, ...]]:
    result = query(store, text, bind=bind)
    assert isinstance(result, SelectResult)
    return [tuple(friendly(cell) for cell in row) for row in result.rows]


def test_a_parameter_gets_the_value_in_place_of_its_default(store: Store) -> None:
    assert rows(store, PARAMETER, {}) == []
    assert rows(store, PARAMETER, {"d": "MESH:D005831", "p": '"Gynatresia"@en'}) == [("MESH:D006175",)]
    assert sorted(rows(store, PARAMETER, {"?d": "MESH:D005831"})) == [("MESH:D006175",), ("MESH:D014591",)]


@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_takes_a_default_away(store: Store, nothing: str | None) -> None:
    text = "SELECT ?x { VALUES ?d { MESH:D006175 } ?x skos:broader ?d . ?x a biolink:Disease }"
    assert len(rows(store, text, {"d": nothing})) == 2


def test_another_variable_restricts_the_query(store: Store) -> None:
    text = "SELECT ?x ?d WHERE { ?x skos:broader ?d . FILTER EXISTS { ?x a biolink:Disease } }"
    assert len(rows(store, text, {})) == 2
    assert rows(store, text, {"x": "MESH:D006175"}) == [("MESH:D006175", "MESH:D005831")]
    unseen = "SELECT ?l { ?x rdfs:label ?l }"
    assert rows(store, unseen, {"x": "MESH:D006175"}) == [("Gynatresia",)]
    assert rows(store, unseen, {"x": "MESH:D006175", "l": None}) == [("Gynatresia",)]


def test_groups_and_other_forms_of_queries(store: Store) -> None:
    count = "SELECT ?d (COUNT(?x) AS ?n) { ?x skos:broader ?d } GROUP BY ?d"
    assert rows(store, count, {"d": "MESH:D005831"}) == [("MESH:D005831", "2")]
    exists = "SELECT (EXISTS { ?x a ?y } AS ?z) ?x { ?x rdfs:label ?l }"
    assert rows(store, exists, {"x": "MESH:D006175"}) == [("true", "MESH:D006175")]
    assert query(store, "ASK { ?x a biolink:Cell }", bind={"x": "MESH:D006175"}) == AskResult(False)
    for text in ("CONSTRUCT { ?x a ?y } WHERE { ?x skos:broader ?y }", "CONSTRUCT { ?x a ?y } { ?x skos:broader ?y }"):
        made = query(store, text, bind={"x": "MESH:D006175"})
        assert isinstance(made, TriplesResult)
        assert [str(t.object) for t in made.triples] == ["<http://id.nlm.nih.gov/mesh/D005831>"]
    described = query(store, "DESCRIBE ?x WHERE { ?x skos:broader ?y }", bind={"x": "MESH:D006175"})
    assert isinstance(described, TriplesResult)
    assert {str(t.subject) for t in described.triples} == {"<http://id.nlm.nih.gov/mesh/D006175>"}


def test_a_variable_of_the_outer_query_can_be_bound_beside_a_subquery(store: Store) -> None:
    text = "SELECT ?x WHERE { { SELECT ?x { ?x skos:broader ?y } } ?x rdfs:label ?l }"
    assert rows(store, text, {"x": "MESH:D006175"}) == [("MESH:D006175",)]
    with pytest.raises(QueryError, match=r"\?y may be a variable of a subquery"):
        query(store, text, bind={"y": "MESH:D005831"})


@pytest.mark.parametrize(
    ("text", "bind", "message"),
    [
        (PARAMETER, {"e": 1}, "the query has no variable ?e; its parameters: ?d (MESH:D006175), ?p (any)"),
        (
            "SELECT ?x { ?x a ?y }",
            {"e": 1},
            "the query has no variable ?e; it has no parameters; its variables: ?x, ?y",
        ),
        ("ASK { <a:a> a <a:b> }", {"e": 1}, "no variable ?e; it has no parameters; its variables: none"),
        (PARAMETER, {"d": "MESH:x"}, "'MESH:x' is no value for ?d: it is no identifier of MESH; write a CURIE"),
        (PARAMETER, {"d": "MESH:x"}, "its parameters: ?d (MESH:D006175), ?p (any)"),
        (PARAMETER, {"d": "infertility"}, "?d: it takes an identifier, such as MESH:D006175"),
        ('ASK { VALUES ?x { "a" } ?y ?z ?x }', {"x": "CL:0000134"}, 'it takes a plain value, such as "a"'),
        ("SELECT (COUNT(?x) AS ?n) { ?x a ?y }", {"n": 1}, "the query computes ?n"),
        ("CONSTRUCT WHERE { ?x a ?y }", {"x": "CL:0000134"}, "no WHERE to bind a variable in"),
        ("SELECT ?x {\n ?x a }", {"x": "CL:0000134"}, "SPARQL syntax error at line 2, column 8"),
        ("DELETE WHERE { ?x a ?y }", {"x": "CL:0000134"}, "updates are refused"),
    ],
)
def test_what_cannot_be_bound_is_told_in_one_line(store: Store, text: str, bind: dict[str, Any], message: str) -> None:
    with pytest.raises(QueryError) as raised:
        query(store, text, bind=bind)
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_value_stays_one_term(text: str) -> None:
    small = Store()
    small.add(Quad(NamedNode("a:s"), NamedNode("a:p"), Literal(text)))
    small.add(Quad(NamedNode("a:t"), NamedNode("a:p"), Literal(text + "x")))
    for pattern in ("SELECT ?s { ?s <a:p> ?o }", "SELECT ?s { VALUES ?o { 'y' } ?s <a:p> ?o }"):
        assert rows(small, pattern, {"o": Literal(text)}) == [("a:s",)]


@pytest.mark.parametrize(
    "text", ['"} INSERT DATA { <a:a> <a:a> <a:a> }', "\\u0022 } UNION { ?s ?p ?o } #", "' } #", "{ ?x }", "\\", "\n"]
)
def test_text_that_looks_like_sparql_is_text(text: str) -> None:
    small = Store()
    small.add(Quad(NamedNode("a:s"), NamedNode("a:p"), Literal("other")))
    assert rows(small, "SELECT ?s { ?s <a:p> ?o }", {"o": Literal(text)}) == []
