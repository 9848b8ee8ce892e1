"""Length-preserving normalisation of text, so that one set of patterns fits every typography."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

from spacy.tokens import Doc, Span

from kg.nlp.extensions import span_id, text_of

_TABLE: Final = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u02bc\u00b4\u2032`", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\u00ad", "-"),
        **dict.fromkeys("\u00a0\u2009\u202f\u2002\u2003\t\r", " "),
        "\uff08": "(",
        "\uff09": ")",
        "\uff0c": ",",
        "\u3002": ".",
        "\u201c": '"',
        "\u201d": '"',
    }
)


REACH: Final = 300
"""Characters on either side of a phrase that a rule reads of its sentence.

Few sentences are longer; a passage without sentence ends must not cost its length once more for every phrase in it.
"""


def around(sentence: tuple[int, int], start: int, end: int) -> tuple[int, int]:
    """Return the part of `sentence` within `REACH` characters of the phrase at ``[start, end)``."""
    return max(sentence[0], start - REACH), min(sentence[1], end + REACH)


def sentence_at(sentences: Sequence[tuple[int, int]], place: int) -> int | None:
    """Return the index of the sentence that holds the character at `place`, None when it lies between two."""
    index = bisect_right(sentences, place, key=itemgetter(0)) - 1
    return index if index >= 0 and place < sentences[index][1] else None


class Taken:
    """Stretches of text that are spoken for: whether a new one is free is answered in logarithmic time."""

    def __init__(self, stretches: Iterable[tuple[int, int]] = ()) -> None:
        """Take `stretches`."""
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in stretches:
            self.add(start, end)

    def add(self, start: int, end: int) -> None:
        """Take ``[start, end)``, joined with what it overlaps."""
        low, high = bisect_right(self._ends, start), bisect_left(self._starts, end)
        if low < high:
            start, end = min(start, self._starts[low]), max(end, self._ends[high - 1])
        self._starts[low:high] = [start]
        self._ends[low:high] = [end]

    def free(self, start: int, end: int) -> bool:
        """Whether no stretch taken overlaps ``[start, end)``."""
        return bisect_right(self._ends, start) >= bisect_left(self._starts, end)


def normalise(text: str) -> str:
    """Return `text` with plain quotes, hyphens, blanks and brackets; every offset stays valid."""
    return text.translate(_TABLE)


@dataclass(frozen=True, slots=True)
class View:
    """What the rules read of a Doc, taken once, since ``doc.text`` is built anew at each call.

    `text` is normalised, with a line break after each passage; `sentences` are (start, end) characters without white
    space around; `title_end` is 0 without a title; `starts` holds where each token starts.
    """

    text: str
    sentences: list[tuple[int, int]]
    title_end: int
    starts: list[int]

    def span(self, doc: Doc, start: int, end: int, label: str) -> Span | None:
        """Return the span of the tokens that ``[start, end)`` touches, with its id, None when it touches none."""
        first = bisect_right(self.starts, start) - 1
        last = bisect_left(self.starts, end)
        if first < 0 or last <= first:
            return None
        span = Span(doc, first, last, label=label)
        span.id_ = span_id(span.start_char, span.end_char, label)
        return span


def view(doc: Doc, raw: str | None = None) -> View:
    """Read a Doc; `raw` is its text where the caller has it already."""
    raw = text_of(doc) if raw is None else raw
    text = normalise(raw)
    passages = doc._.kg_passages
    for cut in [p["end"] for p in passages if p["end"] < len(text) and text[p["end"]].isspace()]:
        text = text[:cut] + "\n" + text[cut + 1 :]
    if passages:
        title_end = next((int(p["end"]) for p in passages if p["section"] == "title"), 0)
    else:
        title_end = max(0, raw.find("\n"))
    table = doc.to_array(["SENT_START", "IDX"])
    begins = table[table[:, 0] == 1, 1].tolist() or [0]
    bounds = zip(begins, [*begins[1:], len(text)], strict=True)
    trimmed = ((e - len(text[s:e].lstrip()), s + len(text[s:e].rstrip())) for s, e in bounds)
    return View(text, [(s, e) for s, e in trimmed if s < e], title_end, table[:, 1].tolist())
