"""The edges of a built graph: its associations, and the plain triples that say something of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from kg.exports.built import BuiltGraph, Facts, named, only
from kg.exports.property_graph import EDGE_PROPERTIES, Edge, read_properties
from kg.graph.ns import BIOLINK, CITO, DCTERMS, MSCKG, PROV, RDF, SKOS
from kg.graph.results import friendly
from kg.identifiers import Curie, digest
from kg.vocabulary import AFFECTS, CO_MENTIONED, CONTRAINDICATED_IN, NO_EFFECT_SHOWN, TREATMENT_PREDICATES

_ASSOCIATION: Final = "biolink:Association"
_TREATMENT: Final = "biolink:ChemicalOrDrugOrTreatmentToDiseaseOrPhenotypicFeatureAssociation"
_TO_DISEASE: Final = "biolink:EntityToDiseaseAssociation"
_MENTION: Final = "biolink:InformationContentEntityToNamedThingAssociation"

_CATEGORIES: Final[dict[Curie, Curie]] = {
    **dict.fromkeys(TREATMENT_PREDICATES, _TREATMENT),
    # Biolink keeps the class above for what treats, is applied or is studied to treat.
    CONTRAINDICATED_IN: _TO_DISEASE,
    NO_EFFECT_SHOWN: _TO_DISEASE,
    CO_MENTIONED: _TO_DISEASE,
    AFFECTS: _ASSOCIATION,
}


@dataclass(frozen=True, slots=True)
class _Link:
    """A predicate whose plain triples are edges, and where they come from in Biolink's terms.

    See KnowledgeLevelEnum and AgentTypeEnum of the Biolink Model.
    """

    predicate: NamedNode
    knowledge_level: str
    agent_type: str
    category: Curie = _ASSOCIATION


_LINKS: Final = (
    _Link(BIOLINK["derives_from"], "not_provided", "text_mining_agent"),
    _Link(BIOLINK["has_part"], "not_provided", "text_mining_agent"),
    _Link(BIOLINK["mentions"], "not_provided", "text_mining_agent", _MENTION),
    _Link(SKOS["broadMatch"], "knowledge_assertion", "manual_agent"),
    _Link(SKOS["broader"], "knowledge_assertion", "manual_agent"),
    _Link(CITO["cites"], "knowledge_assertion", "not_provided"),
    _Link(DCTERMS["relation"], "knowledge_assertion", "not_provided"),
    _Link(MSCKG["registered_as"], "knowledge_assertion", "text_mining_agent"),
    _Link(CITO["citesAsEvidence"], "not_provided", "text_mining_agent"),
    _Link(PROV["wasQuotedFrom"], "knowledge_assertion", "text_mining_agent"),
)
"""The plain triples of assertions are not here: their associations say the same and more."""


def edges(graph: BuiltGraph, iris: dict[NamedNode, Curie]) -> Iterator[Edge]:
    """Yield the edges between nodes: associations by id, then the links by predicate, subject and object.

    Args:
        graph: where from.
        iris: the nodes, see `kg.exports.nodes.node_iris`.
    """
    for association in sorted(graph.instances(BIOLINK["Association"]), key=str):
        yield _association(association, graph.about(association))
    for link in _LINKS:
        predicate = friendly(link.predicate)
        for thing, value in graph.pairs(link.predicate):
            source, target = iris.get(thing), iris.get(named(value))
            if source is not None and target is not None:
                yield Edge(
                    "MSCKG:link/" + digest(source, predicate, target),
                    source,
                    predicate,
                    target,
                    link.category,
                    {"knowledge_level": link.knowledge_level, "agent_type": link.agent_type},
                )


def _association(association: NamedNode, facts: Facts) -> Edge:
    subject, predicate, target = (friendly(only(facts, RDF[part])) for part in ("subject", "predicate", "object"))
    return Edge(
        friendly(association),
        subject,
        predicate,
        target,
        _CATEGORIES.get(predicate, _ASSOCIATION),
        read_properties(facts, EDGE_PROPERTIES),
    )
