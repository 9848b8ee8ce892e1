"""Trains boosted decision trees with scikit-learn and writes them down as plain numbers (`kg.grounding.trees`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier

from kg.grounding.trees import Trees


def fit(
    rows: npt.NDArray[np.float32],
    right: npt.NDArray[np.bool_],
    settings: Mapping[str, object],
    weights: npt.NDArray[np.float64] | None = None,
) -> Trees:
    """Return trees that tell the probability that a row is right.

    Args:
        rows: shape (examples, columns).
        right: for each row, whether it is right.
        settings: of `HistGradientBoostingClassifier`.
        weights: how much each row counts; None: all the same.
    """
    classifier: Any = HistGradientBoostingClassifier(**settings).fit(rows, right, sample_weight=weights)
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
