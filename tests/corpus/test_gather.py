"""From one identifier to 58 references, against services that speak the real formats, also when they misbehave."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kg.config import CorpusSettings, InputSpec, Settings
from kg.corpus import LOCK, Corpus, Form, gather, read_lock
from kg.errors import ConfigError, ServiceError
from kg.model import Relation
from kg.services import Client
from tests.corpus.review import CITED, REFERENCES, REVIEW
from tests.services.standin import FAULTS, StandIn, jats_article

Make = Callable[..., Client]


def wanted(*papers: str, **more: object) -> Settings:
    return Settings("s", "S", (), corpus=CorpusSettings(papers or ("PMC:4000",), **more))  # type: ignore[arg-type]


def files(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted((folder / "corpus").iterdir())}


def locked(corpus: Corpus) -> list[tuple[str, str, str]]:
    return [(p.id, p.relation.value, p.form) for p in corpus.lock.papers if p.form != Form.INDEX]


def test_a_paper_and_everything_that_it_cites(make_client: Make, stand_in: StandIn, tmp_path: Path) -> None:
    corpus = gather(wanted(), make_client(), tmp_path / "out")
    assert corpus.failures == ()
    found = locked(corpus)
    assert found[0] == ("PMC:4000", "primary", "full text")
    assert len(found) == REFERENCES  # the review and 57 of its 58 references
    forms = [form for _, relation, form in found if relation == "cited"]
    indexed = [paper for paper in corpus.lock.papers if paper.form == Form.INDEX]
    assert len(indexed) == 1 + sum(paper.body is not None for paper in CITED)
    assert forms.count("full text") == sum(paper.body is not None for paper in CITED)
    assert corpus.lock.missing == ()
    methods = [match.method for match in corpus.lock.matches]
    assert methods.count("ecitmatch") == sum(n % 6 == 4 for n in range(1, REFERENCES))
    assert methods.count("crossref") == sum(n % 6 == 5 for n in range(1, REFERENCES))
    assert all(match.confidence >= 0.9 for match in corpus.lock.matches)
    assert {spec.relation for spec in corpus.settings.inputs} == {Relation.PRIMARY, Relation.CITED}
    assert all(spec.path.is_file() for spec in corpus.settings.inputs)
    # Lists of ids go in one request, not one a paper; only references without any id are looked up one by one.
    alone = sum(n % 6 == 5 for n in range(1, REFERENCES)) + 1
    assert len(stand_in.served) <= 13 + alone


def test_a_second_run_asks_nothing_and_changes_nothing(make_client: Make, stand_in: StandIn, tmp_path: Path) -> None:
    first = gather(wanted(), make_client(), tmp_path / "out")
    before, asked = files(tmp_path / "out"), len(stand_in.served)
    again = gather(wanted(), make_client(), tmp_path / "out")
    offline = gather(wanted(), make_client(offline=True), tmp_path / "elsewhere")
    assert len(stand_in.served) == asked
    assert again == first
    assert files(tmp_path / "out") == before
    kept = {name: sha for name, sha in before.items() if name != "index.jsonl"}
    assert {name: sha for name, sha in files(tmp_path / "elsewhere").items() if name != "index.jsonl"} == kept
    assert offline.lock == first.lock


def test_every_second_request_fails_and_nothing_is_different(
    make_client: Make, stand_in: StandIn, tmp_path: Path
) -> None:
    clean = gather(wanted(), make_client("one"), tmp_path / "clean")
    stand_in.served.clear()
    stand_in.fault = lambda number: FAULTS[number // 2 % len(FAULTS)] if number % 2 == 0 else None
    faulty = gather(wanted(), make_client("two"), tmp_path / "faulty")
    assert {served.fault for served in stand_in.served} >= set(FAULTS)
    assert faulty.failures == ()
    assert faulty.lock == clean.lock
    assert files(tmp_path / "faulty") == files(tmp_path / "clean")


def test_an_interrupted_run_goes_on_where_it_stopped(make_client: Make, stand_in: StandIn, tmp_path: Path) -> None:
    class Stopped(Client):
        def post(self, url, data, *, wanted):  # type: ignore[no-untyped-def]
            if "ecitmatch" in url:
                raise KeyboardInterrupt
            return super().post(url, data, wanted=wanted)

    client = make_client()
    stopped = Stopped(client.settings, sleep=lambda seconds: None)
    with pytest.raises(KeyboardInterrupt):
        gather(wanted(), stopped, tmp_path / "out")
    stopped.close()
    before = [(s.path, s.fields) for s in stand_in.served]
    assert before
    gather(wanted(), make_client(), tmp_path / "out")
    asked = [(s.path, json.dumps(s.fields)) for s in stand_in.served]
    assert len(asked) == len(set(asked))  # nothing was asked twice


def test_the_lock_brings_the_same_papers_elsewhere(make_client: Make, stand_in: StandIn, tmp_path: Path) -> None:
    first = gather(wanted(), make_client(), tmp_path / "out")
    (tmp_path / "mailed").mkdir()
    shutil.copy(tmp_path / "out" / LOCK, tmp_path / "mailed" / LOCK)
    by_lock = Settings("t", "T", (), corpus=CorpusSettings(lock=tmp_path / "mailed" / LOCK))
    again = gather(by_lock, make_client("other"), tmp_path / "new")
    assert again.failures == ()
    assert again.lock == first.lock == read_lock(tmp_path / "new" / LOCK)
    assert {k: v for k, v in files(tmp_path / "new").items() if k != "index.jsonl"} == {
        k: v for k, v in files(tmp_path / "out").items() if k != "index.jsonl"
    }


def test_a_paper_that_changed_since_it_was_locked_is_told(make_client: Make, stand_in: StandIn, tmp_path: Path) -> None:
    gather(wanted(depth=0), make_client(), tmp_path / "out")
    lock = json.loads((tmp_path / "out" / LOCK).read_text())
    lock["papers"][0]["sha256"] = "0" * 64
    (tmp_path / "mailed").mkdir()
    (tmp_path / "mailed" / LOCK).write_text(json.dumps(lock))
    by_lock = Settings("t", "T", (), corpus=CorpusSettings(lock=tmp_path / "mailed" / LOCK))
    with pytest.raises(ServiceError, match="it has changed"):
        gather(by_lock, make_client(), tmp_path / "new")


def test_a_lock_from_a_stranger_names_no_file_elsewhere(tmp_path: Path) -> None:
    paper: dict[str, object] = {"id": "PMC:1", "identifiers": [], "relation": "primary", "form": "full text"}
    paper |= {"file": "../../x"}
    paper |= {"source": "", "day": "", "sha256": "", "licence": None}
    path = tmp_path / LOCK
    rest = {"matches": [], "missing": [], "title": "", "description": "", "people": True, "files": []}
    path.write_text(json.dumps({"version": 1, "papers": [paper], **rest}))
    with pytest.raises(ConfigError, match="no lock file"):
        read_lock(path)


def test_limits(make_client: Make, tmp_path: Path) -> None:
    assert len(locked(gather(wanted(depth=0), make_client(), tmp_path / "a"))) == 1
    assert len(locked(gather(wanted(max_documents=10), make_client(), tmp_path / "b"))) == 10
    abstracts = gather(wanted(full_text=False), make_client(), tmp_path / "c")
    assert {form for _, relation, form in locked(abstracts) if relation == "cited"} == {"abstract"}


def test_a_file_and_what_it_cites(make_client: Make, tmp_path: Path) -> None:
    path = tmp_path / "mine.nxml"
    path.write_text(jats_article(REVIEW, body=REVIEW.body))
    settings = Settings("s", "S", (InputSpec(path),), corpus=CorpusSettings(depth=1))
    corpus = gather(settings, make_client(), tmp_path / "out")
    assert corpus.settings.inputs[0].path == path
    assert len(locked(corpus)) == REFERENCES - 1


def test_a_doi_that_only_pubmed_knows(make_client: Make, stand_in: StandIn, tmp_path: Path) -> None:
    stand_in.papers = [replace(CITED[1], in_europe_pmc=False)]
    corpus = gather(wanted(f"doi:{CITED[1].doi}"), make_client(), tmp_path / "out")
    [paper] = corpus.lock.papers
    assert (paper.file, paper.form) == (f"PMID{CITED[1].pmid}.xml", "abstract")
    assert corpus.failures == ()


def test_nobody_has_it(make_client: Make, tmp_path: Path) -> None:
    with pytest.raises(ServiceError, match="PMC:999: no service has it"):
        gather(wanted("PMC:999"), make_client(), tmp_path / "out")
    corpus = gather(wanted("PMC:999", "PMC:4000", depth=0), make_client(), tmp_path / "out")
    assert corpus.failures == ("PMC:999: no service has it",)
    assert [paper for paper, _, _ in locked(corpus)] == ["PMC:4000"]


def test_without_network(make_client: Make, tmp_path: Path) -> None:
    client = make_client(mirror="http://127.0.0.1:9", attempts=1)
    with pytest.raises(ServiceError, match="kg build FILE"):
        gather(wanted(), client, tmp_path / "out")


def test_one_service_that_is_down_stops_nothing_else(make_client: Make, stand_in: StandIn, tmp_path: Path) -> None:
    honest = stand_in.answer

    def answer(path: str, fields: dict[str, str]) -> tuple[int, str, bytes]:
        if "crossref" in path or "idconv" in path:
            return 500, "text/plain", b"down"
        return honest(path, fields)

    stand_in.answer = answer  # type: ignore[method-assign]
    corpus = gather(wanted(), make_client(attempts=2), tmp_path / "out")
    assert len(corpus.lock.papers) > REFERENCES // 2
    assert {line.partition(":")[0] for line in corpus.failures} == {"api.crossref.org", "pmc.ncbi.nlm.nih.gov"}


def test_a_lock_is_not_refreshed(make_client: Make, tmp_path: Path) -> None:
    gather(wanted(depth=0), make_client(), tmp_path / "out")
    by_lock = Settings("t", "T", (), corpus=CorpusSettings(lock=tmp_path / "out" / LOCK))
    with pytest.raises(ConfigError, match="--refresh"):
        gather(by_lock, make_client(refresh=True), tmp_path / "new")


def test_two_steps_of_references(make_client: Make, stand_in: StandIn, tmp_path: Path) -> None:
    deeper = "<element-citation><pub-id pub-id-type='pmid'>90001</pub-id></element-citation>"
    far = replace(CITED[1], pmid="90001", doi="10.1000/far", title="A far paper", retracted=False)
    near = replace(CITED[5], references=(deeper,))
    assert near.body is not None
    stand_in.papers = [REVIEW, *(near if paper is CITED[5] else paper for paper in CITED), far]
    one = gather(wanted(), make_client(), tmp_path / "one")
    two = gather(wanted(depth=2), make_client(), tmp_path / "two")
    assert {paper for paper, _, _ in locked(two)} - {paper for paper, _, _ in locked(one)} == {"PMID:90001"}
