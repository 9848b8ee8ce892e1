"""CX2 checked against its specification, aspect by aspect."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.exports import export
from tests.exports.conftest import SENTENCE
from tests.graph.build import CORD_CELLS, THIN

TYPES: dict[str, Any] = {"string": str, "boolean": bool, "long": int, "double": float}


@pytest.fixture(scope="module")
def document(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    (path,) = export(folder, "cx2", tmp_path_factory.mktemp("cx2"))
    read: list[dict[str, Any]] = json.loads(path.read_bytes())
    return read


@pytest.fixture(scope="module")
def aspects(document: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    return {name: elements for block in document[1:] for name, elements in block.items()}


def test_the_blocks_come_in_the_order_of_the_specification(document: list[dict[str, Any]]) -> None:
    assert document[0] == {"CXVersion": "2.0", "hasFragments": False}
    assert [name for block in document[1:] for name in block] == [
        *("metaData", "attributeDeclarations", "networkAttributes", "nodes", "edges", "status")
    ]
    assert document[-1] == {"status": [{"error": "", "success": True}]}


def test_the_metadata_count(aspects: dict[str, list[dict[str, Any]]]) -> None:
    counts = {entry["name"]: entry["elementCount"] for entry in aspects["metaData"]}
    assert counts == {name: len(elements) for name, elements in aspects.items() if name not in {"metaData", "status"}}


def test_elements_have_integer_ids_and_edges_join_nodes(aspects: dict[str, list[dict[str, Any]]]) -> None:
    nodes = [node["id"] for node in aspects["nodes"]]
    assert nodes == list(range(len(nodes)))
    assert [edge["id"] for edge in aspects["edges"]] == list(range(len(aspects["edges"])))
    assert {end for edge in aspects["edges"] for end in (edge["s"], edge["t"])} <= set(nodes)


@pytest.mark.parametrize("name", ["nodes", "edges"])
def test_every_attribute_is_declared_with_its_type(aspects: dict[str, list[dict[str, Any]]], name: str) -> None:
    (declarations,) = aspects["attributeDeclarations"]
    used = set()
    for element in aspects[name]:
        for attribute, value in element["v"].items():
            declared = declarations[name][attribute]["d"]
            used.add(attribute)
            if declared.startswith("list_of_"):
                assert all(type(each) is TYPES[declared.removeprefix("list_of_")] for each in value)
            else:
                assert type(value) is TYPES[declared], attribute
    assert used == set(declarations[name])


def test_what_it_says(aspects: dict[str, list[dict[str, Any]]]) -> None:
    assert aspects["networkAttributes"] == [{"name": "A tiny study"}]
    names = {node["v"]["represents"]: node["id"] for node in aspects["nodes"]}
    (edge,) = [edge for edge in aspects["edges"] if edge["v"]["interaction"] == "biolink:treats"]
    assert (edge["s"], edge["t"]) == (names[CORD_CELLS.id], names[THIN])
    assert edge["v"]["supporting_text"] == [SENTENCE]
    assert not any(curie.startswith("MSCKG:evidence/") for curie in names)
    assert {edge["v"]["interaction"] for edge in aspects["edges"]} >= {"MSCKG:no_effect_shown", "skos:broader"}
