from __future__ import annotations

import json

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.errors import QueryError
from kg.graph import Dataset, store_of
from kg.graph.protocol import negotiate, serialize_results

OFFERED = ("application/json", "text/csv", "text/turtle")


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/csv", "text/csv"),
        ("TEXT/CSV", "text/csv"),
        ("text/*", "text/csv"),
        ("text/csv;q=0.2, text/turtle;q=0.9", "text/turtle"),
        ("text/*;q=0.9, text/csv;q=0.1", "text/turtle"),
        ("image/png", "application/json"),
        ("text/csv;q=x, text/turtle;q=0.1", "text/turtle"),
    ],
)
def test_negotiation(accept: str, kind: str) -> None:
    assert negotiate(accept, OFFERED) == kind


@pytest.fixture
def store() -> Store:
    return store_of(Dataset((Quad(NamedNode("urn:s"), NamedNode("urn:p"), Literal("o"), NamedNode("urn:g")),)))


def test_rows_in_each_format(store: Store) -> None:
    query = "SELECT ?o WHERE { ?s ?p ?o }"
    body, kind = serialize_results(store, query, "")
    assert kind == "application/sparql-results+json"
    assert json.loads(body)["results"]["bindings"] == [{"o": {"type": "literal", "value": "o"}}]
    assert serialize_results(store, query, "text/csv") == (b"o\r\no\r\n", "text/csv")
    assert serialize_results(store, query, "text/tab-separated-values")[0] == b'?o\n"o"\n'
    assert b"<literal>o</literal>" in serialize_results(store, query, "application/sparql-results+xml")[0]


def test_triples_and_booleans(store: Store) -> None:
    body, kind = serialize_results(store, "CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples")
    assert (body, kind) == (b'<urn:s> <urn:p> "o" .\n', "application/n-triples")
    body, kind = serialize_results(store, "ASK { ?s ?p ?o }", "text/csv")
    assert json.loads(body)["boolean"] is True


@pytest.mark.parametrize(
    "query", ["INSERT DATA { <urn:a> <urn:b> 1 }", "SELECT * { SERVICE <urn:x> { ?s ?p ?o } }", "SELEC"]
)
def test_what_is_not_a_plain_query_is_refused(store: Store, query: str) -> None:
    with pytest.raises(QueryError):
        serialize_results(store, query, "")
