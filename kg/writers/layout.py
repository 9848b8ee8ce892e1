"""How annotated documents become one output: a block each, and what stands before, between and behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kg.model import AnnotatedDocument


@dataclass(frozen=True, slots=True)
class Layout:
    """The layout of one format.

    `write` gives a document's block; `head` stands before the first block, `between` between two blocks, `tail`
    behind the last one.
    """

    write: Callable[[AnnotatedDocument], str]
    head: str = ""
    between: str = ""
    tail: str = ""

    def pieces(self, documents: Iterable[AnnotatedDocument]) -> Iterator[str]:
        """Yield the output piece by piece, head and tail also when there is no document.

        Memory holds one document at a time. The head comes with the first document, so that nothing is written when
        there is an error before it.

        Args:
            documents: read lazily, once.
        """
        lead = self.head
        is_empty = True
        for annotated in documents:
            yield lead
            yield self.write(annotated)
            lead = self.between
            is_empty = False
        if is_empty:
            yield self.head
        yield self.tail
