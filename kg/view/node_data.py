"""What the page tells of a node: names, facts, links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kg.view.links import concept_links, paper_url
from kg.view.style import STUDIES, plain

_RELATIONS: Final = {"primary": "the study's paper", "cited": "cited by the study's paper", "related": "related work"}


def node_data(node: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the attributes of a node that the panel and the search need, JSON-ready.

    Args:
        node: key of the node in the projection.
        data: its attributes there (`kg.graph.projection`).
    """
    kind = data.get("kind", "")
    links = [{"name": link.name, "url": link.url} for link in concept_links(node)]
    page = paper_url(node, data.get("url")) if kind == "Paper" else None
    if page and not links:
        links.append({"name": "Web page", "url": page})
    broader = zip(data.get("broader") or [], data.get("broader_labels") or [], strict=False)
    return {
        "name": plain(str(data.get("label") or node)),
        "names": [plain(str(name)) for name in data.get("names") or []],
        "iri": str(data.get("iri") or ""),
        "papers": int(data.get("papers") or 0),
        "mentions": int(data.get("mentions") or 0),
        "broader": [{"id": curie, "name": plain(str(label or curie))} for curie, label in broader],
        "facts": [[key, value] for key, value in _facts(data) if value],
        "links": links,
    }


def _facts(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    def joined(key: str) -> str:
        return ", ".join(plain(str(value)) for value in data.get(key) or [])

    def one(key: str) -> str:
        return plain(str(data.get(key) or "")).replace("_", " ")

    if data.get("kind") == "Intervention":
        return [
            ("Product", one("product")),
            ("Source tissue", one("tissue_label")),
            ("Donor", one("donor")),
            ("Route", joined("routes").replace("_", " ")),
            ("Carrier", joined("carriers")),
            ("Dose", joined("doses")),
        ]
    if data.get("kind") == "Paper":
        study = STUDIES.get(str(data.get("study_type")))
        stated = study is not None and data.get("study_type") != "not_stated"
        return [
            ("Authors", joined("authors")),
            ("Retracted", "yes" if data.get("retracted") else ""),
            ("Journal", one("journal")),
            ("Year", one("year")),
            ("Study type", study[0] if study is not None and stated else ""),
            ("Phase", one("phase")),
            ("In this study as", _RELATIONS.get(str(data.get("relation")), "")),
        ]
    return []
