"""Puts the MeSH slice together: disease descriptors, supplementary diseases, and names carried over from others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.model import TermKind
from kg.ontology.build.crossref import ForeignClass, carry_over, name_key, settle
from kg.ontology.build.mesh import Descriptor, Supplementary, parents
from kg.ontology.build.rows import ConceptRow, Slice, TermRow, make_slice


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Another disease vocabulary; `curated` says that its cross-references to MeSH are equivalences."""

    name: str
    classes: Sequence[ForeignClass]
    curated: bool


def build(
    descriptors: Mapping[str, Descriptor],
    supplementary: Iterable[Supplementary],
    all_concept_terms: Mapping[str, Iterable[str]],
    current_labels: Mapping[str, str],
    others: Iterable[Vocabulary],
) -> Slice:
    """Return the slice ``mesh``.

    A supplementary concept is a disease when NLM maps it to at least one disease descriptor; those are its parents.

    Args:
        descriptors: all descriptors.
        supplementary: all supplementary concepts.
        all_concept_terms: descriptor id to the entry terms of all its concepts.
        current_labels: descriptor id to its label in the newest MeSH, used where it differs.
        others: vocabularies whose names are carried over, in order of precedence.
    """
    broader = parents(descriptors)
    concepts: list[ConceptRow] = []
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for identifier, above in broader.items():
        d = descriptors[identifier]
        label = current_labels.get(identifier, d.label)
        concepts.append(ConceptRow(identifier, label, above, detail="|".join(d.disease_trees)))
        texts[identifier] += [label, d.label, *d.terms, *all_concept_terms.get(identifier, ())]
    for s in supplementary:
        above = tuple(sorted(set(s.mapped) & broader.keys()))
        if above:
            concepts.append(ConceptRow(s.id, s.label, above))
            texts[s.id] += [s.label, *s.terms]
    return make_slice("mesh", "MESH", concepts, _terms(texts, others))


def _terms(texts: Mapping[str, Sequence[str]], others: Iterable[Vocabulary]) -> Iterator[TermRow]:
    owner: dict[str, str] = {}
    for rank in range(max(map(len, texts.values()), default=0)):  # labels of all concepts come before entry terms of any
        for identifier, own in texts.items():
            if rank < len(own):
                owner.setdefault(own[rank].casefold(), identifier)
    for identifier, own in texts.items():
        yield from (TermRow(identifier, TermKind.EXACT, "mesh", text) for text in own[1:])
    names = {identifier: frozenset(map(name_key, own)) for identifier, own in texts.items()}
    carried = [
        row
        for vocabulary in others
        for row in carry_over(vocabulary.classes, vocabulary.name, names, curated=vocabulary.curated)
    ]
    yield from settle(carried, owner)
