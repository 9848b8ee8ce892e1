"""What a graph says, in comparable form: its papers, interventions, assertions and effects on cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.iris import SCHEMA_GRAPH, node
from kg.graph.ns import BIOLINK, DCTERMS, MSCKG, RDF, RDFS
from kg.graph.results import friendly
from kg.identifiers import Curie
from kg.vocabulary import AFFECTS

NOT_STATED: Final = "not_stated"
_READ: Final = {
    MSCKG["study_role"]: "role",
    MSCKG["study_type"]: "study_type",
    MSCKG["phase"]: "phase",
    MSCKG["retracted"]: "retracted",
    MSCKG["product"]: "product",
    MSCKG["polarity"]: "polarity",
    DCTERMS["identifier"]: "identifier",
    DCTERMS["title"]: "title",
    RDFS["label"]: "label",
    RDF["subject"]: "subject",
    RDF["predicate"]: "predicate",
    RDF["object"]: "object",
    BIOLINK["negated"]: "negated",
    BIOLINK["publications"]: "papers",
    BIOLINK["species_context_qualifier"]: "species",
    BIOLINK["object_aspect_qualifier"]: "aspect",
    BIOLINK["object_direction_qualifier"]: "direction",
}
"""Properties that are read, each with its name here."""
_Properties: TypeAlias = dict[str, set[str]]
_AFFECTS: Final = friendly(node(AFFECTS))


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """A paper of a study: what may change about it, and what it is known by."""

    title: str
    role: str
    study_type: str
    phase: str
    retracted: bool
    identifiers: frozenset[Curie]


@dataclass(frozen=True, slots=True)
class Claim:
    """What assertions are about: those that differ in nothing else are compared by their results.

    CURIEs, but for the kind of study with its phase and, of an effect on cells, what of them changes.
    """

    subject: Curie
    predicate: Curie
    object: Curie
    species: Curie | None
    study_type: str
    aspect: str | None = None
    phase: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Result:
    """What is said of a claim: a polarity, or which way cells change; `negated` when the text denies it."""

    value: str
    negated: bool


Results: TypeAlias = dict[Result, frozenset[Curie]]
"""The results of one claim, each with the papers that say so."""


@dataclass(frozen=True, slots=True)
class GraphFacts:
    """What a graph says. `interventions` have their labels; `labels` are those of everything that has one."""

    papers: dict[Curie, PaperFacts]
    interventions: dict[Curie, str]
    assertions: dict[Claim, Results]
    effects: dict[Claim, Results]
    labels: dict[Curie, str]


def facts_of(quads: Iterable[Quad]) -> GraphFacts:
    """Read what a graph says in one pass; of its mentions and evidence nothing is kept."""
    said: dict[NamedNode, _Properties] = {}
    for quad in quads:
        name = _READ.get(quad.predicate)
        if name is not None and isinstance(quad.subject, NamedNode) and quad.graph_name != SCHEMA_GRAPH:
            value = quad.object
            written = value.value if isinstance(value, Literal) else friendly(value)
            said.setdefault(quad.subject, {}).setdefault(name, set()).add(written)
    facts = GraphFacts({}, {}, {}, {}, {})
    for subject, properties in said.items():
        if "label" in properties:
            facts.labels[friendly(subject)] = min(properties["label"])
        if "role" in properties:
            facts.papers[friendly(subject)] = _paper(properties)
        if "product" in properties:
            facts.interventions[friendly(subject)] = _one(properties, "label")
        if "subject" in properties:
            _add_assertion(facts, properties)
    return facts


def _one(properties: _Properties, name: str, default: str = "") -> str:
    return min(properties.get(name, {default}))


def _paper(properties: _Properties) -> PaperFacts:
    return PaperFacts(
        title=_one(properties, "title"),
        role=_one(properties, "role"),
        study_type=_one(properties, "study_type", NOT_STATED),
        phase=_one(properties, "phase"),
        retracted=_one(properties, "retracted", "false") == "true",
        identifiers=frozenset(properties.get("identifier", ())),
    )


def _add_assertion(facts: GraphFacts, properties: _Properties) -> None:
    predicate = _one(properties, "predicate")
    is_effect = predicate == _AFFECTS
    claim = Claim(
        _one(properties, "subject"),
        predicate,
        _one(properties, "object"),
        _one(properties, "species") or None,
        _one(properties, "study_type", NOT_STATED),
        _one(properties, "aspect") or None,
        _one(properties, "phase") or None,
    )
    value = _one(properties, "direction" if is_effect else "polarity", NOT_STATED)
    result = Result(value, _one(properties, "negated", "false") == "true")
    results = (facts.effects if is_effect else facts.assertions).setdefault(claim, {})
    results[result] = results.get(result, frozenset()) | properties.get("papers", set())
