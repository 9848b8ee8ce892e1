"""The recogniser as a pipeline component: it decides, with the lexicon, what is a mention of a disease."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from kg.grounding import Context, Grounder
from kg.model import MentionType
from kg.nlp.extensions import MENTIONS, passage_bounds, register, text_of
from kg.nlp.lexicon import Candidate, Regions, choose, component_grounder, write_mentions
from kg.nlp.recogniser.features import Abbreviation
from kg.nlp.recogniser.model import Analysis, Recogniser, load_recogniser

THRESHOLD: Final = 0.1
"""A vocabulary term that no mention of the model touches stays from this probability on; chosen on the dev split."""
_LOCAL: Final = "MSCKG:"


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

    A mention that the lexicon found stays as it is where it is a term of this project's own vocabulary. Elsewhere the
    model's mentions count; a vocabulary term that none of them touches stays when the model finds it likely enough.
    Mentions of other types stay but for those that overlap a longer disease.
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
        diseases = [c for c in found if not any(_is_headed_by(text, c, organism) for organism in organisms)]
        write_mentions(doc, choose([*others, *diseases]))
        return doc

    def _diseases(self, text: str, terms: list[Candidate], analysis: Analysis, context: Context) -> Iterator[Candidate]:
        own = [term for term in terms if self._is_own(text[term.start : term.end], context)]
        settled = Regions((term.start, term.end) for term in own)
        found = [(start, end) for start, end, _ in analysis.mentions if not settled.touch(start, end)]
        yield from own
        for start, end in found:
            yield Candidate(start, end, MentionType.DISEASE)
        taken = Regions([*found, *((term.start, term.end) for term in own)])
        for term in terms:
            if not taken.touch(term.start, term.end) and analysis.probability(term.start, term.end) >= self._threshold:
                yield term

    def _is_own(self, surface: str, context: Context) -> bool:
        """Tell whether a term is of the project's own vocabulary."""
        reading = self._grounder.best(self._grounder.readings(surface, context), MentionType.DISEASE, context)
        return reading is not None and reading.curie.startswith(_LOCAL)


def _is_headed_by(text: str, disease: Candidate, organism: Candidate) -> bool:
    """Tell whether what looks like a disease is an organism: its name ends the mention, or a bracket follows it there.

    "HIV infection" is a disease with an organism inside, "sarcoma-associated herpesvirus (SAHV)" an organism.
    """
    if not disease.start <= organism.start < organism.end <= disease.end:
        return False
    rest = text[organism.end : disease.end].lstrip()
    return not rest or rest.startswith("(")
