"""All names of diseases, by the words in them: the table in which free wordings are looked up.

The table is made once for each state of the terminologies (about three seconds), kept beside the compiled ontology,
and memory-mapped.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import marisa_trie
import numpy as np
import numpy.typing as npt

from kg.grounding.labels import COLUMNS as LABEL_COLUMNS
from kg.grounding.labels import Labels
from kg.grounding.score import KIND_SCORE
from kg.grounding.tfidf import COLUMNS, GramIndex, UInt32
from kg.identifiers import Curie
from kg.model import MentionType, TermKind
from kg.ontology import Ontology, cached_folder
from kg.ontology.normalize import key

_EMPTY: Final = frozenset({"of", "the", "in", "a", "an", "to", "due", "by", "nos", "s"})
"""Words that tell nothing about the disease."""
_WORD: Final = re.compile(r"[^\W_]+")
_SUPPORT: Final = 3
"""Concepts that must have two names which differ in one word, before the two words are taken for alike."""
_GOOD: Final = 0.85
"""Score of a term's kind from which on its words may be exchanged for those of its concept's other terms."""
_CACHE: Final = 1 << 14

Readings = Mapping[Curie, tuple[float, int]]
"""Concept to the score of its best term's kind and that term's number."""


def words_of(form: str) -> tuple[str, ...]:
    """Return the telling words of a key, in order."""
    return tuple(word for word in _WORD.findall(form) if word not in _EMPTY)


def bag_of(words: tuple[str, ...]) -> str:
    """Return words as a string that does not depend on their order."""
    return " ".join(sorted(words))


class Names:
    """Names of diseases with the concepts that they name; a name is a bag: its words, sorted.

    Args:
        ontology: where the names are.

    Raises:
        OntologyError: the cache directory cannot be written.
    """

    def __init__(self, ontology: Ontology) -> None:
        self.ontology: Final = ontology
        directory = _prepared(ontology)
        self._bags = marisa_trie.Trie()
        self._bags.mmap(str(directory / "bags.marisa"))
        self._words = marisa_trie.Trie()
        self._words.mmap(str(directory / "words.marisa"))
        self._ends: UInt32 = _mapped(directory / "ends.npy")
        self._terms: UInt32 = _mapped(directory / "terms.npy")
        self._frequency: UInt32 = _mapped(directory / "frequency.npy")
        self._grams = GramIndex({name: _mapped(directory / f"gram.{name}.npy") for name in COLUMNS})
        columns = {name: _mapped(directory / f"label.{name}.npy") for name in LABEL_COLUMNS}
        self.labels: Final = Labels(ontology, self._words, columns)
        self.number: Final = self._words.get
        """Gives the number of a word, or None when no name has it."""
        self.idf = lru_cache(maxsize=_CACHE)(self._idf)
        self.readings = lru_cache(maxsize=_CACHE)(self._readings)

    def __len__(self) -> int:
        return len(self._bags)

    def bag(self, row: int) -> str:
        """Return the name in a row."""
        name: str = self._bags.restore_key(row)
        return name

    def _readings(self, row: int) -> Readings:
        """Return what the name in a row can mean."""
        found: dict[Curie, tuple[float, int]] = {}
        for number in self._terms[self._ends[row] : self._ends[row + 1]].tolist():
            curie = self.ontology.resolve(self.ontology.curie_of_term(number))
            if curie is not None:
                reading = (KIND_SCORE[self.ontology.kind_of_term(number)], -number)
                found[curie] = max(found.get(curie, reading), reading)
        return {curie: (score, -number) for curie, (score, number) in found.items()}

    def find(self, bag: str) -> Readings:
        """Return what a bag of words can mean; empty when it is no name."""
        row = self._bags.get(bag)
        return {} if row is None else self.readings(row)

    def nearest(self, bag: str, count: int) -> list[tuple[int, float]]:
        """Return (row, cosine) of the names with the most similar spelling, the most similar first."""
        return self._grams.best(bag, count)

    def _idf(self, word: str) -> float:
        """Return how rare a word is in names of diseases: 0 for a word that is in all of them."""
        number = self._words.get(word)
        count = 1 if number is None else int(self._frequency[number])
        return math.log((len(self) + 1) / count)


def _mapped(path: Path) -> npt.NDArray[Any]:
    """Map an array from a file; as a plain array, whose items and slices cost less than those of `numpy.memmap`."""
    return np.asarray(np.load(path, mmap_mode="r"))


def alike_words(names: Names) -> dict[str, dict[str, float]]:
    """Return words that stand for each other: names of one concept differ in just these two ("renal", "kidney").

    The value says how often, among the concepts that have one of the words in a name, the other stands in its place.
    """
    by_concept: dict[Curie, list[list[str]]] = {}
    for row in range(len(names)):
        for curie, (score, _) in names.readings(row).items():
            if score >= _GOOD:
                by_concept.setdefault(curie, []).append(names.bag(row).split())
    pairs: Counter[tuple[str, str]] = Counter()
    single: Counter[str] = Counter()
    for bags in by_concept.values():
        rest: dict[str, set[str]] = {}
        for words in bags:
            for i, word in enumerate(words):
                rest.setdefault(" ".join(words[:i] + words[i + 1 :]), set()).add(word)
        pairs.update({(a, b) for place, group in rest.items() if place for a in group for b in group if a != b})
        single.update({word for words in bags for word in words})
    alike: dict[str, dict[str, float]] = {}
    for (a, b), count in sorted(pairs.items()):
        if count >= _SUPPORT and len(a) > 1 and len(b) > 1 and not (a.isdigit() or b.isdigit()):
            alike.setdefault(a, {})[b] = round(count / math.sqrt(single[a] * single[b]), 4)
    return alike


def _prepared(ontology: Ontology) -> Path:
    """Return the directory of the table, which is made when it is not there."""
    code = b"".join(Path(__file__).with_name(name).read_bytes() for name in ("names.py", "tfidf.py", "labels.py"))
    name = f"{ontology.fingerprint}-names-{hashlib.sha256(code).hexdigest()[:8]}"
    return cached_folder(name, lambda folder: _write(ontology, folder))


def _write(ontology: Ontology, directory: Path) -> None:
    table: dict[str, set[int]] = {}
    labels: dict[int, tuple[str, ...]] = {}
    for form, number in ontology.keys_of(MentionType.DISEASE):
        words = words_of(form)
        if words:
            terms = (n for n in ontology.key_terms(number) if ontology.type_of_term(n) is MentionType.DISEASE)
            table.setdefault(bag_of(words), set()).update(terms)
        for term in ontology.key_terms(number):
            if ontology.type_of_term(term) is MentionType.DISEASE and ontology.kind_of_term(term) is TermKind.LABEL:
                labels.setdefault(term, words_of(key(ontology.term(term).text)))
    trie = marisa_trie.Trie(sorted(table))
    trie.save(str(directory / "bags.marisa"))
    bags = [trie.restore_key(row) for row in range(len(trie))]
    lists = [sorted(table[bag]) for bag in bags]
    ends = np.zeros(len(lists) + 1, dtype=np.uint32)
    np.cumsum([len(terms) for terms in lists], out=ends[1:])
    np.save(directory / "ends.npy", ends)
    np.save(directory / "terms.npy", np.asarray([n for terms in lists for n in terms], dtype=np.uint32))
    frequency = Counter(word for bag in bags for word in set(bag.split()))
    known = marisa_trie.Trie(sorted(frequency))
    known.save(str(directory / "words.marisa"))
    counts = [frequency[known.restore_key(row)] for row in range(len(known))]
    np.save(directory / "frequency.npy", np.asarray(counts, dtype=np.uint32))
    weights = np.log((len(bags) + 1) / np.asarray(counts))
    own: dict[Curie, set[int]] = {}
    for bag, members in zip(bags, lists, strict=True):
        numbers = [known[word] for word in bag.split()]
        for curie in {ontology.resolve(ontology.curie_of_term(term)) for term in members}:
            if curie is not None:
                own.setdefault(curie, set()).update(numbers)
    current = {term: words for term, words in sorted(labels.items()) if _is_current(ontology, term)}
    rows = [(term, [known[word] for word in words if word in known]) for term, words in current.items()]
    all_words = [own.get(ontology.curie_of_term(term), set()) for term in current]
    for name, column in Labels.build(rows, all_words, weights).items():
        np.save(directory / f"label.{name}.npy", column)
    for name, column in GramIndex.build(bags).items():
        np.save(directory / f"gram.{name}.npy", column)


def _is_current(ontology: Ontology, term: int) -> bool:
    curie = ontology.curie_of_term(term)
    return ontology.resolve(curie) == curie
