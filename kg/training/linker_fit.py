"""Trains the judge of the linker: boosted trees over rows of features, one for each candidate of each example."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier

from kg.grounding.features import FEATURES, IN_CONTEXT, Wording
from kg.grounding.linker import Linker
from kg.grounding.rerank import Trees
from kg.ontology.normalize import key
from kg.training.linker_examples import Example

Float = npt.NDArray[np.float32]

SETTINGS: Final = {
    "max_iter": 150,
    "learning_rate": 0.08,
    "max_leaf_nodes": 12,
    "max_depth": 6,
    "min_samples_leaf": 20,
    "l2_regularization": 1.0,
    "early_stopping": False,
    "random_state": 0,
}
"""Of scikit-learn's histogram-based gradient boosting."""
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
    """Rows of features: of which example, and whether the candidate is right."""

    rows: Float
    owner: npt.NDArray[np.int64]
    right: npt.NDArray[np.bool_]


def table_of(examples: Sequence[Example], linker_for: Callable[[Example], Linker]) -> Table:
    """Compute the features of examples.

    The columns about the document are missing for names of the vocabulary, which have none.

    Args:
        examples: those with several ids are left out.
        linker_for: the linker that has not seen an example: its memory is that of other documents.
    """
    rows: list[Float] = []
    owner: list[int] = []
    right: list[bool] = []
    for index, example in enumerate(examples):
        if example.composite:
            continue
        linker = linker_for(example)
        if example.hidden:
            wording = Wording(example.surface, key(example.surface).strip())
        else:
            wording = linker.wording(example.surface, example.context)
        shortlist = linker.shortlist(wording, hidden=example.hidden, forgotten=example.forgotten)
        if not shortlist.curies:
            continue
        found = linker.rows(shortlist, example.context, example.others)
        if example.hidden:
            found[:, len(FEATURES) - len(IN_CONTEXT) :] = np.nan
        rows.append(found)
        owner += [index] * len(found)
        right += [curie in example.ids for curie in shortlist.curies]
    return Table(np.vstack(rows), np.asarray(owner), np.asarray(right))


def fit(table: Table, weights: npt.NDArray[np.float64]) -> Trees:
    """Train boosted trees and write them down as arrays.

    Args:
        table: the rows.
        weights: the weight of each row.
    """
    classifier: Any = HistGradientBoostingClassifier(**SETTINGS)
    classifier.fit(table.rows, table.right, sample_weight=weights)
    parts: dict[str, list[Any]] = {name: [] for name in ("feature", "threshold", "left", "right", "value")}
    roots: list[int] = []
    depth = 0
    for (predictor,) in classifier._predictors:
        nodes = predictor.nodes
        start = len(parts["feature"])
        here = np.arange(len(nodes))
        leaf = nodes["is_leaf"].astype(bool)
        roots.append(start)
        depth = max(depth, int(nodes["depth"].max()))
        parts["feature"] += np.where(leaf, 0, nodes["feature_idx"]).tolist()
        parts["threshold"] += np.where(leaf, 0.0, nodes["num_threshold"]).tolist()
        parts["left"] += (np.where(leaf, here, nodes["left"]) + start).tolist()
        parts["right"] += (np.where(leaf, here, nodes["right"]) + start).tolist()
        parts["value"] += np.where(leaf, nodes["value"], 0.0).tolist()
    return Trees(
        np.asarray(parts["feature"], np.int16),
        np.asarray(parts["threshold"], np.float32),
        np.asarray(parts["left"], np.int32),
        np.asarray(parts["right"], np.int32),
        np.asarray(parts["value"], np.float32),
        np.asarray(roots, np.int32),
        float(classifier._baseline_prediction.item()),
        depth,
    )
