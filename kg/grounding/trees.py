"""Boosted decision trees as plain numbers: what scikit-learn trains, run with numpy alone."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from kg.errors import GroundingError

Float = npt.NDArray[np.float32]
ARRAYS: Final = ("feature", "threshold", "left", "right", "value", "root")
"""Names of the arrays, in files as well."""


@dataclass(frozen=True, slots=True)
class Trees:
    """Regression trees, all nodes in a row; a leaf's `left` and `right` are the leaf itself.

    Attributes:
        feature: the column that a node looks at.
        threshold: a row goes to the left when its number is not above this.
        left: the node's left successor.
        right: the node's right successor.
        value: what a leaf adds to the logarithm of the odds.
        root: the first node of each tree.
        base: the logarithm of the odds before any tree.
        depth: steps from a root to the deepest leaf.
    """

    feature: npt.NDArray[np.int16]
    threshold: Float
    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
    value: Float
    root: npt.NDArray[np.int32]
    base: float
    depth: int

    def probabilities(self, rows: Float) -> Float:
        """Return the probability of each row, in (0, 1).

        Args:
            rows: shape (candidates, columns).
        """
        nodes = np.repeat(self.root[None, :].astype(np.intp), len(rows), axis=0)
        flat = np.ascontiguousarray(rows, dtype=np.float32).ravel()
        first = (np.arange(len(rows)) * rows.shape[1])[:, None]
        next_ = np.stack([self.left, self.right], axis=1).ravel()
        for _ in range(self.depth):
            right = flat.take(first + self.feature.take(nodes)) > self.threshold.take(nodes)
            nodes = next_.take(2 * nodes + right)
        odds = self.base + self.value[nodes].sum(axis=1)
        result: Float = (1.0 / (1.0 + np.exp(-odds))).astype(np.float32)
        return result

    def save(self, path: Path, features: Sequence[str]) -> None:
        """Write the trees to an ``.npz`` file, with the names of the columns that they were trained on."""
        header = json.dumps({"features": list(features), "base": self.base, "depth": self.depth})
        arrays = {name: getattr(self, name) for name in ARRAYS}
        np.savez_compressed(path, header=np.frombuffer(header.encode(), np.uint8), **arrays)

    @classmethod
    def load(cls, path: Path, features: Sequence[str]) -> Trees:
        """Read trees.

        Raises:
            GroundingError: the file is missing, damaged, or made for other features.
        """
        try:
            # An open file is handed over: numpy leaves one that it opened itself open when it is damaged.
            with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
                arrays = {name: file[name] for name in ARRAYS}
                header = json.loads(file["header"].tobytes())
                known, base, depth = header["features"], header["base"], header["depth"]
        except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile) as error:
            raise GroundingError(f"cannot be read: {error}", where=path, remedy="train it again") from error
        if known != list(features):
            raise GroundingError("was made for other features", where=path, remedy="train it again")
        return cls(**arrays, base=base, depth=depth)
