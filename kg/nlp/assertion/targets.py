"""Which diseases a document's interventions are given for, and which are only background."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from kg.identifiers import Curie
from kg.nlp.assertion.cues import (
    AFFECTED_AFTER,
    AFFECTED_BEFORE,
    BACKGROUND_AFTER,
    BACKGROUND_BEFORE,
    CONTRAINDICATED,
    MODEL_AFTER,
    SUBJECT_OF_STUDY,
)
from kg.nlp.assertion.mentions import DiseaseMention

_MANY_CONDITIONS: Final = 4
"""A registry record with more conditions lists synonyms and classes: those of the titles are the targets."""


def is_background(text: str, sentence: tuple[int, int], mention: DiseaseMention) -> bool:
    """Whether the words around a mention make it history, risk, exclusion, example or complication."""
    before = text[max(sentence[0], mention.start - 120) : mention.start]
    after = text[mention.end : min(sentence[1], mention.end + 60)]
    return bool(BACKGROUND_BEFORE.search(before) or BACKGROUND_AFTER.match(after))


def document_targets(
    text: str,
    sentences: Sequence[tuple[int, int]],
    diseases: Sequence[DiseaseMention],
    product_sentences: frozenset[int],
    title_end: int,
) -> list[Curie]:
    """Return the diseases that the document's interventions are given for, in order of first mention.

    Args:
        text: normalised text.
        sentences: offsets.
        diseases: grounded mentions.
        product_sentences: indices of the sentences that name a product.
        title_end: end of the title.
    """
    found: dict[Curie, int] = {}
    in_title: list[Curie] = []
    for mention in diseases:
        sentence = sentences[mention.sentence]
        if is_background(text, sentence, mention):
            continue
        before = text[max(sentence[0], mention.start - 80) : mention.start]
        whole = text[sentence[0] : sentence[1]]
        if CONTRAINDICATED.search(whole):
            continue
        title = mention.end <= title_end
        if title:
            in_title.extend(mention.curies)
        subject = SUBJECT_OF_STUDY.search(before) or MODEL_AFTER.match(text[mention.end : mention.end + 40])
        affected = AFFECTED_BEFORE.search(before) or AFFECTED_AFTER.match(
            text[mention.end : min(sentence[1], mention.end + 60)]
        )
        points = 0
        if title or (mention.sentence in product_sentences and (subject or affected)):
            points = 3
        elif product_sentences and mention.sentence > min(product_sentences) and affected:
            points = 2
        elif subject and re.search(r"\b(?:wom[ae]n|patients?|rats?|mice|models?|-year-old|we)\b", whole, re.I):
            points = 1
        for curie in mention.curies:
            found[curie] = found.get(curie, 0) + points
    strong = [c for c, points in found.items() if points >= 2]
    return strong or [c for c, points in found.items() if points]


def registry_targets(
    diseases: Sequence[DiseaseMention],
    sentences: Sequence[tuple[int, int]],
    title_end: int,
    fields: Mapping[str, tuple[int, int]],
    wider: Mapping[Curie, Collection[Curie]],
) -> list[Curie]:
    """Return the diseases that the interventions of a trial record are given for, in order of first mention.

    They are its conditions, each as narrow as the titles put it: of a record on osteoarthritis with "knee
    osteoarthritis" in its title, the latter.

    Args:
        diseases: grounded mentions.
        sentences: offsets.
        title_end: end of the title.
        fields: the record's fields.
        wider: for a disease, those of the document that MeSH puts above it.
    """
    low, high = fields.get("Conditions", (-1, -1))
    conditions = list(dict.fromkeys(c for m in diseases if low <= m.start < high for c in m.curies))
    official = sentences[1][1] if len(sentences) > 1 and title_end else title_end
    titled = list(dict.fromkeys(c for m in diseases if m.end <= max(title_end, official) for c in m.curies))
    if not conditions:
        return _narrowest(titled, wider)
    both = [c for c in conditions if c in titled]
    if len(conditions) > _MANY_CONDITIONS and both:
        conditions = both
    narrower = [c for c in titled if c not in conditions and any(above in conditions for above in wider.get(c, ()))]
    replaced = {above for c in narrower for above in wider[c]}
    replaced |= {above for c in conditions if c in titled for above in wider.get(c, ()) if above not in titled}
    return [*(c for c in conditions if c not in replaced), *_narrowest(narrower, wider)]


def _narrowest(curies: Sequence[Curie], wider: Mapping[Curie, Collection[Curie]]) -> list[Curie]:
    """Return the diseases that no other one is a form of, each once."""
    above = {parent for curie in curies for parent in wider.get(curie, ())}
    return [curie for curie in dict.fromkeys(curies) if curie not in above]
