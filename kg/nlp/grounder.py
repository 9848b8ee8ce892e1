"""Grounding as a pipeline component: every mention gets its concepts, a reason and a score."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from kg.grounding import Context, Grounder
from kg.model import MentionType
from kg.nlp.extensions import MENTIONS, register, span_id, text_of
from kg.nlp.lexicon import TYPES, component_grounder


@Language.factory(
    "kg_grounder",
    default_config={"ontology": None, "people": True},
    assigns=["doc.spans", "doc._.kg_groundings"],
    requires=["doc.spans", "doc._.kg_abbreviations"],
    retokenizes=False,
)
def make_grounder_component(nlp: Language, name: str, ontology: str | None, people: bool) -> GrounderComponent:
    """Create the component.

    Args:
        nlp: the pipeline.
        name: the component's name in it.
        ontology: directory of the terminology slices; None: those of the package.
        people: read words for people (patients, women) as Homo sapiens.
    """
    return GrounderComponent(name, component_grounder(ontology, map(str, TYPES), people=people))


class GrounderComponent:
    """Sets ``kb_id_`` and ``id_`` of the spans in ``doc.spans["kg_mentions"]`` and fills ``doc._.kg_groundings``.

    Works for mentions of any origin, a statistical recogniser's too. A mention that nothing fits keeps an empty
    ``kb_id_``.
    """

    def __init__(self, name: str, grounder: Grounder) -> None:
        register()
        self.name = name
        self._grounder = grounder

    def __call__(self, doc: Doc) -> Doc:
        """Ground the mentions of a document."""
        context = Context(text_of(doc), ((d["short"], d["long"]) for d in doc._.kg_abbreviations))
        groundings: dict[str, dict[str, object]] = {}
        spans: list[Span] = []
        for span in doc.spans.get(MENTIONS, ()):
            decision = self._grounder.ground(span.text, MentionType(span.label_), context)
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
