from __future__ import annotations

import pytest

from kg.graph import Parameter, competency_queries, parameters
from kg.graph.parameters import values_blocks

PAIR = """# Question: Which?
# ?b: the second one
SELECT ?x WHERE {
  VALUES (?a ?b) { (UNDEF "x y"@en) (5 <http://a/>) } # VALUES ?no { 1 }
  ?x ?a ?b .
}"""


def test_a_row_of_values_is_a_default_and_a_comment_describes_it() -> None:
    assert parameters(PAIR) == (
        Parameter("a", ("5",), ""),
        Parameter("b", ('"x y"@en', "<http://a/>"), "the second one"),
    )


def test_one_variable_needs_no_brackets() -> None:
    assert parameters("select * { values ?x { MESH:D014591 undef } ?x ?y ?z }") == (Parameter("x", ("MESH:D014591",)),)


def test_a_block_after_where_is_one_too() -> None:
    assert parameters("SELECT * { ?x ?y ?z } VALUES ?x { true }") == (Parameter("x", ("true",)),)


def test_a_block_of_a_subquery_is_one_where_a_comment_says_so() -> None:
    inner = "SELECT ?y { { SELECT ?y { VALUES ?x { 1 } ?x ?p ?y } } }"
    assert parameters("# ?x: which\n" + inner) == (Parameter("x", ("1",), "which"),)
    assert parameters("# ?y: which\n" + inner) == ()


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { OPTIONAL { VALUES ?x { 1 } ?x ?y ?z } }",
        "SELECT * { ?x ?y 'VALUES ?x { 1 }' }",
        "SELECT * { ?x ?y <http://a/VALUES> . # VALUES ?x { 1 }\n }",
        "SELECT * { ?values ?y ?z . FILTER(?values != 1) }",
        "SELECT * { VALUES () { () } ?x ?y ?z }",
        "SELECT * { VALUES (?x ?y) { (1) } }",
        "SELECT * { VALUES ?x",
        "VALUES } {",
        "",
    ],
)
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert parameters(text) == ()


def test_rows_that_become_the_same_are_one() -> None:
    (block,) = values_blocks('SELECT * { VALUES ?s { "a" "b" } }')
    assert block.with_values({"s": '"c"'}) == ' "c" '
    (block,) = values_blocks('SELECT * { VALUES (?s ?t) { ("a" 1) ("b" 2) ("b" 1) } }')
    assert block.with_values({"s": "UNDEF"}) == " (UNDEF 1) (UNDEF 2) "


def test_the_competency_queries_have_these() -> None:
    found = {query.name: [str(p) for p in query.parameters] for query in competency_queries() if query.parameters}
    assert found == {
        "concept-with-narrower": ["?root (MESH:D014591)"],
        "evidence-for-pair": ["?product (any)", "?donor (any)", "?disease (vocabulary:thin-endometrium)"],
        "preclinical-species": ['?study ("preclinical_in_vivo", "in_vitro")'],
    }
    assert all(p.description for query in competency_queries() for p in query.parameters)
