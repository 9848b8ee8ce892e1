"""Turtle and N-Quads, sorted and written whole or not at all.

rdflib's Turtle is steady but slow (about 32,000 triples a second), pyoxigraph's is fast but depends on the order of
insertion and writes its prefixes in a random one; so the Turtle here is written by hand. It need not know blank nodes
or lists, because the graph has none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.errors import GraphError
from kg.files import replacing_text
from kg.graph.dataset import Dataset
from kg.graph.ns import RDF_TYPE, TURTLE_PREFIXES, XSD

_LOCAL_NAME: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]|[./#:]+(?=[A-Za-z0-9_-]))*")
"""Local names that are written with a prefix: a safe part of PN_LOCAL of the Turtle grammar."""
_ESCAPED: Final = re.compile(r"[/#]")
_BARE: Final[dict[str, re.Pattern[str]]] = {
    XSD["integer"].value: re.compile(r"[+-]?\d+"),
    XSD["decimal"].value: re.compile(r"[+-]?\d*\.\d+"),
    XSD["boolean"].value: re.compile(r"true|false"),
}
"""Literals that Turtle lets stand without quotes."""


def write_nquads(dataset: Dataset, path: Path) -> None:
    """Write the named graphs as N-Quads, sorted."""
    with replacing_text(path) as file:
        file.writelines(f"{quad} .\n" for quad in dataset.quads)


def write_turtle(dataset: Dataset, path: Path) -> None:
    """Write the union of the graphs as Turtle: sorted, a block a subject, ``a`` first."""
    with replacing_text(path) as file:
        file.writelines(turtle_lines(dataset))


def read_dataset(path: Path) -> Dataset:
    """Read N-Quads that `write_nquads` wrote.

    Raises:
        GraphError: the file is missing or is no N-Quads.
    """
    return Dataset.from_quads(read_quads(path))


def read_quads(path: Path) -> Iterator[Quad]:
    """Yield the quads of N-Quads in the order of the file, one at a time.

    Raises:
        GraphError: the file is missing or is no N-Quads.
    """
    try:
        yield from parse(path=str(path), format=RdfFormat.N_QUADS)
    except FileNotFoundError as error:
        raise GraphError("no such file", where=path, remedy="run 'kg build' first") from error
    except (SyntaxError, OSError) as error:
        raise GraphError(f"is no readable N-Quads ({error})", where=path, remedy="build the study again") from error


def turtle_lines(dataset: Dataset, prefixes: Mapping[str, str] = TURTLE_PREFIXES) -> Iterator[str]:
    """Yield the Turtle of a data set's union, line by line."""
    for name, iri in prefixes.items():
        yield f"@prefix {name}: <{iri}> .\n"
    yield from block_lines(dataset.triples(), term_writer(prefixes))


def block_lines(triples: Iterable[Triple], write: Callable[[object], str]) -> Iterator[str]:
    """Yield triples as Turtle without its prefixes, line by line: sorted, a block a subject, ``a`` first.

    Args:
        triples: distinct, in any order.
        write: what `term_writer` returned for the prefixes of the file.
    """
    for subject, block in groupby(sorted(triples, key=_order), key=lambda triple: triple.subject):
        yield f"\n{write(subject)}"
        verbs = [
            (predicate, [write(triple.object) for triple in group])
            for predicate, group in groupby(block, key=lambda triple: triple.predicate)
        ]
        for number, (predicate, objects) in enumerate(verbs):
            verb = "a" if predicate == RDF_TYPE else write(predicate)
            end = " .\n" if number == len(verbs) - 1 else " ;\n"
            start = " " if number == 0 else "    "
            yield f"{start}{verb} {', '.join(objects)}{end}"


def _order(triple: Triple) -> tuple[str, bool, str, str]:
    return str(triple.subject), triple.predicate != RDF_TYPE, triple.predicate.value, str(triple.object)


def term_writer(prefixes: Mapping[str, str]) -> Callable[[object], str]:
    """Return a function that writes a term as Turtle, with the longest prefix that fits.

    It raises GraphError for a blank node, of which the graph has none.
    """
    by_iri = sorted(prefixes.items(), key=lambda item: (-len(item[1]), item[0]))
    known: dict[str, str] = {}

    def compact(iri: str) -> str:
        if (short := known.get(iri)) is None:
            short = known[iri] = _compact(iri, by_iri)
        return short

    def write(term: object) -> str:
        if isinstance(term, NamedNode):
            return compact(term.value)
        if not isinstance(term, Literal):
            raise GraphError(f"{term} has no place in the graph", remedy="the graph holds IRIs and literals only")
        datatype = term.datatype.value
        bare = _BARE.get(datatype)
        if bare is not None and bare.fullmatch(term.value):
            return term.value
        written = str(term)
        if term.language or datatype == XSD["string"].value:
            return written
        return written[: written.rindex("^^")] + "^^" + compact(datatype)

    return write


def _compact(iri: str, by_iri: list[tuple[str, str]]) -> str:
    for name, base in by_iri:
        if iri.startswith(base) and _LOCAL_NAME.fullmatch(local := iri[len(base) :]):
            return f"{name}:{_ESCAPED.sub(lambda m: chr(92) + m[0], local)}"
    return f"<{iri}>"
