"""Mentions by dictionary: vocabulary terms, words for people, and the short forms that the document defines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from kg.errors import GroundingError
from kg.grounding import Context, Grounder, Hit, make_grounder
from kg.model import MentionType
from kg.nlp.extensions import MENTIONS, passage_bounds, register, span_id
from kg.ontology import open_ontology

TYPES: Final = (MentionType.DISEASE, MentionType.SPECIES, MentionType.CELL_TYPE, MentionType.TISSUE)
_BINOMIAL: Final = re.compile(r"\b[A-Z]\. ?[a-z]{3,}\b")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of text that may be a mention; `defined` when the document itself says what it means."""

    start: int
    end: int
    type: MentionType
    defined: bool = False


@Language.factory(
    "kg_lexicon",
    default_config={"ontology": None, "types": [str(t) for t in TYPES], "people": True},
    assigns=["doc.spans"],
    requires=["doc.sents", "doc._.kg_abbreviations"],
    retokenizes=False,
)
def make_lexicon(nlp: Language, name: str, ontology: str | None, types: list[str], people: bool) -> Lexicon:
    """Create the component.

    Args:
        nlp: the pipeline.
        name: the component's name in it.
        ontology: directory of the terminology slices; None: those of the package.
        types: types of mention to find (values of `MentionType`).
        people: take words for people (patients, women) for mentions of Homo sapiens.

    Raises:
        GroundingError: a type is unknown.
    """
    return Lexicon(name, component_grounder(ontology, types, people=people))


def component_grounder(ontology: str | None, types: Iterable[str], *, people: bool) -> Grounder:
    """Return the grounder of a component's settings.

    Raises:
        GroundingError: a type is unknown.
        OntologyError: the slices cannot be read.
    """
    try:
        wanted = frozenset(MentionType(value) for value in types)
    except ValueError as error:
        raise GroundingError(str(error), remedy=f"types are {', '.join(TYPES)}") from None
    return make_grounder(open_ontology(Path(ontology) if ontology else None), wanted, people=people)


class Lexicon:
    """Writes ``doc.spans["kg_mentions"]``: no two mentions overlap, but for a tissue inside a cell type.

    At each place the longest term of any type wins. A short form that the document defines means what its long form
    means, everywhere in the document; when the long form is no term, the short form is no mention.
    """

    def __init__(self, name: str, grounder: Grounder) -> None:
        register()
        self.name = name
        self._grounder = grounder

    def __call__(self, doc: Doc) -> Doc:
        text = doc.text
        context = Context(text, ((d["short"], d["long"]) for d in doc._.kg_abbreviations))
        defined = dict(self._defined(text, context))
        candidates = list(self._undefined(doc, text, context, defined))
        candidates += [c for group in defined.values() for c in group]
        spans: list[Span] = []
        for chosen in choose(candidates):
            span = doc.char_span(chosen.start, chosen.end, label=str(chosen.type))
            if span is not None:
                span.id_ = span_id(chosen.start, chosen.end, str(chosen.type))
                spans.append(span)
        doc.spans[MENTIONS] = SpanGroup(doc, name=MENTIONS, spans=spans)
        return doc

    def _defined(self, text: str, context: Context) -> Iterator[tuple[tuple[int, int], list[Candidate]]]:
        """Yield every occurrence of a defined short form, with what it may be: at most one candidate a type."""
        if not context.short_forms:
            return
        forms = sorted(context.short_forms, key=lambda form: (-len(form), form))
        pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, forms)) + r")(?!\w)")
        types: dict[str, list[MentionType]] = {}
        for match in pattern.finditer(text):
            short = match[0]
            if short not in types:
                readings = self._grounder.readings(short, context)
                kinds = dict.fromkeys(r.type for r in readings)
                types[short] = [k for k in kinds if self._grounder.best(readings, k, context) is not None]
            start, end = match.span()
            yield (start, end), [Candidate(start, end, kind, defined=True) for kind in types[short]]

    def _undefined(
        self, doc: Doc, text: str, context: Context, defined: dict[tuple[int, int], list[Candidate]]
    ) -> Iterator[Candidate]:
        """Yield the vocabulary's terms, but for those inside (or equal to) a defined short form."""
        covered = sorted(defined)
        for start, end in _stretches(doc):
            for hit in self._grounder.index.scan(text, start, end):
                if not _inside(hit, covered) and self._grounder.best(hit.readings, hit.type, context) is not None:
                    yield Candidate(hit.start, hit.end, hit.type)
            for match in _BINOMIAL.finditer(text, start, end):
                readings = self._grounder.readings(match[0], context)
                if self._grounder.best(readings, MentionType.SPECIES, context) is not None:
                    yield Candidate(match.start(), match.end(), MentionType.SPECIES)


def _stretches(doc: Doc) -> Iterable[tuple[int, int]]:
    """Return what no term crosses: sentences where they are known, passages otherwise."""
    if doc.has_annotation("SENT_START"):
        return [(sentence.start_char, sentence.end_char) for sentence in doc.sents]
    return passage_bounds(doc)


def _inside(hit: Hit, covered: list[tuple[int, int]]) -> bool:
    return any(start <= hit.start and hit.end <= end for start, end in covered)


def choose(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Choose mentions: the longest first where candidates overlap, then the leftmost; the result is sorted.

    A tissue never displaces another mention; it stays inside a cell type ("bone marrow mesenchymal stem cells").
    """
    order = sorted(
        set(candidates),
        key=lambda c: (c.type is MentionType.TISSUE, c.start, c.start - c.end, not c.defined, TYPES.index(c.type)),
    )
    taken: list[Candidate] = []
    last = 0
    tissues = [c for c in order if c.type is MentionType.TISSUE]
    for candidate in order[: len(order) - len(tissues)]:
        if candidate.start >= last:
            taken.append(candidate)
            last = candidate.end
    others = list(taken)
    last = 0
    for tissue in tissues:
        if tissue.start >= last and not any(_blocks(other, tissue) for other in others):
            taken.append(tissue)
            last = tissue.end
    return sorted(taken, key=lambda c: (c.start, -c.end, c.type))


def _blocks(other: Candidate, tissue: Candidate) -> bool:
    if other.end <= tissue.start or tissue.end <= other.start:
        return False
    inside = other.start <= tissue.start and tissue.end <= other.end
    return not (inside and other.type is MentionType.CELL_TYPE and (other.start, other.end) != (tissue.start, tissue.end))
