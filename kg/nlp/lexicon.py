"""Mentions by dictionary: vocabulary terms, words for people, and the short forms that the document defines."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from kg.errors import GroundingError
from kg.grounding import Context, Grounder, make_grounder
from kg.grounding.context import plural_forms
from kg.grounding.index import Hit
from kg.model import MentionType
from kg.nlp import cell_legends, cell_phrases
from kg.nlp.acronym_viruses import acronym_viruses
from kg.nlp.extensions import MENTIONS, passage_bounds, register, span_id, text_of
from kg.nlp.name_tails import tail_end
from kg.nlp.occurrences import occurrences
from kg.nlp.organism_forms import OrganismForms
from kg.nlp.species_names import ScientificNames
from kg.ontology import open_ontology

TYPES: Final = (MentionType.DISEASE, MentionType.SPECIES, MentionType.CELL_TYPE, MentionType.TISSUE)
_CELLS: Final = re.compile(r" cells?\b")
_SOURCE_GAP: Final = re.compile(r"(?:[-\u2010-\u2015 ]derived)?[-\u2010-\u2015 ]$")
"""What may stand between a tissue and the cells from it."""
_WHOLE: Final = 0.9
"""Readings of a long form from this score on are of the whole of it: an organism's name leaves no other reading."""
_IN_BRACKETS: Final = re.compile(r"\s*\([^()]*\)")


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
    return Lexicon(name, component_grounder(ontology, types, people=people), people=people)


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

    def __init__(self, name: str, grounder: Grounder, *, people: bool = True) -> None:
        register()
        self.name = name
        self._grounder = grounder
        self._forms = OrganismForms(grounder.index.ontology, people=people)
        self._names = ScientificNames(grounder.index.ontology)

    def __call__(self, doc: Doc) -> Doc:
        """Find the mentions of a document."""
        text = text_of(doc)
        hits = [(hit, start) for start, end in _stretches(doc) for hit in self._grounder.index.scan(text, start, end)]
        chosen = self._choose(doc, text, hits)
        names = [(c.start, c.end) for c in chosen if c.type is MentionType.CELL_TYPE]
        known = {form for d in doc._.kg_abbreviations for form in plural_forms(d["short"])}
        found = {d["short"]: d for d in cell_legends.definitions(text, names) if d["short"] not in known}
        if found:
            doc._.kg_abbreviations = sorted([*doc._.kg_abbreviations, *found.values()], key=lambda d: d["short_start"])
            chosen = self._choose(doc, text, hits)
        write_mentions(doc, chosen)
        return doc

    def _choose(self, doc: Doc, text: str, hits: Sequence[tuple[Hit, int]]) -> list[Candidate]:
        """Return the mentions of a document, as its definitions stand.

        Args:
            doc: the document.
            text: its text.
            hits: the vocabulary's terms in it, each with the place where its sentence begins.
        """
        context = Context(text, ((d["short"], d["long"]) for d in doc._.kg_abbreviations))
        defined = dict(self._defined(text, context))
        candidates = [*self._undefined(text, hits, context, defined), *self._scientific(text, context)]
        candidates += [c for group in defined.values() for c in group]
        candidates += [Candidate(*s, MentionType.SPECIES) for s in acronym_viruses(text, context, self._grounder)]
        candidates += [c for cell in candidates if (c := _with_cells(text, cell)) is not None]
        candidates += [c for name in candidates if (c := _with_tail(text, name)) is not None]
        candidates += list(self._premodified(text, context, candidates))
        return choose(_whole_cells(text, _not_organisms(text, candidates), passage_bounds(doc)))

    def _defined(self, text: str, context: Context) -> Iterator[tuple[tuple[int, int], list[Candidate]]]:
        """Yield every occurrence of a defined short form, with what it may be: at most one candidate a type."""
        places = sorted((s, -e) for form in context.short_forms for s, e in occurrences(text, form))
        types: dict[str, list[MentionType]] = {}
        free = 0
        for start, negative in places:
            end = -negative
            if start < free:
                continue
            free = end
            short = text[start:end]
            if short not in types:
                readings = self._grounder.readings(short, context)
                kinds = dict.fromkeys(r.type for r in readings)
                types[short] = [k for k in kinds if self._grounder.best(readings, k, context) is not None]
                if any(r.type is MentionType.SPECIES and r.score >= _WHOLE for r in readings):
                    types[short] = [MentionType.SPECIES]
            yield (start, end), [Candidate(start, end, kind, defined=True) for kind in types[short]]

    def _undefined(
        self,
        text: str,
        hits: Iterable[tuple[Hit, int]],
        context: Context,
        defined: dict[tuple[int, int], list[Candidate]],
    ) -> Iterator[Candidate]:
        """Yield the vocabulary's terms, but for those inside (or equal to) a defined short form."""
        covered = Regions(defined)
        for hit, first in hits:
            if covered.hold(hit.start, hit.end):
                continue
            best = self._grounder.best(hit.readings, hit.type, context)
            if best is not None and (
                hit.type is not MentionType.SPECIES or self._forms.fits(text, hit.start, hit.end, best, first=first)
            ):
                yield Candidate(hit.start, hit.end, hit.type)

    def _scientific(self, text: str, context: Context) -> Iterator[Candidate]:
        """Yield the scientific names of organisms that are told by their form."""

        def is_name(surface: str) -> bool:
            readings = self._grounder.readings(surface, context)
            return self._grounder.best(readings, MentionType.SPECIES, context) is not None

        for first, last in self._names.find(text, is_name):
            yield Candidate(first, last, MentionType.SPECIES)

    def _premodified(self, text: str, context: Context, candidates: list[Candidate]) -> Iterator[Candidate]:
        """Yield cell types with the tissue before them, where both make one concept ("umbilical cord-derived MSCs")."""
        tissues = [c for c in candidates if c.type is MentionType.TISSUE]
        ends = {c.end: c.start for c in sorted(tissues, key=lambda c: -c.start)}
        for cell in candidates if ends else ():
            if cell.type is not MentionType.CELL_TYPE:
                continue
            gap = _SOURCE_GAP.search(text, max(0, cell.start - 20), cell.start)
            start = ends.get(gap.start()) if gap else None
            if start is not None:
                readings = self._grounder.readings(text[start : cell.end], context)
                if self._grounder.best(readings, MentionType.CELL_TYPE, context) is not None:
                    yield Candidate(start, cell.end, MentionType.CELL_TYPE, defined=True)


