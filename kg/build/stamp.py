"""Is a build still up to date? Answered from file times and hashes, without importing anything heavy."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Final

import kg
from kg.config import Settings
from kg.files import replacing_text

_PACKAGE: Final = Path(kg.__file__).parent
_ANNOTATION_ROOMS: Final = ("grounding", "identifiers.py", "model", "nlp", "ontology", "vocabulary.py")
"""What an annotation depends on; a change elsewhere (a page's style, a query) leaves annotations valid."""
_LIBRARIES: Final = ("scispacy", "spacy")

Stamp = tuple[int, int]
"""Modification time in nanoseconds and size in bytes: what make looks at."""


@dataclass(frozen=True, slots=True)
class BuildState:
    """What the last successful build of a study was made from, and made."""

    settings: str
    program: str
    ontologies: str
    inputs: Mapping[str, Stamp]
    outputs: Mapping[str, Stamp]


def file_stamp(path: Path) -> Stamp | None:
    """Return the stamp of a file, None when it does not exist."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def program_fingerprint(rooms: Iterable[str] = ("",)) -> str:
    """Return a hash of the program's own files in the given rooms of the package (default: all of it)."""
    digest = hashlib.sha256()
    files = {file for room in rooms for file in _files(_PACKAGE / room)}
    for file in sorted(files):
        digest.update(file.relative_to(_PACKAGE).as_posix().encode() + b"\0")
        digest.update(file.read_bytes())
    return digest.hexdigest()


def annotation_fingerprint(settings: Settings, ontologies: str) -> str:
    """Return a hash of everything but the document that an annotation depends on."""
    digest = hashlib.sha256(program_fingerprint(_ANNOTATION_ROOMS).encode())
    digest.update(f"{ontologies}|{settings.people}".encode())
    for library in _LIBRARIES:
        digest.update(f"{library}={metadata.version(library)}".encode())
    return digest.hexdigest()


def _files(place: Path) -> Iterable[Path]:
    if place.is_file():
        return (place,)
    return (
        f for f in place.rglob("*") if f.is_file() and "__pycache__" not in f.parts and "_ontologies" not in f.parts
    )


def input_stamps(settings: Settings) -> dict[str, Stamp]:
    """Return the stamp of each input file that exists, by its path."""
    stamps = ((str(spec.path), file_stamp(spec.path)) for spec in settings.inputs)
    return {path: stamp for path, stamp in stamps if stamp is not None}


def read_state(path: Path) -> BuildState | None:
    """Return the state of the last build; None when there is none or it is not readable as one."""
    try:
        raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return BuildState(
            settings=raw["settings"],
            program=raw["program"],
            ontologies=raw["ontologies"],
            inputs={name: (int(a), int(b)) for name, (a, b) in raw["inputs"].items()},
            outputs={name: (int(a), int(b)) for name, (a, b) in raw["outputs"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write_state(path: Path, state: BuildState) -> None:
    """Write the state of a build that succeeded."""
    record = {
        "settings": state.settings,
        "program": state.program,
        "ontologies": state.ontologies,
        "inputs": dict(sorted(state.inputs.items())),
        "outputs": dict(sorted(state.outputs.items())),
    }
    with replacing_text(path) as file:
        json.dump(record, file, indent=1)
        file.write("\n")


def is_current(state: BuildState | None, settings: Settings, program: str, ontologies: str, folder: Path) -> bool:
    """Tell whether the outputs in `folder` are those that a build would make now."""
    return (
        state is not None
        and (state.settings, state.program, state.ontologies) == (settings.sha256, program, ontologies)
        and state.inputs == input_stamps(settings)
        and all(file_stamp(folder / name) == stamp for name, stamp in state.outputs.items())
    )
