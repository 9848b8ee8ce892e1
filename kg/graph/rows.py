"""The rows of a query for Python: dicts of plain values, with CURIEs in place of IRIs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, TypeAlias, overload

from pyoxigraph import Literal

from kg.errors import QueryError
from kg.graph.ns import XSD
from kg.graph.query import AskResult, QueryResult, SelectResult, Term
from kg.graph.results import friendly, to_table

Cell: TypeAlias = str | int | float | bool | None
"""A value of a row: a CURIE (or an IRI without one), text, a number, a boolean; None where a variable is unbound."""
Row: TypeAlias = dict[str, Cell]
"""A row: variable to value, in the order of the query."""

_PLAIN: Final[dict[str, Callable[[str], Cell]]] = {
    XSD["integer"].value: int,
    XSD["decimal"].value: float,
    XSD["double"].value: float,
    XSD["float"].value: float,
    XSD["boolean"].value: lambda text: text in ("true", "1"),
}
"""What becomes of a literal's text, by datatype; that of other datatypes stays text."""


class Rows(Sequence[Row]):
    """What a query gave: a sequence of dicts, its `columns`, and `terms`, the same as RDF terms.

    The answer of an ASK query is one row with the column ``answer``; the triples of a CONSTRUCT or DESCRIBE query are
    rows of ``subject``, ``predicate`` and ``object``. Printed, it is the table of ``kg query``.
    """

    __slots__ = ("_result", "_rows", "columns", "terms")

    def __init__(self, result: QueryResult) -> None:
        """Read the rows of a result of `kg.graph.query.query`."""
        self._result = result
        self.columns: tuple[str, ...]
        self.terms: tuple[tuple[Term | None, ...], ...]
        match result:
            case AskResult():
                self.columns = ("answer",)
                self.terms = ((Literal(result.value),),)
            case SelectResult():
                self.columns, self.terms = result.variables, result.rows
            case _:
                self.columns = ("subject", "predicate", "object")
                self.terms = tuple((t.subject, t.predicate, t.object) for t in result.triples)
        self._rows: list[Row] = [
            {name: _cell(term) for name, term in zip(self.columns, row, strict=True)} for row in self.terms
        ]

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        return self._rows[index]

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        return f"<Rows: {len(self)} of {', '.join(self.columns)}>"

    def __str__(self) -> str:
        return to_table(self._result).rstrip("\n")

    def to_pandas(self) -> Any:
        """Return the rows as a ``pandas.DataFrame``.

        Raises:
            QueryError: pandas is not installed; it is no dependency of this package.
        """
        try:
            import pandas
        except ImportError as error:
            raise QueryError("pandas is not installed", remedy="install it: pip install pandas") from error
        return pandas.DataFrame(self._rows, columns=list(self.columns))


def _cell(term: Term | None) -> Cell:
    if term is None:
        return None
    if isinstance(term, Literal) and (read := _PLAIN.get(term.datatype.value)) is not None:
        try:
            return read(term.value)
        except ValueError:  # a literal that is not of its own datatype
            return term.value
    return friendly(term)
