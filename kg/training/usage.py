"""Counts what annotators did with words (`kg.nlp.recogniser.usage`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import marisa_trie
import numpy as np

from kg.nlp.recogniser.usage import Counts
from kg.training.examples import Prepared

_LONGEST: Final = 6
"""Wordings of more words are not counted."""
_COLUMN: Final = {name: number for number, name in enumerate(Counts._fields)}


def write_usage(documents: Iterable[Prepared], output: Path) -> None:
    """Write ``usage.marisa`` and ``usage.npz``: the counts of every wording that was a mention, and of every word."""
    documents = list(documents)
    counts: dict[str, Counter[str]] = {name: Counter() for name in Counts._fields}
    for words, mentions in _sentences(documents):
        counts["seen"].update(words)
        for first, last in mentions:
            _count(counts, words, first, last)
    known = counts["annotated"]
    for words, _ in _sentences(documents):
        for first in range(len(words)):
            for after in range(first + 1, min(len(words), first + _LONGEST) + 1):
                wording = " ".join(words[first:after])
                if wording in known:
                    counts["present"][wording] += 1
    names = marisa_trie.Trie(sorted({*known, *counts["seen"]}))
    table = np.zeros((len(names), len(Counts._fields)), np.uint16)
    for field, counted in counts.items():
        for wording, count in counted.items():
            table[names[wording], _COLUMN[field]] = min(count, np.iinfo(np.uint16).max)
    names.save(str(output / "usage.marisa"))
    np.savez_compressed(output / "usage.npz", counts=table)


def _sentences(documents: Iterable[Prepared]) -> Iterator[tuple[list[str], list[tuple[int, int]]]]:
    """Yield the words of each sentence in lower case, and first and last word of its mentions."""
    for document in documents:
        for sentence, labels in zip(document.sentences, document.labels, strict=True):
            words = [word.lower() for word in sentence.words]
            first = 0
            mentions: list[tuple[int, int]] = []
            for index, label in enumerate(labels):
                if label in "BS":
                    first = index
                if label in "ES":
                    mentions.append((first, index))
            yield words, mentions


def _count(counts: dict[str, Counter[str]], words: list[str], first: int, last: int) -> None:
    """Count one mention."""
    counts["annotated"][" ".join(words[first : last + 1])] += 1
    counts["head"][words[last]] += 1
    counts["within"].update(words[first : last + 1])
    if first:
        counts["before"][words[first - 1]] += 1
    if last + 1 < len(words):
        counts["after"][words[last + 1]] += 1
    if last > first:
        counts["first"][words[first]] += 1
        counts["last"][words[last]] += 1
