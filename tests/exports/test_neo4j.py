"""The CSV read as ``neo4j-admin database import full`` reads it."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.exports import export
from kg.exports.neo4j import label, relationship_type
from tests.exports.conftest import SENTENCE
from tests.graph.build import CORD_CELLS, THIN

FIELD = re.compile(r"(\w*):(ID|LABEL|START_ID|END_ID|TYPE|(?:string|long|double|boolean)(?:\[\])?)")
READERS: dict[str, Callable[[str], object]] = {
    "long": int,
    "double": float,
    "boolean": {"true": True, "false": False}.__getitem__,
    "string": str,
}

Rows = list[dict[str, str]]


def read(path: Path) -> Rows:
    text = path.read_bytes().decode()
    with path.open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file, strict=True)
    # The importer takes a line for a record unless it is told otherwise.
    assert len(text.splitlines()) == len(lines) + 1
    for field in header:
        assert FIELD.fullmatch(field), field
    rows = [dict(zip(header, line, strict=True)) for line in lines]
    for row in rows:
        for field, value in row.items():
            kind = field.rpartition(":")[2]
            for each in value.split("|") if kind.endswith("[]") else [value]:
                if each:
                    READERS.get(kind.removesuffix("[]"), str)(each)
    return rows


@pytest.fixture(scope="module")
def files(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Rows, Rows]:
    nodes, edges = export(folder, "neo4j", tmp_path_factory.mktemp("neo4j"))
    return read(nodes), read(edges)


def test_relationships_join_nodes(files: tuple[Rows, Rows]) -> None:
    nodes, edges = files
    ids = [row["id:ID"] for row in nodes]
    assert len(ids) == len(set(ids))
    assert all(row[":LABEL"] for row in nodes)
    assert {row[end] for row in edges for end in (":START_ID", ":END_ID")} <= set(ids)
    assert all(re.fullmatch("[A-Z_]+", row[":TYPE"]) for row in edges)


def test_what_they_say(files: tuple[Rows, Rows]) -> None:
    nodes, edges = files
    labels = {row["id:ID"]: row[":LABEL"] for row in nodes}
    assert labels[THIN] == "Disease"
    assert labels[CORD_CELLS.id] == "Treatment"
    assert labels["PMID:1001"] == "Publication"
    (treats,) = [row for row in edges if row[":TYPE"] == "TREATS"]
    assert (treats[":START_ID"], treats[":END_ID"]) == (CORD_CELLS.id, THIN)
    spaced = SENTENCE.replace("\t", " ").replace("\u2028", " ")
    assert treats["supporting_text:string[]"] == spaced.replace("|", "¦")
    (evidence,) = [row for row in nodes if row["id:ID"] == treats["has_evidence:string[]"]]
    assert evidence["supporting_text:string"] == spaced
    (negative,) = [row for row in edges if row[":TYPE"] == "NO_EFFECT_SHOWN"]
    assert negative["predicate:string"] == "MSCKG:no_effect_shown"
    assert [row[":TYPE"] for row in edges if row["negated:boolean"] == "true"] == ["APPLIED_TO_TREAT"]


def test_names() -> None:
    assert label("biolink:OrganismTaxon") == "OrganismTaxon"
    assert relationship_type("biolink:studied_to_treat") == "STUDIED_TO_TREAT"
    assert relationship_type("prov:wasQuotedFrom") == "WAS_QUOTED_FROM"
    assert relationship_type("skos:broadMatch") == "BROAD_MATCH"
