"""What the rules of this package read of one document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.identifiers import Curie
from kg.model.assertion import StudyType
from kg.nlp.assertion.anaphora import pointed_at
from kg.nlp.assertion.mentions import DiseaseMention, ProductMention
from kg.nlp.assertion.targets import document_targets, registry_targets
from kg.nlp.foreign_names import is_in_a_name
from kg.nlp.intervention.component import recipient_species
from kg.nlp.intervention.normal import View, sentence_at
from kg.nlp.registry_record import registry_fields


@dataclass(frozen=True, slots=True)
class Facts:
    """A document: normalised text, sentences, mentions, study.

    `about` says how likely each disease is what the document is about, in [0, 1]; `products` and `diseases` are
    mentions, in order; `count` is the number of interventions; `named` holds, for each sentence, which of them it
    names; `fields` are those of a registry record; `targets` are what its interventions are given for, by rule;
    `first_named` is the first sentence that names one.
    """

    text: str
    sentences: list[tuple[int, int]]
    title_end: int
    fields: dict[str, tuple[int, int]]
    products: list[ProductMention]
    diseases: list[DiseaseMention]
    targets: list[Curie]
    study: StudyType
    phase: str | None
    recipient: Curie | None
    count: int
    named: list[frozenset[int]]
    about: Mapping[Curie, float]
    first_named: int

    @property
    def body(self) -> list[int]:
        """The numbers of the sentences after the title; empty for a bare title."""
        return [number for number, (start, _) in enumerate(self.sentences) if start >= self.title_end]


def read_facts(doc: Doc, read: View) -> Facts:
    """Read a Doc that has mentions, interventions and a study type."""
    text, sentences = read.text, read.sentences
    products = [
        ProductMention(int(span.split("-")[0]), int(span.split("-")[1]), index)
        for index, record in enumerate(doc._.kg_interventions)
        for span in record["spans"]
    ]
    products.sort(key=lambda product: (product.start, product.end))
    products += pointed_at(text, sentences, products)
    products.sort(key=lambda product: (product.start, product.end))
    diseases = []
    for span in doc.spans.get("kg_mentions", ()):
        if span.label_ == "Disease" and span.kb_id_ and not is_in_a_name(text, span.start_char, span.end_char):
            number = sentence_at(sentences, span.start_char)
            if number is not None:
                diseases.append(DiseaseMention(span.start_char, span.end_char, tuple(span.kb_id_.split("|")), number))
    diseases.sort(key=lambda disease: (disease.start, disease.end))
    holds: list[set[int]] = [set() for _ in sentences]
    for product in products:
        number = sentence_at(sentences, product.start)
        if number is not None:
            holds[number].add(product.index)
    named = [frozenset(indices) for indices in holds]
    fields = registry_fields(text)
    ending = read.title_end
    study = doc._.kg_study
    if fields:
        targets = registry_targets(diseases, sentences, ending, fields, study.get("wider", {}))
    else:
        targets = document_targets(text, sentences, diseases, frozenset(i for i, n in enumerate(named) if n), ending)
    return Facts(
        text,
        sentences,
        ending,
        fields,
        products,
        diseases,
        targets,
        StudyType(study["type"]),
        study["phase"],
        recipient_species(doc),
        len(doc._.kg_interventions),
        named,
        study.get("about", {}),
        next((number for number, indices in enumerate(named) if indices), 0),
    )
