"""Trains the judge of the linker: boosted trees over rows of features, one for each candidate of each example."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from kg.grounding import Grounder
from kg.grounding.features import FEATURES
from kg.grounding.linker import Linker
from kg.grounding.names import Names, bag_of, words_of
from kg.grounding.rerank import Model
from kg.grounding.trees import Trees
from kg.training import trees
from kg.training.linker_examples import FOLDS, Example, is_one_of, memory_of
from kg.training.linker_words import Words

Float = npt.NDArray[np.float32]

SETTINGS: Final = {
    "max_iter": 120,
    "learning_rate": 0.1,
    "max_leaf_nodes": 12,
    "max_depth": 5,
    "min_samples_leaf": 20,
    "l2_regularization": 1.0,
    "early_stopping": False,
    "random_state": 0,
}
"""Of scikit-learn's histogram-based gradient boosting."""
FORGOTTEN: Final = 0.5
"""Weight of an example whose surface was taken out of the memory; that of one as it is is one."""
NEW_CONCEPTS: Final = 3
"""Of the surfaces taken out of the memory, one in so many takes its concept along."""
_OF_MEMORY: Final = [FEATURES.index(name) for name in ("memory_similar", "known_share", "known_at_end", "prior")]
NO_TREES: Final = Trees(
    feature=np.zeros(0, np.int16),
    threshold=np.zeros(0, np.float32),
    left=np.zeros(0, np.int32),
    right=np.zeros(0, np.int32),
    value=np.zeros(0, np.float32),
    root=np.zeros(0, np.int32),
    base=0.0,
    depth=0,
)
"""A judge that finds everything equally likely."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of features.

    Attributes:
        rows: one for each candidate of each example.
        owner: the example of each row.
        right: whether the candidate is right.
        forgotten: whether the memory was taken not to know the example's surface.
    """

    rows: Float
    owner: npt.NDArray[np.int64]
    right: npt.NDArray[np.bool_]
    forgotten: npt.NDArray[np.bool_]

    def part(self, chosen: npt.NDArray[np.bool_]) -> Table:
        """Return some of the rows."""
        return Table(self.rows[chosen], self.owner[chosen], self.right[chosen], self.forgotten[chosen])


def linkers(
    examples: Sequence[Example],
    words: Words,
    alike: Mapping[str, Mapping[str, float]],
    names: Names,
    grounder: Grounder,
) -> dict[int, Linker]:
    """Return, for each fold, a linker without judge whose memory and translations are from the other folds."""
    return {
        fold: Linker(
            names,
            Model(NO_TREES, alike, words.table(fold), memory_of(e for e in examples if e.fold != fold), {}),
            grounder,
        )
        for fold in range(FOLDS)
    }


def table_of(examples: Sequence[Example], of_fold: Mapping[int, Linker]) -> Table:
    """Compute the features of examples, each with the memory of the other folds, as for a new document.

    A surface that this memory knows comes a second time as if it did not, so that the judge learns to do without;
    some of these also as if it did not know the concept by any other name.

    Args:
        examples: those with several ids are left out.
        of_fold: what `linkers` returned.
    """
    rows: list[Float] = []
    owner: list[int] = []
    right: list[bool] = []
    forgotten: list[bool] = []
    for index, example in enumerate(examples):
        if example.composite:
            continue
        linker = of_fold[example.fold]
        wording = linker.wording(example.surface, example.context)
        for unknown in ("", bag_of(words_of(wording.form)))[: 1 + linker.knows(wording)]:
            shortlist = linker.shortlist(wording, unknown)
            right_here = np.asarray([curie in example.ids for curie in shortlist.curies], dtype=np.bool_)
            found = linker.rows(shortlist, example.context, example.others)
            if unknown and is_one_of(NEW_CONCEPTS, unknown):
                found[np.ix_(np.flatnonzero(right_here), np.asarray(_OF_MEMORY))] = 0.0
            rows.append(found)
            owner += [index] * len(shortlist.curies)
            right += right_here.tolist()
            forgotten += [bool(unknown)] * len(shortlist.curies)
    return Table(np.vstack(rows), np.asarray(owner), np.asarray(right), np.asarray(forgotten))


def fit(table: Table) -> Trees:
    """Train the trees."""
    return trees.fit(table.rows, table.right, SETTINGS, np.where(table.forgotten, FORGOTTEN, 1.0))
