"""The record of a run: `Provenance` for the graph, ``run.json`` for people and scripts."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any, Final

import kg
from kg.config import Settings
from kg.files import replacing_text
from kg.model import AnnotatedDocument, OntologyVersion, Provenance

_LIBRARIES: Final = ("spacy", "scispacy", "rdflib", "pyoxigraph", "networkx", "pyvis")


def provenance(settings: Settings, ontologies: Sequence[OntologyVersion]) -> Provenance:
    """Describe a run by what decides its result.

    There is no clock time in it, so that the same input gives the same bytes; `generated` is taken from
    ``SOURCE_DATE_EPOCH`` (https://reproducible-builds.org/specs/source-date-epoch/) when that is set.
    """
    return replace(
        program_run(settings.name, settings.title),
        settings_sha256=settings.sha256,
        inputs=tuple((spec.path.name, _sha256(spec.path)) for spec in settings.inputs),
        ontologies=tuple(ontologies),
        pipeline=tuple(f"{name} {metadata.version(name)}" for name in _LIBRARIES),
    )


def program_run(study: str, title: str) -> Provenance:
    """Describe a run by this program alone, before anything is said of its settings and inputs."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return Provenance(
        study=study,
        title=title,
        version=metadata.version("msc-kg"),
        settings_sha256="",
        commit=_commit(),
        generated=datetime.fromtimestamp(int(epoch), UTC).isoformat() if epoch.isdigit() else None,
    )


def _sha256(path: Path) -> str:
    """Return the hash of a file, which as an archive may be too large for memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _commit() -> str | None:
    """Return the commit of the checkout that the program runs from, None for an installed package."""
    root = Path(kg.__file__).parent.parent
    if not (root / ".git").exists():
        return None
    command = ["git", "-C", str(root), "rev-parse", "HEAD"]
    try:
        result = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    return result.stdout.strip() or None


def write_run(
    path: Path, run: Provenance, annotated: Sequence[AnnotatedDocument], failures: Sequence[str], seconds: float
) -> None:
    """Write ``run.json`` beside the other outputs, whose hashes it holds.

    The one output that differs from run to run: it has the time of day and the seconds taken.
    """
    outputs = {
        file.name: _sha256(file)
        for file in sorted(path.parent.iterdir())
        if file.is_file() and not file.name.startswith(".")
    }
    entry: dict[str, Any] = {
        "study": run.study,
        "title": run.title,
        "version": run.version,
        "commit": run.commit,
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(seconds, 2),
        "settings_sha256": run.settings_sha256,
        "inputs": [{"name": name, "sha256": digest} for name, digest in run.inputs],
        "libraries": list(run.pipeline),
        "ontologies": {o.name: {"version": o.version, "sha256": o.sha256} for o in run.ontologies},
        "documents": len(annotated),
        "mentions": sum(len(a.groundings) for a in annotated),
        "grounded": sum(bool(g.curies) for a in annotated for g in a.groundings),
        "interventions": len({use.intervention.id for a in annotated for use in a.interventions}),
        "assertions": len({assertion.id for a in annotated for assertion in a.assertions}),
        "failures": list(failures),
        "outputs": outputs,
    }
    with replacing_text(path) as file:
        json.dump(entry, file, indent=2, ensure_ascii=False)
        file.write("\n")
