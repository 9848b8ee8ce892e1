"""Reads the hand-made tables ``mesh_terms.tsv`` and ``common_names.tsv``: names to add to a concept, or to take away.

Columns: local id, label of the concept, kind, text, reason; the first line names them. The kind is a `TermKind` value,
or ``none`` for a name that the upstream files give to the concept and that means something else. The label is there so
that a wrong id shows: it must be that of the id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kg.errors import OntologyError
from kg.model import TermKind
from kg.ontology.build.rows import TermRow

SOURCE: Final = "msckg"
"""Source of these terms, as of those of the project's own vocabulary."""
_DROP: Final = "none"


@dataclass(frozen=True, slots=True)
class HandMade:
    """What a table says: `added` terms, and `dropped` (local id, text) pairs."""

    added: tuple[TermRow, ...]
    dropped: tuple[tuple[str, str], ...]


def read_by_hand(table: str, file: str, labels: Mapping[str, str]) -> HandMade:
    """Read a table.

    Args:
        table: its content.
        file: its name, for messages.
        labels: local id to label.

    Raises:
        OntologyError: a line is malformed, or a label is not that of its id.
    """
    added: list[TermRow] = []
    dropped: list[tuple[str, str]] = []
    for number, line in _lines(table):
        try:
            identifier, label, kind, text, _ = line.split("\t")
            if kind == _DROP:
                dropped.append((identifier, text))
            else:
                added.append(TermRow(identifier, TermKind(kind), SOURCE, text))
        except ValueError as error:
            raise OntologyError(
                f"line {number} is malformed ({error})", where=file, remedy="columns are id, label, kind, text, why"
            ) from None
        if labels.get(identifier) != label:
            raise OntologyError(
                f"line {number}: {identifier} is {labels.get(identifier, 'unknown')!r}, not {label!r}", where=file
            )
    return HandMade(tuple(added), tuple(dropped))


def _lines(table: str) -> Iterable[tuple[int, str]]:
    return enumerate(table.splitlines()[1:], start=2)
