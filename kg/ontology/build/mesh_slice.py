"""Puts the MeSH slice together: disease descriptors, supplementary diseases, and names carried over from others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain

from kg.model import TermKind
from kg.ontology.build.by_hand import HandMade, read_by_hand
from kg.ontology.build.crossref import STRENGTH, ForeignClass, carry_over, contradicts, name_key, settle
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
    by_hand: str,
) -> Slice:
    """Return the slice ``mesh``.

    A supplementary concept is a disease when NLM maps it to at least one disease descriptor; those are its parents.

    Args:
        descriptors: all descriptors.
        supplementary: all supplementary concepts.
        all_concept_terms: descriptor id to the entry terms of all its concepts.
        current_labels: descriptor id to its label in the newest MeSH, used where it differs.
        others: vocabularies whose names are carried over, in order of precedence.
        by_hand: content of ``mesh_terms.tsv``.

    Raises:
        OntologyError: a line of the hand-made table is malformed or does not fit MeSH.
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
    hand = read_by_hand(by_hand, "mesh_terms.tsv", {row.local_id: row.label for row in concepts})
    return make_slice("mesh", "MESH", concepts, _terms(texts, others, hand))


def _terms(texts: Mapping[str, Sequence[str]], others: Iterable[Vocabulary], hand: HandMade) -> Iterator[TermRow]:
    """Yield the terms, the surest first; `texts` has the label of a concept first, then its entry terms."""
    dropped = {(identifier, name_key(text)) for identifier, text in hand.dropped}
    owner = _owners(texts, dropped)
    names = {
        identifier: frozenset(key for key in map(name_key, own) if (identifier, key) not in dropped)
        for identifier, own in texts.items()
    }
    own_terms = (TermRow(i, TermKind.EXACT, "mesh", text) for i, own in texts.items() for text in own[1:])
    carried = [
        row
        for vocabulary in others
        for row in carry_over(vocabulary.classes, vocabulary.name, names, curated=vocabulary.curated)
        if not contradicts(row.text, texts[row.local_id][0])
    ]
    settled = sorted(settle(carried, owner), key=lambda row: STRENGTH[row.kind])
    for row in chain(own_terms, hand.added, settled):
        if (row.local_id, name_key(row.text)) not in dropped:
            yield row


def _owners(texts: Mapping[str, Sequence[str]], dropped: Set[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    """Return the concept that each text of MeSH names, case-folded; labels take precedence over entry terms."""
    owner = {own[0].casefold(): identifier for identifier, own in texts.items()}
    for identifier, own in texts.items():
        for text in own[1:]:
            if (identifier, name_key(text)) not in dropped:
                owner.setdefault(text.casefold(), identifier)
    return owner
