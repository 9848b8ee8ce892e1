"""The union of the named graphs as JSON-LD 1.1 (https://www.w3.org/TR/json-ld11/): compact, a line a subject.

pyoxigraph writes expanded JSON-LD only, and rdflib's compact one takes the whole graph into memory a second time; so it
is written by hand, as the Turtle is. The context makes most values plain strings.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from kg.exports.built import BuiltGraph, named
from kg.files import replacing_text
from kg.graph.ns import RDF_TYPE, TURTLE_PREFIXES, XSD
from kg.graph.query import Term

_DELIMITERS: Final = tuple(":/?#[]@")
"""What the IRI of a prefix must end with, unless the context says that it is one (JSON-LD 1.1, 9.15.1)."""
_BY_LENGTH: Final = sorted(TURTLE_PREFIXES.items(), key=lambda item: (-len(item[1]), item[0]))
_INTEGER: Final = re.compile(r"0|-?[1-9]\d{0,14}")
"""Integers that JSON keeps as they are written."""
_NATIVE: Final = "native"
_PLAIN: Final = "plain"

Coercions = dict[NamedNode, dict[str, str]]


def write(source: Path, files: tuple[Path, ...]) -> None:
    """Write ``graph.nq`` without its graph names.

    Raises:
        QueryError: `source` is missing or is no N-Quads.
        GraphError: the graph has blank nodes.
    """
    graph = BuiltGraph.open(source)
    subjects: set[NamedNode] = set()
    kinds: dict[NamedNode, set[str]] = {}
    for subject, predicate, value in graph.everything():
        subjects.add(subject)
        if predicate != RDF_TYPE:
            kinds.setdefault(predicate, set()).add(_kind(value))
    coercions = {
        predicate: found for predicate in sorted(kinds, key=str) if (found := _coercion(kinds[predicate])) is not None
    }
    with replacing_text(files[0]) as file:
        file.write('{"@context": ' + json.dumps(context(coercions), indent=1) + ',\n"@graph": [')
        start = "\n"
        for subject in sorted(subjects, key=str):
            file.write(start + json.dumps(node_object(subject, graph.triples(subject), coercions)))
            start = ",\n"
        file.write("\n]}\n")


def context(coercions: Coercions) -> dict[str, object]:
    """Return the context: the prefixes of the Turtle files, then the types of the properties that have one type."""
    prefixes = {
        name: iri if iri.endswith(_DELIMITERS) else {"@id": iri, "@prefix": True}
        for name, iri in TURTLE_PREFIXES.items()
    }
    terms = {compact(predicate.value): coercion for predicate, coercion in coercions.items()}
    return {"@version": 1.1, **prefixes, **terms}


def compact(iri: str) -> str:
    """Return an IRI with the longest prefix that fits, or as it is."""
    for name, base in _BY_LENGTH:
        # A name that goes on with // would be read as an IRI.
        if iri.startswith(base) and len(iri) > len(base) and not iri.startswith("//", len(base)):
            return f"{name}:{iri[len(base) :]}"
    return iri


def node_object(subject: NamedNode, triples: Iterable[Triple], coercions: Coercions) -> dict[str, object]:
    """Return what is said of a subject as a node object, sorted."""
    found: dict[str, object] = {"@id": compact(subject.value)}
    ordered = sorted(triples, key=lambda t: (t.predicate != RDF_TYPE, t.predicate.value, str(t.object)))
    for predicate, group in groupby(ordered, key=lambda triple: triple.predicate):
        if predicate == RDF_TYPE:
            values: list[object] = [compact(named(triple.object).value) for triple in group]
            found["@type"] = values
        else:
            coercion = coercions.get(predicate)
            values = [_value(triple.object, coercion) for triple in group]
            found[compact(predicate.value)] = values[0] if len(values) == 1 else values
    return found


def _kind(value: Term) -> str:
    """Return what a context would say of a value: ``@id``, a language tag, a datatype; or that it needs nothing."""
    if not isinstance(value, Literal):
        return "@id"
    if value.language:
        return f"@{value.language}"
    if value.datatype == XSD["string"]:
        return _PLAIN
    return _NATIVE if _native(value) is not None else value.datatype.value


def _coercion(kinds: set[str]) -> dict[str, str] | None:
    """Return the type of a property whose values are all of one kind; None where each value tells its own."""
    if len(kinds) > 1:
        return None
    (kind,) = kinds
    if kind in (_PLAIN, _NATIVE):
        return None
    if kind == "@id":
        return {"@type": "@id"}
    if kind.startswith("@"):
        return {"@language": kind[1:]}
    return {"@type": compact(kind)}


def _native(value: Literal) -> bool | int | None:
    """Return a boolean or an integer that JSON-LD reads back as the same literal, else None."""
    if value.datatype == XSD["boolean"] and value.value in ("true", "false"):
        return value.value == "true"
    if value.datatype == XSD["integer"] and _INTEGER.fullmatch(value.value):
        return int(value.value)
    return None


def _value(value: Term, coercion: dict[str, str] | None) -> object:
    if not isinstance(value, Literal):
        iri = compact(named(value).value)
        return iri if coercion else {"@id": iri}
    if coercion:
        return value.value
    if value.language:
        return {"@value": value.value, "@language": value.language}
    if value.datatype == XSD["string"]:
        return value.value
    native = _native(value)
    return {"@value": value.value, "@type": compact(value.datatype.value)} if native is None else native
