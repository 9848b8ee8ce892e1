"""Does a graph fit its SHACL shapes?"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal as OxLiteral
from pyoxigraph import NamedNode

from kg.errors import GraphError
from kg.graph.dataset import Dataset
from kg.graph.ns import RDF_TYPE, XSD
from kg.graph.query import Term
from kg.graph.schema import SHAPES, schema_file
from kg.identifiers import LOCAL

if TYPE_CHECKING:
    import rdflib

_LOG = logging.getLogger(__name__)
_SHOWN: Final = 3
"""Violations that the message names; the rest are counted."""


def validate(dataset: Dataset, shapes: Path | None = None) -> None:
    """Check every node of the union of the graphs against the SHACL shapes.

    Args:
        dataset: the graph.
        shapes: a Turtle file of shapes; None for the project's own.

    Raises:
        GraphError: a node does not fit; the message names the first violations, by node.
    """
    dangling = find_dangling(dataset)
    if dangling:
        raise GraphError(
            _told("local IRIs without a type", dangling), remedy="this is a fault of the program; report it"
        )
    faults = find_violations(dataset, shapes)
    if faults:
        raise GraphError(
            _told("the graph does not fit its shapes", faults),
            remedy="this is a fault of the program; report it with the input",
        )
    _LOG.info("%d quads fit their shapes", len(dataset))


def find_violations(dataset: Dataset, shapes: Path | None = None) -> list[str]:
    """Return what does not fit the shapes as sorted lines: node, property, message.

    Args:
        dataset: the graph.
        shapes: a Turtle file of shapes; None for the project's own.
    """
    # pyshacl and rdflib take half a second to import, which no other command should wait for. rdflib's own memory is
    # 2.3 times faster here than its Oxigraph store.
    import pyshacl
    from rdflib import Graph

    shapes_graph = Graph().parse(shapes or schema_file(SHAPES), format="turtle")
    conforms, report, _ = pyshacl.validate(
        to_rdflib(dataset), shacl_graph=shapes_graph, inference="none", meta_shacl=False, advanced=False
    )
    if conforms:
        return []
    assert isinstance(report, Graph)
    return _report_lines(report)


def _told(problem: str, faults: list[str]) -> str:
    more = len(faults) - _SHOWN
    return f"{problem}: {'; '.join(faults[:_SHOWN])}" + (f"; and {more} more" if more > 0 else "")


def to_rdflib(dataset: Dataset) -> rdflib.Graph:
    """Return the union of the graphs as an rdflib graph in memory."""
    from rdflib import Graph, Literal, URIRef

    graph = Graph(bind_namespaces="none")
    known: dict[Term, URIRef | Literal] = {}

    def convert(term: Term) -> URIRef | Literal:
        if (converted := known.get(term)) is None:
            if isinstance(term, OxLiteral):
                # rdflib holds a plain literal and one typed xsd:string for different; RDF 1.1 and its parsers do not.
                plain = term.language or term.datatype == XSD["string"]
                datatype = None if plain else URIRef(term.datatype.value)
                converted = Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
            else:
                converted = URIRef(_iri(term))
            known[term] = converted
        return converted

    graph.addN(
        (convert(triple.subject), convert(triple.predicate), convert(triple.object), graph)
        for triple in dataset.triples()
    )
    return graph


def _iri(term: Term) -> str:
    if not isinstance(term, NamedNode):
        raise GraphError(f"{term} has no place in the graph", remedy="the graph holds IRIs and literals only")
    return term.value


def find_dangling(dataset: Dataset) -> list[str]:
    """Return the local IRIs that the graph uses, as an object or a predicate, without saying what they are; sorted."""
    typed = {quad.subject for quad in dataset.quads if quad.predicate == RDF_TYPE}
    used = {term for quad in dataset.quads for term in (quad.predicate, quad.object) if isinstance(term, NamedNode)}
    return sorted(term.value for term in used if term.value.startswith(LOCAL) and term not in typed)


def _report_lines(report: rdflib.Graph) -> list[str]:
    from rdflib import SH

    lines = []
    for result in report.subjects(SH.resultSeverity, None):
        focus = report.value(result, SH.focusNode)
        path = report.value(result, SH.resultPath)
        value = report.value(result, SH.value)
        message = report.value(result, SH.resultMessage)
        shown = f"<{focus}>" + (f" {path}" if path is not None else "")
        lines.append(f"{shown}: {message}" + (f" (is {str(value)[:60]!r})" if value is not None else ""))
    return sorted(lines)
