from __future__ import annotations

import gzip
import os
import tracemalloc
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.sources import detect_format, read_documents, streams

JSON_LINE = b'{"id": "%d", "title": "Some title", "abstract": "Some text."}\n'


def problem(path: Path, format_name: str | None = None) -> str:
    with pytest.raises(SourceError) as caught:
        list(read_documents(path, format_name))
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(str(path))
    assert "; " in message
    return message.removeprefix(str(path)).partition("; ")[0]


def test_missing_directory_empty(tmp_path: Path) -> None:
    assert problem(tmp_path / "none.txt") == ": no such file"
    assert problem(tmp_path) == ": is a directory"
    empty = tmp_path / "a.txt"
    empty.touch()
    assert problem(empty) == ": the file is empty"
    empty.write_bytes(b" \n\t\n")
    assert problem(empty) == ": the file holds no text"
    empty.write_bytes(gzip.compress(b""))
    assert problem(empty) == ": the file holds no text"
    assert problem(empty, "jsonl") == ": holds no document"


def test_a_path_that_no_system_accepts(tmp_path: Path) -> None:
    assert ": cannot be read (" in problem(tmp_path / ("x" * 5000))


def test_pipes_are_refused_without_waiting(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert problem(pipe) == ": is not a regular file"


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.jsonl", "a.pubtator", "a.json"])
def test_encodings(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes("Ein Titel".encode("utf-16"))
    assert problem(path) == ": is encoded in UTF-16"
    path.write_bytes(b"\n\nCaf\xe9\n")
    assert problem(path) == ":3: byte 0xE9 at offset 5 is not UTF-8"
    path.write_bytes(b"\xef\xbb\xbfCaf\0")
    assert problem(path) == ":1: a NUL byte at offset 6: not a UTF-8 text"


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + JSON_LINE % 1)
    assert next(read_documents(path)).id == "1"


def test_a_line_without_end_is_refused_before_it_was_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(10 * streams.MAX_LINE)
        file.write(b"a" * 100)
    tracemalloc.start()
    assert problem(path) == ":1: the line is longer than 20 MB"
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3 * streams.MAX_LINE


def test_a_long_line_costs_only_its_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "MAX_LINE", 100)
    monkeypatch.setattr(streams, "_CHUNK", 64)
    path = tmp_path / "a.jsonl"
    path.write_bytes(JSON_LINE % 1 + b'{"id": "2", "title": "' + b"x" * 1000 + b'"}\n' + JSON_LINE % 3)
    errors: list[SourceError] = []
    assert [d.id for d in read_documents(path, on_error=errors.append)] == ["1", "3"]
    assert str(errors[0]).startswith(f"{path}:2: the line is longer than")


def test_a_document_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "MAX_DOCUMENT", 1000)
    path = tmp_path / "a.txt"
    path.write_bytes(b"word\n" * 300)
    assert "the document is larger than" in problem(path)


def test_gzip_whatever_the_name(tmp_path: Path) -> None:
    for name in ("a.jsonl.gz", "b.jsonl"):
        path = tmp_path / name
        path.write_bytes(gzip.compress(JSON_LINE % 1) + gzip.compress(JSON_LINE % 2))
        assert detect_format(path) == "jsonl"
        assert [d.id for d in read_documents(path)] == ["1", "2"]
    text = tmp_path / "c.txt.gz"
    text.write_bytes(gzip.compress(b"Title\n\nBody."))
    assert next(read_documents(text)).id == "c"
    text.write_bytes(b"Title\n\nBody.")
    assert next(read_documents(text)).text == "Title\nBody."


def test_damaged_gzip(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    whole = gzip.compress(b"".join(JSON_LINE % n for n in range(20_000)))
    path.write_bytes(whole[: len(whole) // 2])
    errors: list[SourceError] = []
    assert 0 < len(list(read_documents(path, on_error=errors.append))) < 20_000
    assert [e.problem for e in errors] == ["the gzip file is cut short"]
    path.write_bytes(whole[:-8] + bytes(8))
    assert problem(path) == ": the gzip file is damaged"
    path.write_bytes(b"\x1f\x8bnot gzip")
    assert problem(path) == ": the gzip file is damaged"


@pytest.mark.parametrize("format_name", ["text", "jsonl", "pubtator", "csl-json"])
def test_gzip_bomb(tmp_path: Path, format_name: str) -> None:
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress((b" " * 1000 + b"\n") * 10_000, 9))
    assert problem(path, format_name) == ": expands to more than 100 times its size"


def test_many_documents_stream_in_constant_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    line = b'{"id": "%d", "title": "T", "abstract": "' + b"x" * 10_000 + b'"}\n'
    with path.open("wb") as file:
        for number in range(2000):
            file.write(line % number)
    tracemalloc.start()
    assert sum(1 for _ in read_documents(path)) == 2000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3_000_000
