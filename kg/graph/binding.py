"""Values for the variables of a query, as RDF terms; what the user gives is never made part of the query as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.graph.parameters import UNDEF, Parameter, parameters, values_blocks
from kg.graph.sparql_words import Kind, Token, tokens
from kg.graph.terms import BARE, FORMS, Written, term_of

Value: TypeAlias = Written | None
"""What a variable can be bound to; None, as empty text, takes a parameter's default away."""


def bind_values(text: str, values: Mapping[str, Value]) -> str:
    """Return a query with values for some of its variables.

    A parameter (`kg.graph.parameters`) gets the value in place of its default; any other variable is restricted to the
    value by a ``VALUES`` block at the head of ``WHERE``. Only terms are written into the query, as N-Triples writes
    them.

    Args:
        text: a query that the engine can parse.
        values: by name of the variable, with or without its question mark.

    Raises:
        QueryError: the query has no such variable, computes it, or uses it in a subquery only; or the value is
            malformed. The message names the query's parameters.
    """
    known = {parameter.name: parameter for parameter in parameters(text)}
    words = [token for token in tokens(text) if token.kind is not Kind.COMMENT]
    replaced: dict[str, str] = {}
    restricted: dict[str, str] = {}
    for given, value in values.items():
        name = given.removeprefix("?")
        problem = None if name in known else _why_not(name, words)
        if problem is not None:
            raise QueryError(problem, remedy=_told(known.values(), words))
        try:
            term = UNDEF if value is None or value == "" else str(_fitting(value, known.get(name)))
        except ValueError as error:
            remedy = f"{FORMS}; {_told(known.values(), words)}"
            raise QueryError(f"{str(value)!r} is no value for ?{name}: {error}", remedy=remedy) from error
        (replaced if name in known else restricted)[name] = term
    return _rewritten(text, replaced, {name: term for name, term in restricted.items() if term != UNDEF}, words)


def _fitting(value: Written, parameter: Parameter | None) -> NamedNode | Literal:
    """Return the term of a value, which must be of the kind of the parameter's default: else nothing would be found."""
    term = term_of(value)
    kinds = {_is_literal(cell) for cell in parameter.default} if parameter is not None else set()
    if len(kinds) == 1 and isinstance(term, Literal) not in kinds:
        assert parameter is not None
        what = "a plain value" if kinds == {True} else "an identifier"
        raise ValueError(f"it takes {what}, such as {parameter.default[0]}")
    return term


def _is_literal(cell: str) -> bool:
    return cell[0] in "'\"" or BARE.fullmatch(cell) is not None


def _why_not(name: str, words: Sequence[Token]) -> str | None:
    """Return why a variable that is no parameter cannot be bound, None when it can."""
    places = [place for place, token in enumerate(words) if token.kind is Kind.VARIABLE and token.text[1:] == name]
    if not places:
        return f"the query has no variable ?{name}"
    if any(words[place - 1].is_word("AS") for place in places):
        return f"the query computes ?{name}"
    # A variable that a subquery does not hand on is another one outside, and binding it there would change nothing.
    first = next(place for place, token in enumerate(words) if token.is_word("SELECT") or token.text == "{")
    if any(token.is_word("SELECT") for token in words[first + 1 :]) and not _is_projected(name, words[first:]):
        return f"?{name} may be a variable of a subquery, and needs a row of VALUES to be a parameter"
    return None


def _is_projected(name: str, words: Sequence[Token]) -> bool:
    head = words[: next((place for place, token in enumerate(words) if token.text == "{"), 0)]
    return any(token.kind is Kind.VARIABLE and token.text[1:] == name for token in head)


def _rewritten(text: str, replaced: Mapping[str, str], restricted: Mapping[str, str], words: Sequence[Token]) -> str:
    changes = [
        (block.start, block.end, block.with_values(replaced))
        for block in values_blocks(text)
        if not replaced.keys().isdisjoint(block.variables)
    ]
    if restricted:
        # The first place is that of the text before any change: changes are made from the end of the text on.
        at = _head_of_where(words)
        names = " ".join(f"?{name}" for name in restricted)
        changes.append((at, at, f" VALUES ({names}) {{ ({' '.join(restricted.values())}) }}"))
    for start, end, new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _head_of_where(words: Sequence[Token]) -> int:
    """Return the place after the brace that opens ``WHERE``: the first outer one, after the template of CONSTRUCT."""
    round_, curly, opened = 0, 0, []
    for token in words:
        if token.text == "{" and round_ == curly == 0:
            opened.append(token.end)
        if token.kind is Kind.MARK:
            round_ += {"(": 1, ")": -1}.get(token.text, 0)
            curly += {"{": 1, "}": -1}.get(token.text, 0)
    construct = any(token.is_word("CONSTRUCT") for token in words)
    if len(opened) <= construct:
        raise QueryError("the query has no WHERE to bind a variable in", remedy="give it one in full")
    return opened[construct]


def _told(known: Iterable[Parameter], words: Sequence[Token]) -> str:
    """Name a query's parameters, or its variables when it has none."""
    names = [str(parameter) for parameter in known]
    if names:
        return f"its parameters: {', '.join(names)}"
    variables = sorted({f"?{token.text[1:]}" for token in words if token.kind is Kind.VARIABLE})
    return f"it has no parameters; its variables: {', '.join(variables) or 'none'}"
