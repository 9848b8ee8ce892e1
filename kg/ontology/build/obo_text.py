"""Reads the names and synonyms, with their scopes, from an OBO flat file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.model import TermKind

_SYNONYM: Final = re.compile(r'"((?:[^"\\]|\\.)*)" (EXACT|NARROW|BROAD|RELATED)\b')


@dataclass(frozen=True, slots=True)
class Stanza:
    """A ``[Term]`` of an OBO file: CURIE, name, synonyms as (kind, text)."""

    curie: str
    name: str
    synonyms: tuple[tuple[TermKind, str], ...]
    obsolete: bool


def read_stanzas(text: str) -> Iterator[Stanza]:
    """Return the ``[Term]`` stanzas that have an id and a name."""
    for block in text.split("\n\n"):
        lines = block.strip().splitlines()
        if not lines or lines[0] != "[Term]":
            continue
        tags = [line.partition(": ")[::2] for line in lines[1:]]
        facts = dict(reversed(tags))
        if "id" in facts and "name" in facts:
            yield Stanza(
                curie=facts["id"],
                name=facts["name"],
                synonyms=tuple(_synonyms(value for tag, value in tags if tag == "synonym")),
                obsolete=facts.get("is_obsolete") == "true",
            )


def _synonyms(values: Iterator[str]) -> Iterator[tuple[TermKind, str]]:
    for value in values:
        if match := _SYNONYM.match(value):
            yield TermKind(match[2].lower()), re.sub(r"\\(.)", r"\1", match[1])
