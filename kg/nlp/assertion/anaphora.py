"""Words that point at products named before: "the former", "the latter", "both cell types", "neither product"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from kg.nlp.assertion.mentions import ProductMention

_THINGS: Final = (
    r"(?:cells?|cell\s+\w+|products?|preparations?|treatments?|groups?|sources?|types?|arms?|kinds?|donors?|doses?)"
)
_POINTER: Final = re.compile(
    r"\b(?:the\s+)?(?:(?P<first>former)|(?P<last>latter))\b"
    rf"|\b(?P<all>(?:both|either|neither)\s+(?:of\s+(?:these|the|them)\s+)?(?:two\s+)?{_THINGS}|(?:both|neither)\s+of\s+them)\b",
    re.I,
)


def pointed_at(
    text: str, sentences: Sequence[tuple[int, int]], products: Sequence[ProductMention]
) -> list[ProductMention]:
    """Return a mention for every word that points at products named before it.

    "The former" and "the latter" are the first and the last of two products named in the same sentence, or in the
    nearest sentence before it that names two; where there is none, the two that the text named last.

    Args:
        text: normalised text.
        sentences: offsets.
        products: mentions by name, in order.
    """
    found: list[ProductMention] = []
    if len({product.index for product in products}) < 2:
        return found
    for number, (start, end) in enumerate(sentences):
        for match in _POINTER.finditer(text, start, end):
            pair = _pair(sentences, products, number, match.start())
            if len(pair) < 2:
                continue
            chosen = pair[:1] if match["first"] else pair[-1:] if match["last"] else pair
            found += [ProductMention(match.start(), match.end(), index) for index in chosen]
    return found


def _pair(
    sentences: Sequence[tuple[int, int]], products: Sequence[ProductMention], number: int, before: int
) -> list[int]:
    for start, end in reversed(sentences[: number + 1]):
        named = list(dict.fromkeys(p.index for p in products if start <= p.start < min(end, before)))
        if len(named) > 1:
            return named
    latest = list(dict.fromkeys(p.index for p in reversed(products) if p.start < before))
    return latest[1::-1]
