from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from kg.serve import Limits, QueryWorkers, create_app

ROWS = "SELECT ?o WHERE { ?s ?p ?o } ORDER BY ?o LIMIT 1"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h }"
"""A cross product of four: about a day's work on the fixture's graph."""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("study")
    lines = [f'<urn:s{n}> <urn:p> "{n:04}" <urn:g> .\n' for n in range(2000)]
    (folder / "graph.nq").write_text("".join(lines), encoding="utf-8")
    (folder / "network.html").write_text("<p>network</p>", encoding="utf-8")
    (folder / "secret.txt").write_text("secret", encoding="utf-8")
    workers = QueryWorkers(folder / "graph.nq", limits=Limits(seconds=2.0, bytes=20_000), workers=1)
    try:
        yield TestClient(create_app(folder, workers, hosts=("testserver",)))
    finally:
        workers.close()


def test_all_three_ways_to_ask(client: TestClient) -> None:
    plain = {"Content-Type": "application/sparql-query", "Accept": "text/csv"}
    answers = [
        client.get("/query", params={"query": ROWS}, headers={"Accept": "text/csv"}),
        client.post("/query", data={"query": ROWS}, headers={"Accept": "text/csv"}),
        client.post("/query", content=ROWS.encode(), headers=plain),
    ]
    for answer in answers:
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"].startswith("text/csv")
        assert answer.text == "o\r\n0000\r\n"


def test_json_is_the_default(client: TestClient) -> None:
    answer = client.get("/query", params={"query": ROWS})
    assert answer.headers["content-type"] == "application/sparql-results+json"
    assert answer.json()["results"]["bindings"][0]["o"]["value"] == "0000"


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("SELEC ?s", "syntax error at line 1"),
        ("DROP ALL", "updates are refused"),
        ("SELECT * WHERE { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE is refused"),
        ("SELECT * WHERE { ?s ?p ?o }", "add a LIMIT"),
    ],
)
def test_a_refused_query_says_why(client: TestClient, query: str, problem: str) -> None:
    answer = client.get("/query", params={"query": query})
    assert answer.status_code == 400
    assert problem in answer.text


def test_updates_are_forbidden_by_either_protocol_form(client: TestClient) -> None:
    update = "INSERT DATA { <urn:a> <urn:b> <urn:c> }"
    assert client.post("/query", data={"update": update}).status_code == 403
    headers = {"Content-Type": "application/sparql-update"}
    assert client.post("/query", content=update.encode(), headers=headers).status_code == 403


@pytest.mark.parametrize(
    ("params", "status"), [("", 400), ("query=" + "%23" * 100_001, 413), ("query=ASK{}&query=ASK{}", 400)]
)
def test_a_request_against_the_protocol_is_refused(client: TestClient, params: str, status: int) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/query", content=params.encode(), headers=headers).status_code == status


def test_a_query_past_its_time_is_stopped_and_the_next_one_answered(client: TestClient) -> None:
    answer = client.get("/query", params={"query": ENDLESS})
    assert answer.status_code == 503
    assert "stopped after 2 s" in answer.text
    assert client.get("/query", params={"query": ROWS}).status_code == 200


def test_a_body_without_end_is_cut_off(client: TestClient) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(1000):
            yield b"#" * 10_000

    headers = {"Content-Type": "application/sparql-query"}
    assert client.post("/query", content=endless(), headers=headers).status_code == 413


def test_the_page_and_the_outputs_are_served_and_nothing_else(client: TestClient) -> None:
    page = client.get("/")
    assert "SPARQL" in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert client.get("/network.html").text == "<p>network</p>"
    assert client.get("/secret.txt").status_code == 404
    assert client.get("/../secret.txt").status_code == 404
    assert {"name", "question", "text"} == set(client.get("/queries.json").json()[0])
    # The study of these tests has no report and no table: the page must not link to what is missing.
    linked = client.get("/outputs.json").json()
    assert {"file": "network.html", "name": "Network"} in linked
    assert [client.get(f"/{each['file']}").status_code for each in linked] == [200] * len(linked)
    assert "report.md" not in {each["file"] for each in linked}


def test_another_host_name_is_refused(client: TestClient) -> None:
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400
