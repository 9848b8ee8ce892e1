"""Conditions of trial records as curated documents: ``python -m kg.evaluation.trials RECORDS FOLDER``.

RECORDS is JSON Lines of ClinicalTrials.gov records with ``id``, ``conditions`` (texts) and ``condition_mesh`` (what NLM
gave them automatically, with its label). Each becomes a document whose title is its conditions.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from kg.errors import SourceError
from kg.evaluation.curated import DOCUMENTS, GOLD


def write_conditions(records: Path, folder: Path) -> Path:
    """Write the documents and their gold into a folder; return the file with the gold.

    Raises:
        SourceError: the records cannot be read.
    """
    texts: list[str] = []
    gold: list[str] = []
    try:
        for line in records.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            if record["conditions"] and record["condition_mesh"]:
                text = {"id": record["id"], "title": ". ".join(record["conditions"]), "abstract": ""}
                texts.append(json.dumps(text))
                diseases = [entry["id"] for entry in record["condition_mesh"]]
                gold.append(json.dumps({"id": record["id"], "diseases": diseases}))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceError(f"cannot be read: {error}", where=records) from None
    name = records.name.removesuffix(".jsonl")
    (folder / (name + DOCUMENTS)).write_text("\n".join(texts) + "\n", encoding="utf-8")
    (folder / (name + GOLD)).write_text("\n".join(gold) + "\n", encoding="utf-8")
    return folder / (name + GOLD)


if __name__ == "__main__":
    sys.stdout.write(f"{write_conditions(Path(sys.argv[1]), Path(sys.argv[2]))}\n")
