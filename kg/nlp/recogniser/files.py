"""The files of the model: where they are, and whether they are as they were written."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Final

from kg.errors import GroundingError
from kg.ontology.normalize import normalize

MODEL: Final = Path(__file__).with_name("model")
"""The model that comes with the package."""

FILES: Final = (
    "gazetteer.marisa",
    "gazetteer.npz",
    "judge.npz",
    "linear.marisa",
    "linear.npz",
    "network.marisa",
    "network.npz",
    "usage.marisa",
    "usage.npz",
    "vectors.npz",
    "words.marisa",
    "words.npz",
)
_MANIFEST: Final = "manifest.json"
_REMEDY: Final = "restore the file from the repository or train the model again"
_PROBES: Final = (
    "Sjögren's syndrome",
    "type II diabetes mellitus",
    "non-small-cell lung tumours",
    "β-thalassaemia",
    "bone metastases and biopsies",
    "IL-6, TNFα; p53+/- mice",
    "oedema, ischaemia and leucocytosis",
    "post-operative pain in women",
    "intrauterine adhesions (IUAs)",
    "Parkinson’s disease – grade III",
)


def normaliser_fingerprint() -> str:
    """Return a hash of what the normaliser makes of some strings: the model must be trained again when it changes."""
    forms = [normalize(probe, 0, len(probe)).string for probe in _PROBES]
    return hashlib.sha256("\n".join(forms).encode()).hexdigest()


def write_manifest(directory: Path) -> None:
    """Write ``manifest.json``: the checksum of every file, and the normaliser's fingerprint."""
    table = {
        "normaliser": normaliser_fingerprint(),
        "sha256": {name: _sha256(directory / name) for name in FILES},
    }
    (directory / _MANIFEST).write_text(json.dumps(table, indent=2) + "\n", encoding="utf-8")


def read_manifest(directory: Path) -> dict[str, str]:
    """Return the checksums of the model's files, by name; ``normaliser`` is the fingerprint it was trained with.

    Raises:
        GroundingError: the manifest is missing or malformed.
    """
    path = directory / _MANIFEST
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        return {"normaliser": str(table["normaliser"]), **{name: str(table["sha256"][name]) for name in FILES}}
    except (OSError, ValueError, KeyError, TypeError) as error:
        problem = f"the recogniser's manifest cannot be read ({type(error).__name__})"
        raise GroundingError(problem, where=path, remedy=_REMEDY) from None


def verify(directory: Path) -> None:
    """Check every file of a model against its checksum.

    Raises:
        GroundingError: a file is missing or altered.
    """
    promised = read_manifest(directory)
    for name in FILES:
        path = directory / name
        try:
            found = _sha256(path)
        except OSError as error:
            problem = f"cannot be read: {error.strerror or 'unknown reason'}"
            raise GroundingError(problem, where=path, remedy=_REMEDY) from None
        if found != promised[name]:
            raise GroundingError("does not have the checksum of its manifest", where=path, remedy=_REMEDY)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
