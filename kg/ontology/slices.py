"""Readers of the slice files: tab-separated tables packed with xz, and the project's own SKOS vocabulary in Turtle."""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from kg.errors import OntologyError
from kg.identifiers import PREFIXES, to_curie
from kg.model import MentionType, TermKind
from kg.ontology.manifest import Slice

TYPES: Final[dict[str, MentionType]] = {
    "MESH": MentionType.DISEASE,
    "CL": MentionType.CELL_TYPE,
    "UBERON": MentionType.TISSUE,
    "NCBITaxon": MentionType.SPECIES,
}
"""What the concepts of a prefix are; concepts of the project's own vocabulary say it themselves."""

_REMEDY: Final = "restore the file from the repository or run `make ontologies`"
_KINDS: Final = frozenset(TermKind)
_SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
_TYPE: Final = "http://purl.org/dc/terms/type"


class ConceptRow(NamedTuple):
    """A concept as the slices hold it; `parents` and `replaced_by` are CURIEs, `extra` the rank or tree numbers."""

    curie: str
    label: str
    type: MentionType
    parents: tuple[str, ...]
    obsolete: bool
    replaced_by: str
    extra: str


class TermRow(NamedTuple):
    """A term (not a label) as the slices hold it."""

    curie: str
    kind: str
    source: str
    text: str


def read_concepts(part: Slice) -> Iterator[ConceptRow]:
    """Yield the concepts of a slice in the file's order.

    Raises:
        OntologyError: a line is malformed.
    """
    path = part.file(".ttl")
    if path is not None:
        yield from (concept for concept, _ in _read_vocabulary(path))
        return
    path = part.file(".concepts.tsv.xz")
    if path is None:
        raise OntologyError(f"slice {part.name} has no .concepts.tsv.xz file", remedy=_REMEDY)
    if part.prefix not in TYPES:
        raise OntologyError(f"slice {part.name} has the unknown prefix {part.prefix!r}", remedy=_REMEDY)
    kind, head = TYPES[part.prefix], part.prefix + ":"
    for fields in _rows(path, 6):
        local, label, parents, obsolete, replaced_by, extra = fields
        yield ConceptRow(
            head + local,
            label,
            kind,
            tuple(head + parent for parent in parents.split("|")) if parents else (),
            obsolete == "1",
            head + replaced_by if replaced_by else "",
            extra,
        )


def read_terms(part: Slice) -> Iterator[TermRow]:
    """Yield the synonyms of a slice in the file's order.

    Raises:
        OntologyError: a line is malformed or a kind unknown.
    """
    path = part.file(".ttl")
    if path is not None:
        for _, terms in _read_vocabulary(path):
            yield from terms
        return
    path = part.file(".terms.tsv.xz")
    if path is None:
        return
    head = part.prefix + ":"
    for local, kind, source, text in _rows(path, 4):
        if kind not in _KINDS:
            raise OntologyError(f"unknown kind of term {kind!r} of {head}{local}", where=path, remedy=_REMEDY)
        yield TermRow(head + local, kind, source, text)


def _rows(path: Path, width: int) -> Iterator[list[str]]:
    try:
        with lzma.open(path, "rt", encoding="utf-8", newline="\n") as lines:
            for number, line in enumerate(lines, start=1):
                fields = line.rstrip("\n").split("\t")
                if len(fields) != width:
                    raise OntologyError(
                        f"line {number} has {len(fields)} columns instead of {width}", where=path, remedy=_REMEDY
                    )
                yield fields
    except (OSError, EOFError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise OntologyError(f"cannot be unpacked: {error}", where=path, remedy=_REMEDY) from error


def _read_vocabulary(path: Path) -> list[tuple[ConceptRow, tuple[TermRow, ...]]]:
    """Read a SKOS file: labels, alternative and hidden labels, notations (acronyms), broader concepts, type."""
    # Imported here: it is needed only while compiling.
    from pyoxigraph import Literal, NamedNode, RdfFormat, parse

    found: dict[str, dict[str, set[str]]] = {}
    try:
        for quad in parse(path=str(path), format=RdfFormat.TURTLE):
            if not isinstance(quad.subject, NamedNode):
                continue
            fields = found.setdefault(quad.subject.value, {})
            if isinstance(quad.object, Literal | NamedNode):
                fields.setdefault(quad.predicate.value, set()).add(quad.object.value)
    except (OSError, SyntaxError, ValueError) as error:
        raise OntologyError(f"is not valid Turtle: {error}", where=path, remedy=_REMEDY) from error
    own = PREFIXES["MSCKG"] + "vocabulary/"
    return [
        _skos_concept(path, iri, fields)
        for iri, fields in sorted(found.items())
        if iri.startswith(own) and fields.get(_SKOS + "prefLabel")
    ]


def _skos_concept(path: Path, iri: str, fields: dict[str, set[str]]) -> tuple[ConceptRow, tuple[TermRow, ...]]:
    curie = to_curie(iri) or ""
    (label,) = sorted(fields[_SKOS + "prefLabel"])[:1]
    types = sorted(fields.get(_TYPE, ()))
    try:
        kind = MentionType(types[0])
    except (IndexError, ValueError):
        raise OntologyError(f"<{iri}> has no dcterms:type Disease, Tissue or CellType", where=path) from None
    broader = [fields.get(_SKOS + name, set()) for name in ("broader", "broadMatch")]
    parents = tuple(sorted(c for iris in broader for c in map(to_curie, iris) if c))
    terms = [
        TermRow(curie, str(kind_of_term), "msckg", text)
        for name, kind_of_term in (
            ("altLabel", TermKind.EXACT),
            ("hiddenLabel", TermKind.EXACT),
            ("notation", TermKind.ACRONYM),
        )
        for text in sorted(fields.get(_SKOS + name, ()))
    ]
    return ConceptRow(curie, label, kind, parents, False, "", ""), tuple(terms)
