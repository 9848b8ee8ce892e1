"""Records as https://clinicaltrials.gov/api/v2/studies gives them, cut down and with invented content."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import SourceError
from kg.nlp.registry_record import registry_fields
from kg.sources import read_documents
from kg.sources.registry import detect_format

STUDY: dict[str, Any] = {
    "protocolSection": {
        "identificationModule": {
            "nctId": "NCT00000001",
            "briefTitle": "Cord Cells for Scars",
            "officialTitle": "A Phase 1/2 Study of Cord Cells for Uterine Scars",
        },
        "statusModule": {"startDateStruct": {"date": "2020-05", "type": "ACTUAL"}},
        "descriptionModule": {"briefSummary": "Cells are\n\ngiven once", "detailedDescription": "Same as above"},
        "conditionsModule": {"conditions": ["Scar", "Uterine Diseases"], "keywords": ["stem cells"]},
        "designModule": {"studyType": "INTERVENTIONAL", "phases": ["PHASE1", "PHASE2"]},
        "armsInterventionsModule": {
            "interventions": [
                {"type": "BIOLOGICAL", "name": "Cord cells", "description": "10 million."},
                {"type": "DRUG", "name": "Saline"},
            ]
        },
    },
    "hasResults": False,
}
FLAT: dict[str, Any] = {
    "id": "NCT00000002",
    "title": "Fat Cells for Knees",
    "official_title": None,
    "summary": "Cells for knees.",
    "detailed": None,
    "conditions": ["Osteoarthritis, Knee"],
    "interventions": [{"name": "Fat cells", "type": "Biological", "description": None}],
    "phase": ["Early Phase 1"],
    "study_type": "Interventional",
}


def write(path: Path, content: object) -> Path:
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_a_study_of_the_api(tmp_path: Path) -> None:
    (document,) = read_documents(write(tmp_path / "study.json", STUDY))
    assert document.id == "NCT00000001"
    assert (document.paper.id, document.paper.date) == ("NCT:00000001", "2020-05")
    assert document.paper.url == "https://clinicaltrials.gov/study/NCT00000001"
    assert document.text == (
        "Cord Cells for Scars A Phase 1/2 Study of Cord Cells for Uterine Scars. Cells are given once. "
        "Conditions: Scar; Uterine Diseases. Keywords: stem cells. Interventions: Cord cells: 10 million.; Saline. "
        "Phase: Phase 1, Phase 2. Study type: Interventional."
    )
    fields = registry_fields(document.text)
    assert {name: document.text[a:b].strip(" .") for name, (a, b) in fields.items()} == {
        "Conditions": "Scar; Uterine Diseases",
        "Keywords": "stem cells",
        "Interventions": "Cord cells: 10 million.; Saline",
        "Phase": "Phase 1, Phase 2",
        "Study type": "Interventional",
    }


@pytest.mark.parametrize("content", [{"studies": [STUDY], "nextPageToken": "x"}, [STUDY]])
def test_pages_and_lists(content: object, tmp_path: Path) -> None:
    assert [d.id for d in read_documents(write(tmp_path / "page.json", content))] == ["NCT00000001"]


def test_records_a_line(tmp_path: Path) -> None:
    path = write(tmp_path / "trials.jsonl", f"{json.dumps(FLAT)}\n{json.dumps(STUDY)}\n")
    assert detect_format(path) == "clinical-trials"
    first, second = read_documents(path)
    assert (first.id, second.id) == ("NCT00000002", "NCT00000001")
    assert first.text.endswith(
        "Conditions: Osteoarthritis, Knee. Interventions: Fat cells. Phase: Early Phase 1. Study type: Interventional."
    )


def test_a_bad_record_does_not_stop_the_others(tmp_path: Path) -> None:
    path = write(tmp_path / "trials.jsonl", f"{json.dumps(FLAT)}\n{json.dumps({**FLAT, 'id': 'X'})}\n{{\n")
    errors: list[SourceError] = []
    assert [d.id for d in read_documents(path, on_error=errors.append)] == ["NCT00000002"]
    assert [str(error).split(":")[1] for error in errors] == ["2", "3"]


def test_unknown_phase_and_type(tmp_path: Path) -> None:
    study = {"protocolSection": {"identificationModule": {"nctId": "NCT00000003", "briefTitle": "Cells"}}}
    (document,) = read_documents(write(tmp_path / "study.json", study))
    assert document.text == "Cells Phase: Not Applicable. Study type: Interventional."


@pytest.mark.parametrize("value", [None, 3, [], {"protocolSection": None}, {"protocolSection": {"designModule": []}}])
def test_hostile_records(value: object, tmp_path: Path) -> None:
    path = write(tmp_path / "page.json", {"studies": [STUDY, value]})
    errors: list[SourceError] = []
    assert [d.id for d in read_documents(path, "clinical-trials", on_error=errors.append)] == ["NCT00000001"]
    assert len(errors) == 1


def test_a_label_in_a_description_is_no_field(tmp_path: Path) -> None:
    item = {"name": "Cells", "description": "Storage Conditions: frozen, for asthma. Treatment Phase: one."}
    (document,) = read_documents(write(tmp_path / "a.jsonl", json.dumps({**FLAT, "interventions": [item]})))
    fields = registry_fields(document.text)
    assert document.text[slice(*fields["Conditions"])].strip() == "Osteoarthritis, Knee."
    assert "frozen, for asthma" in document.text[slice(*fields["Interventions"])]
    assert document.text[slice(*fields["Phase"])].strip() == "Early Phase 1."


def test_the_content_tells_not_the_name(tmp_path: Path) -> None:
    other = json.loads(json.dumps(STUDY).replace("NCT00000001", "NCT00000009"))
    lines = write(tmp_path / "lines.json", f"{json.dumps(STUDY)}\n{json.dumps(other)}\n")
    assert [d.id for d in read_documents(lines)] == ["NCT00000001", "NCT00000009"]
    page = write(tmp_path / "page.jsonl", {"studies": [STUDY, other]})
    assert [d.id for d in read_documents(page, "clinical-trials")] == ["NCT00000001", "NCT00000009"]
