"""Grounding as a pipeline component: every mention gets its concepts, a reason and a score."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from kg.grounding import Context, Decision, Grounder
from kg.grounding.linker import Linker, default_linker
from kg.model import MentionType
from kg.nlp.extensions import MENTIONS, register, span_id, text_of
from kg.nlp.lexicon import TYPES, component_grounder

_BARE: Final = 3
_LOCAL: Final = "MSCKG:"


@Language.factory(
    "kg_grounder",
    default_config={"ontology": None, "people": True, "link": True},
    assigns=["doc.spans", "doc._.kg_groundings"],
    requires=["doc.spans", "doc._.kg_abbreviations"],
    retokenizes=False,
)
def make_grounder_component(
    nlp: Language, name: str, ontology: str | None, people: bool, link: bool
) -> GrounderComponent:
    """Create the component.

    Args:
        nlp: the pipeline.
        name: the component's name in it.
        ontology: directory of the terminology slices; None: those of the package.
        people: read words for people (patients, women) as Homo sapiens.
        link: let the trained linker decide on diseases that are no preferred labels.
    """
    grounder = component_grounder(ontology, map(str, TYPES), people=people)
    return GrounderComponent(name, grounder, cache(lambda: default_linker(grounder)) if link else lambda: None)


class GrounderComponent:
    """Sets ``kb_id_`` and ``id_`` of the spans in ``doc.spans["kg_mentions"]`` and fills ``doc._.kg_groundings``.

    Works for mentions of any origin, a statistical recogniser's too. A mention that nothing fits keeps an empty
    ``kb_id_``.

    Args:
        name: the component's name.
        grounder: reads terms of the vocabulary.
        linker: gives the linker of diseases; called when a disease needs it for the first time.
    """

    def __init__(self, name: str, grounder: Grounder, linker: Callable[[], Linker | None] = lambda: None) -> None:
        register()
        self.name = name
        self._grounder = grounder
        self._linker = linker

    def __call__(self, doc: Doc) -> Doc:
        """Ground the mentions of a document."""
        context = Context(text_of(doc), ((d["short"], d["long"]) for d in doc._.kg_abbreviations))
        mentions = list(doc.spans.get(MENTIONS, ()))
        wanted = dict.fromkeys((span.text, MentionType(span.label_)) for span in mentions)
        decisions = {pair: self._grounder.ground(*pair, context) for pair in wanted}
        decisions |= self._linked({s: d for (s, kind), d in decisions.items() if kind is MentionType.DISEASE}, context)
        groundings: dict[str, dict[str, object]] = {}
        spans: list[Span] = []
        for span in mentions:
            decision = decisions[span.text, MentionType(span.label_)]
            name = span_id(span.start_char, span.end_char, span.label_)
            linked = Span(doc, span.start, span.end, label=span.label_, kb_id="|".join(decision.curies), span_id=name)
            spans.append(linked)
            groundings[name] = {
                "curies": list(decision.curies),
                "term": decision.term,
                "method": decision.method,
                "score": round(decision.score, 4),
            }
        doc.spans[MENTIONS] = SpanGroup(doc, name=MENTIONS, spans=spans)
        doc._.kg_groundings = groundings
        return doc

    def _linked(self, exact: dict[str, Decision], context: Context) -> dict[tuple[str, MentionType], Decision]:
        """Return the linker's decisions on a document's diseases.

        A concept of the project's own vocabulary stays, and so does what a short form of up to three letters has, if
        only nothing: such a one has many meanings ("MS", "PD"), unless its document defines it.
        """
        open_ = {s: d for s, d in exact.items() if not (_is_bare(s, context) or self._is_local(s, context))}
        linker = self._linker() if open_ else None
        if linker is None:
            return {}
        settled = {curie for surface, d in exact.items() if surface not in open_ for curie in d.curies}
        chosen = linker.link_all(open_, context, settled)
        return {(s, MentionType.DISEASE): d for s, d in chosen.items() if d.curies != open_[s].curies}

    def _is_local(self, surface: str, context: Context) -> bool:
        """Tell whether a surface can name a concept of the project's own vocabulary: the linker has no say then."""
        return any(reading.curie.startswith(_LOCAL) for reading in self._grounder.readings(surface, context))


def _is_bare(surface: str, context: Context) -> bool:
    """Tell whether a surface is a short form of up to three letters (or its plural) that is not defined."""
    short = surface[:-1] if surface.endswith("s") else surface
    return len(short) <= _BARE and short.isupper() and context.long_form(surface) is None
