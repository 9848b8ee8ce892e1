"""SPARQL on a store: reading only, no calls to other servers, one clear line for a wrong query."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, TypeAlias, TypeVar

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Store, Triple

from kg.errors import QueryError
from kg.graph.binding import Value, bind_values
from kg.graph.ns import TURTLE_PREFIXES
from kg.graph.sparql_words import NOT_SYNTAX

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
_T = TypeVar("_T")

TIME_LIMIT: Final = 60.0
"""Seconds that a query may take unless the caller says otherwise."""

_SERVICE: Final = re.compile(r"(?<![\w?$:.-])SERVICE(?![\w:.-])", re.IGNORECASE)
_PROLOGUE: Final = re.compile(r"(?:\s|PREFIX\s+[^\s:]*:|BASE|VERSION)*", re.IGNORECASE)
_UPDATE: Final = re.compile(r"(INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b", re.IGNORECASE)
_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_POSITION: Final = re.compile(r"error at (\d+):(\d+): ")


@dataclass(frozen=True, slots=True)
class SelectResult:
    """Rows of a SELECT query: RDF terms in the order of `variables`, None where a variable is unbound."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]


@dataclass(frozen=True, slots=True)
class AskResult:
    """Answer of an ASK query."""

    value: bool


@dataclass(frozen=True, slots=True)
class TriplesResult:
    """Triples of a CONSTRUCT or DESCRIBE query, sorted."""

    triples: tuple[Triple, ...]


QueryResult: TypeAlias = SelectResult | AskResult | TriplesResult


def query(
    store: Store, text: str, *, bind: Mapping[str, Value] | None = None, seconds: float | None = TIME_LIMIT
) -> QueryResult:
    """Run a SELECT, ASK, CONSTRUCT or DESCRIBE query.

    The default graph is the union of the named graphs (`kg.graph.store.open_store`). Prefixes of
    `kg.graph.ns.TURTLE_PREFIXES` need no declaration.

    Args:
        store: what to query.
        text: SPARQL 1.1.
        bind: values for variables of the query, as terms or as people write them (`kg.graph.terms.term_of`); see
            `kg.graph.binding.bind_values`.
        seconds: how long it may take; None for as long as it wants. The engine cannot be stopped: a query that is
            given up goes on in a background thread until it or the process ends.

    Raises:
        QueryError: the query is wrong, would change the store, calls a server, or takes too long; or a value cannot be
            bound.
    """
    check(text)
    if bind:
        # A wrong query is told as the user wrote it, with its own lines and columns.
        with one_line_errors():
            evaluate(Store(), text)
        text = bind_values(text, bind)
    return _within(seconds, lambda: _run(store, text))


def check(text: str) -> None:
    """Refuse a query that is not read-only or that calls another server.

    Raises:
        QueryError: it does.
    """
    for form in (text, _ESCAPE.sub(_unescape, text)):
        # A space in place of what was taken out, so that nothing grows together.
        syntax = NOT_SYNTAX.sub(" ", form)
        prologue = _PROLOGUE.match(syntax)
        if _UPDATE.match(syntax, prologue.end() if prologue else 0):
            raise QueryError("updates are refused", remedy="use SELECT, ASK, CONSTRUCT or DESCRIBE")
        if _SERVICE.search(syntax):
            raise QueryError("SERVICE is refused", remedy="queries see this graph only and call no other server")


def _unescape(match: re.Match[str]) -> str:
    number = int(match[1] or match[2], 16)
    return chr(number) if number < 0x110000 else match[0]


def _run(store: Store, text: str) -> QueryResult:
    with one_line_errors():
        results = evaluate(store, text)
        if isinstance(results, QueryBoolean):
            return AskResult(bool(results))
        if isinstance(results, QuerySolutions):
            variables = tuple(variable.value for variable in results.variables)
            return SelectResult(variables, tuple(tuple(solution) for solution in results))
        return TriplesResult(tuple(sorted(set(results), key=str)))


def evaluate(store: Store, text: str) -> QueryBoolean | QuerySolutions | QueryTriples:
    """Run a checked query and return the engine's own lazy result, for the writers of `kg.graph.protocol`."""
    return store.query(text, prefixes=TURTLE_PREFIXES)


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Turn the engine's errors within the block into `QueryError`."""
    try:
        yield
    except SyntaxError as error:
        raise QueryError(_syntax_problem(str(error)), remedy="see https://www.w3.org/TR/sparql11-query/") from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query failed: {error}", remedy="simplify it") from error


def _syntax_problem(message: str) -> str:
    match = _POSITION.match(message)
    if match is None:
        return f"SPARQL syntax error: {message}"
    return f"SPARQL syntax error at line {match[1]}, column {match[2]}: {message[match.end() :]}"


def _within(seconds: float | None, work: Callable[[], _T]) -> _T:
    if seconds is None:
        return work()
    results: list[_T] = []
    errors: list[BaseException] = []

    def target() -> None:
        try:
            results.append(work())
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=target, name="kg-query", daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    if not results:
        raise QueryError(f"the query took longer than {seconds:g} seconds", remedy="add conditions or a LIMIT")
    return results[0]
