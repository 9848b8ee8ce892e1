from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.evaluation.trials import write_conditions


def test_conditions_become_documents_with_their_gold(tmp_path: Path) -> None:
    records = tmp_path / "r.jsonl"
    record = {
        "id": "N1",
        "conditions": ["Asthma", "Cough"],
        "condition_mesh": [{"id": "MESH:D001249", "label": "Asthma"}],
    }
    empty = {"id": "N2", "conditions": [], "condition_mesh": []}
    records.write_text(f"{json.dumps(record)}\n{json.dumps(empty)}\n", encoding="utf-8")
    gold = write_conditions(records, tmp_path)
    assert json.loads(gold.read_text(encoding="utf-8")) == {"id": "N1", "diseases": ["MESH:D001249"]}
    documents = (tmp_path / "r.docs.jsonl").read_text(encoding="utf-8")
    assert json.loads(documents) == {"id": "N1", "title": "Asthma. Cough", "abstract": ""}


def test_records_of_another_form_are_an_error(tmp_path: Path) -> None:
    records = tmp_path / "r.jsonl"
    records.write_text('{"id": "N1"}', encoding="utf-8")
    with pytest.raises(SourceError, match="conditions"):
        write_conditions(records, tmp_path)
