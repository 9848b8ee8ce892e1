"""Organisms named inside diseases: the virus of "dengue virus infection".

By default a place in a text has one mention, and the disease is the longer one. Where only names of organisms count
(without words for people), as in the corpora of organism names, the organism inside the disease is a mention as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from kg.grounding import Context, Grounder
from kg.model import MentionType
from kg.nlp.extensions import MENTIONS, register, text_of
from kg.nlp.lexicon import Candidate, choose, component_grounder, write_mentions

_INFECTION: Final = re.compile(
    r"[\s-](?:co-?|mono-?|super-?)?(?:infect|seropositiv|disease|viremi|viraemi)", re.IGNORECASE
)
"""What follows an organism that causes the disease."""


@Language.factory(
    "kg_nested_names",
    default_config={"ontology": None, "people": True},
    assigns=["doc.spans"],
    requires=["doc.spans", "doc._.kg_abbreviations"],
    retokenizes=False,
)
def make_nested_names(nlp: Language, name: str, ontology: str | None, people: bool) -> NestedNames:
    """Create the component.

    Args:
        nlp: the pipeline.
        name: the component's name in it.
        ontology: directory of the terminology slices; None: those of the package.
        people: words for people are mentions of Homo sapiens; the component then adds nothing.

    Raises:
        OntologyError: the terminologies cannot be read.
    """
    wanted = [str(MentionType.SPECIES)]
    return NestedNames(name, None if people else component_grounder(ontology, wanted, people=False))


class NestedNames:
    """Adds to ``doc.spans["kg_mentions"]`` the organisms that begin a disease's name.

    Args:
        name: the component's name.
        grounder: reads the organisms; None: nothing is added.
    """

    def __init__(self, name: str, grounder: Grounder | None) -> None:
        register()
        self.name = name
        self._grounder = grounder

    def __call__(self, doc: Doc) -> Doc:
        """Look into the diseases of a document."""
        if self._grounder is None:
            return doc
        text = text_of(doc)
        context = Context(text, ((d["short"], d["long"]) for d in doc._.kg_abbreviations))
        mentions = [Candidate(s.start_char, s.end_char, MentionType(s.label_)) for s in doc.spans.get(MENTIONS, ())]
        diseases = [m for m in mentions if m.type is MentionType.DISEASE]
        inside = [c for d in diseases for c in choose(self._organisms(text, d, context, self._grounder))]
        if inside:
            write_mentions(doc, sorted([*mentions, *inside], key=lambda c: (c.start, -c.end, c.type)))
        return doc

    @staticmethod
    def _organisms(text: str, disease: Candidate, context: Context, grounder: Grounder) -> Iterator[Candidate]:
        """Yield the organisms within a disease that what follows makes its cause."""
        spans = [(hit.start, hit.end) for hit in grounder.index.scan(text, disease.start, disease.end)]
        for form in context.short_forms:
            at = text.find(form, disease.start, disease.end)
            if at >= 0:
                spans.append((at, at + len(form)))
        for start, end in spans:
            readings = grounder.readings(text[start:end], context)
            if _INFECTION.match(text, end) and grounder.best(readings, MentionType.SPECIES, context) is not None:
                yield Candidate(start, end, MentionType.SPECIES)
