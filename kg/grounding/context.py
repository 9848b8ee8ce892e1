"""What one document says about its own words: abbreviations it defines, words and genera it uses."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cached_property
from typing import Final

from kg.ontology.normalize import normalize

_GENUS: Final = re.compile(r"\b([A-Z][a-z]{3,})(?=\s+[a-z]{3,})")

_START: Final = 5


def plural_forms(short: str) -> tuple[str, ...]:
    """Return a short form with its singular or plural: ``MSC`` and ``MSCs`` each give both."""
    if short.endswith("s") and len(short) > 2 and short[-2].isupper():
        return short, short[:-1]
    if short[-1].isupper() or short[-1].isdigit():
        return short, short + "s"
    return (short,)


class Context:
    """A document as the grounder sees it.

    Args:
        text: the document's text.
        definitions: pairs of short and long form in the order in which the text defines them; the first definition of
            a short form holds for the whole document, before its place too.
    """

    def __init__(self, text: str, definitions: Iterable[tuple[str, str]] = ()) -> None:
        self.text: Final = text
        self._long: Final[dict[str, str]] = {}
        self._counts: Final[dict[frozenset[str], int]] = {}
        for short, long in definitions:
            for form in plural_forms(short):
                self._long.setdefault(form, long)

    @property
    def short_forms(self) -> tuple[str, ...]:
        """Every short form that the document defines, with plurals and singulars."""
        return tuple(self._long)

    def long_form(self, surface: str) -> str | None:
        """Return what this document says that `surface` stands for, or None."""
        return self._long.get(surface)

    def has_words_of(self, key: str) -> bool:
        """Tell whether every token of a normalised key occurs somewhere in the document."""
        return self._words.issuperset(key.split())

    def share_of(self, words: Collection[str]) -> float:
        """Return which share of some normalised words occurs in the document, 0.0 for no words."""
        return sum(word in self._words for word in words) / len(words) if words else 0.0

    def words_starting(self, starts: frozenset[str]) -> int:
        """Return how many different words of the document begin with one of some strings.

        Args:
            starts: up to five letters each; one that is shorter stands for the whole word.
        """
        found = self._counts.get(starts)
        if found is None:
            found = self._counts[starts] = sum(word[:_START] in starts for word in self._words)
        return found

    def genera(self, initial: str) -> tuple[str, ...]:
        """Return the capitalised words with this first letter that precede a lower-case word, in reading order."""
        return self._genera.get(initial, ())

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(normalize(self.text).string.split())

    @cached_property
    def _genera(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for match in _GENUS.finditer(self.text):
            found.setdefault(match[1][0], {})[match[1]] = None
        return {initial: tuple(words) for initial, words in found.items()}
