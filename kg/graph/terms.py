"""RDF terms as people write them on a command line or in Python."""

from __future__ import annotations

import re
from math import isfinite
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.graph import literals
from kg.graph.iris import node
from kg.graph.ns import TURTLE_PREFIXES
from kg.identifiers import PREFIXES, is_curie

Written: TypeAlias = str | int | float | bool | NamedNode | Literal
"""What `term_of` makes a term of."""

_CURIE: Final = re.compile(r"([A-Za-z][\w.-]*):(\S*)")
_WEB: Final = re.compile(r"https?://\S+")
BARE: Final = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false")
"""Numbers and booleans, which need no quotes."""
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_TURTLE: Final = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in TURTLE_PREFIXES.items()) + "<a:a> <a:a> "
FORMS: Final = 'write a CURIE (MESH:D014591), an IRI (<https://...>) or a literal ("text", "text"@en, 5)'
"""What a message says when `term_of` fails."""


def term_of(value: Written) -> NamedNode | Literal:
    """Return the RDF term of a value.

    A string is a CURIE with one of the prefixes of the graph (``MESH:D007247``), an IRI (``<...>``, or bare when it
    starts with ``http``), or a literal as Turtle writes it (``"text"``, ``"text"@en``, ``"2020"^^xsd:gYear``, ``5``,
    ``0.8``, ``true``); any other text is a plain string (``allogeneic``).

    Raises:
        ValueError: it is written like one of these and is none.
    """
    match value:
        case NamedNode() | Literal():
            return value
        case bool():
            return literals.boolean(value)
        case int():
            return literals.integer(value)
        case float() if isfinite(value):
            return literals.decimal(value)
        case str() if not _SURROGATE.search(value):
            return _read(value)
    raise ValueError("it is no text, number or RDF term")


def _read(value: str) -> NamedNode | Literal:
    written = value.strip()
    if written[:1] in ("'", '"') or BARE.fullmatch(written):
        return _literal(written)
    if written.startswith("<") and written.endswith(">"):
        return NamedNode(written[1:-1])
    if _WEB.fullmatch(written):
        return NamedNode(written)
    if match := _CURIE.fullmatch(written):
        return _named(match[1], match[2])
    return literals.text(value)


def _named(prefix: str, local: str) -> NamedNode:
    if prefix in PREFIXES:
        if not is_curie(f"{prefix}:{local}"):
            raise ValueError(f"it is no identifier of {prefix}")
        return node(f"{prefix}:{local}")
    if prefix not in TURTLE_PREFIXES:
        raise ValueError(f"the prefix {prefix} is unknown")
    return NamedNode(TURTLE_PREFIXES[prefix] + local)


def _literal(written: str) -> Literal:
    try:
        quads = list(parse((_TURTLE + written + " .").encode(), format=RdfFormat.TURTLE))
    except SyntaxError as error:
        raise ValueError("it is no literal") from error
    # Text that ends the triple and begins another one is no literal either.
    if len(quads) != 1 or not isinstance(quads[0].object, Literal):
        raise ValueError("it is no literal")
    return quads[0].object
