"""Trains the small judgements on curated documents: what a text is about, what is given for what, with what result.

``python -m kg.training.judgements NAME.gold.jsonl GOLD=TEXTS ...`` writes the weights beside the modules that use them
(`kg.nlp.study_type`, `kg.nlp.study_diseases`, `kg.nlp.assertion.judges`).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from kg.files import replacing_text
from kg.model import Polarity, StudyType
from kg.nlp import load_pipeline
from kg.nlp.assertion.facts import Facts, read_facts
from kg.nlp.assertion.judges import DOCUMENTS, NOTHING, RESULTS, TARGETS
from kg.nlp.assertion.mentions import Mention
from kg.nlp.assertion.signals import document_features, sentence_features, target_features
from kg.nlp.extensions import text_of
from kg.nlp.intervention.normal import normalise, view
from kg.nlp.logistic import Features, Logistic, load
from kg.nlp.study_diseases import MODEL as STUDY_DISEASES
from kg.nlp.study_diseases import disease_features, disease_places
from kg.nlp.study_rules import by_rules
from kg.nlp.study_type import MODEL as STUDY_TYPE
from kg.nlp.study_type import study_features
from kg.ontology import Ontology, open_ontology
from kg.training.curated import Curated, is_meant, read_curated

Example = tuple[Features, str]
_DIGITS: Final = 2
YES_NO: Final = ("no", "yes")
KINDS: Final = tuple(str(kind) for kind in StudyType if kind is not StudyType.NOT_STATED)
SAYS: Final = (*map(str, Polarity), NOTHING)


@dataclass(frozen=True, slots=True)
class Fit:
    """How a model is fitted: inverse of the L2 penalty, and in how many examples a feature must occur."""

    strength: float
    least: int


STUDY_FIT: Final = Fit(0.3, 2)
DISEASE_FIT: Final = Fit(3.0, 1)
TARGET_FIT: Final = Fit(0.3, 3)
RESULT_FIT: Final = Fit(1.0, 3)
DOCUMENT_FIT: Final = Fit(0.1, 3)
"""Each chosen by cross-validation over documents."""


def study_examples(curated: Curated, ontology: Ontology) -> Iterator[Example]:
    """Yield a document with the kind of study that the curator's assertions rest on, a review's before all; if any."""
    kinds = Counter(str(assertion["evidence"]) for assertion in curated.gold.get("assertions", ()))
    title = next((p["end"] for p in curated.doc._.kg_passages if p["section"] == "title"), 0)
    text = normalise(text_of(curated.doc)).lower()
    if kinds and text[title:].strip():
        kind = StudyType.REVIEW if StudyType.REVIEW in kinds else kinds.most_common(1)[0][0]
        yield study_features(text, text[:title], by_rules(text, text[:title])), str(kind)


def disease_examples(curated: Curated, ontology: Ontology) -> Iterator[Example]:
    """Yield what is known of each disease of a document, and whether the curator lists it."""
    read = view(curated.doc)
    described = disease_features(disease_places(curated.doc, read.sentences), read, ontology)
    for curie, features in described.items():
        listed = is_meant(curie, curated.gold["diseases"], curated.broader, ontology)
        yield features, YES_NO[listed]


def target_examples(curated: Curated, ontology: Ontology) -> Iterator[Example]:
    """Yield for each intervention and disease of a document whether the curator says that the one is for the other."""
    facts = read_facts(curated.doc, view(curated.doc))
    if facts.fields or not facts.body:
        return  # a record and a bare title are judged by rules
    partners = curated.partners()
    for index in range(facts.count):
        wanted = curated.gold["interventions"][partners[index]]["targets"] if index in partners else []
        for disease in _diseases(facts):
            meant = is_meant(disease, wanted, curated.broader, ontology)
            yield target_features(facts, index, disease), YES_NO[meant]


def result_examples(curated: Curated, ontology: Ontology) -> Iterator[Example]:
    """Yield each sentence for each assertion of the curator: the polarity for the curator's sentence, else nothing.

    Every document counts twice: as it is, and as most are written, with the disease and the only product named where
    they are introduced and not again where the results are told.
    """
    facts = read_facts(curated.doc, view(curated.doc))
    for index, number in curated.partners().items():
        own = [a for a in curated.gold.get("assertions", ()) if a["intervention"] == number]
        for disease in _diseases(facts):
            meant = [a for a in own if is_meant(disease, [a["disease"]], curated.broader, ontology)]
            said = {normalise(a["sentence"]).strip(): str(a["polarity"]) for a in meant}
            for told in (facts, named_once(facts)) if said else ():
                for place, (start, end) in enumerate(told.sentences):
                    text = told.text[start:end]
                    label = next((p for sentence, p in said.items() if sentence in text or text in sentence), NOTHING)
                    yield sentence_features(told, place, index, disease), label


def document_examples(curated: Curated, ontology: Ontology) -> Iterator[Example]:
    """Yield each document for each assertion of the curator, as it is and with its names but once."""
    facts = read_facts(curated.doc, view(curated.doc))
    for index, number in curated.partners().items():
        own = [a for a in curated.gold.get("assertions", ()) if a["intervention"] == number]
        for disease in _diseases(facts):
            meant = [a for a in own if is_meant(disease, [a["disease"]], curated.broader, ontology)]
            for told in (facts, named_once(facts)) if meant else ():
                described = [sentence_features(told, n, index, disease) for n in range(len(told.sentences))]
                yield document_features(described), str(meant[0]["polarity"])


def named_once(facts: Facts) -> Facts:
    """Return a document as if it named its diseases, and its product when it has but one, once after the title."""
    diseases = _introduced(facts.diseases, facts, lambda mention: mention.curies)
    if facts.count > 1:
        return replace(facts, diseases=diseases)
    products = _introduced(facts.products, facts, lambda mention: mention.index)
    places = [frozenset(p.index for p in products if start <= p.start < end) for start, end in facts.sentences]
    return replace(facts, diseases=diseases, products=products, named=places)


def _introduced(mentions: Iterable[Mention], facts: Facts, what: Callable[[Mention], object]) -> list[Mention]:
    """Return the mentions in the title, and the first of each thing in the body."""
    seen: set[object] = set()
    kept: list[Mention] = []
    for mention in mentions:
        if mention.start < facts.title_end or what(mention) not in seen:
            kept.append(mention)
        if mention.start >= facts.title_end:
            seen.add(what(mention))
    return kept


def _diseases(facts: Facts) -> list[str]:
    return list(dict.fromkeys(curie for mention in facts.diseases for curie in mention.curies))


def fit(examples: Sequence[Example], classes: Sequence[str], how: Fit) -> Logistic:
    """Fit a logistic regression.

    Args:
        examples: features and class.
        classes: the classes in the order in which the model has them.
        how: penalty, and which features are kept.
    """
    counts = Counter(name for features, _ in examples for name in features)
    vectorizer = DictVectorizer()
    rows = vectorizer.fit_transform([{n: v for n, v in f.items() if counts[n] >= how.least} for f, _ in examples])
    labels = [classes.index(label) for _, label in examples]
    model = LogisticRegression(C=how.strength, max_iter=3000).fit(rows, labels)
    table, bias = model.coef_.tolist(), model.intercept_.tolist()
    if len(classes) == 2:
        table, bias = [[0.0] * rows.shape[1], *table], [0.0, *bias]
    weights = {
        str(name): tuple(round(value, _DIGITS) for value in column)
        for name, column in zip(vectorizer.feature_names_, zip(*table, strict=True), strict=True)
    }
    kept = {name: row for name, row in weights.items() if any(row)}
    return Logistic(tuple(classes), tuple(round(value, _DIGITS) for value in bias), kept)


def main(sources: Sequence[str]) -> None:
    """Train on gold files (`kg.training.curated.read_curated`) and write the models.

    Each is written before the next is fitted: the next may use it.
    """
    ontology = open_ontology()
    for path, examples_of, classes, how in (
        (STUDY_TYPE, study_examples, KINDS, STUDY_FIT),
        (STUDY_DISEASES, disease_examples, YES_NO, DISEASE_FIT),
        (TARGETS, target_examples, YES_NO, TARGET_FIT),
        (RESULTS, result_examples, SAYS, RESULT_FIT),
        (DOCUMENTS, document_examples, tuple(map(str, Polarity)), DOCUMENT_FIT),
    ):
        documents = read_curated(sources, load_pipeline(ontology))
        examples = [example for one in documents for example in examples_of(one, ontology)]
        with replacing_text(path) as stream:
            stream.write(fit(examples, classes, how).to_json())
        load.cache_clear()


if __name__ == "__main__":
    main(sys.argv[1:])
