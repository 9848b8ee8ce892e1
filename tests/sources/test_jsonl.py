from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.model import Section
from kg.sources import read_documents


def write(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_fields(tmp_path: Path) -> None:
    path = write(tmp_path, json.dumps({"id": "NCT00000001", "title": "T", "abstract": "A é.", "other": [1]}), "")
    (document,) = read_documents(path)
    assert (document.id, document.text, document.paper.id) == ("NCT00000001", "T A é.", "NCT:00000001")
    assert [p.section for p in document.passages] == [Section.TITLE, Section.ABSTRACT]


def test_numbers_are_ids_and_missing_texts_are_empty(tmp_path: Path) -> None:
    path = write(tmp_path, '{"id": 5, "abstract": "A"}', '{"id": "x", "title": "T", "abstract": null}')
    assert [(d.id, d.text, d.paper.id) for d in read_documents(path)] == [
        ("5", " A", "MSCKG:document/5"),
        ("x", "T ", "MSCKG:document/x"),
    ]


def test_blank_lines_and_list_items_part_passages_without_moving_offsets(tmp_path: Path) -> None:
    abstract = "One\nline. \r\n\r\nTwo:\n- a\n- b"
    (document,) = read_documents(write(tmp_path, json.dumps({"id": "x", "title": "T\nt", "abstract": abstract})))
    assert len(document.text) == 4 + len(abstract)
    found = [document.text[p.start : p.end] for p in document.passages]
    assert found == ["T t", "One\nline.", "Two:", "- a", "- b"]


def test_lone_surrogates_and_controls_are_replaced_one_by_one(tmp_path: Path) -> None:
    (document,) = read_documents(write(tmp_path, r'{"id": "x", "title": "a\ud800b\u0000c\u001bd", "abstract": ""}'))
    assert document.text == "a\ufffdb c d "


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"id": "2", "title": }', "not valid JSON (Expecting value, column 22)"),
        ("[1]", "the line is not a JSON object"),
        ('{"title": "T"}', '"id" is missing or not a string'),
        ('{"id": "", "title": "T"}', '"id" is missing or not a string'),
        ('{"id": true, "title": "T"}', '"id" is missing or not a string'),
        (r'{"id": "a\tb", "title": "T"}', "the id 'a b' holds control characters"),
        ('{"id": "2", "title": ["T"]}', '"title" is list, not a string'),
        ('{"id": "2", "title": "T", "abstract": 3}', '"abstract" is int, not a string'),
        ('{"id": "2", "title": " "}', "the document has no text"),
        ('{"id": "1", "title": "T"}', "the id '1' occurs twice"),
        ("[" * 100_000, "not readable as JSON"),
        ('{"id": ' + "9" * 5000 + "}", "not readable as JSON"),
    ],
)
def test_a_bad_line_is_named_and_does_not_stop_the_batch(tmp_path: Path, line: str, problem: str) -> None:
    path = write(tmp_path, '{"id": "1", "title": "A"}', line, '{"id": "3", "title": "C"}')
    errors: list[SourceError] = []
    assert [d.id for d in read_documents(path, on_error=errors.append)] == ["1", "3"]
    assert len(errors) == 1
    assert str(errors[0]).startswith(f"{path}:2: {problem}")
    assert "; " in str(errors[0])
    with pytest.raises(SourceError, match=":2: "):
        list(read_documents(path))


def test_bytes_that_are_not_utf8_cost_only_their_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"id": "1", "title": "A"}\n{"id": "2", "title": "\xe9"}\n{"id": "3", "title": "C"}\n')
    errors: list[SourceError] = []
    assert [d.id for d in read_documents(path, on_error=errors.append)] == ["1", "3"]
    assert str(errors[0]).startswith(f"{path}:2: byte 0xE9 at offset 48 is not UTF-8")
