"""``kg annotate`` writing BioC: one collection, whole whatever happens to its documents."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import bioc
import pytest
from bioc import biocjson, biocxml

from kg.sources import read_documents
from tests.conftest import PAPER, Ran

Run = Callable[..., Ran]


def parse(kind: str, out: str) -> bioc.BioCCollection:
    return biocxml.load(io.BytesIO(out.encode())) if kind == "bioc" else biocjson.loads(out)


def write(path: Path, *lines: object) -> Path:
    path.write_text("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines))
    return path


DOCS = (
    {"id": "x", "title": "MSCs for thin endometrium", "abstract": "Thin endometrium in women."},
    {"id": "y", "title": "", "abstract": "Infertility in mice & men."},
)


@pytest.mark.parametrize("kind", ["bioc", "bioc-json"])
def test_the_collection_holds_mentions_and_relations(run: Run, study: Path, kind: str) -> None:
    ran = run("annotate", study / "pipelines" / "demo" / "paper.txt", "--format", kind)
    assert ran.status == 0, ran.err
    collection = parse(kind, ran.out)
    bioc.validate(collection)
    assert (collection.source, collection.date, collection.key) == ("msc-kg", "", "msc-kg.key")
    (document,) = collection.documents
    marks = {mark.id: mark for passage in document.passages for mark in passage.annotations}
    assert {"Disease", "Species", "Intervention"} <= {mark.infons["type"] for mark in marks.values()}
    assert document.relations
    for relation in document.relations:
        for node in relation.nodes:
            assert relation.infons[node.role] in marks[node.refid].infons["identifier"].split("|")


@pytest.mark.parametrize("kind", ["bioc", "bioc-json"])
def test_the_same_bytes_with_any_jobs(run: Run, study: Path, kind: str) -> None:
    many = ({"id": f"d{n}", "title": f"MSC {n}", "abstract": PAPER} for n in range(40))
    path = write(study / "many.jsonl", *many)
    one, two = study / "one", study / "two"
    assert run("annotate", path, "--jobs", 1, "--format", kind, "-o", one).status == 0
    assert run("annotate", path, "--jobs", 2, "--format", kind, "-o", two).status == 0
    assert one.read_bytes() == two.read_bytes()
    assert [document.id for document in read_documents(one)] == [f"d{n}" for n in range(40)]


@pytest.mark.parametrize("kind", ["bioc", "bioc-json"])
def test_a_bad_document_is_left_out_of_a_whole_collection(run: Run, study: Path, kind: str) -> None:
    ran = run("annotate", write(study / "a.jsonl", DOCS[0], "{not json", DOCS[1]), "--format", kind)
    assert ran.status == 1
    assert "a.jsonl:2" in ran.err
    documents = parse(kind, ran.out).documents
    assert [document.id for document in documents] == ["x", "y"]
    assert [(p.offset, p.text) for p in documents[1].passages] == [(0, ""), (1, "Infertility in mice & men.")]


@pytest.mark.parametrize("kind", ["bioc", "bioc-json"])
def test_without_a_document_the_collection_is_empty_and_the_old_file_stays(run: Run, study: Path, kind: str) -> None:
    bad = write(study / "a.jsonl", "{not json")
    ran = run("annotate", bad, "--format", kind)
    assert ran.status == 1
    assert ran.err.count("\n") == 1
    assert parse(kind, ran.out).documents == []
    output = study / "out"
    output.write_text("old")
    assert run("annotate", bad, "--format", kind, "-o", output).status == 1
    assert output.read_text() == "old"
    assert not list(study.glob(".out*"))
