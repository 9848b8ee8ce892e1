"""Abbreviations that a text defines: "thin endometrium (TE)".

The match of short and long form is scispaCy's implementation of Schwartz and Hearst, "A simple algorithm for
identifying abbreviation definitions in biomedical text" (PSB 2003). Its detector pairs every opening bracket with
every later closing one, which takes minutes on a full text; here each bracket is paired with its own.
"""

from __future__ import annotations

import re
from typing import Final, TypedDict

from scispacy.abbreviation import find_abbreviation
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.nlp.extensions import passage_bounds, register, text_of

_BRACKET: Final = re.compile(r"\(([^()]{1,120})\)")
_SHORT: Final = re.compile(r"[^\W_][\w+./&\u2010-\u2015-]{1,11}(?: [A-Z0-9][\w-]{0,5})?")
_QUOTES: Final = "\"'\u2018\u2019\u201c\u201d "


class Definition(TypedDict):
    """A definition, as ``doc._.kg_abbreviations`` holds it; offsets are characters."""

    short: str
    long: str
    short_start: int
    short_end: int
    long_start: int
    long_end: int


@Language.factory("kg_abbreviations", assigns=["doc._.kg_abbreviations"], retokenizes=False)
class Abbreviations:
    """Finds the definitions of a document, the first of each short form, in reading order."""

    def __init__(self, nlp: Language, name: str) -> None:
        register()
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Find the definitions of a document."""
        text = text_of(doc)
        found: dict[str, Definition] = {}
        if "(" in text:
            for start, end in passage_bounds(doc):
                for match in _BRACKET.finditer(text, start, end):
                    definition = self._define(doc, text, start, match)
                    if definition is not None:
                        found.setdefault(definition["short"], definition)
        doc._.kg_abbreviations = sorted(found.values(), key=lambda d: d["short_start"])
        return doc

    def _define(self, doc: Doc, text: str, passage: int, match: re.Match[str]) -> Definition | None:
        """Read one bracket: a short form after its long form, or the other way round."""
        inner = re.split(r"[;,:]|\s=\s|\bor\b", match[1], maxsplit=1)[0]
        lead = len(inner) - len(inner.lstrip(_QUOTES))
        inner = inner.strip(_QUOTES)
        start = match.start(1) + lead
        if _is_short(inner):
            long = self._before(doc, text, passage, match.start(), inner)
            if long is None:
                return None
            short_span = doc.char_span(start, start + len(inner), alignment_mode="expand")
            return _pair(long, short_span, text, (start, start + len(inner)))
        word = re.search(r"([\w-]+)\s*$", text[max(passage, match.start() - 14) : match.start()])
        if word is None or not _is_short(word[1]) or not word[1].isupper() or " " not in inner:
            return None
        short_start = max(passage, match.start() - 14) + word.start(1)
        long = doc.char_span(start, start + len(inner), alignment_mode="expand")
        short = doc.char_span(short_start, short_start + len(word[1]), alignment_mode="expand")
        return None if long is None else _pair(long, short, text, (short_start, short_start + len(word[1])))

    def _before(self, doc: Doc, text: str, passage: int, bracket: int, short: str) -> Span | None:
        """Return the words of the same sentence before a bracket that a short form may stand for."""
        letters = sum(map(str.isalnum, short))
        words = min(letters + 5, letters * 2)
        begin = max(passage, bracket - 40 * words)
        window = text[begin:bracket]
        border = max((m.end() for m in re.finditer(r"[.?!;:]\s+(?=\S)|[()\[\]]", window)), default=0)
        starts = [m.start() for m in re.finditer(r"(?<![\w'-])[\w]", window) if m.start() >= border]
        if not starts:
            return None
        first = begin + starts[max(0, len(starts) - words)]
        last = begin + len(window.rstrip())
        return doc.char_span(first, last, alignment_mode="expand") if first < last else None


def _is_short(text: str) -> bool:
    """Tell whether a string can be a short form: one or two words, 2 to 12 characters, a capital or digit inside."""
    if _SHORT.fullmatch(text) is None:
        return False
    letters = sum(map(str.isalpha, text))
    return letters * 2 >= len(text) and text[0].isalpha() and (any(map(str.isupper, text)) or len(text) <= 5)


def _pair(long: Span, short: Span | None, text: str, short_at: tuple[int, int]) -> Definition | None:
    if short is None:
        return None
    _, found = find_abbreviation(long, short)
    surface = text[short_at[0] : short_at[1]]
    if found is None or len(found.text) <= len(surface) or surface in found.text.split():
        return None
    return {
        "short": surface,
        "long": found.text,
        "short_start": short_at[0],
        "short_end": short_at[1],
        "long_start": found.start_char,
        "long_end": found.end_char,
    }
