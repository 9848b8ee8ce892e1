from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.sources import json_stream
from kg.sources.json_stream import JsonStream


def stream(text: str | bytes) -> JsonStream:
    data = text.encode() if isinstance(text, str) else text
    return JsonStream(io.BufferedReader(io.BytesIO(data)), Path("a.json"))


def walked(source: JsonStream) -> Any:
    """Return the next value, its outer array or object walked through."""
    if source.peek() == "[":
        return [source.value() for _ in source.items()]
    if source.peek() == "{":
        return {key: source.value() for key in source.members()}
    return source.value()


def everything(source: JsonStream) -> Iterator[Any]:
    while source.peek():
        yield walked(source)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
)


@given(st.lists(values, max_size=4), st.sampled_from([None, 1]), st.booleans(), st.integers(1, 9))
def test_what_is_written_is_read(given_values: list[Any], indent: int | None, ascii_only: bool, chunk: int) -> None:
    text = "\n".join(json.dumps(value, indent=indent, ensure_ascii=ascii_only) for value in given_values)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_stream, "_CHUNK", chunk)
        assert list(everything(stream(text.encode("utf-8", "surrogatepass")))) == given_values


def test_a_byte_order_mark_is_skipped() -> None:
    assert list(everything(stream(b"\xef\xbb\xbf[1]"))) == [[1]]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"a": 1', "a.json:1:8: not valid JSON (the file ends too early)"),
        ('[1,\n "abc', "a.json:2:2: not valid JSON (Unterminated string starting at)"),
        ("[1,\n 2 3]", "a.json:2:4: not valid JSON (Expecting ',' or ']')"),
        ("{1: 2}", "a.json:1:2: not valid JSON (Expecting property name enclosed in double quotes)"),
        ('{"a" 2}', "a.json:1:6: not valid JSON (Expecting ':')"),
        ("[nul]", "a.json:1:2: not valid JSON (Expecting value)"),
        ('["a\tb"]', "a.json:1:4: not valid JSON (Invalid control character at)"),
        (b'["\xe9"]', "a.json: byte 0xE9 at offset 2 is not UTF-8"),
        ("9" * 5000, "a.json:1:1: not valid JSON ('Exceeds the limit"),
        ('{"a": ' + "[" * 100_000, "a.json:1:7: not valid JSON ("),
    ],
)
def test_what_is_broken_is_told_with_its_place(text: str | bytes, problem: str) -> None:
    with pytest.raises(SourceError) as caught:
        list(everything(stream(text)))
    assert str(caught.value).startswith(problem)


def test_a_value_without_end_is_refused_before_it_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "MAX_VALUE", 2**20)
    source = io.BytesIO(b'["' + b"x" * 2**24)
    buffered: io.BufferedReader = io.BufferedReader(source)
    reader = JsonStream(buffered, Path("a.json"))
    with pytest.raises(SourceError, match=r"a\.json:1:2: a JSON value is larger than 1 MB"):
        walked(reader)
    assert buffered.tell() < 2**22
