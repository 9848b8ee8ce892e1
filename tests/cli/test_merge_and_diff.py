from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.graph import build_dataset, write_nquads
from tests.conftest import Ran
from tests.graph.build import ONTOLOGY, PROVENANCE, mice, negative, primary, trial

Run = Callable[..., Ran]
OUTPUTS = ["evidence.csv", "graph.graphml", "graph.nq", "graph.ttl", "network.html"]


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two built studies, ``one`` and ``two``, that share a paper; the current folder of the test."""
    for name, documents in (("one", [primary(), mice()]), ("two", [trial(), mice(), negative()])):
        write_nquads(build_dataset(documents, ONTOLOGY, PROVENANCE), tmp_path / "outputs" / name / "graph.nq")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_merge_writes_a_study_that_can_be_asked_and_validated(run: Run, shelf: Path) -> None:
    ran = run("merge", "one", "two", "--name", "both")
    assert ran.status == 0, ran.err
    lines = ran.out.splitlines()
    assert lines[0].startswith("outputs/both: 2 studies, 4 papers (1 in several studies), ")
    assert lines[1:] == [
        "  PMID:1002 (one, two): taken from one, where it is related",
        *(f"  outputs/both/{name}" for name in OUTPUTS),
    ]
    assert sorted(path.name for path in (shelf / "outputs" / "both").iterdir()) == OUTPUTS
    page = (shelf / "outputs" / "both" / "network.html").read_text()
    assert "A tiny study + A tiny study" in page
    assert run("validate", "both").status == 0
    ran = run("query", "SELECT (COUNT(*) AS ?n) { ?p MSCKG:study_role ?r }", "--study", "both", "--format", "csv")
    assert ran.out.split() == ["n", "4"]


def test_merge_gives_the_same_bytes_in_any_order_and_place(run: Run, shelf: Path) -> None:
    assert run("merge", "one", "two", "--name", "both").status == 0
    ran = run("merge", "outputs/two/graph.nq", shelf / "outputs" / "one", "--name", "both", "-o", shelf / "elsewhere")
    assert ran.status == 0, ran.err
    for name in OUTPUTS:
        assert (shelf / "outputs" / "both" / name).read_bytes() == (shelf / "elsewhere" / name).read_bytes()


@pytest.mark.parametrize(
    ("arguments", "status", "problem"),
    [
        (("one", "--name", "both"), 2, "name at least two studies"),
        (("one", "two"), 2, "--name"),
        (("one", "outputs/one", "--name", "both"), 2, "a study is named twice"),
        (("one", "three", "--name", "both"), 1, "three: this study is not built"),
        (("one", "two", "--name", "a/b"), 1, "cannot be a folder name"),
        (("one", "two", "--name", "two"), 1, "holds a built study; give the merged one another --name"),
    ],
)
def test_merge_refuses_in_one_line(
    run: Run, shelf: Path, arguments: tuple[str, ...], status: int, problem: str
) -> None:
    before = (shelf / "outputs" / "two" / "graph.nq").read_bytes()
    ran = run("merge", *arguments)
    assert ran.status == status
    assert problem in ran.err
    assert status == 2 or ran.err.count("\n") == 1
    assert (shelf / "outputs" / "two" / "graph.nq").read_bytes() == before


def test_merge_leaves_a_study_that_was_built_alone(run: Run, shelf: Path) -> None:
    (shelf / "outputs" / "built").mkdir()
    (shelf / "outputs" / "built" / "run.json").write_text("{}")
    assert "holds a built study" in run("merge", "one", "two", "--name", "built").err


def test_merge_that_does_not_fit_writes_nothing(run: Run, shelf: Path) -> None:
    path = shelf / "outputs" / "two" / "graph.nq"
    path.write_text(path.read_text().replace('polarity> "positive"', 'polarity> "wonderful"'))
    ran = run("merge", "two", "one", "--name", "both")
    assert ran.status == 1
    assert "does not fit its shapes" in ran.err
    assert "build the studies again with this version" in ran.err
    assert not (shelf / "outputs" / "both").exists()


def test_diff_tells_as_text_and_as_json_and_is_no_failure(run: Run, shelf: Path) -> None:
    ran = run("diff", "one", "outputs/two/graph.nq")
    assert ran.status == 0, ran.err
    assert "papers: 2 appeared, 1 disappeared, 0 changed" in ran.out
    found = run("diff", "one", "two", "--format", "json")
    assert found.status == 0
    assert [paper["paper"] for paper in json.loads(found.out)["papers"]["disappeared"]] == ["doi:10.1000/primary"]
    assert run("diff", "one", "one").out.count("no difference") == 4
    assert run("diff", "one", "three").status == 1
