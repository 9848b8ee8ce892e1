from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from kg.annotation import AnnotationOptions
from kg.errors import SourceError
from kg.evaluation import Counts, evaluate
from kg.evaluation.curated import set_counts


def test_ids_are_compared_as_sets() -> None:
    assert set_counts(["MESH:D1", "MESH:D2"], ["MESH:D2", "MESH:D3"], {}) == Counts(tp=1, fp=1, fn=1)


def test_a_concept_that_no_vocabulary_has_is_met_by_any_such_or_by_the_wider_one() -> None:
    broader = {"NIL:thin endometrium": "MESH:D014591"}
    for found in ("NIL:thin lining", "MESH:D014591"):
        assert set_counts(["NIL:thin endometrium"], [found], broader) == Counts(tp=1)
    assert set_counts(["NIL:thin endometrium"], ["MESH:D007247"], broader) == Counts(fp=1, fn=1)


def test_the_wider_concept_is_no_error_beside_it() -> None:
    found = ["NIL:thin endometrium", "MESH:D014591"]
    assert set_counts(found[:1], found, {"NIL:thin endometrium": "MESH:D014591"}) == Counts(tp=1)


def write(path: Path, *records: Mapping[str, object]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def test_documents_are_annotated_and_compared(tmp_path: Path) -> None:
    write(tmp_path / "x.docs.jsonl", {"id": "1", "title": "Asthma in dogs", "abstract": "No woman took part."})
    gold: Mapping[str, object] = {
        "id": "1",
        "diseases": ["MESH:D001249", "MESH:D000544"],
        "species": ["NCBITaxon:9615"],
        "cell_types": [],
    }
    rows = evaluate(write(tmp_path / "x.gold.jsonl", gold), AnnotationOptions())
    counts = {row.type: row.counts for row in rows}
    assert counts["Disease"] == Counts(tp=1, fp=0, fn=1)
    assert counts["Species"].tp == 1
    assert counts["CellType"] == Counts()


def test_a_text_without_gold_is_an_error(tmp_path: Path) -> None:
    write(tmp_path / "x.docs.jsonl", {"id": "1", "title": "Asthma", "abstract": ""})
    with pytest.raises(SourceError, match="has nothing for 1"):
        evaluate(write(tmp_path / "x.gold.jsonl", {"id": "2"}), AnnotationOptions())
    (tmp_path / "x.gold.jsonl").write_text("{", encoding="utf-8")
    with pytest.raises(SourceError, match="cannot be read"):
        evaluate(tmp_path / "x.gold.jsonl", AnnotationOptions())
