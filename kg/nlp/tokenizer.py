"""A tokenizer that splits at every sign: mentions of all corpora tried here fall on its borders."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

_PIECE: Final = re.compile(r"(\w+|[^\w\s])( ?)|(\s+)")


class RegexTokenizer:
    r"""Splits into runs of word characters and single other signs (``\w+|[^\w\s]``).

    White space other than one space after a word becomes a token of its own, so that no character is lost.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Split a text."""
        pieces = _PIECE.findall(text)
        words = [word or blank for word, _, blank in pieces]
        return Doc(self.vocab, words=words, spaces=[space == " " for _, space, _ in pieces])

    # The tokenizer has no settings; spaCy asks for these when it stores a pipeline.

    def to_bytes(self, **_: Any) -> bytes:
        """Return an empty state."""
        return b""

    def from_bytes(self, data: bytes, **_: Any) -> RegexTokenizer:
        """Read an empty state."""
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Store nothing."""

    def from_disk(self, path: str | Path, **_: Any) -> RegexTokenizer:
        """Read nothing."""
        return self


def make_tokenizer() -> Callable[[Language], RegexTokenizer]:
    """Return the function that spaCy makes the tokenizer with."""

    def create(nlp: Language) -> RegexTokenizer:
        return RegexTokenizer(nlp.vocab)

    return create


registry.tokenizers.register("kg_tokenizer.v1", func=make_tokenizer)
