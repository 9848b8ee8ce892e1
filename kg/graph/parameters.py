"""The parameters of a query: the variables of a ``VALUES`` block at its top, whose row holds their defaults.

::

    # ?disease: the disease
    SELECT ?paper WHERE {
      VALUES ?disease { MESH:D014591 }
      ...

So a query with parameters is a plain query, which any engine runs with the defaults. A comment ``# ?name: text`` before
the query says what a parameter is; a variable with such a comment is one also where its ``VALUES`` stand in a subquery.
``UNDEF`` as a default stands for any value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.graph.sparql_words import Kind, Token, tokens

UNDEF: Final = "UNDEF"
_DESCRIPTION: Final = re.compile(r"^#\s*\?(\w+):\s*(.*\S)", re.MULTILINE)
_OUTERMOST: Final = 1
"""Braces around a parameter: those of WHERE, or none for a block after it.

A block in deeper ones is a condition, unless the query tells what its variables are.
"""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable that a query takes from outside.

    `default` holds its values as the query writes them, none for any value; `description` is empty when the query has
    no comment on it.
    """

    name: str
    default: tuple[str, ...] = ()
    description: str = ""

    def __str__(self) -> str:
        return f"?{self.name} ({', '.join(self.default) or 'any'})"


@dataclass(frozen=True, slots=True)
class ValuesBlock:
    """A ``VALUES`` block: its rows as written, and where in the query the text of the rows stands."""

    variables: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    start: int
    end: int
    bracketed: bool

    def with_values(self, values: Mapping[str, str]) -> str:
        """Return the text of the rows with `values` (variable to term) in place of what stands there."""
        rows = dict.fromkeys(
            tuple(values.get(name, cell) for name, cell in zip(self.variables, row, strict=True)) for row in self.rows
        )
        written = (f"({' '.join(row)})" if self.bracketed else " ".join(row) for row in rows)
        return f" {' '.join(written)} "


def parameters(text: str) -> tuple[Parameter, ...]:
    """Return the parameters of a query, in its order."""
    told = dict(_DESCRIPTION.findall(text))
    found: dict[str, list[str]] = {}
    for block in values_blocks(text):
        for name, *cells in zip(block.variables, *block.rows, strict=True):
            found.setdefault(name, []).extend(cell for cell in cells if cell.upper() != UNDEF)
    return tuple(Parameter(name, tuple(dict.fromkeys(cells)), told.get(name, "")) for name, cells in found.items())


def values_blocks(text: str) -> Iterator[ValuesBlock]:
    """Yield the ``VALUES`` blocks whose variables are parameters."""
    words = [token for token in tokens(text) if token.kind is not Kind.COMMENT]
    described = {name for name, _ in _DESCRIPTION.findall(text)}
    depth = 0
    for place, token in enumerate(words):
        if token.is_word("VALUES"):
            block = _block(words[place + 1 :])
            if block is not None and (depth <= _OUTERMOST or described.issuperset(block.variables)):
                yield block
        elif token.kind is Kind.MARK:
            depth += {"{": 1, "}": -1}.get(token.text, 0)


def _block(words: Sequence[Token]) -> ValuesBlock | None:
    """Read a block from the token after ``VALUES`` on; None when it is none, which the engine's parser tells better."""
    opening = next((place for place, token in enumerate(words) if token.text == "{"), None)
    closing = next((place for place, token in enumerate(words) if token.text == "}"), None)
    if opening is None or closing is None or closing < opening:
        return None
    head, data = words[:opening], words[opening + 1 : closing]
    variables = tuple(token.text[1:] for token in head if token.kind is Kind.VARIABLE)
    bracketed = bool(head) and head[0].text == "("
    cells = [token.text for token in data if token.text not in ("(", ")")]
    width = len(variables)
    if not width or len(cells) % width:
        return None
    rows = tuple(tuple(cells[at : at + width]) for at in range(0, len(cells), width))
    return ValuesBlock(variables, rows, words[opening].end, words[closing].start, bracketed)
