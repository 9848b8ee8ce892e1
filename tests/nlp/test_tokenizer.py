from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.tokenizer import RegexTokenizer

TOKENIZER = RegexTokenizer(spacy.blank("en").vocab)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("CD8+ T-cells (TE).", ["CD8", "+", "T", "-", "cells", "(", "TE", ")", "."]),
        ("title\nbody", ["title", "\n", "body"]),
        ("a  b", ["a", " ", "b"]),
        (" a", [" ", "a"]),
        ("", []),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert [token.text for token in TOKENIZER(text)] == tokens


@given(st.text(max_size=80))
def test_no_character_is_lost(text: str) -> None:
    assert TOKENIZER(text).text == text


def test_a_stored_pipeline_keeps_its_tokenizer() -> None:
    sentences = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kg_tokenizer.v1"}}})
    again = spacy.blank("en", config=sentences.config).from_bytes(sentences.to_bytes())
    assert [token.text for token in again("T-cell")] == ["T", "-", "cell"]
