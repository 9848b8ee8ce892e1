"""One nanopublication an assertion, as TriG.

Guidelines: http://nanopub.net/guidelines/working_draft/, ontology: http://www.nanopub.org/nschema. The assertion graph
says what is asserted, the provenance graph from which sentences of which papers it was read, the publication info which
program wrote it. IRIs are hashed from the three graphs, so that another content has another IRI.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from kg.exports.built import DATASET, BuiltGraph, Facts, named, only
from kg.files import replacing_text
from kg.graph.assertions import stands_alone
from kg.graph.iris import part
from kg.graph.literals import boolean, english, text
from kg.graph.ns import BIOLINK, DCTERMS, MSCKG, PROV, RDF, RDF_TYPE, RDFS, TURTLE_PREFIXES, Namespace
from kg.graph.query import Term
from kg.graph.results import friendly
from kg.graph.serialize import block_lines, term_writer
from kg.identifiers import digest

NP: Final = Namespace("http://www.nanopub.org/nschema#")
_DRAFT: Final = MSCKG["nanopub/"]
"""Name of a nanopublication before its hash is known; all names begin with it."""
_PREFIXES: Final = {**TURTLE_PREFIXES, "np": NP.base, "nanopub": _DRAFT.value}
_OF_PROVENANCE: Final = frozenset(
    BIOLINK[name] for name in ("has_evidence", "publications", "supporting_text", "knowledge_level", "agent_type")
)
"""Properties of an association that tell where it comes from, not what it says."""
_HASH: Final = 32
"""Hexadecimal digits of the hash in an IRI: 128 bits."""


def write(source: Path, files: tuple[Path, ...]) -> None:
    """Write a nanopublication for each association of ``graph.nq``, by the association's IRI.

    Raises:
        QueryError: `source` is missing or is no N-Quads.
        GraphError: the graph lacks what every build writes.
    """
    graph = BuiltGraph.open(source)
    run = _Run(graph)
    write_term = term_writer(_PREFIXES)
    with replacing_text(files[0]) as file:
        file.writelines(f"@prefix {name}: <{iri}> .\n" for name, iri in _PREFIXES.items())
        for association in sorted(graph.instances(BIOLINK["Association"]), key=str):
            for name, triples in _nanopublication(graph, association, run).items():
                file.write(f"\n{write_term(name)} {{\n")
                file.writelines(block_lines(triples, write_term))
                file.write("}\n")


class _Run:
    """What all nanopublications of a graph have in common."""

    def __init__(self, graph: BuiltGraph) -> None:
        dataset = graph.about(DATASET)
        self.activity = named(only(dataset, PROV["wasGeneratedBy"]))
        self.software = named(only(graph.about(self.activity), PROV["wasAssociatedWith"]))
        self.described = graph.triples(self.software)
        self.issued = dataset.get(DCTERMS["issued"], ())


def _nanopublication(graph: BuiltGraph, association: NamedNode, run: _Run) -> dict[NamedNode, set[Triple]]:
    """Return the four graphs of one nanopublication by name: head, assertion, provenance, publication info."""
    draft = _graphs(graph, association, run)
    content = sorted(f"{triple} {name}" for name, triples in draft.items() for triple in triples)
    final = _DRAFT.value + digest(*content, length=_HASH)
    names: dict[Term, NamedNode] = {
        old: NamedNode(final + old.value.removeprefix(_DRAFT.value)) for old in (_DRAFT, *draft)
    }
    return {
        names[old]: {
            Triple(
                names.get(named(triple.subject), triple.subject),
                triple.predicate,
                names.get(triple.object, triple.object),
            )
            for triple in triples
        }
        for old, triples in draft.items()
    }


def _graphs(graph: BuiltGraph, association: NamedNode, run: _Run) -> dict[NamedNode, set[Triple]]:
    assertion, provenance, info = (part(_DRAFT, local) for local in ("assertion", "provenance", "pubinfo"))
    head = {
        Triple(_DRAFT, RDF_TYPE, NP["Nanopublication"]),
        Triple(_DRAFT, NP["hasAssertion"], assertion),
        Triple(_DRAFT, NP["hasProvenance"], provenance),
        Triple(_DRAFT, NP["hasPublicationInfo"], info),
    }
    facts, said = graph.about(association), graph.triples(association)
    origin = {triple for triple in said if triple.predicate in _OF_PROVENANCE}
    subject, predicate, value = (named(only(facts, RDF[role])) for role in ("subject", "predicate", "object"))
    negated = boolean(True) in facts.get(BIOLINK["negated"], ())
    polarity = only(facts, MSCKG["polarity"])
    # Not whether the graph has the plain triple: another assertion, of other papers, may have put it there.
    if stands_alone(friendly(predicate), polarity.value if isinstance(polarity, Literal) else "", negated=negated):
        said.add(Triple(subject, predicate, value))
    words = friendly(predicate).rpartition(":")[2].replace("_", " ")
    denied = "not " if negated else ""
    label = f"{graph.label(subject)} - {denied}{words} - {graph.label(value)}"
    return {
        part(_DRAFT, "Head"): head,
        assertion: said - origin,
        provenance: origin | set(_provenance(graph, facts, run, assertion)),
        info: run.described | set(_info(label, run)),
    }


def _provenance(graph: BuiltGraph, facts: Facts, run: _Run, assertion: NamedNode) -> Iterator[Triple]:
    yield Triple(assertion, PROV["wasGeneratedBy"], run.activity)
    for paper in map(named, facts.get(BIOLINK["publications"], ())):
        yield Triple(assertion, PROV["wasDerivedFrom"], paper)
        yield Triple(paper, RDFS["label"], text(graph.label(paper)))
        retracted = Triple(paper, MSCKG["retracted"], boolean(True))
        if graph.says(retracted):
            yield retracted
    for evidence in map(named, facts.get(BIOLINK["has_evidence"], ())):
        yield from graph.triples(evidence)
        yield from graph.triples(named(only(graph.about(evidence), DCTERMS["source"])))


def _info(label: str, run: _Run) -> Iterator[Triple]:
    yield Triple(_DRAFT, RDFS["label"], english(label))
    yield Triple(_DRAFT, DCTERMS["creator"], run.software)
    yield Triple(_DRAFT, PROV["wasAttributedTo"], run.software)
    yield Triple(_DRAFT, DCTERMS["isPartOf"], DATASET)
    for day in run.issued:
        yield Triple(_DRAFT, DCTERMS["created"], day)
