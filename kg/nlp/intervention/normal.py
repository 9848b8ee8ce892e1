"""Length-preserving normalisation of text, so that one set of patterns fits every typography."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Doc

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


def normalise(text: str) -> str:
    """Return `text` with plain quotes, hyphens, blanks and brackets; every offset stays valid."""
    return text.translate(_TABLE)


def sentence_offsets(doc: Doc) -> list[tuple[int, int]]:
    """Return the (start, end) characters of the sentences, white space trimmed; the whole text when none were set."""
    if not doc.has_annotation("SENT_START"):
        bounds = [(0, len(doc.text))]
    else:
        bounds = [(sent.start_char, sent.end_char) for sent in doc.sents]
    text = doc.text
    trimmed = ((e - len(text[s:e].lstrip()), s + len(text[s:e].rstrip())) for s, e in bounds)
    return [(s, e) for s, e in trimmed if s < e]
