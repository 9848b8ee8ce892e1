"""The MeSH descriptors that a curator writes for a concept of the project's own vocabulary, where some fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Protocol

from kg.identifiers import Curie
from kg.model import Term
from kg.ontology.normalize import key

_LOCAL: Final = "MSCKG:"
_MESH: Final = "MESH:"
_GENERIC: Final = frozenset(
    ("disease", "diseases", "disorder", "disorders", "defect", "defects", "injury", "injuries", "lesion", "lesions")
)
"""Heads that say no more than that something is wrong."""


class Vocabulary(Protocol):
    """What is needed of the terminologies (`kg.ontology.Ontology` has it)."""

    def label(self, curie: Curie) -> str | None:
        """Return a concept's preferred label, None when unknown."""

    def parents(self, curie: Curie) -> tuple[Curie, ...]:
        """Return a concept's direct broader concepts."""

    def terms(self, curie: Curie) -> tuple[Term, ...]:
        """Return the names of a concept."""


def broader_descriptors(curie: Curie, concepts: Vocabulary) -> list[Curie]:
    """Return the nearest MeSH concepts above a local one on every way up, sorted; empty when there is none."""
    level: list[Curie] = [curie]
    found: set[Curie] = set()
    seen = set(level)
    while level:
        above = {parent for one in level for parent in concepts.parents(one)} - seen
        found.update(parent for parent in above if parent.startswith(_MESH))
        seen |= above
        level = sorted(above - found)
    return sorted(found)


def descriptors(curie: Curie, concepts: Vocabulary) -> tuple[Curie, ...]:
    """Return the most specific MeSH descriptors that say what a local concept is; empty where MeSH lacks it.

    A form, a stage or a site of a disease is that disease: chronic endometritis is an Endometritis, endometrial
    fibrosis a Fibrosis, a cartilage defect one of the Cartilage Diseases. A thin endometrium is no more than one of
    the Uterine Diseases: for that MeSH has no descriptor. Some are two at once: a COVID-19-associated respiratory
    distress syndrome. Any other concept is its own descriptor.
    """
    if not curie.startswith(_LOCAL):
        return (curie,)
    own = list(_names(curie, concepts))
    return tuple(one for one in broader_descriptors(curie, concepts) if _is_a(own, list(_names(one, concepts))))


def _is_a(own: Sequence[tuple[str, ...]], names: Sequence[tuple[str, ...]]) -> bool:
    """Tell whether one of a concept's names ends as one of a wider concept's does, generic heads aside."""
    heads = {name[-1] for name in names} - _GENERIC
    rests = {rest for name in names if (rest := _without_generic(name)) and len(rest) < len(name)}
    for name in own:
        rest = _without_generic(name)
        if name[-1] in heads or (len(rest) < len(name) and any(rest[-len(end) :] == end for end in rests)):
            return True
    return False


def _names(curie: Curie, concepts: Vocabulary) -> Iterator[tuple[str, ...]]:
    """Yield the names of a concept that stand in the order of running text, as normalised words."""
    texts = [concepts.label(curie) or "", *(term.text for term in concepts.terms(curie))]
    for text in texts:
        words = () if "," in text else tuple(key(text).split())
        if words:
            yield words


def _without_generic(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[:-1] if words[-1] in _GENERIC else words
