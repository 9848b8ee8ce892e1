"""What annotators did with words: how often a wording was a mention, and where words stand in mentions."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import marisa_trie
import numpy as np
from numpy.typing import NDArray


class Counts(NamedTuple):
    """Counts of a wording (words in lower case, joined by spaces) in annotated texts.

    Of any wording `annotated`: as a mention, and `present`: anywhere. The rest is of single words: as the last word of
    a mention (`head`), anywhere (`seen`), as the first and the last of several words of a mention (`first`, `last`),
    just before and just after a mention (`before`, `after`), in a mention (`within`).
    """

    annotated: int
    present: int
    head: int
    seen: int
    first: int
    before: int
    last: int
    after: int
    within: int


NONE: Final = Counts(*([0] * len(Counts._fields)))


class Usage:
    """The counts of all wordings.

    Args:
        names: trie of wordings.
        counts: a row for each, columns as in `Counts`.
    """

    def __init__(self, names: marisa_trie.Trie, counts: NDArray[np.uint16]) -> None:
        self._names: Final = names
        self._counts: Final = counts
        self.of: Final = lru_cache(maxsize=1 << 13)(self._of)

    @classmethod
    def load(cls, directory: Path) -> Usage:
        """Read ``usage.marisa`` and ``usage.npz``."""
        names = marisa_trie.Trie()
        names.mmap(str(directory / "usage.marisa"))
        with np.load(directory / "usage.npz") as stored:
            return cls(names, stored["counts"])

    def _of(self, wording: str) -> Counts:
        """Return the counts of a wording, zeros for an unknown one."""
        number = self._names.get(wording)
        return NONE if number is None else Counts(*self._counts[number].tolist())
