"""What the recogniser looks at: the same for training and for use.

An *attribute* is a string. Attributes of a word and of its terms are used at several places around a token (their
name is then preceded by the offset), so that both can be kept for every word and every set of terms seen before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Final

import marisa_trie
import numpy as np
from numpy.typing import NDArray

from kg.nlp.recogniser.gazetteer import Gazetteer, Tagged, Tags
from kg.ontology.normalize import normalize_token

OFFSETS: Final = (-2, -1, 0, 1, 2)
LABELS: Final = "OBIES"
"""Outside; begin, inside, end of a mention; a mention of one token."""
_WORD: Final = re.compile(r"\w+")
_DIGIT: Final = re.compile(r"\d")
_REPEATED: Final = re.compile(r"(.)\1{2,}")
_SHAPES: Final = str.maketrans(ascii_lowercase + ascii_uppercase + digits, "x" * 26 + "X" * 26 + "0" * 10)
UNKNOWN: Final = 0xFFFF
_CACHE: Final = 1 << 12

Attributes = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A definition: short and long form, and where the long form stands (characters of the document)."""

    short: str
    long: str
    start: int
    end: int


class Words:
    """What is known of words beforehand: their place in vocabulary terms, and clusters of word vectors.

    The columns are: share of terms ending in the word that are diseases, of terms containing it, of terms ending in it
    that are chemicals, of terms containing it that are anatomy (each a digit 0 to 4, a letter for the number of terms,
    as ``3 * digit + letter``), then three clusterings of word vectors, from coarse to fine.
    """

    def __init__(self, words: marisa_trie.Trie, columns: NDArray[np.uint16]) -> None:
        self._words: Final = words
        self._columns: Final = columns
        self._row: Final = lru_cache(maxsize=_CACHE)(self._read_row)
        # The two models ask for the same words, one after the other.
        self.near: Final = lru_cache(maxsize=_CACHE)(self._near)
        self.own: Final = lru_cache(maxsize=_CACHE)(self._own)

    @classmethod
    def load(cls, directory: Path) -> Words:
        """Read ``words.marisa`` and ``words.npz``."""
        words = marisa_trie.Trie()
        words.mmap(str(directory / "words.marisa"))
        with np.load(directory / "words.npz") as stored:
            return cls(words, stored["columns"])

    def number(self, word: str) -> int | None:
        """Return the number of a word, None for an unknown one."""
        number: int | None = self._words.get(word)
        return number

    def row(self, word: str) -> tuple[int, ...] | None:
        """Return the columns of a word, None for an unknown one."""
        return self._row(word)

    def _read_row(self, word: str) -> tuple[int, ...] | None:
        number = self._words.get(word)
        return None if number is None else tuple(self._columns[number].tolist())

    def share(self, word: str, column: int) -> str:
        """Return one of the first four columns of a normalised word; ``n`` for an unknown one."""
        return _share(self.row(word), column)

    def _near(self, word: str) -> Attributes:
        """Return the attributes of a word that its neighbours see, too."""
        low = word.lower()
        shares, clusters = self.row(normalize_token(word)), self.row(low)
        found = [f"w={low}", f"h={_shape(word)}", f"s3={low[-3:]}"]
        found += [f"wl={_share(shares, 0)}", f"wa={_share(shares, 1)}"]
        if clusters is not None:
            names = ((5, "ca"), (6, "cb"))
            found += [f"{name}{clusters[column]}" for column, name in names if clusters[column] != UNKNOWN]
        return tuple(found)

    def _own(self, word: str) -> Attributes:
        """Return the attributes of a word that count at its own place only."""
        low, form = word.lower(), normalize_token(word)
        shares, clusters = self.row(form), self.row(low)
        found = [f"n={form}", f"wc={_share(shares, 2)}", f"wt={_share(shares, 3)}"]
        found.append(f"wla={_share(shares, 0)}{_share(shares, 1)}")
        if clusters is not None and clusters[4] != UNKNOWN:
            found.append(f"cA{clusters[4]}")
        found += [f"s{n}={low[-n:]}" for n in (2, 4, 5, 6) if len(low) > n]
        found += [f"p{n}={low[:n]}" for n in (2, 3, 4, 5) if len(low) > n]
        found.append(f"len{min(len(word), 8)}")
        return tuple(found)


