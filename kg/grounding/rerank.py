"""The trained judge of candidates: its trees, what its features are made of, and the file that all this comes in."""

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
from kg.grounding.trees import ARRAYS, Trees

_TABLES: Final = ("alike", "translation", "memory")


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
        arrays: dict[str, npt.NDArray[Any]] = {name: getattr(self.trees, name) for name in ARRAYS}
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
                arrays = {name: file[name] for name in (*ARRAYS, *_TABLES, "header")}
            tables = {name: json.loads(arrays[name].tobytes()) for name in (*_TABLES, "header")}
        except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile) as error:
            raise GroundingError(f"cannot be read: {error}", where=path, remedy="train it again") from error
        header = tables["header"]
        if header["features"] != list(FEATURES):
            raise GroundingError("was made for other features", where=path, remedy="train it again")
        trees = Trees(**{name: arrays[name] for name in ARRAYS}, base=header["base"], depth=header["depth"])
        return cls(trees, tables["alike"], tables["translation"], Memory(tables["memory"]), header)


def _text(value: object) -> npt.NDArray[np.uint8]:
    data = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return np.frombuffer(data.encode(), dtype=np.uint8)
