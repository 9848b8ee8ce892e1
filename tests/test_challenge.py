"""What must not be extracted from the challenge abstracts, where their folder is given as ``KG_CORPORA``.

The corpus is not part of the repository. An entry of ``not`` names a concept, or a predicate with its disease; entries
in prose are for people. `KNOWN` are those that the program still gets wrong.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Ran

CORPORA = os.environ.get("KG_CORPORA", "")
KNOWN = {
    ("CH-D-008", "CL:0002540"),
    ("CH-D-035", "MESH:D003920"),
    ("CH-D-050", "MESH:D007889"),
    ("CH-D-050", "MESH:D014376"),
}


@pytest.mark.skipif(not CORPORA, reason="KG_CORPORA names no folder with the challenge abstracts")
def test_what_must_not_be_extracted(tmp_path: Path, run: Callable[..., Ran]) -> None:
    folder = Path(CORPORA)
    out = tmp_path / "out.jsonl"
    assert run("annotate", folder / "challenge.dev.docs.jsonl", "--format", "jsonl", "-o", out).status == 0
    found = {record["id"]: record for record in map(json.loads, out.read_text(encoding="utf-8").splitlines())}
    wrong = set()
    checked = 0
    for line in (folder / "challenge.dev.gold.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        for entry in gold["not"]:
            name = entry.partition(" -- ")[0].strip()
            verdict = is_said(name, found[gold["id"]])
            checked += verdict is not None
            if verdict:
                wrong.add((gold["id"], name))
    assert checked > 90
    assert wrong == KNOWN


def is_said(name: str, record: dict[str, Any]) -> bool | None:
    """Tell whether a record says what it must not; None for an entry that only people can read."""
    products = record["interventions"]
    if re.fullmatch(r"(?:MESH|CL|UBERON|NCBITaxon):\w+", name):
        concepts = {*record["diseases"], *record["species"], *record["cell_types"]}
        return name in concepts | {product[field] for product in products for field in ("cell", "tissue")}
    if name.startswith("NIL:"):
        return name in record["diseases"]
    predicate = re.match(r"([a-z_]+)(?:\(([^)]*)\))?$", name)
    if predicate is None:
        return None
    disease = re.search(r"(?:MESH:\w+)", predicate[2] or "")
    said = [a for a in record["assertions"] if a["predicate"] == predicate[1]]
    if predicate[2] is None:
        return bool(said)
    if disease is None or (len(products) > 1 and predicate[1] != "treats"):
        return None
    return any(a["disease"] == disease[0] for a in said)
