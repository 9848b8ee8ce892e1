from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Section
from kg.sources import read_documents
from kg.sources.plain_text import to_document


def texts(*lines: str) -> list[str]:
    document = to_document(list(lines), "x")
    return [document.text[p.start : p.end] for p in document.passages]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["A title", "", "Body one", "goes on.", "", "Body two."], ["A title", "Body one goes on.", "Body two."]),
        (["A title", "The body."], ["A title", "The body."]),
        (["Only one line."], ["", "Only one line."]),
        (["A wrapped sentence that", "goes on here."], ["", "A wrapped sentence that goes on here."]),
        (["Cells, mice,", "Rats."], ["", "Cells, mice, Rats."]),
        (["x" * 301, "", "Body."], ["", "x" * 301, "Body."]),
        (["", "T", "", "a" * 130, "b" * 130], ["T", "a" * 130, "b" * 130]),
    ],
)
def test_title_and_paragraphs(lines: list[str], expected: list[str]) -> None:
    assert texts(*lines) == expected


def test_document_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "note.v1.txt"
    path.write_bytes(b"\xef\xbb\xbfTitle\r\n\r\nSome\ttext.\r\n")
    (document,) = read_documents(path)
    assert (document.id, document.text) == ("note.v1", "Title\nSome text.")
    assert [p.section for p in document.passages] == [Section.TITLE, Section.BODY]
    assert document.paper.id.startswith("MSCKG:document/")


def test_identity_is_the_content_not_the_file_name(tmp_path: Path) -> None:
    for name, text in (("a.txt", "Same."), ("b.txt", "Same."), ("c.txt", "Other.")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    a, b, c = (next(read_documents(tmp_path / name)).paper.id for name in ("a.txt", "b.txt", "c.txt"))
    assert a == b != c
