"""The nodes of a built graph: concepts, interventions, papers and, where wanted, evidence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode

from kg.exports.built import BuiltGraph, Facts, name_of, named, only
from kg.exports.property_graph import NODE_PROPERTIES, Node, Value, read_properties
from kg.graph.ns import BIOLINK, DCTERMS, MSCKG, RDF_TYPE, SKOS
from kg.graph.results import friendly
from kg.identifiers import Curie, is_curie, to_curie, to_iri

_CLASSES: Final = (SKOS["Concept"], MSCKG["Intervention"], BIOLINK["Publication"], BIOLINK["ClinicalTrial"])
_OF_USES: Final = ("route", "carrier", "dose")
_ORDER: Final = {each.name: place for place, each in enumerate(NODE_PROPERTIES)}


def node_iris(graph: BuiltGraph, *, evidence: bool) -> dict[NamedNode, Curie]:
    """Return the things that are nodes with their ids, by id.

    Args:
        graph: where from.
        evidence: whether pieces of evidence are nodes.
    """
    things = graph.instances(*_CLASSES, *((MSCKG["Evidence"],) if evidence else ()))
    ids = {thing: friendly(thing) for thing in things}
    return dict(sorted(ids.items(), key=lambda item: item[1]))


def nodes(graph: BuiltGraph, iris: dict[NamedNode, Curie]) -> Iterator[Node]:
    """Yield the nodes, by id.

    Args:
        graph: where from.
        iris: what `node_iris` returned.
    """
    for thing, curie in iris.items():
        facts = graph.about(thing)
        properties: dict[str, Value] = {
            "name": name_of(facts) or curie,
            "iri": thing.value,
            **read_properties(facts, NODE_PROPERTIES),
        }
        if references := _references(facts, curie):
            properties["xref"] = references
        if MSCKG["Evidence"] in facts.get(RDF_TYPE, ()):
            properties["text_sha256"] = _source_hash(graph, facts)
        else:
            properties |= _uses(graph, thing)
        in_order = sorted(properties.items(), key=lambda item: _ORDER[item[0]])
        yield Node(curie, _categories(facts), dict(in_order))


def _categories(facts: Facts) -> tuple[Curie, ...]:
    """Return the Biolink classes of a thing; our own classes stand under one of Biolink's."""
    types = facts.get(RDF_TYPE, ())
    known = tuple(curie for curie in map(friendly, types) if curie.startswith("biolink:"))
    fallback = "biolink:Treatment" if MSCKG["Intervention"] in types else "biolink:NamedThing"
    return known or (fallback,)


def _references(facts: Facts, curie: Curie) -> tuple[Curie, ...]:
    """Return the other identifiers of a thing, in the spelling of node ids, and what it closely matches."""
    others = {_spelled(friendly(value)) for value in facts.get(DCTERMS["identifier"], ())}
    others |= set(map(friendly, facts.get(SKOS["closeMatch"], ())))
    return tuple(sorted(others - {curie}))


def _spelled(identifier: str) -> Curie:
    return (to_curie(to_iri(identifier)) if is_curie(identifier) else None) or identifier


def _source_hash(graph: BuiltGraph, facts: Facts) -> str:
    text = named(only(facts, DCTERMS["source"]))
    return friendly(only(graph.about(text), MSCKG["sha256"]))


def _uses(graph: BuiltGraph, intervention: NamedNode) -> dict[str, Value]:
    """Return how any paper uses an intervention."""
    found: dict[str, set[str]] = {}
    for use in graph.subjects(MSCKG["intervention"], intervention):
        facts = graph.about(use)
        for name in _OF_USES:
            for value in facts.get(MSCKG[name], ()):
                found.setdefault(name, set()).add(friendly(value))
    return {name: tuple(sorted(values)) for name, values in found.items()}
