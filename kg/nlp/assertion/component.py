"""The spaCy component that states what the text says of interventions and diseases."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from spacy.language import Language
from spacy.tokens import Doc

from kg.identifiers import Curie
from kg.model.assertion import Polarity, StudyType
from kg.nlp.assertion import outcomes
from kg.nlp.assertion.comentions import co_mentions
from kg.nlp.assertion.cues import CONTRAINDICATED, DENIED, TITLE_RESULT
from kg.nlp.assertion.outcomes import ProductMention
from kg.nlp.assertion.predicates import predicate_for
from kg.nlp.assertion.reviews import carried_subjects, line_of
from kg.nlp.assertion.targets import DiseaseMention, document_targets, is_background
from kg.nlp.extensions import register
from kg.nlp.intervention.component import recipient_species
from kg.nlp.intervention.normal import View, sentence_at, view
from kg.nlp.study_type import registry_fields
from kg.vocabulary import CONTRAINDICATED_IN, HOMO_SAPIENS, STUDIED_TO_TREAT, TREATS

_ANIMAL_PATIENTS: Final = re.compile(
    r"\b(?:client-owned|owner|veterinary|(?:naturally|spontaneously)\s+(?:occurring|affected|diseased)"
    r"|clinical(?:ly)?\s+(?:endometritis|mastitis|cases?)|(?:bitches|cows|mares|dogs|cats|queens|horses)"
    r"\s+(?:were\s+enrolled|with)|(?:in|of)\s+\w+\s+(?:bitches|cows|mares|dogs|cats|queens))\b",
    re.I,
)
_INDUCED: Final = re.compile(
    r"\b(?:induced|models?|experimental(?:ly)?|surgical(?:ly)?\s+\w+|created|injury\s+was|rendered)\b", re.I
)
_ANIMAL_STUDIES: Final = re.compile(
    r"\b(?:animal|preclinical|rodent)\s+(?:studies|experiments|models)\b|\b\d+\s+in\s+(?:mice|rats)\b", re.I
)


@dataclass(slots=True)
class _Facts:
    """What the rules read of one document."""

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
    named: list[frozenset[int]] = field(default_factory=list)


class AssertionComponent:
    """Sets ``doc._.kg_assertions`` and the ``targets`` of ``doc._.kg_interventions``."""

    def __init__(self, *, co_mentions: bool = True) -> None:
        """Build the component.

        Args:
            co_mentions: whether cell types and diseases of one sentence are asserted to occur together.
        """
        self.co_mentions = co_mentions

    def __call__(self, doc: Doc) -> Doc:
        """Assert what one document says."""
        found: list[dict[str, Any]] = []
        doc._.kg_assertions = []
        if not doc._.kg_interventions and not doc.spans.get("kg_mentions"):
            return doc
        read = view(doc)
        if doc._.kg_interventions:
            facts = _read(doc, read)
            if facts.targets:
                found = (
                    _from_review(facts) if facts.study is StudyType.REVIEW and not facts.fields else _from_study(facts)
                )
            _set_targets(doc, found, facts)
        if self.co_mentions:
            found.extend(co_mentions(doc, read.sentences))
        doc._.kg_assertions = found
        return doc


def _read(doc: Doc, read: View) -> _Facts:
    text, sentences = read.text, read.sentences
    products = [
        ProductMention(int(span.split("-")[0]), int(span.split("-")[1]), index)
        for index, record in enumerate(doc._.kg_interventions)
        for span in record["spans"]
    ]
    diseases = []
    for span in doc.spans.get("kg_mentions", ()):
        if span.label_ == "Disease" and span.kb_id_:
            number = sentence_at(sentences, span.start_char)
            if number is not None:
                diseases.append(DiseaseMention(span.start_char, span.end_char, tuple(span.kb_id_.split("|")), number))
    holds: list[set[int]] = [set() for _ in sentences]
    for product in products:
        number = sentence_at(sentences, product.start)
        if number is not None:
            holds[number].add(product.index)
    named = [frozenset(indices) for indices in holds]
    fields = registry_fields(text)
    ending = read.title_end
    targets = document_targets(
        text, sentences, diseases, frozenset(i for i, n in enumerate(named) if n), ending, fields
    )
    study = doc._.kg_study
    return _Facts(
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
    )


def _assertion(
    f: _Facts,
    subject: int,
    predicate: Curie,
    disease: Curie,
    polarity: Polarity,
    numbers: list[int],
    *,
    study: StudyType | None = None,
    species: Curie | None = None,
    negated: bool = False,
    confidence: float = 0.8,
    extractor: str,
) -> dict[str, Any]:
    return {
        "subject": subject,
        "predicate": predicate,
        "object": disease,
        "polarity": str(polarity),
        "negated": negated,
        "species": species,
        "study_type": str(study or f.study),
        "phase": f.phase if study is None else None,
        "evidence": [
            {"start": f.sentences[n][0], "end": f.sentences[n][1], "extractor": extractor, "confidence": confidence}
            for n in numbers
        ],
    }


def _from_study(f: _Facts) -> list[dict[str, Any]]:
    """Assertions of a study that reports its own data, of a protocol, a registry record or a bare title."""
    people = f.recipient == HOMO_SAPIENS
    animal_patients = bool(_ANIMAL_PATIENTS.search(f.text)) and not _INDUCED.search(f.text)
    results = f.study is not StudyType.PROTOCOL and not f.fields
    body = [n for n, (s, _) in enumerate(f.sentences) if s >= f.title_end]
    read = outcomes.facts(f.text, f.sentences, f.products, f.diseases, f.count, f.targets) if results else []
    if body and results:
        read = [fact for fact in read if f.sentences[fact.sentence][0] >= f.title_end] or read
    elif results:
        read = [fact for fact in read if TITLE_RESULT.search(f.text)]
    doubted = outcomes.doubt(f.text, f.sentences, max((x.sentence for x in read), default=0) - 1) if read else None
    found = []
    for index in range(f.count):
        for disease in f.targets:
            polarity, numbers = outcomes.verdict(read, index, disease)
            if doubted is not None and polarity is not Polarity.NOT_STATED:
                polarity = Polarity.INCONCLUSIVE
                numbers = [doubted, *(n for n in numbers if n != doubted)]
            numbers = numbers or _where(f, index, disease)
            if not numbers:
                continue
            predicate = predicate_for(f.study, polarity, people=people, animal_patients=animal_patients)
            found.append(
                _assertion(
                    f, index, predicate, disease, polarity, numbers[:3], species=f.recipient, extractor="rules/study"
                )
            )
    return found


def _where(f: _Facts, index: int, disease: Curie) -> list[int]:
    """The sentence that names both, else the one that names the disease, else the title."""
    with_disease = [d.sentence for d in f.diseases if disease in d.curies]
    both = [n for n in with_disease if index in f.named[n]]
    return (both or with_disease)[:1]


def _from_review(f: _Facts) -> list[dict[str, Any]]:
    """Assertions of a review: each sentence with its own line of evidence, merged over sentences that say the same."""
    pooled = bool(_ANIMAL_STUDIES.search(f.text))
    main = _main_targets(f)
    merged: dict[tuple[Any, ...], dict[str, Any]] = {}
    denied = False
    for number, (start, end) in enumerate(f.sentences):
        subjects = carried_subjects(f.named, number)
        sentence = f.text[start:end]
        line = line_of(sentence, pooled_animals=pooled)
        if line is None or not subjects:
            denied = denied or bool(DENIED.search(sentence) and subjects)
            continue
        denied = denied or line.negated
        own = [d for d in f.diseases if d.sentence == number]
        if line.predicate == CONTRAINDICATED_IN:
            curies = [c for d in own for c in d.curies]
        elif line.predicate == TREATS:
            curies = list(own[0].curies) if own else []
        else:
            curies = [c for d in own for c in d.curies if c in f.targets and not is_background(f.text, (start, end), d)]
            if not own and line.polarity is not Polarity.NEGATIVE:
                curies = main
        if line.predicate == STUDIED_TO_TREAT and not f.named[number]:
            continue
        for subject in sorted(subjects):
            for curie in dict.fromkeys(curies):
                key = (subject, line.predicate, curie, line.polarity, line.negated, line.study)
                made = _assertion(
                    f,
                    subject,
                    line.predicate,
                    curie,
                    line.polarity,
                    [number],
                    study=line.study,
                    species=HOMO_SAPIENS if line.people else None,
                    negated=line.negated,
                    extractor="rules/review",
                    confidence=0.8 if own else 0.6,
                )
                if key in merged:
                    merged[key]["evidence"].extend(made["evidence"])
                else:
                    merged[key] = made
    found = list(merged.values())
    in_body = {(a["subject"], a["object"]) for a in found if any(e["start"] >= f.title_end for e in a["evidence"])}
    found = [
        a
        for a in found
        if (a["subject"], a["object"]) not in in_body or any(e["start"] >= f.title_end for e in a["evidence"])
    ]
    if denied:
        found = [a for a in found if a["predicate"] != STUDIED_TO_TREAT or a["negated"]]
    return found


def _main_targets(f: _Facts) -> list[Curie]:
    """Diseases for a sentence that names none: those put beside a product in the body, else those of the title."""
    beside = [
        c
        for d in f.diseases
        if f.named[d.sentence]
        and d.start >= f.title_end
        and not CONTRAINDICATED.search(f.text[slice(*f.sentences[d.sentence])])
        for c in d.curies
        if c in f.targets
    ]
    return list(dict.fromkeys(beside)) or [
        c for c in f.targets if any(c in d.curies and d.end <= f.title_end for d in f.diseases)
    ]


def _set_targets(doc: Doc, found: list[dict[str, Any]], f: _Facts) -> None:
    """Write the diseases that each intervention is given for; harm and denial give none."""
    records = [dict(record) for record in doc._.kg_interventions]
    for index, record in enumerate(records):
        own = [a["object"] for a in found if a["subject"] == index and a["predicate"] != CONTRAINDICATED_IN]
        record["targets"] = list(dict.fromkeys(own)) or (list(f.targets) if f.count == 1 else [])
    doc._.kg_interventions = records


@Language.factory(
    "kg_assertions",
    assigns=["doc._.kg_assertions"],
    requires=["doc._.kg_study", "doc._.kg_interventions"],
    default_config={"co_mentions": True},
)
def create_assertions(nlp: Language, name: str, co_mentions: bool) -> AssertionComponent:
    """Create the assertion component; it needs ``kg_study_type``, ``kg_interventions`` and ``kg_mentions``."""
    register()
    return AssertionComponent(co_mentions=co_mentions)
