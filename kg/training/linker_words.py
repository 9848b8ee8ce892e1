"""Learns what words of mentions become in preferred labels (`kg.grounding.translation`): IBM Model 1."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from kg.grounding.linker import written_out
from kg.grounding.names import Names, words_of
from kg.grounding.translation import tokens_of
from kg.identifiers import Curie
from kg.ontology.normalize import key
from kg.training.linker_examples import Example

_ROUNDS: Final = 6
"""Rounds of expectation and maximisation."""
_LIKELY: Final = 0.03
"""Probability under which a translation is left out."""
_MOST: Final = 8
"""Translations kept for a token."""
_RELATED: Final = 0.65
"""Score of a term's kind from which on it is a wording of its concept."""
_CORPUS: Final = 4.0
"""Weight of an annotated mention; that of a vocabulary's name is one."""
_SUPPORT: Final = 2
"""Concepts in whose wordings a token must occur."""
_NULL: Final = ""
_NO_FOLD: Final = -1

Table = dict[str, dict[str, float]]


class Words:
    """Pairs of a wording and the label of its concept, ready for training.

    Args:
        names: the names of all diseases.
        examples: annotated mentions; those with several ids are left out.
    """

    def __init__(self, names: Names, examples: Iterable[Example]) -> None:
        sources: dict[str, int] = {}
        targets: dict[str, int] = {}
        pairs: list[tuple[int, int, int]] = []
        weights: list[float] = []
        folds: list[int] = []
        concepts: list[Curie] = []
        labels: dict[Curie, tuple[str, ...]] = {}
        for wording, curie, weight, fold in _wordings(names, examples):
            if curie not in labels:
                labels[curie] = words_of(key(names.ontology.label(curie) or ""))
            tokens = dict.fromkeys(token for word in wording for token in tokens_of(word))
            number = len(weights)
            weights.append(weight)
            folds.append(fold)
            concepts.append(curie)
            source = [sources.setdefault(token, len(sources)) for token in (_NULL, *tokens)]
            pairs += [
                (number, s, targets.setdefault(t, len(targets))) for t in dict.fromkeys(labels[curie]) for s in source
            ]
        table = np.asarray(pairs, dtype=np.int64)
        self._sources: Final = list(sources)
        self._targets: Final = list(targets)
        self._weights: Final = np.asarray(weights)
        self._folds: Final = np.asarray(folds)
        self._pair: Final = table[:, 0]
        self._source: Final = table[:, 1]
        _, self._slot = np.unique(self._pair * len(targets) + table[:, 2], return_inverse=True)
        cells, self._cell = np.unique(table[:, 1] * len(targets) + table[:, 2], return_inverse=True)
        self._cell_source: Final = cells // len(targets)
        self._cell_target: Final = cells % len(targets)
        self._common: Final = self._support(concepts)

    def _support(self, concepts: Sequence[Curie]) -> npt.NDArray[np.bool_]:
        number = {curie: n for n, curie in enumerate(dict.fromkeys(concepts))}
        of_pair = np.asarray([number[curie] for curie in concepts])
        seen = np.unique(self._source * len(number) + of_pair[self._pair])
        common: npt.NDArray[np.bool_] = np.bincount(seen // len(number), minlength=len(self._sources)) >= _SUPPORT
        return common

    def table(self, without: int | None = None) -> Table:
        """Return the translations.

        Args:
            without: a fold of annotated documents to leave out.
        """
        weight = self._weights if without is None else np.where(self._folds == without, 0.0, self._weights)
        kept = weight[self._pair] > 0
        slot, cell, weights = self._slot[kept], self._cell[kept], weight[self._pair[kept]]
        likely = np.ones(len(self._cell_source))
        for _ in range(_ROUNDS):
            value = likely[cell]
            value *= weights / np.bincount(slot, weights=value)[slot]
            counts = np.bincount(cell, weights=value, minlength=len(likely))
            totals = np.bincount(self._cell_source, weights=counts)
            likely = counts / np.maximum(totals, 1e-12)[self._cell_source]
        found: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
        for at in np.flatnonzero((likely >= _LIKELY) & self._common[self._cell_source]).tolist():
            source, target = self._sources[self._cell_source[at]], self._targets[self._cell_target[at]]
            if source:
                found[source].append((-round(float(likely[at]), 3), target))
        return {source: {t: -v for v, t in sorted(found[source])[:_MOST]} for source in sorted(found)}


def _wordings(names: Names, examples: Iterable[Example]) -> Iterable[tuple[tuple[str, ...], Curie, float, int]]:
    """Yield the words of a wording, its concept, weight and fold."""
    for row in range(len(names)):
        words = tuple(names.bag(row).split())
        for curie, (score, _) in names.readings(row).items():
            if score >= _RELATED and curie.startswith("MESH:"):
                yield words, curie, 1.0, _NO_FOLD
    for example in examples:
        if len(example.ids) == 1 and not example.composite:
            words = words_of(key(written_out(example.surface, example.context)))
            yield words, next(iter(example.ids)), _CORPUS, example.fold
