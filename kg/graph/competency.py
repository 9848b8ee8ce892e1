"""The competency queries: what the graph must be able to answer, as ``.rq`` files in ``queries/``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from kg.errors import QueryError
from kg.graph.parameters import Parameter, parameters

_QUESTION: Final = "# Question:"
_NAME: Final = re.compile(r"[a-z][a-z0-9-]*")
"""What looks like the name of a competency query; no SPARQL text does."""


@dataclass(frozen=True, slots=True)
class CompetencyQuery:
    """A query with the question that it answers; `name` is its file's name without ``.rq``."""

    name: str
    question: str
    text: str

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """What the query can be asked about, with the defaults; see `kg.graph.parameters`."""
        return parameters(self.text)


def competency_queries() -> list[CompetencyQuery]:
    """Return the competency queries, by name."""
    folder = files("kg.graph").joinpath("queries")
    texts = {
        item.name.removesuffix(".rq"): item.read_text("utf-8") for item in folder.iterdir() if item.name.endswith(".rq")
    }
    return [CompetencyQuery(name, _question(text), text) for name, text in sorted(texts.items())]


def find_query(query: str | Path) -> str:
    """Return the SPARQL text of what a user asks for.

    Args:
        query: the name of a competency query, a file (a path, or a string that ends with ``.rq``), or SPARQL.

    Raises:
        QueryError: there is no such file or competency query.
    """
    if isinstance(query, Path) or query.endswith(".rq"):
        return _read(Path(query))
    if _NAME.fullmatch(query) is None:
        return query
    named = {known.name: known.text for known in competency_queries()}
    if query not in named:
        raise QueryError(f"no query has the name {query!r}", remedy="kg query --list shows the queries at hand")
    return named[query]


def _question(text: str) -> str:
    first = text.partition("\n")[0]
    return first.removeprefix(_QUESTION).strip()


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise QueryError(
            "no such query file", where=path, remedy="kg query --list shows the queries at hand"
        ) from error
    except UnicodeDecodeError as error:
        raise QueryError("is not UTF-8 text", where=path, remedy="save it as UTF-8") from error
