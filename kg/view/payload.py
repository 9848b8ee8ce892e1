"""The data of the network page: what the scripts read, each paper and each statement once.

A statement stands on several lines (an assertion also links its product to the species), and a paper behind many
sentences: lines name statements, and evidence names papers, by their place in a list.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from pyvis.network import Network

from kg.view.style import CONTEXT, DIRECTIONS, HIDDEN_CONTEXT, KINDS, STUDIES, TIERS, plain

PAPERS_SHOWN: Final = 25
"""With more papers than this, papers are hidden until the reader asks for them."""

EVIDENCE_GROUPS: Final = ("assertion", "species", "effect", "co_mention")
"""Groups of lines that rest on sentences."""


def payload(network: Network, study: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data of the page.

    Args:
        network: nodes and edges as `kg.view.network.build_network` makes them.
        study: title, subtitle, url and date of the study.
    """
    nodes, edges, _, _, _, options = network.get_network_data()
    papers: dict[str, int] = {}
    told: list[dict[str, Any]] = []
    statements: dict[str, int] = {}
    written: list[dict[str, Any]] = []

    def paper(item: Mapping[str, Any]) -> int:
        if item["id"] not in papers:
            papers[item["id"]] = len(told)
            told.append(dict(item))
        return papers[item["id"]]

    def evidence(item: Mapping[str, Any]) -> dict[str, Any]:
        source = {"id": item["paper"], **{key: item[key] for key in ("title", "url", "year", "retracted")}}
        return {
            "sentence": item["sentence"],
            "section": item["section"],
            "paper": paper(source),
            "cited": item["cited"],
            "marks": item["marks"],
        }

    def statement(item: Mapping[str, Any]) -> int:
        if item["id"] not in statements:
            statements[item["id"]] = len(written)
            written.append({**item, "evidence": [evidence(each) for each in item["evidence"]]})
        return statements[item["id"]]

    lines = [{**edge, "statements": [statement(each) for each in edge["statements"]]} for edge in edges]
    return {
        "study": dict(study),
        "nodes": nodes,
        "edges": lines,
        "statements": written,
        "papers": told,
        "options": json.loads(options),
        "legend": _legend(nodes, lines, written, told),
    }


def _legend(
    nodes: Sequence[Mapping[str, Any]],
    lines: Sequence[Mapping[str, Any]],
    statements: Sequence[Mapping[str, Any]],
    papers: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """What the legend shows, with what is on at first sight; counts are of nodes, assertions and lines."""
    kinds = Counter(node["kind"] for node in nodes)
    groups = Counter(line["group"] for line in lines)
    shown = {place for line in lines if line["group"] in EVIDENCE_GROUPS for place in line["statements"]}
    asserted = {place for line in lines if line["group"] == "assertion" for place in line["statements"]}
    studies = Counter(statements[place]["study_type"] for place in shown)
    directions = Counter(statements[place]["direction"] for place in asserted)
    years = sorted({int(paper["year"]) for paper in papers if isinstance(paper["year"], int)})
    return {
        "kinds": [
            {
                "key": style.kind,
                "name": style.plural,
                "shape": style.shape,
                "count": kinds[style.kind],
                "on": style.kind != "Paper" or kinds[style.kind] <= PAPERS_SHOWN,
            }
            for style in KINDS
            if style.kind in kinds
        ],
        "tiers": [{"key": key.value, "name": name, "dashes": list(dashes)} for key, (name, dashes) in TIERS.items()],
        "studies": [
            {"key": key, "name": name, "tier": tier.value, "count": studies[key], "on": True}
            for key, (name, tier) in STUDIES.items()
            if key in studies
        ],
        "directions": [
            {"key": key, "name": d.title, "arrow": d.arrow, "count": directions[key], "on": True}
            for key, d in DIRECTIONS.items()
        ],
        "species": _species(statements[place] for place in sorted(shown)),
        "context": [
            {"key": key, "name": name, "count": groups[key], "on": key not in HIDDEN_CONTEXT}
            for key, name in CONTEXT.items()
        ],
        "years": [years[0], years[-1]] if years else [],
        "papers": max((int(line["papers"]) for line in lines if line["group"] in EVIDENCE_GROUPS), default=0),
    }


def _species(statements: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Species of the statements, most statements first; the key of those that state none is the empty text, last."""
    names: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for statement in statements:
        key = str(statement["species"] or "")
        names[key] = plain(str(statement["species_label"] or "")) if key else "Not stated"
        counts[key] += 1
    order = sorted(counts, key=lambda key: (not key, -counts[key], names[key], key))
    return [{"key": key, "name": names[key], "count": counts[key], "on": True} for key in order]
