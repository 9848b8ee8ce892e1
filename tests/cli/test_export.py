from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.graph import build_dataset, write_nquads
from tests.conftest import Ran
from tests.graph.build import ONTOLOGY, PROVENANCE, study

Run = Callable[..., Ran]


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = tmp_path / "outputs" / "tiny"
    write_nquads(build_dataset(study(), ONTOLOGY, PROVENANCE), folder / "graph.nq")
    return folder


def test_export_writes_and_names_the_files(run: Run, built: Path, tmp_path: Path) -> None:
    ran = run("export", built, "--format", "kgx-tsv", "-o", tmp_path / "out" / "mine")
    assert ran.status == 0, ran.err
    files = [tmp_path / "out" / "mine_nodes.tsv", tmp_path / "out" / "mine_edges.tsv"]
    assert ran.out.split() == [str(file) for file in files]
    assert all(file.is_file() for file in files)


def test_an_unknown_format_is_one_line_with_the_formats(run: Run, built: Path, tmp_path: Path) -> None:
    ran = run("export", built, "--format", "excel", "-o", tmp_path / "out")
    assert ran.status == 1
    assert ran.err.startswith("kg: unknown format 'excel'; formats: kgx-tsv, ")
    assert ran.err.count("\n") == 1


def test_a_study_that_is_not_built_is_one_line(run: Run, tmp_path: Path) -> None:
    ran = run("export", tmp_path / "nowhere", "--format", "cx2", "-o", tmp_path / "out")
    assert (ran.status, ran.err.count("\n")) == (1, 1)
    assert "this study is not built" in ran.err


def test_help_lists_the_formats_and_where_mentions_are(run: Run) -> None:
    ran = run("export", "--help")
    assert ran.status == 0
    for name in ("kgx-tsv", "kgx-jsonl", "cx2", "neo4j", "nanopub", "jsonld", "nquads", "turtle", "graphml", "csv"):
        assert f"\n    {name} " in ran.out
    assert "PubTator and BioC files use kg annotate" in " ".join(ran.out.split())


@pytest.mark.parametrize("name", ["turtle", "csv", "cx2"])
def test_an_output_of_the_study_is_not_written_over(run: Run, built: Path, name: str) -> None:
    before = (built / "graph.nq").read_bytes()
    ran = run("export", built, "--format", name, "-o", built / "graph.nq")
    assert (ran.status, ran.err.count("\n")) == (1, 1)
    assert "is an output of the study itself; give -o another name" in ran.err
    assert (built / "graph.nq").read_bytes() == before


def test_a_path_that_ends_in_a_slash_is_a_folder_and_an_empty_one_is_none(
    run: Run, built: Path, tmp_path: Path
) -> None:
    ran = run("export", built, "--format", "cx2", "-o", f"{tmp_path}/new/")
    assert ran.status == 0, ran.err
    assert (tmp_path / "new" / "tiny.cx2").is_file()
    assert run("export", built, "--format", "cx2", "-o", "").status == 2
