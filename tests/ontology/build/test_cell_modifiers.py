from __future__ import annotations

import tomllib

from kg.ontology import open_ontology
from kg.ontology.build.cell_modifiers import CORRECTIONS, TABLE, derive


def test_modifiers_stand_before_a_head_in_two_names() -> None:
    names = ["red striped cell", "striped gut cell", "large striped cell", "red cell of skin", "large cell of bone"]
    corrections = {"genes": "", "general": "large", "added": "spotted"}
    assert derive(names, corrections) == ["cell", "red", "spotted", "striped"]


def test_the_table_is_what_the_rule_gives() -> None:
    ontology = open_ontology()
    names = (t.text for c in ontology.curies() if c.startswith("CL:") for t in ontology.terms(c))
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    corrections = tomllib.loads(CORRECTIONS.read_text(encoding="utf-8"))
    assert [line for line in lines if not line.startswith("#")] == derive(names, corrections)
