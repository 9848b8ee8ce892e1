"""Columns of strings and numbers on disk, memory-mapped: opening them costs nothing, many processes share them."""

from __future__ import annotations

from array import array
from mmap import ACCESS_READ, mmap
from os import SEEK_END
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

UInt32 = npt.NDArray[np.uint32]
UInt8 = npt.NDArray[np.uint8]


class StringWriter:
    """Appends strings to a column: their UTF-8 bytes in one file, their ends in another.

    A context manager: the column is complete when its block is left without an error.
    """

    def __init__(self, directory: Path, name: str) -> None:
        self._ends_path = directory / f"{name}.ends.npy"
        self._stream = (directory / f"{name}.utf8").open("wb")
        self._ends = array("I", [0])
        self._size = 0

    def append(self, text: str) -> int:
        """Add `text` and return its index."""
        data = text.encode("utf-8", "replace")
        self._stream.write(data)
        self._size += len(data)
        self._ends.append(self._size)
        return len(self._ends) - 2

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._stream.close()
        if kind is None:
            np.save(self._ends_path, np.asarray(self._ends, dtype=np.uint32))


class StringColumn:
    """Reads what `StringWriter` wrote; ``column[i]`` decodes one string."""

    def __init__(self, directory: Path, name: str) -> None:
        self._ends: UInt32 = np.asarray(np.load(directory / f"{name}.ends.npy", mmap_mode="r"))
        with (directory / f"{name}.utf8").open("rb") as file:
            # An empty file cannot be mapped.
            size = file.seek(0, SEEK_END)
            self._bytes: mmap | bytes = mmap(file.fileno(), 0, access=ACCESS_READ) if size else b""

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, index: int) -> str:
        return self._bytes[self._ends[index] : self._ends[index + 1]].decode()


class ListColumn:
    """Lists of numbers, one list a row: ``column[i]`` is a small array (compressed sparse rows)."""

    def __init__(self, directory: Path, name: str) -> None:
        self._ends: UInt32 = np.asarray(np.load(directory / f"{name}.ends.npy", mmap_mode="r"))
        self._values: UInt32 = np.asarray(np.load(directory / f"{name}.values.npy", mmap_mode="r"))

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, row: int) -> list[int]:
        values: list[int] = self._values[self._ends[row] : self._ends[row + 1]].tolist()
        return values


def write_lists(directory: Path, name: str, rows: UInt32, values: UInt32, count: int) -> None:
    """Write a list column from pairs (row, value); a row's values keep the order of the pairs.

    Args:
        directory: where to write.
        name: the column's name.
        rows: the row of each pair, in [0, count).
        values: the value of each pair.
        count: number of rows.
    """
    order = np.argsort(rows, kind="stable")
    ends = np.zeros(count + 1, dtype=np.uint32)
    np.cumsum(np.bincount(rows, minlength=count), out=ends[1:])
    np.save(directory / f"{name}.ends.npy", ends)
    np.save(directory / f"{name}.values.npy", values[order])
