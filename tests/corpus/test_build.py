"""``kg build PMC4000`` from end to end, over a server that speaks as the services do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import kg
from tests.corpus.review import REFERENCES
from tests.services.standin import FAULTS, StandIn

COMPARED = ("graph.nq", "graph.ttl", "evidence.csv", "network.html", "graph.graphml", "report.md", "corpus.lock.json")


@pytest.fixture
def run(stand_in: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("KG_MIRROR", stand_in.address)
    monkeypatch.chdir(tmp_path)

    def invoke(cache: str, *arguments: str) -> Result:
        monkeypatch.setenv("KG_CACHE", str(tmp_path / cache))
        return CliRunner().invoke(kg, ["build", *arguments], catch_exceptions=False)

    return invoke


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in COMPARED}


def test_from_an_identifier_to_a_graph(run, stand_in: StandIn, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    clean = run("one", "PMC4000", "--jobs", "1")
    assert clean.exit_code == 0, clean.output
    folder = tmp_path / "outputs" / "PMC4000"
    assert f"{REFERENCES} documents" in clean.output
    report = (folder / "report.md").read_text()
    assert f"| {REFERENCES} | {REFERENCES} | {REFERENCES - 1} | {REFERENCES - 1} |" in report
    assert "A thesis that no service has ever heard of: no identifier found" in report
    assert "## Retracted papers" in report
    turtle = (folder / "graph.ttl").read_text()
    assert turtle.count("cito:citesAsEvidence") >= 1
    asked = len(stand_in.served)

    again = run("one", "PMC4000", "--jobs", "1", "--offline")
    assert "is up to date" in again.output
    assert len(stand_in.served) == asked

    # The lock file brings the same graph elsewhere.
    (tmp_path / "mailed").mkdir()
    lock = shutil.copy(folder / "corpus.lock.json", tmp_path / "mailed")
    mailed = run("three", str(lock), "--name", "PMC4000", "--jobs", "1", "-o", "elsewhere")
    assert mailed.exit_code == 0, mailed.output
    assert contents(tmp_path / "elsewhere") == contents(folder)

    # The same corpus while the services fail in every way: not a byte is different.
    before = contents(folder)
    stand_in.served.clear()
    stand_in.fault = lambda number: FAULTS[number // 2 % len(FAULTS)] if number % 2 == 0 else None
    faulty = run("two", "PMC4000", "--jobs", "1", "-o", "faulty")
    assert faulty.exit_code == 0, faulty.output
    assert {served.fault for served in stand_in.served} > {None, "bomb", "truncated"}
    assert contents(tmp_path / "faulty") == before
