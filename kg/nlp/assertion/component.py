"""The spaCy component that states what the text says of interventions and diseases."""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.model.assertion import StudyType
from kg.nlp.assertion.comentions import co_mentions
from kg.nlp.assertion.effects import effects
from kg.nlp.assertion.facts import read_facts
from kg.nlp.assertion.judges import targets
from kg.nlp.assertion.statements import from_review, from_study, shared_in_review
from kg.nlp.extensions import register
from kg.nlp.intervention.normal import view
from kg.vocabulary import TREATS


class AssertionComponent:
    """Sets ``doc._.kg_assertions`` and the ``targets`` of ``doc._.kg_interventions``."""

    def __init__(self, *, co_mentions: bool = True, effects: bool = True) -> None:
        """Build the component.

        Args:
            co_mentions: whether cell types and diseases of one sentence are asserted to occur together.
            effects: whether effects of the interventions on cell types are asserted.
        """
        self.co_mentions = co_mentions
        self.effects = effects

    def __call__(self, doc: Doc) -> Doc:
        """Assert what one document says."""
        found: list[dict[str, Any]] = []
        doc._.kg_assertions = []
        if not doc._.kg_interventions and not doc.spans.get("kg_mentions"):
            return doc
        read = view(doc)
        if doc._.kg_interventions:
            facts = read_facts(doc, read)
            given_for = targets(facts)
            is_review = facts.study is StudyType.REVIEW and not facts.fields
            if is_review:
                given_for = shared_in_review(facts, given_for)
            found = from_review(facts, given_for) if is_review else from_study(facts, given_for)
            approved: list[list[str]] = [[] for _ in given_for]
            for assertion in found:
                if assertion["predicate"] == TREATS:
                    approved[assertion["subject"]].append(assertion["object"])
            if self.effects:
                found.extend(effects(doc, facts))
            doc._.kg_interventions = [
                {**record, "targets": list(dict.fromkeys((*diseases, *more)))}
                for record, diseases, more in zip(doc._.kg_interventions, given_for, approved, strict=True)
            ]
        if self.co_mentions:
            found.extend(co_mentions(doc, read.sentences))
        doc._.kg_assertions = found
        return doc


@Language.factory(
    "kg_assertions",
    assigns=["doc._.kg_assertions"],
    requires=["doc._.kg_study", "doc._.kg_interventions"],
    default_config={"co_mentions": True, "effects": True},
)
def create_assertions(nlp: Language, name: str, co_mentions: bool, effects: bool) -> AssertionComponent:
    """Create the assertion component; it needs ``kg_study_type``, ``kg_interventions`` and ``kg_mentions``."""
    register()
    return AssertionComponent(co_mentions=co_mentions, effects=effects)
