"""Rows of numbers that belong to keys, made when a key is first seen and fetched for many keys at once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Final, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Key = TypeVar("Key", bound=Hashable)
Columns = tuple[NDArray[Any], ...]
"""Arrays of the same length: row i of each belongs to the same key."""

_KEPT: Final = 1 << 16
"""Keys kept at most; then the memory starts afresh."""
_FIRST_SIZE: Final = 1 << 10


class Table(Generic[Key]):
    """A memory of rows.

    Args:
        make: returns the rows of keys: one array or several, each with a row for every key.
        kept: how many keys are remembered before all are forgotten; one fetch may go beyond.
    """

    def __init__(self, make: Callable[[Sequence[Key]], Columns], kept: int = _KEPT) -> None:
        self._make: Final = make
        self._kept: Final = kept
        self._places: Final[dict[Key, int]] = {}
        self._columns: Columns = ()

    def fetch(self, keys: Sequence[Key]) -> Columns:
        """Return the rows of keys, in their order; copies, which may be changed."""
        places = list(map(self._places.get, keys))
        if None in places or not self._columns:
            self._learn(dict.fromkeys(keys))
            places = [self._places[key] for key in keys]
        where = np.array(places, np.intp)
        return tuple(column[where] for column in self._columns)

    def _learn(self, keys: Iterable[Key]) -> None:
        if len(self._places) >= self._kept:
            self._places.clear()
        new = [key for key in keys if key not in self._places]
        made = self._make(new)
        first, after = len(self._places), len(self._places) + len(new)
        if not self._columns:
            self._columns = tuple(np.zeros((_FIRST_SIZE, *column.shape[1:]), column.dtype) for column in made)
        if after > len(self._columns[0]):
            self._columns = tuple(_longer(column, after) for column in self._columns)
        for column, rows in zip(self._columns, made, strict=True):
            column[first:after] = rows
        self._places.update(zip(new, range(first, after), strict=True))


def _longer(column: NDArray[Any], size: int) -> NDArray[Any]:
    """Return a copy with room for `size` rows, and for half as many more."""
    longer = np.zeros((size + size // 2, *column.shape[1:]), column.dtype)
    longer[: len(column)] = column
    return longer


def owners(lists: Sequence[Sequence[object]]) -> NDArray[np.intp]:
    """Return for each member of each list, one after the other, the number of its list."""
    return np.repeat(np.arange(len(lists)), list(map(len, lists)))
