"""What the reranker sees of a mention and a candidate: a row of numbers."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Final

from kg.grounding.candidates import Candidate
from kg.grounding.context import Context
from kg.grounding.memory import Memory
from kg.grounding.names import Names, words_of
from kg.identifiers import Curie
from kg.ontology.normalize import key

FEATURES: Final = (
    *("cosine", "below_best", "rank", "hits", "whole", "alike", "part", "part_share", "part_at_end", "part_at_start"),
    *("kind", "memory_share", "memory_count", "memory_other", "memory_similar", "prior"),
    *("words", "name_words", "covered", "covered_name", "covered_soft", "covered_name_soft", "rarest_left"),
    *("rarest_left_name", "same_last", "same_first", "numbers_differ", "opposed", "qualifier_left"),
    *("supplementary", "depth", "names", "acronym", "capitals", "expanded", "length"),
    *("in_document", "above_document", "below_document", "label_in_document", "is_label"),
)
"""Names of the columns, in order."""

_CACHE: Final = 1 << 14
_OPPOSED: Final = (
    ("hyper", "hypo"), ("acute", "chronic"), ("male", "female"), ("benign", "malignant"), ("congenital", "acquired"),
    ("primary", "secondary"), ("anterior", "posterior"), ("left", "right"), ("upper", "lower"), ("brady", "tachy"),
    ("dominant", "recessive"), ("early", "late"), ("adult", "juvenile"), ("non", ""),
)  # fmt: skip
_PAIRS: Final = tuple(p for a, b in _OPPOSED for p in ((a, b), (b, a)) if p[0])
_PREFIXES: Final = tuple(prefix for prefix, _ in _PAIRS)
_QUALIFIER_WORDS: Final = (
    "acute chronic congenital hereditary familial sporadic primary secondary benign malignant male female juvenile "
    "adult infantile neonatal maternal fetal experimental drug induced chemical autosomal dominant recessive linked x"
)
_QUALIFIERS: Final = frozenset(_QUALIFIER_WORDS.split())
"""Words that make another disease of a disease, or may be left out: the trees learn which."""


def alike_value(a: str, b: str, alike: Mapping[str, Mapping[str, float]]) -> float:
    """Tell how alike two words are, in [0, 1]: the same, of one stem, or names that stand for each other."""
    if a == b:
        return 1.0
    value = min(1.0, 0.5 + alike[a][b]) if a in alike and b in alike[a] else 0.0
    shared = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        shared += 1
    if shared >= 4:
        value = max(value, shared / max(len(a), len(b)))
    return value


class Features:
    """Turns candidates into rows.

    Args:
        names: the names of all diseases.
        alike: words that stand for each other.
    """

    def __init__(self, names: Names, alike: Mapping[str, Mapping[str, float]]) -> None:
        self._names: Final = names
        self._alike: Final = alike
        self._concepts: Final[dict[Curie, tuple[float, float, float]]] = {}
        self._ancestors: Final = lru_cache(maxsize=_CACHE)(names.ontology.ancestors)
        self._compare: Final = lru_cache(maxsize=_CACHE)(self._compared)
        self._label_words: Final = lru_cache(maxsize=_CACHE)(self._words_of_label)

    def concept(self, curie: Curie) -> tuple[float, float, float]:
        """Return whether a concept is supplementary, its depth in the hierarchy, the logarithm of its names."""
        known = self._concepts.get(curie)
        if known is None:
            ontology = self._names.ontology
            trees = ontology.tree_numbers(curie)
            depth = min((tree.count(".") + 1 for tree in trees), default=0)
            size = math.log1p(ontology.term_count(curie))
            known = self._concepts[curie] = (float(curie.startswith("MESH:C")), float(depth), size)
        return known

    def _words_of_label(self, curie: Curie) -> tuple[str, ...]:
        return words_of(key(self._names.ontology.label(curie) or ""))

    def _compared(self, words: tuple[str, ...], name: str) -> tuple[float, ...]:
        """Return the columns from ``covered`` to ``qualifier_left``: how the words of both sides agree."""
        others = name.split()
        weight = {word: self._names.idf(word) for word in words}
        weight_name = {word: self._names.idf(word) for word in others}
        left = [word for word in weight if word not in weight_name]
        left_name = [word for word in weight_name if word not in weight]
        like = {(a, b): alike_value(a, b, self._alike) for a in left for b in left_name}
        open_left = {a: weight[a] * (1.0 - max((like[a, b] for b in left_name), default=0.0)) for a in left}
        open_name = {b: weight_name[b] * (1.0 - max((like[a, b] for a in left), default=0.0)) for b in left_name}
        total = sum(weight.values()) or 1.0
        total_name = sum(weight_name.values()) or 1.0
        numbers = [word for word in left if word.isdigit() or len(word) == 1]
        numbers_name = [word for word in left_name if word.isdigit() or len(word) == 1]
        return (
            1.0 - sum(weight[word] for word in left) / total,
            1.0 - sum(weight_name[word] for word in left_name) / total_name,
            1.0 - sum(open_left.values()) / total,
            1.0 - sum(open_name.values()) / total_name,
            max(open_left.values(), default=0.0),
            max(open_name.values(), default=0.0),
            max((alike_value(words[-1], b, self._alike) for b in others), default=0.0) if words else 0.0,
            max((alike_value(words[0], b, self._alike) for b in others), default=0.0) if words else 0.0,
            (len(numbers) + len(numbers_name)) * (2.0 if numbers and numbers_name else 1.0),
            float(_opposed(left, left_name)),
            sum(word in _QUALIFIERS for word in left_name) - 0.1 * sum(word in _QUALIFIERS for word in left),
        )

    def rows(
        self,
        surface: str,
        form: str,
        candidates: Collection[Candidate],
        memory: Memory,
        *,
        expanded: bool,
        document: Collection[Curie],
        context: Context,
    ) -> list[list[float]]:
        """Return one row for each candidate.

        Args:
            surface: the mention.
            form: its key, after short forms were written out.
            candidates: the concepts to judge.
            memory: the lexicon of training surfaces.
            expanded: the mention is a short form, or has one in it.
            document: concepts that the document names elsewhere, by exact reading.
            context: the document.
        """
        words = words_of(form)
        best = max((c.cosine for c in candidates), default=0.0)
        capitals = float(surface.isupper() and len(surface) <= 6)
        known = memory.counts.get(form)
        length = float(len(form))
        ontology = self._names.ontology
        above = frozenset().union(*map(self._ancestors, document))
        result = []
        for c in candidates:
            share, count = memory.share(form, c.curie)
            supplementary, depth, size = self.concept(c.curie)
            label_words = self._label_words(c.curie)
            ancestors = self._ancestors(c.curie) if document else frozenset()
            result.append(
                [
                    c.cosine,
                    best - c.cosine,
                    float(c.rank),
                    float(c.hits),
                    c.whole,
                    c.alike,
                    c.part,
                    c.part_words / len(words) if words else 0.0,
                    float(c.part_at_end),
                    float(c.part_at_start),
                    c.kind,
                    share,
                    math.log1p(count),
                    float(known is not None and share == 0.0),
                    c.remembered,
                    memory.prior(c.curie),
                    float(len(words)),
                    float(c.name.count(" ") + bool(c.name)),
                    *self._compare(words, c.name),
                    supplementary,
                    depth,
                    size,
                    float(c.term >= 0 and ontology.is_acronym(c.term)),
                    capitals,
                    float(expanded),
                    length,
                    float(c.curie in document),
                    float(c.curie in above),
                    float(not ancestors.isdisjoint(document)) if document else 0.0,
                    context.share_of(label_words),
                    float(c.kind == 1.0),
                ]
            )
        return result


def _opposed(left: Collection[str], left_name: Collection[str]) -> bool:
    """Tell whether a word of one side is the opposite of a word of the other."""
    for word in left:
        if word.startswith(_PREFIXES):
            for prefix, other in _PAIRS:
                if word.startswith(prefix) and other + word[len(prefix) :] in left_name:
                    return True
    return False