def _share(row: tuple[int, ...] | None, column: int) -> str:
    return "n" if row is None or row[column] == UNKNOWN else f"{row[column] // 3}{'abc'[row[column] % 3]}"


def _shape(word: str) -> str:
    """Return a word with x, X and 0 in place of its letters and digits, two at most of the same sign in a row."""
    shape = (word if word.isascii() else _DIGIT.sub("0", word)).translate(_SHAPES)
    return _REPEATED.sub(r"\1\1", shape) if len(shape) > 2 else shape


def summary(tags: Tags) -> str:
    """Return a token's terms in one attribute, for conjunctions."""
    disease = next((tag.place for tag in tags if tag.group == "D"), "O")
    return "T=" + disease + "".join(tag.group for tag in tags if tag.group != "D")


def term_attributes(tags: Tags) -> Attributes:
    """Return the attributes of the terms that a token is part of."""
    found: list[str] = []
    for group, place, detail, length in tags:
        if group == "D":
            size = min(length, 5)
            found += [f"D={place}", f"De={place}{detail}", f"Dn={place}{size}", f"Dn2={size}{detail}"]
        else:
            found.append(f"{group}={place}")
    if not tags or tags[0].group != "D":
        found.append("D=O")
    found.append(summary(tags))
    return tuple(found)


class DocumentView:
    """What a document says about its words: terms elsewhere, the first sentence, abbreviations."""

    def __init__(
        self, sentences: Sequence[Tagged], abbreviations: Sequence[Abbreviation], gazetteer: Gazetteer, words: Words
    ) -> None:
        self._first: Final = frozenset(sentences[0].words) if sentences else frozenset()
        counted = Counter(chain.from_iterable(sentence.words for sentence in sentences))
        self._seen: Final = Counter[str]()
        for word, times in counted.items():
            self._seen[word.lower()] += times
        tagged = chain.from_iterable(zip(sentence.words, sentence.tags, strict=True) for sentence in sentences)
        self._in_term: Final = Counter([word.lower() for word, tags in tagged if tags and tags[0].group == "D"])
        # Few words have anything said of them by the document: only these are looked at.
        self._marked: Final = {word for word in counted if word in self._first or word.lower() in self._in_term}
        self._short: Final[dict[str, str]] = {}
        self._long: Final[list[tuple[int, int, str]]] = []
        for item in abbreviations:
            kind = _long_form(gazetteer.tag(item.long, 0, len(item.long)).tags)
            parts = _WORD.findall(item.long)
            kind_and_head = kind + (words.share(normalize_token(parts[-1]), 0) if parts else "n")
            self._short[item.short] = kind_and_head
            self._short.setdefault(item.short + "s", kind_and_head)
            self._long.append((item.start, item.end, kind))

    def attributes(self, sentence: Tagged, *, first: bool) -> list[list[str]]:
        """Return what the document adds to each token of a sentence."""
        words, spans = sentence.words, sentence.spans
        result: list[list[str]] = [[] for _ in words]
        if not words:
            return result
        short = self._short_forms(words)
        long = [item for item in self._long if item[0] < spans[-1][1] and item[1] > spans[0][0]]
        marked = [index for index, word in enumerate(words) if word in self._marked]
        for index in range(len(words)) if long else {*marked, *short}:
            found = result[index]
            word, tags, kind = words[index], sentence.tags[index], short.get(index)
            disease = tags[0].place if tags and tags[0].group == "D" else ""
            if kind:
                found += [f"ab={kind}", f"ab={kind}{disease or 'O'}"]
            start, end = spans[index]
            for begin, close, form in long:
                if begin <= start and end <= close:
                    found.append(f"lf={'B' if start == begin else 'E' if end == close else 'I'}{form}")
            low = word.lower()
            if len(low) > 2:
                if not disease and low in self._in_term:
                    found.append(f"dw{4 * self._in_term[low] // self._seen[low]}")
                if not first and word in self._first:
                    found.append("tiD" if disease else "ti")
        return result

    def _short_forms(self, words: Sequence[str]) -> dict[int, str]:
        """Return, for the tokens that are or belong to a defined short form, what its long form is."""
        if not self._short:
            return {}
        short = {index: self._short[word] for index, word in enumerate(words) if word in self._short}
        if any("-" in form for form in self._short):
            for index in range(len(words) - 2):
                known = self._short.get("".join(words[index : index + 3])) if words[index + 1] == "-" else None
                if known is not None and index not in short:
                    short |= dict.fromkeys(range(index, index + 3), known)
        return short


