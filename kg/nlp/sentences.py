"""Sentence borders by rule: fast, and used to the prose of papers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, cast

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from kg.nlp.extensions import passage_bounds, register, text_of

if TYPE_CHECKING:
    from thinc.types import Ints2d

_END: Final = re.compile(r"(?<![.?!])[.?!]++[\"'\u2019\u201d)\]]*+\s+|\n\s*")
"""A closing sign, closing quotes or brackets, white space; or a line break."""

_OPENERS: Final = "\"'\u2018\u201c([\u00bf"

_KNOWN: Final = (
    "al approx ca cf cv dr e.g eg eq eqs etc ex fig figs gen i.a i.c i.e i.m i.p i.v i.d ie inc jr ltd max mg min mr "
    "mrs ms no nos nov p.o pp prof ref refs resp s.c sect sp spp ssp st subsp suppl tab tabs var viz vol vs p.i d.c u.s"
)
_ABBREVIATIONS: Final = frozenset(_KNOWN.split())
_MAYBE_FINAL: Final = frozenset({"al", "etc", "sp", "spp", "inc", "ltd", "i.v", "i.p", "i.m", "s.c", "p.o"})
"""Abbreviations that also end sentences: a capitalised word after them starts a new one."""

_LAST_WORD: Final = re.compile(r"[\w.]+$")
_INITIAL: Final = re.compile(r"(?:^|[\s(\[.])[A-Z]$")


def sentence_starts(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where sentences start in ``text[start:end]``, the first non-blank character first.

    Args:
        text: the whole text; offsets are into it.
        start: start of a passage.
        end: its end.
    """
    first = start
    while first < end and text[first].isspace():
        first += 1
    if first == end:
        return
    yield first
    for match in _END.finditer(text, first, end):
        after = match.end()
        if after < end and ("\n" in match[0] or _ends_sentence(text, first, match.start(), after)):
            yield after


def _ends_sentence(text: str, start: int, sign: int, after: int) -> bool:
    """Tell whether the closing sign at `sign` ends a sentence, given what stands before and after it."""
    opening = text[after]
    if opening in _OPENERS and after + 1 < len(text):
        opening = text[after + 1]
    if opening.islower() or not (opening.isalnum()):
        # A name may start in lower case ("scRNA-seq", "mRNA", "p53"): capitals or digits follow within the word.
        word = re.match(r"\w*", text[after : after + 12])
        return text[sign] in ".?!" and word is not None and bool(re.match(r"[a-z]{1,3}[A-Z0-9]", word[0]))
    if text[sign] != ".":
        return True
    before = text[max(start, sign - 16) : sign]
    word = _LAST_WORD.search(before)
    if word is None:
        return True
    last = word[0].lower()
    if last in _MAYBE_FINAL:
        return opening.isupper()
    if last in _ABBREVIATIONS:
        return False
    return _INITIAL.search(before) is None or opening.isdigit()


@Language.factory("kg_sentences", assigns=["token.is_sent_start", "doc.sents"], retokenizes=False)
class Sentences:
    """Sets sentence starts; no sentence crosses the border of a passage (``doc._.kg_passages``).

    White space between passages belongs to the sentence before it.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        register()
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Set the sentence starts of a document."""
        if not len(doc):
            return doc
        text = text_of(doc)
        offsets = doc.to_array("IDX")
        starts = {0}
        for first, last in passage_bounds(doc):
            for character in sentence_starts(text, first, last):
                index = int(np.searchsorted(offsets, character))
                if index < len(offsets) and offsets[index] < last:
                    starts.add(index)
        flags = np.full(len(doc), -1, dtype=np.int64)
        flags[sorted(starts)] = 1
        # All at once: setting ``token.is_sent_start`` one by one takes time in the square of the text's length.
        doc.from_array(["SENT_START"], cast("Ints2d", flags.astype(np.uint64).reshape(-1, 1)))
        return doc
