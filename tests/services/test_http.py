"""The client against a server that misbehaves in every way that services do."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from requests_cache import CachedSession
from requests_cache.backends.sqlite import SQLiteCache

from kg.errors import NotFoundError, ServiceError
from kg.services import Client, ServiceSettings
from kg.services.adapter import retry_after
from kg.services.body import Kind, Unusable, check_body, expected
from tests.services.standin import FAULTS, StandIn

TRIAL = "https://clinicaltrials.gov/api/v2/studies/NCT00000001"
RECORD = {"protocolSection": {"identificationModule": {"nctId": "NCT00000001", "briefTitle": "A trial"}}}
Make = Callable[..., Client]


@pytest.fixture(autouse=True)
def _trial(stand_in: StandIn) -> None:
    stand_in.trials["NCT00000001"] = RECORD


def test_an_answer_and_who_asked(client: Client, stand_in: StandIn) -> None:
    answer = client.get(TRIAL, {"format": "json"}, wanted=expected(Kind.JSON))
    assert answer.json() == RECORD
    assert not answer.cached
    assert answer.url == TRIAL
    [served] = stand_in.served
    assert served.headers["User-Agent"].startswith("msc-kg/")
    assert "someone@example.org" in served.headers["User-Agent"]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_overcome_by_asking_again(client: Client, stand_in: StandIn, fault: str) -> None:
    stand_in.fault = lambda number: fault if number == 1 else None
    assert client.get(TRIAL, wanted=expected(Kind.JSON)).json() == RECORD
    assert len(stand_in.served) == (1 if fault == "wrong content type" else 2)


@pytest.mark.parametrize("fault", sorted(set(FAULTS) - {"wrong content type", "stall"}))
def test_a_lasting_fault_is_told_in_one_line_and_kept_nowhere(make_client: Make, stand_in: StandIn, fault: str) -> None:
    stand_in.fault = lambda number: fault
    client = make_client(attempts=3)
    with pytest.raises(ServiceError) as caught:
        client.get(TRIAL, wanted=expected(Kind.JSON))
    assert len(stand_in.served) == 3
    line = str(caught.value)
    assert line.startswith("clinicaltrials.gov: cannot be used: ")
    assert "kg build FILE" in line
    assert "\n" not in line
    stand_in.fault = lambda number: None
    assert not make_client().get(TRIAL, wanted=expected(Kind.JSON)).cached


def test_a_service_that_fails_three_times_in_a_row_is_not_asked_for_every_paper(
    make_client: Make, stand_in: StandIn
) -> None:
    stand_in.fault = lambda number: "503"
    client = make_client(attempts=2)
    for _ in range(5):
        with pytest.raises(ServiceError):
            client.get(TRIAL, wanted=expected(Kind.JSON))
    assert len(stand_in.served) == 6


def test_one_request_that_always_fails_does_not_cost_the_others(make_client: Make, stand_in: StandIn) -> None:
    honest = stand_in.answer

    def answer(path: str, fields: dict[str, str]) -> tuple[int, str, bytes]:
        return (500, "text/plain", b"no") if "bad" in fields else honest(path, fields)

    stand_in.answer = answer  # type: ignore[method-assign]
    client = make_client(attempts=2)
    for number in range(6):
        with pytest.raises(ServiceError):
            client.get(TRIAL, {"bad": str(number)}, wanted=expected(Kind.JSON))
        assert client.get(TRIAL, {"good": str(number)}, wanted=expected(Kind.JSON)).json() == RECORD


def test_large_answers_in_chunks_are_read(make_client: Make, stand_in: StandIn) -> None:
    stand_in.chunked = True
    stand_in.trials["NCT00000001"] = RECORD | {"long": "x" * 6_000_000}
    assert len(make_client().get(TRIAL, wanted=expected(Kind.JSON)).content) > 6_000_000
    stand_in.fault = lambda number: FAULTS[number] if number < len(FAULTS) else None
    client = make_client(attempts=12, refresh=True)
    assert len(client.get(TRIAL, wanted=expected(Kind.JSON)).content) > 6_000_000


def test_a_server_that_lets_its_answer_drip(make_client: Make, stand_in: StandIn) -> None:
    started = time.monotonic()
    stand_in.drip = 0.1
    with pytest.raises(ServiceError, match=r"more than 0 s"):
        make_client(attempts=1, patience=0.3).get(TRIAL, wanted=expected(Kind.JSON))
    assert time.monotonic() - started < 2


def test_who_asks_for_an_hour_is_left_for_another_run(make_client: Make, stand_in: StandIn) -> None:
    stand_in.retry_after = "3600"
    stand_in.fault = lambda number: "retry later"
    with pytest.raises(ServiceError, match="429"):
        make_client().get(TRIAL, wanted=expected(Kind.JSON))
    assert len(stand_in.served) == 1


def test_the_budget_of_a_run(make_client: Make, stand_in: StandIn) -> None:
    with pytest.raises(ServiceError, match="the time for this run is used up"):
        make_client(budget=-1.0).get(TRIAL, wanted=expected(Kind.JSON))
    assert stand_in.served == []


def test_a_cache_that_is_no_cache(settings: ServiceSettings) -> None:
    settings.cache.parent.mkdir(parents=True)
    settings.cache.write_bytes(b"this is no database, by a long way" * 100)
    with pytest.raises(ServiceError, match="delete the file"), Client(settings) as client:
        client.get(TRIAL, wanted=expected(Kind.JSON))


def test_a_service_that_cannot_be_reached(make_client: Make) -> None:
    client = make_client(mirror="http://127.0.0.1:9", attempts=2)
    with pytest.raises(ServiceError, match="the connection was refused") as caught:
        client.get(TRIAL, wanted=expected(Kind.JSON))
    assert "--offline" in str(caught.value)


def test_what_is_not_there(client: Client, stand_in: StandIn) -> None:
    with pytest.raises(NotFoundError):
        client.get(TRIAL + "9", wanted=expected(Kind.JSON))
    assert len(stand_in.served) == 1


def test_an_answer_is_asked_for_once(make_client: Make, stand_in: StandIn) -> None:
    first = make_client().get(TRIAL, {"format": "json"}, wanted=expected(Kind.JSON))
    again = make_client(offline=True, api_key=None, email=None).get(
        TRIAL, {"format": "json"}, wanted=expected(Kind.JSON)
    )
    assert again.content == first.content
    assert again.cached
    assert again.day == first.day
    assert len(stand_in.served) == 1
    make_client(refresh=True).get(TRIAL, {"format": "json"}, wanted=expected(Kind.JSON))
    assert len(stand_in.served) == 2


def test_forms_are_kept_apart_by_what_they_ask(make_client: Make, stand_in: StandIn) -> None:
    url = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/efetch.fcgi"
    client = make_client()
    one = client.post(url, {"db": "pubmed", "id": "11", "api_key": "secret"}, wanted=expected(Kind.XML))
    two = client.post(url, {"db": "pubmed", "id": "12", "api_key": "secret"}, wanted=expected(Kind.XML))
    assert one.content != two.content
    assert client.post(url, {"db": "pubmed", "id": "11", "api_key": "other"}, wanted=expected(Kind.XML)).cached


def test_the_key_is_not_in_the_cache(make_client: Make, settings: ServiceSettings) -> None:
    client = make_client()
    url = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/efetch.fcgi"
    client.post(url, {"db": "pubmed", "id": "11", **client.identity()}, wanted=expected(Kind.XML))
    with CachedSession(backend=SQLiteCache(settings.cache, serializer="json")) as session:
        [kept] = session.cache.responses.values()
    assert b"PubmedArticleSet" in kept.content
    assert b"db=pubmed" in kept.request.body
    assert "secret" not in f"{kept.request.body!r} {kept.request.url} {kept.request.headers} {kept.url}"
    assert "secret" not in repr(settings)


def test_offline_and_never_asked(make_client: Make) -> None:
    with pytest.raises(ServiceError, match="run once without --offline"):
        make_client(offline=True).get(TRIAL, wanted=expected(Kind.JSON))


def test_a_cache_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ServiceError, match="KG_CACHE"):
        Client(ServiceSettings(tmp_path / "file" / "http.sqlite"))


def test_waiting_grows_and_honours_retry_after(settings: ServiceSettings, stand_in: StandIn) -> None:
    waits: list[float] = []
    stand_in.fault = lambda number: "retry later" if number == 1 else "500" if number < 4 else None
    with Client(settings, sleep=waits.append) as client:
        client.get(TRIAL, wanted=expected(Kind.JSON))
    assert waits[0] == 1.0
    assert len(waits) == 3
    assert all(0 <= wait <= 30 for wait in waits)


def test_the_pace_is_kept(make_client: Make, stand_in: StandIn) -> None:
    client = make_client(pace=4.0)
    started = time.monotonic()
    for number in range(5):
        client.get(TRIAL, {"n": str(number)}, wanted=expected(Kind.JSON))
    assert time.monotonic() - started >= 0.9


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("7", 7.0),
        ("soon", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
        ("\u00b2", None),
        ("Thu, 01 Jan 1970 00:00:00 -0000", None),
        ("Thu, 01 Jan 99999999999999999999 00:00:00 GMT", None),
    ],
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert retry_after(value) == seconds


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"<html><body>Error</body></html>", Kind.TEXT),
        (b"<!DOCTYPE HTML PUBLIC ''><HTML>", Kind.XML),
        (b'{"a": ', Kind.JSON),
        (b"", Kind.JSON),
        (b"<a><b></a>", Kind.XML),
        (b"<a>", Kind.XML),
        (b"<b/>", Kind.XML),
        (b"<eFetchResult><ERROR>try later</ERROR></eFetchResult>", Kind.XML),
        (b'<?xml version="1.0"?><html xmlns="x"><body/></html>', Kind.XML),
        (b"\xef\xbb\xbf<html></html>", Kind.TEXT),
        (b"<!-- x -->" * 500 + b"<html></html>", Kind.TEXT),
        (b"null", Kind.JSON),
        (b"[]", Kind.JSON),
        (b'{"b": 1}', Kind.JSON),
        (b"[" * 100_000, Kind.JSON),
        (b'{"a": "\\ud800"}', Kind.JSON),
    ],
)
def test_a_body_that_is_not_what_was_asked_for(content: bytes, kind: Kind) -> None:
    with pytest.raises(Unusable):
        check_body(content, expected(kind, "a"))


def test_ncbi_allows_more_with_a_key(tmp_path: Path) -> None:
    host = "eutils.ncbi.nlm.nih.gov"
    assert ServiceSettings(tmp_path / "c").per_second(host) == 3.0
    assert ServiceSettings(tmp_path / "c", api_key="k").per_second(host) == 10.0
