"""Query results as text: a table for people, CSV, TSV and JSON of the SPARQL 1.1 recommendations for programs."""

from __future__ import annotations

import csv
import io
import json
import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

from kg.errors import QueryError
from kg.graph.binding import Value
from kg.graph.ns import TURTLE_PREFIXES, XSD
from kg.graph.query import TIME_LIMIT, AskResult, QueryResult, SelectResult, Term, query
from kg.identifiers import to_curie

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_STANDARD: Final = tuple(
    sorted(((iri, name) for name, iri in TURTLE_PREFIXES.items() if name.islower()), key=lambda item: -len(item[0]))
)
_UNBOUND: Final = ""
_NARROWEST: Final = 8
"""Columns below which a table's column is not narrowed."""
WIDTH: Final = 160
"""Columns of a table that is not written to a terminal."""


def run_query(
    store: Store,
    text: str,
    kind: str = "table",
    *,
    bind: Mapping[str, Value] | None = None,
    seconds: float | None = TIME_LIMIT,
    width: int | None = None,
) -> str:
    """Run a query and return its result as text that ends with a newline.

    Args:
        store: what to query.
        text: SPARQL 1.1.
        kind: ``table`` (CURIEs, for people), ``csv``, ``tsv`` or ``json`` (the SPARQL 1.1 result formats). Triples
            of CONSTRUCT are N-Triples in ``csv`` and ``tsv``.
        bind: see `kg.graph.query.query`.
        seconds: see `kg.graph.query.query`.
        width: columns of the table; None for 160.

    Raises:
        QueryError: see `kg.graph.query.query`; or the format is unknown.
    """
    writers: dict[str, Callable[[QueryResult], str]] = {
        "table": lambda result: to_table(result, width or WIDTH),
        "csv": to_csv,
        "tsv": to_tsv,
        "json": to_json,
    }
    if kind not in writers:
        raise QueryError(f"unknown format {kind!r}", remedy=f"formats: {', '.join(writers)}")
    return writers[kind](query(store, text, bind=bind, seconds=seconds))


def friendly(term: Term | None) -> str:
    """Return a term as a person would write it: a CURIE, a plain value, nothing for an unbound variable."""
    match term:
        case None:
            return _UNBOUND
        case NamedNode():
            return _short(term.value)
        case Literal():
            return term.value
        case _:
            return str(term)


def _short(iri: str) -> str:
    # to_curie knows the concepts and papers; the other vocabularies have their usual prefixes.
    if (curie := to_curie(iri)) is not None:
        return curie
    return next((f"{name}:{iri[len(base) :]}" for base, name in _STANDARD if iri.startswith(base)), iri)


def printable(text: str) -> str:
    """Return text from a paper without what could be a terminal's control codes."""
    return _CONTROL.sub(" ", text)


def to_table(result: QueryResult, width: int = WIDTH) -> str:
    """Return a result as a table with a line that counts the rows."""
    if isinstance(result, AskResult):
        return "yes\n" if result.value else "no\n"
    columns, rows = _cells(result)
    lines = [[printable(friendly(cell)) for cell in row] for row in rows]
    widths = _column_widths([list(columns), *lines], width)
    out = [*_table_row(columns, widths), "  ".join("-" * size for size in widths).rstrip()]
    for line in lines:
        out += _table_row(line, widths)
    return "\n".join([*out, f"{len(rows)} row{'' if len(rows) == 1 else 's'}"]) + "\n"


def _column_widths(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """Return the width of each column: as wide as its longest cell, the widest ones narrowed until all fit."""
    widths = [max(1, *(len(cell) for cell in column)) for column in zip(*rows, strict=True)]
    room = width - 2 * (len(widths) - 1)
    while sum(widths) > room and max(widths, default=0) > _NARROWEST:
        second = max((size for size in widths if size < max(widths)), default=_NARROWEST)
        widest = widths.index(max(widths))
        excess = sum(widths) - room
        widths[widest] = max(min(second, widths[widest] - 1), widths[widest] - excess, _NARROWEST)
    return widths


def _table_row(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    wrapped = [textwrap.wrap(cell, size) or [""] for cell, size in zip(cells, widths, strict=True)]
    height = max(map(len, wrapped), default=0)
    padded = [lines + [""] * (height - len(lines)) for lines in wrapped]
    return [
        "  ".join(line.ljust(size) for line, size in zip(row, widths, strict=True)).rstrip()
        for row in zip(*padded, strict=True)
    ]


def _cells(result: SelectResult | object) -> tuple[tuple[str, ...], list[tuple[Term | None, ...]]]:
    if isinstance(result, SelectResult):
        return result.variables, list(result.rows)
    triples: tuple[Triple, ...] = getattr(result, "triples", ())
    return ("subject", "predicate", "object"), [(t.subject, t.predicate, t.object) for t in triples]


def to_csv(result: QueryResult) -> str:
    """Return SPARQL 1.1 CSV: plain values, full IRIs, CRLF line ends."""
    if isinstance(result, AskResult):
        return f"{str(result.value).lower()}\n"
    if not isinstance(result, SelectResult):
        return _ntriples(result.triples)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(result.variables)
    writer.writerows([_plain(cell) for cell in row] for row in result.rows)
    return out.getvalue()


def _plain(term: Term | None) -> str:
    if term is None:
        return _UNBOUND
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def to_tsv(result: QueryResult) -> str:
    """Return SPARQL 1.1 TSV: terms as in N-Triples."""
    if isinstance(result, AskResult):
        return f"{str(result.value).lower()}\n"
    if not isinstance(result, SelectResult):
        return _ntriples(result.triples)
    lines = ["\t".join(f"?{name}" for name in result.variables)]
    # N-Triples leaves a tab as it is, which would end the cell.
    lines += ["\t".join("" if cell is None else str(cell).replace("\t", "\\t") for cell in row) for row in result.rows]
    return "\n".join(lines) + "\n"


def to_json(result: QueryResult) -> str:
    """Return SPARQL 1.1 JSON; triples as rows of subject, predicate, object."""
    if isinstance(result, AskResult):
        document: dict[str, object] = {"head": {}, "boolean": result.value}
    else:
        columns, rows = _cells(result)
        bindings = [
            {name: _json_term(cell) for name, cell in zip(columns, row, strict=True) if cell is not None}
            for row in rows
        ]
        document = {"head": {"vars": list(columns)}, "results": {"bindings": bindings}}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _json_term(term: Term) -> dict[str, object]:
    match term:
        case NamedNode():
            return {"type": "uri", "value": term.value}
        case BlankNode():
            return {"type": "bnode", "value": term.value}
        case Literal():
            plain: dict[str, object] = {"type": "literal", "value": term.value}
            if term.language:
                plain["xml:lang"] = term.language
            elif term.datatype != XSD["string"]:
                plain["datatype"] = term.datatype.value
            return plain
        case _:
            parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
            return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}


def _ntriples(triples: tuple[Triple, ...]) -> str:
    return "".join(f"{triple} .\n" for triple in triples)
