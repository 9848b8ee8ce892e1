"""A set of quads, and the builder that fills one named graph of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.graph.ns import RDF_TYPE


class GraphBuilder:
    """Collects the triples of one named graph; adding one twice changes nothing."""

    __slots__ = ("_quads", "name")

    def __init__(self, name: NamedNode) -> None:
        """Start an empty graph called `name`."""
        self.name = name
        self._quads: set[Quad] = set()

    def add(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal | None) -> None:
        """Add a triple; nothing when `value` is None, so that absent facts need no test by the caller."""
        if value is not None:
            self._quads.add(Quad(subject, predicate, value, self.name))

    def type(self, subject: NamedNode, *classes: NamedNode) -> None:
        """Say what `subject` is an instance of."""
        for cls in classes:
            self.add(subject, RDF_TYPE, cls)

    def __iter__(self) -> Iterator[Quad]:
        return iter(self._quads)

    def __len__(self) -> int:
        return len(self._quads)


@dataclass(frozen=True, slots=True)
class Dataset:
    """The whole graph as distinct quads in file order: by graph name, then by the text of the triple."""

    quads: tuple[Quad, ...]

    @classmethod
    def from_quads(cls, quads: Iterable[Quad]) -> Dataset:
        """Sort and deduplicate `quads`."""
        return cls(tuple(sorted(set(quads), key=quad_order)))

    def triples(self) -> list[Triple]:
        """Return the union of the graphs, each triple once, in no order."""
        return list({quad.triple for quad in self.quads})

    def graph_names(self) -> tuple[str, ...]:
        """Return the IRIs of the named graphs, sorted."""
        return tuple(sorted({quad.graph_name.value for quad in self.quads if isinstance(quad.graph_name, NamedNode)}))

    def __len__(self) -> int:
        return len(self.quads)


def quad_order(quad: Quad) -> tuple[str, str]:
    """Sort key of a quad: graph name, then subject, predicate and object as written in N-Quads."""
    return str(quad.graph_name), str(quad.triple)
