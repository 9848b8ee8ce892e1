from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import SourceError
from kg.model import Relation, Section
from kg.sources import read_documents


def write(tmp_path: Path, records: Any) -> Path:
    path = tmp_path / "refs.json"
    path.write_text(json.dumps(records, indent=1), encoding="utf-8")
    return path


def test_record(tmp_path: Path) -> None:
    record = {
        "id": "doe2020",
        "title": "Effect of <i>MSCs</i> &amp; CD4<sup>+</sup> cells",
        "abstract": "<jats:p>We  tried.</jats:p>",
        "author": [{"family": "Doe", "given": "J. K."}, {"literal": "MSC Group"}, {}],
        "container-title": "Cells",
        "issued": {"date-parts": [[2020, "3"]]},
        "DOI": "https://doi.org/10.1000/ABC",
        "PMID": 123,
        "note": "x\nPMCID: PMC9",
        "keyword": "clinical",
    }
    (document,) = read_documents(write(tmp_path, [record]))
    assert document.text == "Effect of MSCs & CD4+ cells\nWe tried."
    assert [p.section for p in document.passages] == [Section.TITLE, Section.ABSTRACT]
    assert document.relation is Relation.RELATED
    paper = document.paper
    assert (document.id, paper.id) == ("doe2020", "doi:10.1000/abc")
    assert paper.identifiers == ("PMC:9", "PMID:123", "doi:10.1000/abc")
    assert (paper.authors, paper.journal, paper.date) == (("J. K. Doe", "MSC Group"), "Cells", "2020-03")


def test_relation_can_be_given(tmp_path: Path) -> None:
    path = write(tmp_path, {"items": [{"id": "a", "title": "A"}]})
    (document,) = read_documents(path, relation=Relation.CITED)
    assert document.relation is Relation.CITED
    assert document.paper.id.startswith("MSCKG:document/")


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        ("text", "is not an object"),
        ({"id": "b"}, "has no title"),
        ({"id": "b", "title": {"a": 1}}, "\"title\" of 'b' is not a string"),
        ({"id": "a", "title": "Again"}, "the id 'a' occurs twice"),
    ],
)
def test_a_bad_record_does_not_stop_the_batch(tmp_path: Path, record: object, problem: str) -> None:
    path = write(tmp_path, [{"id": "a", "title": "A"}, record, {"id": "c", "title": "C"}])
    errors: list[SourceError] = []
    assert [d.id for d in read_documents(path, on_error=errors.append)] == ["a", "c"]
    assert [str(e).partition("; ")[0] for e in errors] == [f"{path}: record 2: {problem}"]


def test_broken_json_is_told_with_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "refs.json"
    path.write_text('[\n {"id": "a",\n  "title" "A"}]', encoding="utf-8")
    with pytest.raises(SourceError, match=r"refs\.json:3:11: not valid JSON"):
        list(read_documents(path))


def test_an_empty_list_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is not a list of CSL-JSON records"):
        list(read_documents(write(tmp_path, [])))


@pytest.mark.parametrize(
    ("abstract", "text"),
    [
        (
            "<jats:title>Abstract</jats:title><jats:p>Cells <jats:italic>given</jats:italic>.</jats:p><p>Done.</p>",
            "Cells given. Done.",
        ),
        ("<h4>Aim</h4>Cells given.<h4>Results</h4>10<sup>6</sup> helped.", "Aim Cells given. Results 10^6 helped."),
    ],
)
def test_markup_of_an_abstract_parts_its_words(tmp_path: Path, abstract: str, text: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"DOI": "10.1000/a", "title": "T", "abstract": abstract}]))
    [document] = read_documents(path)
    assert document.text == f"T\n{text}"
