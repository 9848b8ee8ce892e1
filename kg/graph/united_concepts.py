"""The concepts of several studies as one set: the same concept once, with one name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from kg.graph.iris import node
from kg.graph.ns import MSCKG, RDFS, SKOS
from kg.vocabulary import MSC_THERAPY

_SINGLE: Final = frozenset({RDFS["label"], SKOS["prefLabel"], MSCKG["rank"]})
"""What a concept has once; everything else about it may be told by each study."""
_ALWAYS: Final = (node(MSC_THERAPY), MSCKG["vocabulary"])


def unite_concepts(studies: Sequence[Iterable[Triple]], used: Iterable[NamedNode]) -> set[Triple]:
    """Return the concept graphs of several studies as one.

    A concept that studies name differently, because their terminologies are of different versions, keeps the name of
    the first one that knows it; the other names become synonyms. Concepts that nothing refers to any more, because the
    paper that did is taken from another study, are left out.

    Args:
        studies: the triples of each study's concept graph.
        used: what the papers' graphs refer to.
    """
    united: set[Triple] = set()
    single: dict[tuple[NamedNode, NamedNode], list[Literal]] = {}
    for triples in studies:
        for triple in triples:
            subject, value = triple.subject, triple.object
            if triple.predicate in _SINGLE and isinstance(subject, NamedNode) and isinstance(value, Literal):
                values = single.setdefault((subject, triple.predicate), [])
                if value not in values:
                    values.append(value)
            else:
                united.add(triple)
    for (subject, predicate), values in single.items():
        # A CURIE in place of a label, which has no language, means that the study's terminologies lack the concept.
        first, *others = sorted(values, key=lambda value: value.language is None)
        united.add(Triple(subject, predicate, first))
        united.update(_synonyms(subject, others))
    return _reachable(united, used)


def _synonyms(subject: NamedNode, names: Iterable[Literal]) -> Iterator[Triple]:
    return (Triple(subject, SKOS["altLabel"], name) for name in names if name.language is not None)


def _reachable(triples: set[Triple], used: Iterable[NamedNode]) -> set[Triple]:
    about: dict[NamedNode, list[Triple]] = {}
    for triple in triples:
        if isinstance(triple.subject, NamedNode):
            about.setdefault(triple.subject, []).append(triple)
    waiting = [*_ALWAYS, *used]
    kept: set[NamedNode] = set()
    while waiting:
        subject = waiting.pop()
        if subject not in kept and subject in about:
            kept.add(subject)
            waiting.extend(triple.object for triple in about[subject] if isinstance(triple.object, NamedNode))
    return {triple for subject in kept for triple in about[subject]}
