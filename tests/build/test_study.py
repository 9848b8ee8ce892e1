from __future__ import annotations

import hashlib
import json
import os
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.build import BuildReport, build, resolve_targets
from kg.config import read_settings
from kg.errors import KGError, OntologyError, SourceError

OUTPUTS = {"evidence.csv", "graph.graphml", "graph.nq", "graph.ttl", "network.html", "report.md", "run.json"}


def make(study: Path, *, force: bool = False) -> BuildReport:
    return build(read_settings(study / "pipelines" / "demo"), force=force)


def contents(folder: Path) -> dict[str, bytes]:
    return {f.name: f.read_bytes() for f in sorted(folder.iterdir()) if f.is_file() and f.name != "run.json"}


def touch(path: Path) -> None:
    later = path.stat().st_mtime_ns + 1_000_000_000
    os.utime(path, ns=(later, later))


@pytest.fixture
def built(study: Path) -> Path:
    report = make(study)
    assert (report.documents, report.annotated, report.failures, report.current) == (2, 2, (), False)
    return study / "outputs" / "demo"


def test_a_build_leaves_its_outputs_and_nothing_half_written(built: Path) -> None:
    assert {f.name for f in built.iterdir()} == OUTPUTS | {".build"}
    run = json.loads((built / "run.json").read_text())
    assert run["documents"] == 2
    assert set(run["outputs"]) == OUTPUTS - {"run.json"}


def test_an_archive_is_one_input_with_its_own_name_and_hash(study: Path) -> None:
    archive = study / "papers.tar.gz"
    with tarfile.open(archive, "w:gz") as packed:
        packed.add(study / "pipelines" / "demo" / "paper.txt", "in/paper.txt")
        packed.add(study / "pipelines" / "demo" / "related.json", "in/related.json")
    (settings,) = resolve_targets([str(archive)])
    report = build(settings, folder=study / "out")
    assert (report.study, report.documents, report.failures) == ("papers", 2, ())
    run = json.loads((study / "out" / "run.json").read_text())
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    assert run["inputs"] == [{"name": "papers.tar.gz", "sha256": digest}]
    assert build(settings, folder=study / "out").current


def test_nothing_changed_nothing_done(study: Path, built: Path) -> None:
    before = (built / "graph.nq").stat().st_mtime_ns
    assert make(study).current
    assert (built / "graph.nq").stat().st_mtime_ns == before


def test_a_forced_build_makes_the_same_bytes(study: Path, built: Path) -> None:
    before = contents(built)
    assert make(study, force=True).annotated == 2
    assert contents(built) == before


def test_touching_an_input_annotates_its_documents_only(study: Path, built: Path) -> None:
    before = contents(built)
    touch(study / "pipelines" / "demo" / "related.json")
    report = make(study)
    assert (report.documents, report.annotated, report.current) == (2, 1, False)
    assert contents(built) == before


def test_a_lost_output_is_made_again_from_the_stored_annotations(study: Path, built: Path) -> None:
    (built / "report.md").unlink()
    report = make(study)
    assert (report.annotated, report.current) == (0, False)
    assert (built / "report.md").is_file()


def test_a_document_that_leaves_the_study_leaves_the_store(study: Path, built: Path) -> None:
    (study / "pipelines" / "demo" / "related.json").write_text("[]")
    (study / "pipelines" / "demo" / "pipeline.toml").write_text(
        '[study]\nname = "demo"\n[[input]]\npath = "paper.txt"\n'
    )
    assert make(study).documents == 1
    assert len(list((built / ".build" / "annotations").iterdir())) == 1


def remove_paper(study: Path) -> None:
    (study / "pipelines" / "demo" / "paper.txt").unlink()


def empty_paper(study: Path) -> None:
    (study / "pipelines" / "demo" / "paper.txt").write_text("")


def wrong_encoding(study: Path) -> None:
    (study / "pipelines" / "demo" / "paper.txt").write_bytes("Lésion".encode("latin-1"))


@pytest.mark.parametrize("spoil", [remove_paper, empty_paper, wrong_encoding])
def test_without_its_paper_a_study_keeps_the_last_good_outputs(
    study: Path, built: Path, spoil: Callable[[Path], None]
) -> None:
    before = contents(built)
    spoil(study)
    with pytest.raises(SourceError) as caught:
        make(study)
    assert "paper.txt" in str(caught.value)
    assert contents(built) == before
    assert {f.name for f in built.iterdir()} == OUTPUTS | {".build"}


def test_a_bad_related_record_is_reported_and_the_rest_built(study: Path, built: Path) -> None:
    records = (
        '[{"id": "a", "title": 3}, {"id": "b", "type": "article-journal", "title": "MSCs in mice", "DOI": "10.1000/b"}]'
    )
    (study / "pipelines" / "demo" / "related.json").write_text(records)
    report = make(study)
    assert report.documents == 2
    assert len(report.failures) == 1
    assert "related.json" in report.failures[0]
    assert report.failures[0].split(";")[0].split(": ")[-1][:30] in (built / "report.md").read_text()
    assert not make(study).current, "a build with failures is tried again"


def test_two_texts_under_one_local_name_are_told(study: Path) -> None:
    for name, title in (("one.jsonl", "Asthma"), ("two.jsonl", "Diabetes")):
        (study / name).write_text(json.dumps({"id": "1", "title": title}) + "\n")
    (settings,) = resolve_targets([str(study / "one.jsonl"), str(study / "two.jsonl")])
    report = build(settings)
    assert report.documents == 1
    assert len(report.failures) == 1
    assert "two.jsonl" in report.failures[0]


def test_an_altered_slice_is_told_before_anything_is_done(study: Path, built: Path) -> None:
    from kg.ontology import default_directory

    copy = study / "ontologies"
    copy.mkdir()
    for file in default_directory().iterdir():
        if file.is_file() and not file.name.startswith("ncbitaxon"):
            (copy / file.name).write_bytes(file.read_bytes())
    before = contents(built)
    with pytest.raises(OntologyError, match="ncbitaxon") as caught:
        build(read_settings(study / "pipelines" / "demo"), ontologies=copy)
    assert "make ontologies" in str(caught.value)
    assert contents(built) == before


def test_an_error_is_one_line(study: Path) -> None:
    remove_paper(study)
    with pytest.raises(KGError) as caught:
        make(study)
    assert "\n" not in str(caught.value)
