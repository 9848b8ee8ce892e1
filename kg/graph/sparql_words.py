"""The words of a SPARQL text: enough of the grammar to find keywords, variables and rows of ``VALUES``, no parser.

Grammar: https://www.w3.org/TR/sparql11-query/#sparqlGrammar. What these patterns get wrong, the engine refuses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

_STRING: Final = (
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'(?:[^'\\\n]|\\.)*'"
)
_IRI: Final = r'<[^<>"{}|^`\\\x00-\x20]*>'
_COMMENT: Final = r"#[^\n]*"
_WORD: Final = r"[+-]?(?:\.(?=\d)|\\.|[\w:%-])(?:\\.|[\w:%-]|\.(?=[\w:%\\-]))*"

NOT_SYNTAX: Final = re.compile(rf"{_STRING}|{_IRI}|\\[^\n]|{_COMMENT}", re.DOTALL)
"""Strings, IRIs, escaped characters of names (``ex:a\\#b``) and comments, in which no keyword counts."""

_TOKEN: Final = re.compile(
    rf"(?P<COMMENT>{_COMMENT})"
    rf"|(?P<LITERAL>(?:{_STRING})(?:@[A-Za-z]+(?:-[A-Za-z0-9]+)*|\^\^(?:{_IRI}|{_WORD}))?)"
    rf"|(?P<IRI>{_IRI})"
    r"|(?P<VARIABLE>[?$]\w+)"
    rf"|(?P<WORD>{_WORD})"
    r"|(?P<MARK>[(){}])",
    re.DOTALL,
)


class Kind(Enum):
    """What a token is; a `WORD` is a keyword, a prefixed name, a number or a boolean, a `MARK` a bracket."""

    COMMENT = auto()
    LITERAL = auto()
    IRI = auto()
    VARIABLE = auto()
    WORD = auto()
    MARK = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query: ``query[start:end] == text``."""

    kind: Kind
    text: str
    start: int
    end: int

    def is_word(self, word: str) -> bool:
        """Tell whether this is the keyword `word` (in capitals)."""
        return self.kind is Kind.WORD and self.text.upper() == word


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a query, comments included; operators and punctuation are left out."""
    for match in _TOKEN.finditer(text):
        assert match.lastgroup is not None
        yield Token(Kind[match.lastgroup], match[0], match.start(), match.end())
