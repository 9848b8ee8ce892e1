from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.errors import QueryError
from kg.graph import AskResult, SelectResult, TriplesResult, load_store, open_store, query, rdflib_graph, run_query
from kg.graph.query import check
from tests.graph.build import ASHERMAN

LABEL = 'SELECT ?x WHERE { ?x rdfs:label "Gynatresia"@en }'


def test_the_default_graph_is_the_union_and_prefixes_are_known(nquads: Path) -> None:
    result = query(open_store(nquads), LABEL)
    assert result == SelectResult(("x",), ((NamedNode("http://id.nlm.nih.gov/mesh/D006175"),),))


def test_a_triple_of_two_graphs_counts_once(tmp_path: Path) -> None:
    line = "<a:s> <a:p> <a:o> <a:g%d> .\n"
    (tmp_path / "graph.nq").write_text(line % 1 + line % 2)
    store = open_store(tmp_path / "graph.nq")
    assert run_query(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "csv") == "n\r\n1\r\n"
    assert run_query(store, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", "csv") == "n\r\n2\r\n"


def test_a_store_to_walk_through_holds_the_named_graphs_only(tmp_path: Path) -> None:
    line = "<a:s> <a:p> <a:o> <a:g%d> .\n"
    (tmp_path / "graph.nq").write_text(line % 1 + line % 2)
    store = load_store(tmp_path / "graph.nq")
    assert sorted(str(quad.graph_name) for quad in store) == ["<a:g1>", "<a:g2>"]


def test_ask_and_construct(store: Store) -> None:
    assert query(store, "ASK { MESH:D006175 skos:broader MESH:D005831 }") == AskResult(True)
    result = query(store, "CONSTRUCT { ?x skos:broader ?y } WHERE { ?x skos:broader ?y . ?x a biolink:Disease }")
    assert isinstance(result, TriplesResult)
    assert [triple.subject.value for triple in result.triples if isinstance(triple.subject, NamedNode)] == [
        "http://id.nlm.nih.gov/mesh/D006175",
        "http://id.nlm.nih.gov/mesh/D014591",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:b> <a:b> <a:b> }",
        "PREFIX a: <http://a#>\n# note\nDELETE WHERE { ?s ?p ?o }",
        "BASE <http://a/> LOAD <http://a>",
        "clear all",
        "WITH <http://g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_updates_are_refused(text: str) -> None:
    with pytest.raises(QueryError, match="updates are refused"):
        check(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }",
        "SELECT * { service?x{ ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT ?x { ?s ?p ?o } }",
        'SELECT * { ?s ?p "#" . SERVICE <http://a/> { ?s ?p ?o } }',
        "SELECT * { ?s a MSCKG:a\\#b . SERVICE <http://a/> { ?s ?p ?o } }",
        "SELECT * { FILTER(1<2) SERVICE <http://a/> { ?s ?p ?o } FILTER(3>2) }",
        "SELECT * { \\u0053ERVICE <http://a/> { ?s ?p ?o } }",
    ],
)
def test_calls_to_other_servers_are_refused(text: str) -> None:
    with pytest.raises(QueryError, match="SERVICE is refused"):
        check(text)


@pytest.mark.parametrize(
    "text",
    [
        'SELECT * { ?service rdfs:label "SERVICE of INSERT" } # SERVICE',
        "SELECT * { ?s <http://a/SERVICE> ?o ; MSCKG:service ?service }",
        "PREFIX insert: <http://a/>\nSELECT * { ?s insert:x ?o }",
        "SELECT ?load WHERE { ?s ?p ?load }",
        "SELECT * { ?s ?p '''it's a SERVICE ''' }",
    ],
)
def test_words_that_only_look_like_it_are_fine(store: Store, text: str) -> None:
    query(store, text)


def test_a_syntax_error_is_one_line_with_its_place(store: Store) -> None:
    with pytest.raises(QueryError) as raised:
        query(store, "SELECT ?x WHERE {\n  ?x rdfs:label }")
    assert str(raised.value).startswith("SPARQL syntax error at line 2, column ")
    assert "\n" not in str(raised.value)


def test_a_query_that_takes_too_long_is_given_up() -> None:
    big = Store()
    big.bulk_extend(Quad(NamedNode(f"a:{n}"), NamedNode("a:p"), Literal(n)) for n in range(2000))
    with pytest.raises(QueryError, match=r"took longer than 0\.02 seconds"):
        query(big, "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d }", seconds=0.02)


def test_a_missing_graph_names_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=r"no such graph; build the study"):
        open_store(tmp_path / "graph.nq")


def test_table_shows_curies_and_counts_rows(store: Store) -> None:
    assert run_query(store, LABEL) == "x\n------------\nMESH:D006175\n1 row\n"
    assert run_query(store, "SELECT ?x { ?x a MSCKG:Nothing }") == "x\n-\n0 rows\n"
    assert run_query(store, "ASK { ?s ?p ?o }") == "yes\n"


def test_table_wraps_wide_cells_and_drops_control_codes() -> None:
    small = Store()
    small.add(Quad(NamedNode("a:b"), NamedNode("a:p"), Literal("\x1b[31mred " + "word " * 30)))
    table = run_query(small, "SELECT ?s ?o { ?s ?p ?o }", width=60)
    assert "\x1b" not in table
    assert max(map(len, table.splitlines())) <= 60
    assert table.count("word") == 30


def test_csv_tsv_and_json_follow_the_recommendations(store: Store) -> None:
    text = "SELECT ?l ?n ?x { MESH:D006175 rdfs:label ?l BIND(1 AS ?n) OPTIONAL { ?l rdfs:label ?x } }"
    assert run_query(store, text, "csv") == "l,n,x\r\nGynatresia,1,\r\n"
    assert run_query(store, text, "tsv") == (
        '?l\t?n\t?x\n"Gynatresia"@en\t"1"^^<http://www.w3.org/2001/XMLSchema#integer>\t\n'
    )
    assert json.loads(run_query(store, text, "json")) == {
        "head": {"vars": ["l", "n", "x"]},
        "results": {
            "bindings": [
                {
                    "l": {"type": "literal", "value": "Gynatresia", "xml:lang": "en"},
                    "n": {"type": "literal", "value": "1", "datatype": "http://www.w3.org/2001/XMLSchema#integer"},
                }
            ]
        },
    }


def test_an_unknown_format_is_refused(store: Store) -> None:
    with pytest.raises(QueryError, match="formats: table, csv, tsv, json"):
        run_query(store, LABEL, "xml")


def test_rdflib_sees_the_union_too(store: Store) -> None:
    rows = list(
        rdflib_graph(store).query("SELECT ?x { ?x <http://www.w3.org/2000/01/rdf-schema#label> 'Gynatresia'@en }")
    )
    assert [str(row[0]) for row in rows] == ["http://id.nlm.nih.gov/mesh/" + ASHERMAN.partition(":")[2]]  # type: ignore[index]
