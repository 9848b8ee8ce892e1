"""The recogniser as a pipeline component: it decides, with the lexicon, what is a mention of a disease."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from kg.grounding import Context, Grounder
from kg.grounding.index import Reading
from kg.model import MentionType
from kg.nlp.extensions import MENTIONS, passage_bounds, register, text_of
from kg.nlp.foreign_names import names_no_disease
from kg.nlp.lexicon import Candidate, Regions, choose, component_grounder, write_mentions
from kg.nlp.recogniser.features import Abbreviation
from kg.nlp.recogniser.model import Analysis, Recogniser, load_recogniser

THRESHOLD: Final = 0.1
"""A vocabulary term that no mention of the model touches stays from this probability on; chosen on the dev split."""
_start, _end = itemgetter(0), itemgetter(1)
_LOCAL: Final = "MSCKG:"
_MESH: Final = "mesh"
_CERTAIN: Final = 0.89
"""Score from which on a reading is by a preferred label or an exact synonym, in any form."""


@Language.factory(
    "kg_recogniser",
    default_config={"ontology": None, "model": None, "threshold": THRESHOLD},
    assigns=["doc.spans"],
    requires=["doc.sents", "doc._.kg_abbreviations"],
    retokenizes=False,
)
def make_recogniser(
    nlp: Language, name: str, ontology: str | None, model: str | None, threshold: float
) -> RecogniserComponent:
    """Create the component.

    Args:
        nlp: the pipeline.
        name: the component's name in it.
        ontology: directory of the terminology slices; None: those of the package.
        model: directory of the model; None: that of the package.
        threshold: least probability, in [0, 1], of a vocabulary term apart from the model's mentions.

    Raises:
        GroundingError: a file of the model is missing or altered.
        OntologyError: the terminologies cannot be read.
    """
    grounder = component_grounder(ontology, [str(MentionType.DISEASE)], people=False)
    return RecogniserComponent(name, load_recogniser(Path(model) if model else None), grounder, threshold)


class RecogniserComponent:
    """Replaces the diseases of ``doc.spans["kg_mentions"]``.

    A mention that the lexicon found stays where it is a term of this project's own vocabulary, or MeSH's name for
    something else than what the model finds inside it. Elsewhere the model's mentions count; a vocabulary term that
    none of them touches stays when the model finds it likely enough. Mentions of other types stay but for those that
    overlap a longer disease.
    """

    def __init__(self, name: str, recogniser: Recogniser, grounder: Grounder, threshold: float) -> None:
        register()
        self.name = name
        self._recogniser = recogniser
        self._grounder = grounder
        self._threshold = threshold

    def __call__(self, doc: Doc) -> Doc:
        """Find the diseases of a document."""
        text = text_of(doc)
        bounds = [(s.start_char, s.end_char) for s in doc.sents] if doc.has_annotation("SENT_START") else []
        short = [Abbreviation(d["short"], d["long"], d["long_start"], d["long_end"]) for d in doc._.kg_abbreviations]
        context = Context(text, ((d.short, d.long) for d in short))
        analysis = self._recogniser.analyse(text, bounds or passage_bounds(doc), short)
        known = [Candidate(s.start_char, s.end_char, MentionType(s.label_)) for s in doc.spans.get(MENTIONS, ())]
        others = [c for c in known if c.type is not MentionType.DISEASE]
        terms = [c for c in known if c.type is MentionType.DISEASE]
        organisms = [c for c in others if c.type is MentionType.SPECIES]
        found = self._diseases(text, terms, analysis, context)
        own = (c for c in found if not names_no_disease(text, c.start, c.end))
        diseases = [c for c in own if not any(_is_headed_by(text, c, organism) for organism in organisms)]
        write_mentions(doc, choose([*others, *diseases]))
        return doc

    def _diseases(self, text: str, terms: list[Candidate], analysis: Analysis, context: Context) -> Iterator[Candidate]:
        mentions = [(start, end) for start, end, _ in analysis.mentions]
        settled = [term for term in terms if self._is_settled(term, text, mentions, context)]
        yield from settled
        kept = Regions((term.start, term.end) for term in settled)
        found = [span for span in mentions if not kept.touch(*span)]
        for start, end in found:
            yield Candidate(start, end, MentionType.DISEASE)
        taken = Regions([*found, *((term.start, term.end) for term in settled)])
        for term in terms:
            if not taken.touch(term.start, term.end) and analysis.probability(term.start, term.end) >= self._threshold:
                yield term

    def _is_settled(self, term: Candidate, text: str, mentions: Sequence[tuple[int, int]], context: Context) -> bool:
        """Tell whether a term stays whatever the model says.

        One of the own vocabulary does, and MeSH's name for something else than the shorter mentions inside it
        ("Osteoarthritis, Knee", "critical limb ischemia").
        """
        reading = self._reading(text[term.start : term.end], context)
        if reading is None or reading.curie.startswith(_LOCAL):
            return reading is not None
        from_, to = bisect_right(mentions, term.start, key=_end), bisect_left(mentions, term.end, key=_start)
        over = mentions[from_:to]
        is_longer = all(term.start <= a and b <= term.end and b - a < term.end - term.start for a, b in over)
        if not over or not is_longer or reading.score < _CERTAIN or not self._is_of_mesh(reading):
            return False
        inside = (self._reading(text[start:end], context) for start, end in over)
        return all(other is None or other.curie != reading.curie for other in inside)

    def _is_of_mesh(self, reading: Reading) -> bool:
        """Tell whether MeSH itself has a name, not a vocabulary that refers to it."""
        found = self._grounder.index.ontology.lookup(reading.term, (MentionType.DISEASE,))
        return any(term.source == _MESH and term.curie == reading.curie for term in found)

    def _reading(self, surface: str, context: Context) -> Reading | None:
        return self._grounder.best(self._grounder.readings(surface, context), MentionType.DISEASE, context)


def _is_headed_by(text: str, disease: Candidate, organism: Candidate) -> bool:
    """Tell whether what looks like a disease is an organism: its name ends the mention, or a bracket follows it there.

    "HIV infection" is a disease with an organism inside, "sarcoma-associated herpesvirus (SAHV)" an organism.
    """
    if not disease.start <= organism.start < organism.end <= disease.end:
        return False
    rest = text[organism.end : disease.end].lstrip()
    return not rest or rest.startswith("(")
