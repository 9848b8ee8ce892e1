"""Kind of study that a document reports: logistic regression over its words and what the rules say, as a component.

Publication types that came with the document count more where they name a kind (`kg.nlp.publication_types`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from kg.identifiers import Curie
from kg.model.assertion import StudyType
from kg.nlp import publication_types, study_rules
from kg.nlp.extensions import MENTIONS, register, text_of
from kg.nlp.intervention.normal import normalise, view
from kg.nlp.logistic import Features, load
from kg.nlp.registry_record import registry_fields
from kg.nlp.study_diseases import THRESHOLD, diseases_about
from kg.nlp.study_species import study_species
from kg.ontology import Ontology, open_ontology

MODEL: Final = Path(__file__).parent / "study_type.json"
_NCT: Final = re.compile(r"\bNCT\s?(\d{8})\b")
_WORD: Final = re.compile(r"[a-z]+(?:-[a-z]+)*")
_BODY: Final = 4000
"""Characters after the title that are read: an abstract; what a full text says later is on details."""
_UNSURE: Final = 0.4
"""Probability under which a kind that no rule finds is not stated."""


def study_features(text: str, title: str, rule: StudyType) -> Features:
    """Describe a text for the classifier: its words, those of the title by themselves, and what the rules say.

    Args:
        text: title and abstract in lower case.
        title: the title in lower case.
        rule: from `kg.nlp.study_rules.by_rules`.
    """
    words = _WORD.findall(title)
    found = dict.fromkeys(_WORD.findall(text, len(title)), 1.0)
    found |= {f"title {word}": 1.0 for word in words}
    found |= {f"title {first} {second}": 1.0 for first, second in pairwise(words)}
    found[f"rule {rule}"] = 1.0
    return found


def classify(text: str, title: str = "", types: Sequence[str] = ()) -> tuple[StudyType, str | None]:
    """Return the study type and the phase ("1", "1/2") of a text.

    A trial record says both in its fields; a bare title is judged by rules, all else by the trained classifier. Then
    the publication types are weighed against the text.

    Args:
        text: the whole text, title included.
        title: the title alone.
        types: publication types of the paper, as PubMed or JATS name them; with none, the text decides.

    Raises:
        GroundingError: the model is missing or damaged.
    """
    text = normalise(text)
    fields = registry_fields(text)
    if fields:
        return study_rules.of_record(text, fields)
    low, title = text[: len(title) + _BODY].lower(), normalise(title).lower()
    study = study_rules.by_rules(low, title)
    outright = study_rules.by_title(title)
    if outright is not None:
        study = outright
    elif low[len(title) :].strip():
        judged = load(MODEL).probabilities(study_features(low, title, study))
        best = max(judged, key=lambda name: judged[name])
        if study is not StudyType.NOT_STATED or judged[best] >= _UNSURE:
            study = StudyType(best)
    if types:
        on_animals = study_rules.is_rather_about_animals(low)
        study = publication_types.weigh(study, types, titled=outright, on_animals=on_animals)
    if study not in (StudyType.CLINICAL_TRIAL, StudyType.PROTOCOL):
        return study, None
    return study, publication_types.phase_in(types) or study_rules.phase_of(low)


class StudyTypeComponent:
    """Sets ``doc._.kg_study``: ``{"type", "phase", "species", "diseases", "about", "wider", "registrations"}``.

    ``about`` holds for every disease of the document how likely it is one that the document is about, ``wider`` the
    others that MeSH puts above it.
    """

    def __init__(self, ontology: Callable[[], Ontology]) -> None:
        """Build the component.

        Args:
            ontology: gives the terminologies; called when a document with diseases needs them.
        """
        self._ontology = ontology

    def __call__(self, doc: Doc) -> Doc:
        """Classify one document."""
        title_end = next((p["end"] for p in doc._.kg_passages if p["section"] == "title"), 0)
        raw = text_of(doc)
        if not doc._.kg_passages and "\n" in raw:
            title_end = raw.index("\n")
        study, phase = classify(raw, raw[:title_end], doc._.kg_publication_types)
        about: dict[Curie, float] = {}
        wider: dict[Curie, list[Curie]] = {}
        if doc.spans.get(MENTIONS):
            about = diseases_about(doc, view(doc, raw), self._ontology())
            wider = {c: sorted(self._ontology().ancestors(c) & about.keys()) for c in about}
        doc._.kg_study = {
            "type": str(study),
            "phase": phase,
            "species": study_species(doc, raw),
            "diseases": [curie for curie, probability in about.items() if probability >= THRESHOLD],
            "about": about,
            "wider": {curie: above for curie, above in wider.items() if above},
            "registrations": sorted({f"NCT:{n}" for n in _NCT.findall(raw)} if "NCT" in raw else ()),
        }
        return doc


@Language.factory("kg_study_type", assigns=["doc._.kg_study"], default_config={"ontology": None})
def create_study_type(nlp: Language, name: str, ontology: str | None) -> StudyTypeComponent:
    """Create the study-type component; it needs nothing before it and uses ``kg_mentions`` where they are.

    Args:
        nlp: the pipeline.
        name: the component's name in it.
        ontology: directory of the terminology slices; None: those of the package.
    """
    register()
    return StudyTypeComponent(cache(lambda: open_ontology(Path(ontology) if ontology else None)))
