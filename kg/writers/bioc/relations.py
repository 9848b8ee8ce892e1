"""Assertions as relations of BioC, between the annotations that name the two sides."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.identifiers import Curie
from kg.model import Assertion
from kg.writers.bioc.characters import writable
from kg.writers.bioc.parts import BioCAnnotation, BioCNode, BioCRelation, Infons


@dataclass(frozen=True, slots=True)
class _Marks:
    """The annotations of one concept, in their order: where they begin and their ids."""

    starts: list[int] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)

    def first(self, start: int = 0, end: int | None = None) -> str | None:
        """Return the id of the first one that begins in a stretch of the text, or None."""
        at = bisect_left(self.starts, start)
        return self.ids[at] if at < len(self.ids) and (end is None or self.starts[at] < end) else None


_NO_MARKS = _Marks()


def relations(
    assertions: Sequence[Assertion], annotations: Iterable[tuple[BioCAnnotation, tuple[Curie, ...]]]
) -> tuple[BioCRelation, ...]:
    """Return a relation for each assertion, in order, named ``R1``, ``R2`` ...

    A relation has at most one node for each side, so that programs that want pairs can use it: from the first sentence
    of its evidence that names both sides; where none does, each side's first mention in the evidence, else in the
    document. A side that is mentioned nowhere (a disease that is only understood) has no node; its CURIE is in the
    infons.

    Args:
        assertions: what the document says.
        annotations: those of the document with their CURIEs, by position.
    """
    marks: defaultdict[Curie, _Marks] = defaultdict(_Marks)
    for annotation, curies in annotations:
        for curie in curies:
            marks[curie].starts.append(annotation.offset)
            marks[curie].ids.append(annotation.id)
    return tuple(
        BioCRelation(
            f"R{number}",
            _infons(assertion),
            _nodes(assertion, marks.get(assertion.subject, _NO_MARKS), marks.get(assertion.object, _NO_MARKS)),
        )
        for number, assertion in enumerate(assertions, start=1)
    )


def _nodes(assertion: Assertion, subjects: _Marks, objects: _Marks) -> tuple[BioCNode, ...]:
    named = [(subjects.first(e.start, e.end), objects.first(e.start, e.end)) for e in assertion.evidence]
    subject, target = next(
        (pair for pair in named if all(pair)),
        (
            next((name for name, _ in named if name), subjects.first()),
            next((name for _, name in named if name), objects.first()),
        ),
    )
    return tuple(BioCNode(name, role) for name, role in ((subject, "subject"), (target, "object")) if name)


def _infons(assertion: Assertion) -> Infons:
    """Return what is asserted; a qualifier that the text does not state is left out."""
    qualifiers = assertion.qualifiers
    infons = {
        "type": assertion.predicate,
        "subject": assertion.subject,
        "object": assertion.object,
        "polarity": assertion.polarity,
        "negated": "true" if assertion.negated else "false",
        "study_type": qualifiers.study_type,
        "phase": qualifiers.phase,
        "species": qualifiers.species,
        "aspect": qualifiers.aspect,
        "direction": qualifiers.direction,
    }
    return {key: writable(str(value)) for key, value in infons.items() if value is not None}
