"""The attributes that the components put on a `Doc`; their values are JSON-like, so that a Doc can be serialised."""

from __future__ import annotations

from typing import Any, Final

from spacy.tokens import Doc

MENTIONS: Final = "kg_mentions"
"""Key of the span group of mentions."""

_DEFAULTS: Final[dict[str, Any]] = {
    "kg_passages": [],
    "kg_publication_types": [],
    "kg_abbreviations": [],
    "kg_groundings": {},
    "kg_study": {},
    "kg_interventions": [],
    "kg_assertions": [],
}


def register() -> None:
    """Register every ``doc._.kg_...`` attribute that is not registered yet.

    - ``kg_passages``: [{"section", "start", "end"}], characters; empty: the whole text is one passage;
    - ``kg_publication_types``: [name], as PubMed or JATS file the paper; empty: not known;
    - ``kg_abbreviations``: [{"short", "long", "short_start", "short_end", "long_start", "long_end"}];
    - ``kg_groundings``: {span id: {"curies", "term", "method", "score"}};
    - ``kg_study``, ``kg_interventions``, ``kg_assertions``: see their components.
    """
    for name, default in _DEFAULTS.items():
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)


def text_of(doc: Doc) -> str:
    """Return ``doc.text``, which spaCy joins anew at every use, from a note on the Doc."""
    text: str | None = doc.user_data.get("kg_text")
    if text is None:
        text = doc.text
        note_text(doc, text)
    return text


def note_text(doc: Doc, text: str) -> None:
    """Note a Doc's text on it, for `text_of`; spaCy's tokenizers lose no character of it."""
    doc.user_data["kg_text"] = text


def passage_bounds(doc: Doc) -> list[tuple[int, int]]:
    """Return start and end of every passage that is not empty; of the whole text when none is set."""
    bounds = [(int(p["start"]), int(p["end"])) for p in doc._.kg_passages]
    return [(start, end) for start, end in bounds if start < end] or [(0, len(text_of(doc)))]


def span_id(start: int, end: int, label: str) -> str:
    """Return the id of a mention's span, the key to its grounding."""
    return f"{start}-{end}-{label}"
