"""Vocabulary terms in running text: what every token is part of, in which vocabularies.

The gazetteer is a trie of normalised keys (`kg.ontology.normalize`) with a bit for each vocabulary that has the key. It
says nothing about concepts: it is evidence for the recogniser, and holds what argues against a disease (chemicals,
proteins, gene symbols, anatomy, organisms, procedures) as well as what argues for one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

import marisa_trie
import numpy as np
from numpy.typing import NDArray

from kg.ontology.normalize import NormalizedText, normalize

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
Kinds = tuple[tuple[int, str], ...]
"""Groups of a key, by place in `GROUPS`, with what is to be said of it as a disease."""


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
        kinds: the kinds of keys, shape (2, kinds): vocabularies where a key of that kind is a word, and where it is an
            acronym that counts only when the text has capitals.
        kind: the kind of each key, by its number.
    """

    def __init__(self, keys: marisa_trie.Trie, kinds: NDArray[np.uint32], kind: NDArray[np.uint16]) -> None:
        self._keys: Final = keys
        self._kinds: Final[list[tuple[Kinds, Kinds]]] = [
            (_described(plain, plain), _described(plain | acronym, plain) if acronym else ())
            for plain, acronym in zip(*kinds.tolist(), strict=True)
        ]
        self._kind: Final = kind.data

    @classmethod
    def load(cls, directory: Path) -> Gazetteer:
        """Read ``gazetteer.marisa`` and ``gazetteer.npz``."""
        keys = marisa_trie.Trie()
        keys.mmap(str(directory / "gazetteer.marisa"))
        with np.load(directory / "gazetteer.npz") as stored:
            return cls(keys, stored["kinds"], stored["kind"])

    def tag(self, text: str, start: int, end: int) -> Tagged:
        """Return the tokens of ``text[start:end]`` (a sentence) with the terms that they are part of."""
        normalized = normalize(text, start, end)
        spans = normalized.spans
        tags: list[Tags] = [()] * len(spans)
        free = 0
        group = -1
        for kind, first, negative, detail in sorted(self._hits(text, normalized)):
            if kind != group:
                group, free = kind, 0
            if first >= free:
                free = 1 - negative
                for token, tag in enumerate(_tags(GROUPS[kind][0], detail, free - first), start=first):
                    tags[token] += (tag,)
        return Tagged(spans, tuple([text[a:b] for a, b in spans]), tuple(tags))

    def _hits(self, text: str, normalized: NormalizedText) -> Iterator[tuple[int, int, int, str]]:
        """Yield every key in a text for each of its groups: group, first token, minus the last one, detail."""
        string, spans, starts = normalized.string, normalized.spans, normalized.starts
        # Tokens without a form end where the one before them does: a key ends with the first of them.
        ends = dict(zip(starts[:0:-1], range(len(spans) - 1, -1, -1), strict=True))
        prefixes = self._keys.iter_prefixes_with_ids
        for first, (offset, after) in enumerate(pairwise(starts)):
            if offset == after:
                continue
            for key, number in prefixes(string[offset : offset + _LONGEST]):
                last = ends.get(offset + len(key))
                if last is not None:
                    plain, capital = self._kinds[self._kind[number]]
                    kinds = capital if capital and _is_acronym(text[spans[first][0] : spans[last][1]]) else plain
                    for group, detail in kinds:
                        yield group, first, -last, detail


def _described(mask: int, plain: int) -> Kinds:
    """Return the groups of a key's vocabularies, with what is to be said of it as a disease.

    Args:
        mask: all vocabularies that count.
        plain: those in which the key is a word, no acronym.
    """
    detail = "".join(letter for letter, bit in _LETTERS if mask & bit)
    detail += ("" if plain & DISEASE else "!") + ("-" if mask & ~DISEASE else "")
    return tuple((i, detail if i == 0 else "") for i, (_, bits) in enumerate(GROUPS) if mask & bits)


@lru_cache(maxsize=1 << 12)
def _tags(group: str, detail: str, length: int) -> Tags:
    """Return the tags of the tokens of a term."""
    places = "S" if length == 1 else "B" + "I" * (length - 2) + "E"
    return tuple(Tag(group, place, detail, length) for place in places)


def _is_acronym(surface: str) -> bool:
    capitals = sum(map(str.isupper, surface))
    return capitals >= 2 or (surface[0].isupper() and any(map(str.isdigit, surface)))
