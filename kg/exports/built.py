"""The graph of a built study, asked for one thing after the other: nothing of it is held but the store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode, Store, Triple

from kg.errors import GraphError
from kg.graph import load_store
from kg.graph.ns import DCTERMS, MSCKG, RDF_TYPE, RDFS, SKOS, XSD
from kg.graph.query import Term
from kg.graph.results import friendly

Facts: TypeAlias = Mapping[NamedNode, tuple[Term, ...]]
"""What the graph says of one thing: its distinct values by predicate, sorted."""

DATASET: Final = MSCKG["dataset"]
"""The node of the data set, which the graph describes itself with."""
_DECIMAL: Final = XSD["decimal"]
_NAMES: Final = (DCTERMS["title"], SKOS["prefLabel"], RDFS["label"])
"""What things are called by: a paper's title before what a reference list calls it."""


class BuiltGraph:
    """The union of the named graphs of ``graph.nq``, in an order that does not depend on how the store keeps them."""

    __slots__ = ("_store",)

    def __init__(self, store: Store) -> None:
        """Take a store; see `open`."""
        self._store = store

    @classmethod
    def open(cls, path: Path) -> BuiltGraph:
        """Load ``graph.nq``.

        Raises:
            QueryError: the file is missing or is no N-Quads.
        """
        return cls(load_store(path))

    def triples(self, subject: NamedNode) -> set[Triple]:
        """Return the triples about a thing."""
        return {
            Triple(subject, quad.predicate, as_written(quad.object))
            for quad in self._store.quads_for_pattern(subject, None, None, None)
        }

    def about(self, subject: NamedNode) -> Facts:
        """Return what is said of a thing, by predicate."""
        found: dict[NamedNode, set[Term]] = {}
        for quad in self._store.quads_for_pattern(subject, None, None, None):
            found.setdefault(quad.predicate, set()).add(as_written(quad.object))
        return {predicate: tuple(sorted(values, key=str)) for predicate, values in found.items()}

    def instances(self, *classes: NamedNode) -> set[NamedNode]:
        """Return the things that are of any of the classes."""
        return {thing for cls in classes for thing in self.subjects(RDF_TYPE, cls)}

    def subjects(self, predicate: NamedNode, value: Term) -> list[NamedNode]:
        """Return the things that have a value, sorted.

        Raises:
            GraphError: one of them is a blank node.
        """
        found = {quad.subject for quad in self._store.quads_for_pattern(None, predicate, value, None)}
        return sorted(map(named, found), key=str)

    def everything(self) -> Iterator[tuple[NamedNode, NamedNode, Term]]:
        """Yield every triple in no order; one that several graphs hold comes several times.

        Raises:
            GraphError: a subject is a blank node.
        """
        for quad in self._store:
            yield named(quad.subject), quad.predicate, as_written(quad.object)

    def pairs(self, predicate: NamedNode) -> list[tuple[NamedNode, Term]]:
        """Return the subjects and objects of a predicate, sorted."""
        found = {(named(q.subject), q.object) for q in self._store.quads_for_pattern(None, predicate, None, None)}
        return sorted(found, key=lambda pair: (str(pair[0]), str(pair[1])))

    def says(self, triple: Triple) -> bool:
        """Tell whether a triple is in the graph."""
        found = self._store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        return next(found, None) is not None

    def label(self, thing: NamedNode) -> str:
        """Return the name of a thing; its CURIE when it has none."""
        # Not all that is said of it: that may be much.
        for predicate in _NAMES:
            if values := {quad.object for quad in self._store.quads_for_pattern(thing, predicate, None, None)}:
                return friendly(min(values, key=str))
        return friendly(thing)


def as_written(term: Term) -> Term:
    """Return a term as ``graph.nq`` has it: Oxigraph's store drops the fraction of a whole decimal (``1.0``)."""
    if isinstance(term, Literal) and term.datatype == _DECIMAL and "." not in term.value:
        return Literal(f"{term.value}.0", datatype=_DECIMAL)
    return term


def named(term: Term) -> NamedNode:
    """Return a term that must be an IRI.

    Raises:
        GraphError: it is a blank node or a literal.
    """
    if not isinstance(term, NamedNode):
        raise GraphError(f"{term} has no name", where="graph.nq", remedy="build the study again")
    return term


def only(facts: Facts, predicate: NamedNode) -> Term:
    """Return the value of a predicate that every graph has.

    Raises:
        GraphError: it is missing.
    """
    if values := facts.get(predicate):
        return values[0]
    raise GraphError(f"a node has no {friendly(predicate)}", where="graph.nq", remedy="build the study again")


def name_of(facts: Facts) -> str | None:
    """Return the name among the facts of a thing."""
    for predicate in _NAMES:
        if values := facts.get(predicate):
            return friendly(values[0])
    return None
