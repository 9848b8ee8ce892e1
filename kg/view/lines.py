"""From the projection's edges to the lines that are drawn.

A pair of nodes often has many edges: an assertion for each predicate, kind of study and species. They are drawn as one
line for each direction of the result, so that agreement looks like agreement and a contradiction is seen as two lines;
the line keeps its assertions as statements with their evidence, for the filters and the panel.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import networkx as nx

from kg.identifiers import digest
from kg.model import Polarity, StudyType
from kg.view.links import paper_url
from kg.view.style import DIRECTIONS, NEGATED, STUDIES, Tier, tier

_GROUP: Final = {
    "assertion": "assertion",
    "co_mention": "co_mention",
    "effect": "effect",
    "derives_from": "structure",
    "has_part": "structure",
    "broader": "structure",
    "mentions": "paper",
    "related": "citation",
    "cites": "citation",
}


class LineKey(NamedTuple):
    """What one line stands for: its ends, its group (``assertion`` or a key of `CONTEXT`) and a direction or label."""

    source: str
    target: str
    group: str
    variant: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the picture.

    `direction` is a key of `DIRECTIONS` for assertions, "" for context. `papers` counts the distinct papers of the
    evidence. `bend` is 0 for a straight line, else its curvature, so that lines between the same nodes lie apart.
    `statements` are JSON-ready: id, label, predicate, direction, tier, study_type (a key of `STUDIES`), phase, species
    (CURIE or None), species_label, evidence.
    """

    id: str
    key: LineKey
    label: str
    direction: str
    tier: Tier
    papers: int
    bend: float
    statements: tuple[dict[str, Any], ...]


def lines(graph: nx.MultiDiGraph[str]) -> tuple[Line, ...]:
    """Bundle the edges of the projection.

    A line between an intervention and a species is added for each species that an assertion of the intervention names
    as its recipient, with the evidence of those assertions, where the species is a node.

    Returns:
        Lines sorted by their key; an edge of an unknown kind is left out.
    """
    bundles: dict[LineKey, list[dict[str, Any]]] = defaultdict(list)
    for source, target, data in graph.edges(data=True):
        group = _GROUP.get(data.get("kind", ""))
        if group is None or source == target:
            continue
        statement = _statement(data)
        variant = str(statement["direction"] if group == "assertion" else statement["label"])
        bundles[LineKey(source, target, group, variant)].append(statement)
        species = str(data.get("species") or "")
        if group == "assertion" and not data.get("negated") and species in graph:
            bundles[LineKey(source, species, "species", "studied in")].append(statement)
    keys = sorted(bundles)
    bends = _bends(keys)
    return tuple(_line(key, bundles[key], bends[key]) for key in keys)


def _line(key: LineKey, statements: list[dict[str, Any]], bend: float) -> Line:
    assertion = key.group == "assertion"
    ranks = list(Tier)
    ordered = sorted(statements, key=lambda s: (ranks.index(s["tier"]), -len(s["evidence"]), s["label"], s["id"]))
    papers = {e["paper"] for s in ordered for e in s["evidence"]}
    labels = list(dict.fromkeys(s["label"] for s in ordered))
    return Line(
        id=digest(*key),
        key=key,
        label=", ".join(labels) if assertion else key.variant,
        direction=key.variant if assertion else "",
        tier=ordered[0]["tier"],
        papers=len(papers),
        bend=bend,
        statements=tuple(ordered),
    )


def _bends(keys: list[LineKey]) -> dict[LineKey, float]:
    """Fan out the lines of each pair of nodes, whichever way they point; the only line of a pair is straight."""
    pairs: dict[tuple[str, str], list[LineKey]] = defaultdict(list)
    for key in keys:
        pairs[min(key.source, key.target), max(key.source, key.target)].append(key)
    bends = {}
    for (first, _), members in pairs.items():
        for i, key in enumerate(members):
            offset = round((i - (len(members) - 1) / 2) * 0.22, 3)
            # Curvature is counted from the source, so a line that points the other way needs the other sign.
            bends[key] = offset if key.source == first else -offset
    return bends


def _statement(data: dict[str, Any]) -> dict[str, Any]:
    polarity = data.get("polarity") or Polarity.NOT_STATED.value
    direction = NEGATED if data.get("negated") else polarity
    study_type = data.get("study_type")
    return {
        "id": str(data.get("id", "")),
        "label": str(data.get("label", "")),
        "predicate": str(data.get("predicate", "")),
        "direction": direction if direction in DIRECTIONS else Polarity.NOT_STATED.value,
        "tier": tier(study_type),
        "study_type": study_type if study_type in STUDIES else StudyType.NOT_STATED.value,
        "phase": data.get("phase"),
        "species": data.get("species"),
        "species_label": data.get("species_label") or data.get("species"),
        "evidence": list(_evidence(data.get("evidence") or [])),
    }


def _evidence(items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for item in items:
        paper = str(item.get("paper", ""))
        cited = item.get("cited") or []
        cited_urls = item.get("cited_urls") or [None] * len(cited)
        yield {
            "sentence": str(item.get("sentence", "")),
            "paper": paper,
            "title": str(item.get("paper_title") or paper),
            "url": paper_url(paper, item.get("paper_url")),
            "year": item.get("paper_year"),
            "retracted": bool(item.get("retracted")),
            "section": item.get("section"),
            "cited": [{"name": c, "url": paper_url(c, u)} for c, u in zip(cited, cited_urls, strict=False)],
            "marks": item.get("marks") or [],
        }
