"""Bringing papers when the services do not give what was asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kg.config import CorpusSettings, Settings
from kg.corpus import LOCK, gather, read_lock
from kg.corpus.papers import Brought, Form, PaperFetcher
from kg.corpus.references import surname_first
from kg.corpus.store import CorpusStore, file_name
from kg.errors import ConfigError, ServiceError
from kg.services import Client
from kg.sources import read_documents
from tests.services.standin import FakePaper, StandIn, crossref_work, jats_article

Make = Callable[..., Client]
OPEN = FakePaper("An open paper", "Abstract.", "11", "101", "10.1000/a", "Body.")
CLOSED = FakePaper("A closed paper", "Abstract.", "12", "102", "10.1000/b")


@pytest.fixture
def notes() -> list[str]:
    return []


@pytest.fixture
def fetch(make_client: Make, tmp_path: Path, notes: list[str]) -> Callable[..., list[Brought]]:
    def bring(*curies: str, full_text: bool = True, insist: bool = False, **changes: object) -> list[Brought]:
        fetcher = PaperFetcher(make_client(**changes), CorpusStore(tmp_path / "store"), notes.append)
        return fetcher.bring(curies, full_text=full_text, insist=insist)

    return bring


def forms(brought: list[Brought]) -> list[tuple[str, Form]]:
    return [(one.asked[0], one.form) for one in brought if one.form is not Form.INDEX]


def test_a_closed_paper_is_not_asked_for_again(fetch, stand_in: StandIn, notes: list[str]) -> None:  # type: ignore[no-untyped-def]
    stand_in.papers = [OPEN, CLOSED]
    first = fetch("PMC:101", "PMC:102")
    assert forms(first) == [("PMC:101", Form.FULL_TEXT), ("PMC:102", Form.ABSTRACT)]
    asked = len(stand_in.served)
    assert fetch("PMC:101", "PMC:102", offline=True) == first
    assert (len(stand_in.served), notes) == (asked, [])


def test_one_broken_article_does_not_cost_its_neighbours(fetch, stand_in: StandIn, notes: list[str]) -> None:  # type: ignore[no-untyped-def]
    many = [replace(OPEN, pmid=str(n), pmcid=str(500 + n), doi=f"10.1000/{n}") for n in range(1, 46)]
    stand_in.papers = many
    honest = stand_in.answer

    def answer(path: str, fields: dict[str, str]) -> tuple[int, str, bytes]:
        status, kind, body = honest(path, fields)
        broken = fields.get("db") == "pmc" and "507" in fields["id"].split(",")
        return status, kind, body.replace(b"</article-title>", b"</article-titel>", 1) if broken else body

    stand_in.answer = answer  # type: ignore[method-assign]
    found = forms(fetch(*(f"PMC:{500 + n}" for n in range(1, 46)), attempts=2))
    assert [curie for curie, form in found if form is Form.ABSTRACT] == ["PMC:507"]
    assert len(found) == 45
    assert len(notes) == 1


def test_an_error_document_is_no_answer(fetch, stand_in: StandIn, notes: list[str]) -> None:  # type: ignore[no-untyped-def]
    stand_in.papers = [OPEN]
    honest, calls = stand_in.answer, []

    def answer(path: str, fields: dict[str, str]) -> tuple[int, str, bytes]:
        calls.append(path)
        if fields.get("db") == "pmc" and sum("efetch" in call for call in calls) == 1:
            return 200, "text/xml", b"<eFetchResult><ERROR>try again</ERROR></eFetchResult>"
        return honest(path, fields)

    stand_in.answer = answer  # type: ignore[method-assign]
    assert forms(fetch("PMC:101")) == [("PMC:101", Form.FULL_TEXT)]
    assert notes == []


def test_two_identifiers_of_one_paper(fetch, stand_in: StandIn) -> None:  # type: ignore[no-untyped-def]
    stand_in.papers = [OPEN]
    brought = fetch("PMID:11", "PMC:101", "doi:10.1000/a")
    assert [one.form for one in brought] == [Form.FULL_TEXT, Form.INDEX]
    assert brought[0].asked == ("PMID:11", "PMC:101", "doi:10.1000/a")


def test_an_answer_about_another_paper_is_not_taken(fetch, stand_in: StandIn) -> None:  # type: ignore[no-untyped-def]
    other = replace(CLOSED, doi="10.1000/other", pmid=None, pmcid=None, title="Another")
    stand_in.trials["NCT00000001"] = {"protocolSection": {"identificationModule": {"nctId": "NCT00000002"}}}
    stand_in.papers = []
    honest = stand_in.answer

    def answer(path: str, fields: dict[str, str]) -> tuple[int, str, bytes]:
        if "crossref" in path:
            return 200, "application/json", json.dumps({"message": crossref_work(other)}).encode()
        if path.endswith("fullTextXML"):
            return 200, "application/xml", jats_article(replace(OPEN, pmcid="777"), body="Body.").encode()
        if "idconv" in path:
            return 200, "application/json", b'{"records": []}'
        return honest(path, fields)

    stand_in.answer = answer  # type: ignore[method-assign]
    assert fetch("doi:10.1000/a", "PMC:101", "NCT:00000001", insist=True) == []


def test_a_full_text_as_bioc(fetch, stand_in: StandIn, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    bioc = (
        "<?xml version='1.0'?><collection><source>PMC</source><date/><key/><document><id>102</id>"
        "<passage><infon key='section_type'>TITLE</infon><infon key='article-id_pmc'>102</infon><offset>0</offset>"
        "<text>A closed paper</text></passage><passage><infon key='section_type'>RESULTS</infon><offset>15</offset>"
        "<text>Cells helped.</text></passage></document></collection>"
    )
    stand_in.papers = [CLOSED]
    honest = stand_in.answer

    def answer(path: str, fields: dict[str, str]) -> tuple[int, str, bytes]:
        return (200, "text/xml", bioc.encode()) if "BioC_xml" in path else honest(path, fields)

    stand_in.answer = answer  # type: ignore[method-assign]
    [full, _] = fetch("PMC:102", insist=True)
    assert (full.form, full.file.name) == (Form.FULL_TEXT, "PMC102.bioc.xml")
    [document] = read_documents(tmp_path / "store" / full.file.name)
    assert "Cells helped." in document.text


def test_a_refresh_that_fails_keeps_what_was_there(fetch, stand_in: StandIn) -> None:  # type: ignore[no-untyped-def]
    stand_in.papers = [OPEN]
    assert forms(fetch("PMC:101")) == [("PMC:101", Form.FULL_TEXT)]
    honest = stand_in.answer

    def answer(path: str, fields: dict[str, str]) -> tuple[int, str, bytes]:
        return (500, "text/plain", b"") if "efetch" in path else honest(path, fields)

    stand_in.answer = answer  # type: ignore[method-assign]
    assert forms(fetch("PMC:101", refresh=True, attempts=1)) == [("PMC:101", Form.FULL_TEXT)]


def test_a_match_is_checked_by_its_title(make_client: Make, stand_in: StandIn, tmp_path: Path) -> None:
    printed = (
        "<element-citation><name><surname>Maker</surname><given-names>Ann B</given-names></name><article-title>"
        "Cord cells in scars of the womb</article-title><source>Journal of Made-up Results</source><year>2021</year>"
        "<volume>7</volume><fpage>101</fpage></element-citation>"
    )
    review = FakePaper("A review", "Abstract.", "1", "900", "10.1000/r", "Body.", references=(printed,))
    for title, taken in (("Cord cells in scars of the womb", True), ("A survey of tractors in Ohio", False)):
        stand_in.papers = [review, replace(CLOSED, title=title)]
        corpus = gather(
            Settings("s", "S", (), corpus=CorpusSettings(("PMC:900",))), make_client(title), tmp_path / title
        )
        assert bool(corpus.lock.matches) is taken
    bdata = next(s.fields["bdata"] for s in stand_in.served if "bdata" in s.fields)
    assert bdata == "Journal of Made-up Results|2021|7|101|Maker AB|0|"
    assert surname_first(()) == ""


def test_a_lock_is_not_written_over_by_its_own_build(make_client: Make, stand_in: StandIn, tmp_path: Path) -> None:
    stand_in.papers = [OPEN, CLOSED]
    folder = tmp_path / "out"
    gather(Settings("s", "S", (), corpus=CorpusSettings(("PMC:101", "PMC:102"), depth=0)), make_client(), folder)
    before = (folder / LOCK).read_bytes()
    (folder / "corpus" / "PMID12.xml").unlink()
    corpus = gather(
        Settings("s", "S", (), corpus=CorpusSettings(lock=folder / LOCK)),
        make_client("empty", mirror="http://127.0.0.1:9", attempts=1),
        folder,
    )
    assert corpus.failures
    assert (folder / LOCK).read_bytes() == before


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "NCT:00000001?x=/../../evil"},
        {"id": 5},
        {"identifiers": ["PMC:1/../x"]},
        {"file": "index.jsonl"},
        {"file": "a/b"},
    ],
)
def test_a_lock_from_a_stranger(tmp_path: Path, changes: dict[str, object]) -> None:
    paper: dict[str, object] = {"id": "PMC:1", "identifiers": [], "relation": "primary", "form": "full text"}
    paper |= {"file": "PMC1.nxml", "source": "", "day": "", "sha256": "", "licence": None, **changes}
    rest = {"matches": [], "missing": [], "title": "", "description": "", "people": True, "files": []}
    (tmp_path / LOCK).write_text(json.dumps({"version": 1, "papers": [paper], **rest}))
    with pytest.raises(ConfigError, match="no lock file"):
        read_lock(tmp_path / LOCK)


def test_only_files_of_a_corpus_are_written(tmp_path: Path) -> None:
    store = CorpusStore(tmp_path)
    for name in ("../x", "a.txt", ".ssh", "PMC1.nxml/../../x"):
        with pytest.raises(ServiceError, match="no name of a file"):
            store.put(name, b"", source="", day="")
    with pytest.raises(ServiceError, match="no identifier"):
        file_name("NCT:1/../../x")
