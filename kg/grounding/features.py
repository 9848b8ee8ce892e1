"""What the reranker sees of a mention and a candidate: a row of numbers."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from kg.grounding.candidates import Candidate, Sources
from kg.grounding.context import Context
from kg.grounding.names import bag_of, words_of
from kg.identifiers import Curie
from kg.ontology.normalize import key

FEATURES: Final = (
    *("cosine", "below_best", "rank", "hits", "whole", "alike", "part", "part_share", "part_at_end", "part_at_start"),
    *("kind", "memory_share", "memory_count", "memory_other", "memory_similar", "known_share", "known_at_end", "prior"),
    *("words", "name_words", "covered", "covered_name", "covered_soft", "covered_name_soft", "rarest_left"),
    *("rarest_left_name", "same_last", "same_first", "numbers_differ", "opposed", "qualifier_left"),
    *("label_explained", "label_least", "explains", "likely", "likely_below_best", "all_names"),
    *("supplementary", "depth", "names", "neoplasm", "congenital", "sign", "mental", "induced"),
    *("acronym", "capitals", "expanded", "length", "is_label"),
    *("reading", "other_reading", "above_reading", "below_reading"),
    *("in_document", "above_document", "below_document", "label_in_document", "about_effects", "about_heredity"),
)
"""Names of the columns, in order."""

Float = npt.NDArray[np.float32]

IN_CONTEXT: Final = FEATURES[FEATURES.index("in_document") :]
"""The columns that say something about the rest of the document."""

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
_BRANCHES: Final = ("C04", "C16", "C23", "F", "C25")
"""MeSH trees: neoplasms, congenital diseases, signs and symptoms, mental disorders, what chemicals cause."""
EFFECTS: Final = frozenset(["toxic", "induc", "adver", "overd", "intox", "poiso", "withd", "abuse"])
"""First letters of words of texts about what drugs do to people: diseases in them are often meant as drug-induced."""
_HEREDITY: Final = frozenset(
    ["mutat", "gene", "genet", "herit", "inher", "famil", "autos", "allel", "locus", "linka", "heter", "homoz"]
)
"""First letters of words of texts about hereditary diseases."""
_SHORT: Final = 6
_NOT_TAKEN: Final = 0.5
"""Factor on the score of exact readings that the rules do not take."""
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


@dataclass(frozen=True, slots=True)
class Wording:
    """A mention without its document.

    Attributes:
        surface: the mention.
        form: its key without closing space, after short forms were written out.
        readings: concepts that an exact reading gives, with their scores; the first is the one to be taken by rule,
            unless `open` says that none is.
        open: no exact reading is good enough.
    """

    surface: str
    form: str
    readings: tuple[tuple[Curie, float], ...] = ()
    open: bool = True
    expanded: bool = False


class Features:
    """Turns candidates into rows.

    Args:
        sources: the names, words that are alike, the memory, and the table of translations.
    """

    def __init__(self, sources: Sources) -> None:
        self._sources: Final = sources
        self._names: Final = sources.names
        self._alike: Final = sources.alike
        self._concepts: Final[dict[Curie, tuple[float, ...]]] = {}
        self._ancestors: Final = lru_cache(maxsize=_CACHE)(sources.names.ontology.ancestors)
        self._compare: Final = lru_cache(maxsize=_CACHE)(self._compared)
        self._label_words: Final = lru_cache(maxsize=_CACHE)(self._words_of_label)
        self._all_words: Final = lru_cache(maxsize=_CACHE)(sources.names.labels.words)

    def concept(self, curie: Curie) -> tuple[float, ...]:
        """Return the columns from ``supplementary`` to ``induced``: what kind of concept it is.

        Whether it is a supplementary one, its depth in the hierarchy, the logarithm of the number of its names, and
        whether it is in one of the branches of `_BRANCHES`.
        """
        known = self._concepts.get(curie)
        if known is None:
            ontology = self._names.ontology
            trees = ontology.tree_numbers(curie)
            depth = min((tree.count(".") + 1 for tree in trees), default=0)
            size = math.log1p(ontology.term_count(curie))
            inside = (float(any(tree.startswith(branch) for tree in trees)) for branch in _BRANCHES)
            known = self._concepts[curie] = (float(curie.startswith("MESH:C")), float(depth), size, *inside)
        return known

    def _words_of_label(self, curie: Curie) -> tuple[tuple[str, float], ...]:
        words = words_of(key(self._names.ontology.label(curie) or ""))
        return tuple((word, self._names.idf(word)) for word in dict.fromkeys(words))

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

    def rows(self, wording: Wording, candidates: Sequence[Candidate], forgotten: str = "") -> Float:
        """Return one row for each candidate, with the columns that do not depend on the document.

        Args:
            wording: the mention.
            candidates: the concepts to judge.
            forgotten: a surface that the memory is taken not to have (see `kg.grounding.candidates.find_candidates`).
        """
        form = wording.form
        words = words_of(form)
        memory, translation = self._sources.memory, self._sources.translation
        forget = bool(forgotten) and bag_of(words) == forgotten
        best = max((c.cosine for c in candidates), default=0.0)
        capitals = float(wording.surface.isupper() and len(wording.surface) <= _SHORT)
        known = None if forget else memory.counts.get(form)
        total = sum(known.values()) if known else 0
        count = math.log1p(total)
        ontology = self._names.ontology
        weights = {word: self._names.idf(word) for word in words}
        weight = sum(weights.values()) or 1.0
        numbered = [(self._names.number(word), value) for word, value in weights.items()]
        number = float(len(words))
        cover = translation.cover(words)
        readings = dict(wording.readings)
        exact, exact_score = (None, 0.0) if wording.open or not wording.readings else wording.readings[0]
        above = self._ancestors(exact) if exact is not None else frozenset()
        shares = translation.shares(words)
        labels = [translation.columns(cover, shares, self._label_words(c.curie)) for c in candidates]
        likely = max((columns[-1] for columns in labels), default=0.0)
        result = []
        for c, label in zip(candidates, labels, strict=True):
            share = known.get(c.curie, 0) / total if known else 0.0
            own = self._all_words(c.curie)
            result.append(
                (
                    c.cosine,
                    best - c.cosine,
                    c.rank,
                    c.hits,
                    c.whole,
                    c.alike,
                    c.part,
                    c.part_words / number if words else 0.0,
                    c.part_at_end,
                    c.part_at_start,
                    c.kind,
                    share,
                    count,
                    known is not None and share == 0.0,
                    c.remembered,
                    c.known_words / number if words else 0.0,
                    c.known_at_end,
                    memory.prior(c.curie, form if forget else ""),
                    number,
                    c.name.count(" ") + bool(c.name),
                    *self._compare(words, c.name),
                    *label,
                    label[-1] - likely,
                    sum(value for word, value in numbered if word in own) / weight,
                    *self.concept(c.curie),
                    c.term >= 0 and ontology.is_acronym(c.term),
                    capitals,
                    wording.expanded,
                    len(form),
                    c.kind == 1.0,
                    readings.get(c.curie, 0.0) * (1.0 if c.curie == exact else _NOT_TAKEN),
                    0.0 if c.curie == exact else exact_score,
                    c.curie in above,
                    exact is not None and c.curie != exact and exact in self._ancestors(c.curie),
                )
            )
        return np.asarray(result, dtype=np.float32).reshape(len(result), len(FEATURES) - len(IN_CONTEXT))

    def in_context(self, curies: Sequence[Curie], document: Collection[Curie], context: Context) -> Float:
        """Return the columns of `IN_CONTEXT` for some candidates.

        Args:
            curies: the candidates.
            document: concepts that the document's other mentions name by exact reading.
            context: the document.
        """
        above = frozenset().union(*map(self._ancestors, document))
        effects, heredity = math.log1p(context.words_starting(EFFECTS)), math.log1p(context.words_starting(_HEREDITY))
        result = [
            (
                curie in document,
                curie in above,
                bool(document) and not self._ancestors(curie).isdisjoint(document),
                context.share_of([word for word, _ in self._label_words(curie)]),
                effects,
                heredity,
            )
            for curie in curies
        ]
        return np.asarray(result, dtype=np.float32).reshape(len(result), len(IN_CONTEXT))


def _opposed(left: Collection[str], left_name: Collection[str]) -> bool:
    """Tell whether a word of one side is the opposite of a word of the other."""
    for word in left:
        if word.startswith(_PREFIXES):
            for prefix, other in _PAIRS:
                if word.startswith(prefix) and other + word[len(prefix) :] in left_name:
                    return True
    return False
