"""Words that point at products named before: "the former", "the latter", "both cell types", "neither product"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from kg.nlp.assertion.mentions import ProductMention, within

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
    pair: list[int] = []
    for start, end in sentences:
        here = within(products, start, end)
        for match in _POINTER.finditer(text, start, end):
            before = list(dict.fromkeys(p.index for p in here if p.start < match.start()))
            named = before if len(before) > 1 else _latest(pair, before)
            if len(named) > 1:
                chosen = named[:1] if match["first"] else named[-1:] if match["last"] else named
                found += [ProductMention(match.start(), match.end(), index) for index in chosen]
        named = list(dict.fromkeys(p.index for p in here))
        pair = named if len(named) > 1 else _latest(pair, named)
    return found


def _latest(pair: Sequence[int], named: Sequence[int]) -> list[int]:
    """Return the products named last, at most two of them, after a sentence that names at most one.

    Two that a sentence named together stay together while nothing else is named.
    """
    if not named or named[0] in pair:
        return list(pair)
    return [*pair[-1:], *named]
