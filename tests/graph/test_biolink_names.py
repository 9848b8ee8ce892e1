"""Every name that stands behind ``biolink:`` is one of the Biolink Model."""

from __future__ import annotations

import re
from pathlib import Path

from kg.graph.schema import SCHEMA, schema_file

ROOT = Path(__file__).parent.parent.parent
USED = re.compile(r"""biolink:([A-Za-z_]+)|BIOLINK\["([A-Za-z_]+)"\]""")


def test_names_are_those_of_the_model() -> None:
    folder = schema_file(SCHEMA).parent
    lines = (folder / "biolink.txt").read_text(encoding="utf-8").splitlines()
    names = {line for line in lines if not line.startswith("#")}
    assert {"Association", "affects", "in_clinical_trials_for"} <= names
    files = [*(ROOT / "kg").rglob("*.py"), *(ROOT / "kg").rglob("*.rq"), *folder.glob("*.ttl")]
    used = {a or b: path for path in files for a, b in USED.findall(path.read_text(encoding="utf-8"))}
    assert len(used) > 40
    assert {name: str(path) for name, path in used.items() if name not in names} == {}
