"""Vocabulary terms in running text: what every token is part of, in which vocabularies.

The gazetteer is a trie of normalised keys (`kg.ontology.normalize`) with a bit for each vocabulary that has the key. It
says nothing about concepts: it is evidence for the recogniser, and holds what argues against a disease (chemicals,
proteins, gene symbols, anatomy, organisms, procedures) as well as what argues for one.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

import marisa_trie
import numpy as np
from numpy.typing import NDArray

from kg.ontology.normalize import normalize

CATEGORIES: Final = (
    *("mesh", "symptom", "supplementary", "mondo", "doid", "hp", "chemical", "protein", "gene", "gene_name"),
    *("anatomy", "cell", "organism", "procedure", "phenomenon", "psychology", "other"),
)
"""Vocabularies, by bit; the first six name diseases."""

BIT: Final = {name: 1 << position for position, name in enumerate(CATEGORIES)}
DISEASE: Final = sum(BIT[name] for name in CATEGORIES[:6])
_LETTERS: Final = tuple(zip("msrodh", (BIT[name] for name in CATEGORIES[:6]), strict=True))

GROUPS: Final = (
    ("D", DISEASE),
    ("M", BIT["mesh"] | BIT["symptom"]),
    ("H", BIT["hp"]),
    ("O", BIT["mondo"] | BIT["doid"]),
    ("C", BIT["chemical"]),
    ("P", BIT["protein"] | BIT["gene_name"]),
    ("G", BIT["gene"]),
    ("A", BIT["anatomy"]),
    ("L", BIT["cell"]),
    ("N", BIT["organism"]),
    ("R", BIT["procedure"]),
    ("F", BIT["phenomenon"]),
    ("Y", BIT["psychology"]),
    ("Z", BIT["other"]),
)
"""Groups of vocabularies: within one the longest leftmost term wins, between groups terms may overlap."""

_LONGEST: Final = 120
"""Longest key looked for, in characters."""


class Tag(NamedTuple):
    """A token's place in a term: group, position (B, I, E or S), vocabularies, length of the term in tokens."""

    group: str
    place: str
    detail: str
    length: int


Tags = tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class Tagged:
    """A stretch of text as tokens: their character offsets in the whole text, their strings, their terms."""

    spans: tuple[tuple[int, int], ...]
    words: tuple[str, ...]
    tags: tuple[Tags, ...]


class Gazetteer:
    """Finds terms.

    Args:
        keys: trie of keys.
        masks: vocabularies by key number, shape (2, keys): those where the key is a word, and where it is an acronym
            that counts only when the text has capitals.
    """

    def __init__(self, keys: marisa_trie.Trie, masks: NDArray[np.uint32]) -> None:
        self._keys: Final = keys
        self._plain: Final = masks[0]
        self._acronym: Final = masks[1]
        self._known: Final[dict[tuple[int, bool], tuple[tuple[int, str], ...]]] = {}

    @classmethod
    def load(cls, directory: Path) -> Gazetteer:
        """Read ``gazetteer.marisa`` and ``gazetteer.npz``."""
        keys = marisa_trie.Trie()
        keys.mmap(str(directory / "gazetteer.marisa"))
        with np.load(directory / "gazetteer.npz") as stored:
            return cls(keys, stored["kinds"][:, stored["kind"]])

    def tag(self, text: str, start: int, end: int) -> Tagged:
        """Return the tokens of ``text[start:end]`` (a sentence) with the terms that they are part of."""
        normalized = normalize(text, start, end)
        string, spans, starts = normalized.string, normalized.spans, normalized.starts
        ends: dict[int, int] = {}
        for index, offset in enumerate(starts[1:]):
            ends.setdefault(offset, index)
        hits: list[list[tuple[int, int, str]]] = [[] for _ in GROUPS]
        for first, offset in enumerate(starts[:-1]):
            if starts[first + 1] == offset:
                continue
            for key, number in self._keys.iter_prefixes_with_ids(string[offset : offset + _LONGEST]):
                last = ends.get(offset + len(key))
                if last is not None:
                    capital = self._acronym[number] != 0 and _is_acronym(text[spans[first][0] : spans[last][1]])
                    for group, detail in self._kinds(number, capital):
                        hits[group].append((first, -last, detail))
        tags: list[list[Tag]] = [[] for _ in spans]
        for (name, _), found in zip(GROUPS, hits, strict=True):
            free = 0
            for first, negative, detail in sorted(found):
                if first >= free:
                    free = 1 - negative
                    length = free - first
                    for token in range(first, free):
                        place = "S" if length == 1 else "B" if token == first else "E" if token == -negative else "I"
                        tags[token].append(Tag(name, place, detail, length))
        return Tagged(spans, tuple(text[a:b] for a, b in spans), tuple(map(tuple, tags)))

    def _kinds(self, number: int, capital: bool) -> tuple[tuple[int, str], ...]:
        """Return the groups that a key belongs to, with what is to be said of it as a disease."""
        known = self._known.get((number, capital))
        if known is None:
            plain = int(self._plain[number])
            mask = plain | int(self._acronym[number]) if capital else plain
            detail = "".join(letter for letter, bit in _LETTERS if mask & bit)
            detail += ("" if plain & DISEASE else "!") + ("-" if mask & ~DISEASE else "")
            known = tuple((i, detail if i == 0 else "") for i, (_, bits) in enumerate(GROUPS) if mask & bits)
            self._known[number, capital] = known
        return known


def _is_acronym(surface: str) -> bool:
    capitals = sum(map(str.isupper, surface))
    return capitals >= 2 or (surface[0].isupper() and any(map(str.isdigit, surface)))
