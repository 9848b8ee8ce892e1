"""Query results in the media types of the SPARQL 1.1 Protocol, chosen by the request's Accept header."""

from __future__ import annotations

from typing import Final

from pyoxigraph import QueryResultsFormat, QueryTriples, RdfFormat, Store

from kg.graph.query import check, evaluate, one_line_errors

_ROWS: Final = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
_TRIPLES: Final = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
}


def serialize_results(store: Store, text: str, accept: str) -> tuple[bytes, str]:
    """Run a query and return its serialised result and media type.

    Without a format that fits the Accept header the result is SPARQL JSON, or Turtle for triples.

    Raises:
        QueryError: the query is wrong, would change the store or calls another server.
    """
    check(text)
    with one_line_errors():
        results = evaluate(store, text)
        if isinstance(results, QueryTriples):
            media_type = negotiate(accept, tuple(_TRIPLES))
            return results.serialize(format=_TRIPLES[media_type]) or b"", media_type
        media_type = negotiate(accept, tuple(_ROWS))
        # Oxigraph has no CSV or TSV for a boolean: neither has the recommendation.
        if not hasattr(results, "variables") and media_type.startswith("text/"):
            media_type = "application/sparql-results+json"
        return results.serialize(format=_ROWS[media_type]) or b"", media_type


def negotiate(accept: str, offered: tuple[str, ...]) -> str:
    """Return the offered media type that an Accept header likes best (RFC 9110, section 12.5.1).

    Ties go to the earlier offer; the first offer is the answer to a header that fits none.
    """
    best, best_quality = offered[0], 0.0
    ranges = [_range(part) for part in accept.lower().split(",")]
    for kind in offered:
        fits = [(specificity, quality) for name, quality, specificity in ranges if _matches(name, kind)]
        quality = max(fits)[1] if fits else 0.0
        if quality > best_quality:
            best, best_quality = kind, quality
    return best


def _range(part: str) -> tuple[str, float, int]:
    """Return a media range's name, its quality, and how specific it is (2: a type, 1: ``text/*``, 0: ``*/*``)."""
    name, *parameters = (piece.strip() for piece in part.split(";"))
    quality = 1.0
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            try:
                quality = float(value)
            except ValueError:
                quality = 0.0
    return name, quality, 2 - name.count("*")


def _matches(name: str, kind: str) -> bool:
    return name in ("*/*", kind) or (name.endswith("/*") and kind.startswith(name[:-1]))
