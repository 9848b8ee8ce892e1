"""How often, and by which names, the documents of a study speak of each concept and intervention."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.graph.concepts import NAMING, ConceptSource
from kg.graph.mentions import all_groundings
from kg.identifiers import Curie
from kg.model import AnnotatedDocument

MOST: Final = 40
"""Other names of a node at most: some MeSH concepts have hundreds."""


class Names:
    """The names of concepts and interventions: those of the vocabulary, and the words of the texts."""

    def __init__(self, documents: Sequence[AnnotatedDocument], ontology: ConceptSource) -> None:
        """Collect the words by which `documents` name each concept, and that one alone."""
        self._ontology = ontology
        self._said: dict[Curie, set[str]] = {}
        for annotated in documents:
            for grounding in all_groundings(annotated):
                if len(grounding.curies) == 1:
                    self._said.setdefault(grounding.curies[0], set()).add(grounding.mention.text)

    def other(self, curie: Curie, label: str) -> list[str]:
        """Return the names of `curie` but for `label`: words of the texts, then exact synonyms, each sorted.

        Names that differ in case only are one. There are at most `MOST`.
        """
        exact = sorted(term.text for term in self._ontology.terms(curie) if term.kind in NAMING)
        names: dict[str, str] = {label.casefold(): label}
        for name in (*sorted(self._said.get(curie, ())), *exact):
            names.setdefault(name.casefold(), name)
        return list(names.values())[1 : MOST + 1]


def mention_counts(documents: Sequence[AnnotatedDocument]) -> dict[Curie, dict[Curie, int]]:
    """Return how often each concept or intervention is mentioned in each paper, sorted by both."""
    counts: dict[Curie, dict[Curie, int]] = {}
    for annotated in documents:
        for grounding in all_groundings(annotated):
            for curie in grounding.curies:
                of_papers = counts.setdefault(curie, {})
                paper = annotated.document.paper.id
                of_papers[paper] = of_papers.get(paper, 0) + 1
    return counts