def _not_organisms(text: str, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates but for diseases that are the name of an organism with its acronym, or a common name.

    "Kaposi's sarcoma-associated herpesvirus (KSHV)" is a virus, and corn in a text is the plant. An acronym alone
    ("SARS-CoV-2") may stand for the infection.
    """
    candidates = list(candidates)
    ends: dict[int, set[int]] = {}
    for c in candidates:
        if c.type is MentionType.SPECIES:
            ends.setdefault(c.start, set()).add(c.end)
    return [
        c
        for c in candidates
        if c.type is not MentionType.DISEASE
        or not any(
            _is_spelled_out(text[c.start : c.end]) if end == c.end else _IN_BRACKETS.fullmatch(text, end, c.end)
            for end in ends.get(c.start, ())
        )
    ]


def _is_spelled_out(name: str) -> bool:
    """Tell whether a name is a common name or one of a virus, no acronym."""
    return name.islower() or name.endswith(("virus", "viruses"))


def _whole_cells(
    text: str, candidates: Iterable[Candidate], passages: Sequence[tuple[int, int]]
) -> Iterator[Candidate]:
    """Yield the candidates, names of cell types with all their modifiers (`kg.nlp.cell_phrases`).

    No name reaches back over the beginning of its passage: between title and abstract there is but a space.
    """
    candidates = list(candidates)
    starts = [start for start, _ in passages]
    tissues = {c.end: c.start for c in sorted(candidates, key=lambda c: -c.start) if c.type is MentionType.TISSUE}
    barred = {c.end for c in candidates if c.type in (MentionType.DISEASE, MentionType.SPECIES)}
    cells = {c.end for c in candidates if c.type is MentionType.CELL_TYPE}
    for c in candidates:
        if c.type is not MentionType.CELL_TYPE:
            yield c
        elif not cell_phrases.negated(text, c.start) and not cell_phrases.inside_name(text, c.end):
            start = cell_phrases.begin(text, c.start, tissues, barred)
            start = cell_phrases.coordinated(text, start, tissues)
            yield replace(c, start=min(c.start, max(start, _passage_start(starts, c.start))))
    for first, last in cell_phrases.heads(text):
        start = first if last in cells else cell_phrases.begin(text, first, tissues, barred)
        start = max(start, _passage_start(starts, first))
        if start < first:
            start = max(cell_phrases.coordinated(text, start, tissues), _passage_start(starts, first))
            yield Candidate(start, last, MentionType.CELL_TYPE)


def _passage_start(starts: Sequence[int], place: int) -> int:
    """Return where the passage of a place begins, given where each begins, in order."""
    at = bisect_right(starts, place) - 1
    return starts[at] if at >= 0 else 0


def _with_cells(text: str, candidate: Candidate) -> Candidate | None:
    """Return a cell type with the word "cells" after it ("Treg cells"), or None when it is not there."""
    if candidate.type is not MentionType.CELL_TYPE:
        return None
    cells = _CELLS.match(text, candidate.end)
    if cells is None or text[candidate.start : candidate.end].lower().endswith(("cell", "cells")):
        return None
    return replace(candidate, end=cells.end())


def _with_tail(text: str, candidate: Candidate) -> Candidate | None:
    """Return a scientific name with what belongs to it ("pv. tomato", "sp. nov."), or None when nothing follows."""
    if candidate.type is not MentionType.SPECIES or not text[candidate.start].isupper():
        return None
    end = tail_end(text, candidate.end)
    return None if end is None else replace(candidate, end=end)


def write_mentions(doc: Doc, mentions: Iterable[Candidate]) -> None:
    """Write ``doc.spans["kg_mentions"]``, but for mentions that do not fit the tokens of another pipeline."""
    spans: list[Span] = []
    for mention in mentions:
        span = doc.char_span(mention.start, mention.end, label=str(mention.type))
        if span is not None:
            span.id_ = span_id(mention.start, mention.end, str(mention.type))
            spans.append(span)
    doc.spans[MENTIONS] = SpanGroup(doc, name=MENTIONS, spans=spans)


def _stretches(doc: Doc) -> Iterable[tuple[int, int]]:
    """Return what no term crosses: sentences where they are known, passages otherwise."""
    if doc.has_annotation("SENT_START"):
        return [(sentence.start_char, sentence.end_char) for sentence in doc.sents]
    return passage_bounds(doc)


class Regions:
    """Stretches of a text that do not overlap."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(spans)

    def hold(self, start: int, end: int) -> bool:
        """Tell whether ``[start, end)`` lies within one of them."""
        at = bisect_right(self._spans, (start, sys.maxsize)) - 1
        return at >= 0 and end <= self._spans[at][1]

    def touch(self, start: int, end: int) -> bool:
        """Tell whether one of them overlaps ``[start, end)``."""
        at = bisect_left(self._spans, (end, 0)) - 1
        return at >= 0 and start < self._spans[at][1]


def choose(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Choose mentions: the longest first where candidates overlap, then the leftmost; the result is sorted.

    A tissue never displaces another mention; it stays inside a cell type ("bone marrow mesenchymal stem cells").
    """
    order = sorted(set(candidates), key=lambda c: (c.start, c.start - c.end, not c.defined, TYPES.index(c.type)))
    taken = _without_overlap(c for c in order if c.type is not MentionType.TISSUE)
    cells = Regions((c.start, c.end) for c in taken if c.type is MentionType.CELL_TYPE)
    others = Regions((c.start, c.end) for c in taken)
    places = {(c.start, c.end) for c in taken}
    tissues = (c for c in order if c.type is MentionType.TISSUE and (c.start, c.end) not in places)
    free = _without_overlap(t for t in tissues if cells.hold(t.start, t.end) or not others.touch(t.start, t.end))
    return sorted([*taken, *free], key=lambda c: (c.start, -c.end, c.type))


def _without_overlap(order: Iterable[Candidate]) -> list[Candidate]:
    taken: list[Candidate] = []
    for candidate in order:
        if not taken or candidate.start >= taken[-1].end:
            taken.append(candidate)
    return taken
