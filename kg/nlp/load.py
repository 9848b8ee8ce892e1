"""The whole pipeline, put together."""

from __future__ import annotations

from typing import Final

import spacy
from spacy.language import Language

from kg.nlp import abbreviations, grounder, lexicon, nested_names, sentences, study_type, tokenizer
from kg.nlp.assertion import component as assertions
from kg.nlp.intervention import component as interventions
from kg.nlp.recogniser import component as recogniser
from kg.ontology import Ontology

_REGISTERED: Final = (
    *(abbreviations, assertions, grounder, interventions, lexicon, nested_names, recogniser, sentences),
    *(study_type, tokenizer),
)
"""Modules whose import registers a component: the pipeline then needs no entry point."""

COMPONENTS: Final = (
    "kg_sentences",
    "kg_abbreviations",
    "kg_lexicon",
    "kg_recogniser",
    "kg_nested_names",
    "kg_grounder",
    "kg_study_type",
    "kg_interventions",
    "kg_assertions",
)
"""The components in their order."""


def load_pipeline(ontology: Ontology | None = None, *, people: bool = True) -> Language:
    """Return the pipeline of this project.

    Args:
        ontology: the terminologies; None: those that come with the package.
        people: take words for people (patients, women) for mentions of Homo sapiens.

    Raises:
        OntologyError: the terminologies cannot be read.
    """
    directory = None if ontology is None else str(ontology.directory)
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kg_tokenizer.v1"}}})
    nlp.max_length = 50_000_000
    settings = {"ontology": directory, "people": people}
    for name in COMPONENTS:
        wanted = Language.get_factory_meta(name).default_config or {}
        nlp.add_pipe(name, config={key: value for key, value in settings.items() if key in wanted})
    return nlp
