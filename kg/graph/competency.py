"""The competency queries: what the graph must be able to answer, as ``.rq`` files in ``queries/``."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import Final

_QUESTION: Final = "# Question:"


@dataclass(frozen=True, slots=True)
class CompetencyQuery:
    """A query with the question that it answers; `name` is its file's name without ``.rq``."""

    name: str
    question: str
    text: str


def competency_queries() -> list[CompetencyQuery]:
    """Return the competency queries, by name."""
    folder = files("kg.graph").joinpath("queries")
    texts = {
        item.name.removesuffix(".rq"): item.read_text("utf-8") for item in folder.iterdir() if item.name.endswith(".rq")
    }
    return [CompetencyQuery(name, _question(text), text) for name, text in sorted(texts.items())]


def _question(text: str) -> str:
    first = text.partition("\n")[0]
    return first.removeprefix(_QUESTION).strip()
