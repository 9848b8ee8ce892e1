"""Looking up what a graph says of a node, when it is read back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.graph.ns import RDF_TYPE


class Statements:
    """Triples by subject and predicate; values come sorted, so that reading does not depend on the order of a set."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        """Index `triples`."""
        self._values: dict[NamedNode, dict[NamedNode, list[NamedNode | Literal]]] = {}
        for triple in sorted(triples, key=str):
            if isinstance(triple.subject, NamedNode) and not isinstance(triple.object, BlankNode | Triple):
                self._values.setdefault(triple.subject, {}).setdefault(triple.predicate, []).append(triple.object)

    def __iter__(self) -> Iterator[NamedNode]:
        """Yield the subjects."""
        return iter(self._values)

    def instances(self, cls: NamedNode) -> Iterator[NamedNode]:
        """Yield the subjects of a class."""
        return (subject for subject in self._values if cls in self.nodes(subject, RDF_TYPE))

    def nodes(self, subject: NamedNode, predicate: NamedNode) -> list[NamedNode]:
        """Return the nodes that a property of a subject leads to."""
        values = self._values.get(subject, {}).get(predicate, [])
        return [value for value in values if isinstance(value, NamedNode)]

    def node(self, subject: NamedNode, predicate: NamedNode) -> NamedNode | None:
        """Return the first of `nodes`, None when there is none."""
        return next(iter(self.nodes(subject, predicate)), None)

    def literals(self, subject: NamedNode, predicate: NamedNode) -> list[Literal]:
        """Return the literal values of a property of a subject."""
        values = self._values.get(subject, {}).get(predicate, [])
        return [value for value in values if isinstance(value, Literal)]

    def texts(self, subject: NamedNode, predicate: NamedNode) -> tuple[str, ...]:
        """Return the literal values of a property of a subject as text."""
        return tuple(value.value for value in self.literals(subject, predicate))

    def text(self, subject: NamedNode, predicate: NamedNode) -> str | None:
        """Return the first of `texts`, None when there is none."""
        return next(iter(self.texts(subject, predicate)), None)

    def number(self, subject: NamedNode, predicate: NamedNode) -> int:
        """Return a value that is a whole number; 0 when there is none."""
        return int(self.text(subject, predicate) or 0)

    def is_true(self, subject: NamedNode, predicate: NamedNode) -> bool:
        """Tell whether a boolean value is there and true."""
        return self.text(subject, predicate) == "true"
