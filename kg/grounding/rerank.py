"""The trained judge of candidates: boosted decision trees as plain numbers, and the file that they come in."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from kg.errors import GroundingError
from kg.grounding.features import FEATURES
from kg.grounding.memory import Memory

Float = npt.NDArray[np.float32]
_TREES: Final = ("feature", "threshold", "left", "right", "value", "root")
_TABLES: Final = ("alike", "translation", "memory")


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


@dataclass(frozen=True, slots=True)
class Model:
    """What training gives: trees, words that are alike, translations, the memory, and where all this comes from."""

    trees: Trees
    alike: Mapping[str, Mapping[str, float]]
    translation: Mapping[str, Mapping[str, float]]
    memory: Memory
    header: Mapping[str, Any]

    def save(self, path: Path) -> None:
        """Write the model to an ``.npz`` file; the same model gives the same bytes."""
        tables = {"alike": self.alike, "translation": self.translation, "memory": self.memory.counts}
        header = {**self.header, "features": list(FEATURES), "base": self.trees.base, "depth": self.trees.depth}
        arrays: dict[str, npt.NDArray[Any]] = {name: getattr(self.trees, name) for name in _TREES}
        arrays |= {name: _text(table) for name, table in tables.items()} | {"header": _text(header)}
        temporary = path.with_name(path.name + ".tmp")
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for name in sorted(arrays):
                entry = zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                with archive.open(entry, "w") as stream:
                    np.save(stream, np.ascontiguousarray(arrays[name]), allow_pickle=False)
        temporary.replace(path)

    @classmethod
    def load(cls, path: Path) -> Model:
        """Read a model.

        Raises:
            GroundingError: the file is missing, damaged, or made for other features.
        """
        try:
            with np.load(path, allow_pickle=False) as file:
                arrays = {name: file[name] for name in (*_TREES, *_TABLES, "header")}
            tables = {name: json.loads(arrays[name].tobytes()) for name in (*_TABLES, "header")}
        except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile) as error:
            raise GroundingError(f"cannot be read: {error}", where=path, remedy="train it again") from error
        header = tables["header"]
        if header["features"] != list(FEATURES):
            raise GroundingError("was made for other features", where=path, remedy="train it again")
        trees = Trees(**{name: arrays[name] for name in _TREES}, base=header["base"], depth=header["depth"])
        return cls(trees, tables["alike"], tables["translation"], Memory(tables["memory"]), header)


def _text(value: object) -> npt.NDArray[np.uint8]:
    data = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return np.frombuffer(data.encode(), dtype=np.uint8)
