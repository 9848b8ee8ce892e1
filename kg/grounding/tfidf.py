"""Cosine similarity of character 3-grams over many thousand names: an inverted index in plain arrays.

3-grams are taken inside words, each word with a space on either side, so that the order of words does not count.
Weights are term frequency times inverse document frequency, normalised to length one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

UInt32 = npt.NDArray[np.uint32]
Float32 = npt.NDArray[np.float32]

COLUMNS: Final = ("codes", "ends", "rows", "weights", "idf", "size")
"""The arrays of an index."""
_SPACE: Final = 32
_COMMON: Final = 0.06
"""3-grams in more than this share of the names are left out: they cost most of the time and tell the least."""

_FLOOR: Final = 0.25
"""Cosine under which two names have nothing in common."""


def gram_codes(text: bytes) -> UInt32:
    """Return the 3-grams of a padded text as numbers, duplicates included; those with a space inside are left out."""
    raw = np.frombuffer(text, dtype=np.uint8).astype(np.uint32)
    if len(raw) < 3:
        return np.zeros(0, dtype=np.uint32)
    codes = (raw[:-2] << 16) | (raw[1:-1] << 8) | raw[2:]
    kept: UInt32 = codes[raw[1:-1] != _SPACE].astype(np.uint32)
    return kept


def padded(name: str) -> bytes:
    """Return a name (words in lower case, single spaces) with the spaces around it, one byte a character."""
    return f" {name.strip()} ".encode("latin-1", "replace")


class GramIndex:
    """Finds the names most similar to a string.

    Args:
        arrays: what `build` returned, from memory or mapped from files.
    """

    def __init__(self, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
        self._codes: UInt32 = arrays["codes"]
        self._ends: UInt32 = arrays["ends"]
        self._rows: UInt32 = arrays["rows"]
        self._weights: Float32 = arrays["weights"]
        self._idf: Float32 = arrays["idf"]
        self._size = int(arrays["size"][0])

    @staticmethod
    def build(names: Sequence[str]) -> dict[str, npt.NDArray[Any]]:
        """Return the arrays of an index; the rows of results are positions in `names`."""
        parts = [padded(name) for name in names]
        lengths = np.fromiter(map(len, parts), dtype=np.int64, count=len(parts))
        raw = np.frombuffer(b"".join(parts), dtype=np.uint8).astype(np.uint32)
        owner = np.repeat(np.arange(len(parts), dtype=np.uint32), lengths)
        codes = (raw[:-2] << 16) | (raw[1:-1] << 8) | raw[2:]
        inside = (owner[:-2] == owner[2:]) & (raw[1:-1] != _SPACE)
        pairs = (codes[inside].astype(np.uint64) << np.uint64(32)) | owner[:-2][inside]
        pairs, counts = np.unique(pairs, return_counts=True)
        grams = (pairs >> np.uint64(32)).astype(np.uint32)
        rows = (pairs & np.uint64(0xFFFFFFFF)).astype(np.uint32)
        unique, starts = np.unique(grams, return_index=True)
        ends = np.append(starts, len(grams)).astype(np.uint32)
        frequency = np.diff(ends.astype(np.int64))
        idf = (np.log((1 + len(parts)) / (1 + frequency)) + 1).astype(np.float32)
        idf[frequency > max(_COMMON * len(parts), 50)] = 0.0
        weights = counts * np.repeat(idf, frequency)
        norms = np.sqrt(np.bincount(rows, weights=weights**2, minlength=len(parts)))
        norms[norms == 0] = 1.0
        return {
            "codes": unique,
            "ends": ends,
            "rows": rows,
            "weights": (weights / norms[rows]).astype(np.float32),
            "idf": idf,
            "size": np.asarray([len(parts)], dtype=np.uint32),
        }

    def best(self, name: str, count: int) -> list[tuple[int, float]]:
        """Return (row, cosine) of the most similar names, the most similar first; ties in the order of rows."""
        if not self._size:
            return []
        grams, counts = np.unique(gram_codes(padded(name)), return_counts=True)
        at = np.searchsorted(self._codes, grams)
        known = (at < len(self._codes)) & (self._codes[np.minimum(at, len(self._codes) - 1)] == grams)
        missing = float(np.log(1 + self._size) + 1)
        values = np.where(known, self._idf[np.minimum(at, len(self._codes) - 1)], missing) * counts
        norm = float(np.sqrt((values**2).sum())) or 1.0
        scores = np.zeros(self._size, dtype=np.float32)
        for place, value in zip(at[known].tolist(), (values[known] / norm).tolist(), strict=True):
            if value:
                start, end = self._ends[place], self._ends[place + 1]
                scores[self._rows[start:end]] += self._weights[start:end] * np.float32(value)
        top = np.flatnonzero(scores >= _FLOOR)
        if len(top) > count:
            top = top[np.argpartition(scores[top], len(top) - count)[len(top) - count :]]
        order = np.lexsort((top, -scores[top]))
        return [(int(row), float(scores[row])) for row in top[order]]
