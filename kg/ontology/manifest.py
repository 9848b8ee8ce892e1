"""``manifest.toml``: which slices there are, where they come from, and whether they are unaltered."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import OntologyError
from kg.model import OntologyVersion

_REBUILD = "restore the file from the repository or run `make ontologies`"


@dataclass(frozen=True, slots=True)
class SliceFile:
    """A file of a slice, with the checksum that the manifest promises."""

    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class Slice:
    """A terminology slice: its files, and where it comes from."""

    name: str
    prefix: str
    version: str
    licence: str
    files: tuple[SliceFile, ...]

    @property
    def sha256(self) -> str:
        """One checksum for the whole slice: of its files' checksums, by name."""
        parts = sorted(f"{file.path.name}={file.sha256}" for file in self.files)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def file(self, ending: str) -> Path | None:
        """Return the one file whose name ends in `ending`, or None."""
        return next((file.path for file in self.files if file.path.name.endswith(ending)), None)


@dataclass(frozen=True, slots=True)
class Manifest:
    """The slices of a directory, in the order of the manifest."""

    directory: Path
    slices: tuple[Slice, ...]

    @property
    def versions(self) -> tuple[OntologyVersion, ...]:
        """What a run has to say about its terminologies."""
        return tuple(OntologyVersion(s.name, s.version, s.licence, s.sha256) for s in self.slices)

    @property
    def fingerprint(self) -> str:
        """A hash (32 hexadecimal characters) of every slice's content."""
        parts = [f"{s.name}:{s.prefix}:{s.sha256}" for s in self.slices]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def read_manifest(directory: Path) -> Manifest:
    """Read ``manifest.toml`` and check every file against its checksum.

    Raises:
        OntologyError: the manifest is missing or malformed, or a file is missing or altered.
    """
    path = directory / "manifest.toml"
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise OntologyError("no manifest of terminology slices", where=path, remedy=_REBUILD) from None
    except (OSError, ValueError) as error:
        raise OntologyError(f"cannot be read: {error}", where=path, remedy=_REBUILD) from error
    tables = table.get("slice")
    if not isinstance(tables, dict) or not tables:
        raise OntologyError("has no [slice.<name>] table", where=path, remedy=_REBUILD)
    slices = [_slice(directory, path, f"slice.{name}", name, entry) for name, entry in tables.items()]
    own = table.get("vocabulary")
    if own is not None:
        slices.append(_vocabulary(directory, path, own))
    for part in slices:
        for file in part.files:
            _verify(file)
    return Manifest(directory, tuple(slices))


def _slice(directory: Path, manifest: Path, where: str, name: str, entry: Any) -> Slice:
    try:
        return Slice(
            name=name,
            prefix=str(entry["prefix"]),
            version=str(entry["version"]),
            licence=str(entry["licence"]),
            files=tuple(SliceFile(directory / file, str(checksum)) for file, checksum in entry["sha256"].items()),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise OntologyError(f"[{where}] is incomplete: {error}", where=manifest, remedy=_REBUILD) from error


def _vocabulary(directory: Path, manifest: Path, entry: Any) -> Slice:
    """Read the table of the project's own vocabulary: one file, whose version is its checksum if it gives none."""
    try:
        file, checksum = str(entry["file"]), str(entry["sha256"])
        table = {**entry, "version": entry.get("version", checksum[:12]), "sha256": {file: checksum}}
    except (KeyError, TypeError) as error:
        raise OntologyError(f"[vocabulary] is incomplete: {error}", where=manifest, remedy=_REBUILD) from error
    return _slice(directory, manifest, "vocabulary", "msckg", table)


def _verify(file: SliceFile) -> None:
    try:
        with file.path.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise OntologyError("cannot be read: " + (error.strerror or "?"), where=file.path, remedy=_REBUILD) from error
    if found != file.sha256:
        raise OntologyError("does not have the checksum of manifest.toml", where=file.path, remedy=_REBUILD)
