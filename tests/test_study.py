"""Asking a built study from Python."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import kg
from kg.graph import build_dataset, write_nquads
from kg.study import graph_file
from tests.conftest import Ran
from tests.graph.build import ASHERMAN, ONTOLOGY, PROVENANCE, THIN, study

CORD = "umbilical cord mesenchymal stem cells"


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the study of `tests.graph.build` as ``outputs/tiny``; the current folder of the test."""
    folder = tmp_path / "outputs" / "tiny"
    write_nquads(build_dataset(study(), ONTOLOGY, PROVENANCE), folder / "graph.nq")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_study_is_opened_by_name_or_folder(tiny: Path) -> None:
    for name in ("tiny", "outputs/tiny", tiny / "outputs" / "tiny"):
        assert kg.open_study(name).query("ASK { ?x a biolink:Disease }")[0] == {"answer": True}
    assert repr(kg.open_study("tiny")) == "<BuiltStudy 'outputs/tiny'>"
    with pytest.raises(kg.KGError, match=r"none: this study is not built; run 'kg build none' first"):
        kg.open_study("none")


def test_a_query_is_a_name_a_file_or_text(tiny: Path) -> None:
    built = kg.open_study("tiny")
    by_name = built.query("evidence-for-pair", {"product": "extracellular_vesicles", "disease": ASHERMAN})
    assert [(row["predicate"], row["start"]) for row in by_name] == [("biolink:beneficial_in_models_for", 76)]
    (tiny / "mine.rq").write_text("SELECT ?l { VALUES ?x { MESH:D005831 } ?x rdfs:label ?l }")
    for file in ("mine.rq", Path("mine.rq")):
        assert built.query(file, bind={"x": THIN})[0] == {"l": "thin endometrium"}
    assert built.query("SELECT ?l { ?x rdfs:label ?l }", bind={"x": ASHERMAN})[0] == {"l": "Gynatresia"}
    with pytest.raises(kg.KGError, match="no query has the name 'evidence-for-pairs'; kg query --list"):
        built.query("evidence-for-pairs")


def test_queries_tell_their_parameters(tiny: Path) -> None:
    known = {query.name: query for query in kg.open_study("tiny").queries()}
    assert [p.name for p in known["evidence-for-pair"].parameters] == ["product", "donor", "disease"]


def test_graph_file_takes_the_file_too(tiny: Path) -> None:
    file = tiny / "outputs" / "tiny" / "graph.nq"
    assert {graph_file(given).resolve() for given in ("tiny", file.parent, file)} == {file.resolve()}


def test_bind_on_the_command_line(tiny: Path, run: Callable[..., Ran]) -> None:
    ran = run(
        *("query", "evidence-for-pair", "--study", "tiny", "--format", "csv"),
        *("--bind", f"disease={ASHERMAN}", "--bind", "product=cells"),
    )
    assert ran.status == 0, ran.err
    assert [line.split(",")[0] for line in ran.out.splitlines()[1:]] == [CORD]
    anything = run("query", "evidence-for-pair", "--study", "tiny", "--format", "csv", "--bind", "disease=")
    assert len(anything.out.splitlines()) == 1 + 7


def test_parameters_on_the_command_line(tiny: Path, run: Callable[..., Ran]) -> None:
    told = run("query", "evidence-for-pair", "--parameters").out
    assert told.splitlines()[1:] == [
        "--bind donor=  # autologous, allogeneic or xenogeneic",
        "--bind disease=vocabulary:thin-endometrium  # the disease, for example MESH:D006175",
    ]
    assert run("query", "trials", "--parameters").out == "the query has no parameters\n"
    assert "[?root (MESH:D014591)]" in run("query", "--list").out


@pytest.mark.parametrize(
    ("pair", "status", "problem"),
    [
        ("illness=MESH:D006175", 1, "no variable ?illness; its parameters: ?product (any), ?donor (any), ?disease"),
        ("disease=MESH:", 1, "'MESH:' is no value for ?disease"),
        ("disease", 2, "'disease' is not NAME=VALUE"),
    ],
)
def test_a_wrong_value_is_one_line(tiny: Path, run: Callable[..., Ran], pair: str, status: int, problem: str) -> None:
    ran = run("query", "evidence-for-pair", "--study", "tiny", "--bind", pair)
    assert ran.status == status
    assert problem in ran.err
    assert status == 2 or ran.err.count("\n") == 1