def _long_form(tags: Sequence[Tags]) -> str:
    """Tell whether a long form is a disease term (F), ends in one (S), has one inside (P) or none (N, other groups)."""
    disease = [item[0] if item and item[0].group == "D" else None for item in tags]
    if disease and disease[0] is not None and disease[0].length == len(disease):
        return "F"
    if disease and disease[-1] is not None:
        return "S"
    if any(disease):
        return "P"
    return "N" + (tags[-1][0].group if tags and tags[-1] else "")


def conjunctions(words: Sequence[str], terms: Sequence[str]) -> Iterator[Attributes]:
    """Yield for each token the attributes that join two things; they are too many to be kept.

    Args:
        words: the words of a sentence.
        terms: `summary` of each.
    """
    low = [word.lower() for word in words]
    last = len(low) - 1
    for index, (word, own) in enumerate(zip(low, terms, strict=True)):
        before = (f"w-={low[index - 1]}|{word}", f"{terms[index - 1]}~{own}") if index else ()
        after = (f"w+={word}|{low[index + 1]}", f"{own}~+{terms[index + 1]}") if index < last else ()
        yield (f"{own}|{word}", *before, *after)


_CONJUNCTION: Final = re.compile(r"(w[-+])=(\||[^|]+)\|(.+)|(T=[A-Z]+)(~\+?|\|)(.+)")


def split_conjunction(name: str) -> tuple[str, str, str] | None:
    """Return what an attribute of `conjunctions` joins, None for another attribute.

    Returns:
        How it joins (``w-``, ``w+``: two words; ``~``, ``~+``: two summaries; ``|``: summary and word), and the two in
        the order of the text. The signs with ``-`` and ``~`` alone are for the second token, those with ``+`` for the
        first.
    """
    match = _CONJUNCTION.fullmatch(name)
    if match is None:
        return None
    return (match[1], match[2], match[3]) if match[1] else (match[5], match[4], match[6])


def attributes(sentence: Tagged, added: Sequence[Sequence[str]], words: Words) -> list[list[str]]:
    """Return every attribute of every token: for training; in use, `kg_recogniser` sums kept weights instead."""
    near = [words.near(word) for word in sentence.words]
    local = [[*term_attributes(tags), *extra] for tags, extra in zip(sentence.tags, added, strict=True)]
    joint = list(conjunctions(sentence.words, [summary(tags) for tags in sentence.tags]))
    result: list[list[str]] = []
    for index, word in enumerate(sentence.words):
        found = ["b"]
        for offset in OFFSETS:
            place = index + offset
            if 0 <= place < len(near):
                found += [f"{offset}{name}" for name in (*near[place], *local[place])]
            elif place in (-1, len(near)):
                found.append(f"{offset}<>")
        found += words.own(word)
        found += joint[index]
        result.append(found)
    return result
