"""Writes slices and the manifest: sorted rows, fixed compression, so that the same rows give the same bytes."""

from __future__ import annotations

import hashlib
import json
import lzma
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import OntologyError
from kg.ontology.build.rows import ConceptRow, Slice, TermRow

_PRESET: Final = 9 | lzma.PRESET_EXTREME


@dataclass(frozen=True, slots=True)
class SliceNote:
    """What the manifest says of a slice besides its files: version, licence, source, attribution."""

    version: str
    licence: str
    source: str
    attribution: str


def write_slice(slice_: Slice, directory: Path) -> dict[str, str]:
    """Write ``<name>.concepts.tsv.xz`` and ``<name>.terms.tsv.xz``.

    Returns:
        file name to SHA-256 of the file.
    """
    tables = {
        f"{slice_.name}.concepts.tsv.xz": (_concept_line(row) for row in slice_.concepts),
        f"{slice_.name}.terms.tsv.xz": (_term_line(row) for row in slice_.terms),
    }
    return {name: _write(directory / name, _compress(lines)) for name, lines in tables.items()}


def write_manifest(
    directory: Path, slices: Iterable[tuple[Slice, SliceNote, Mapping[str, str]]], vocabulary: Path
) -> None:
    """Write ``manifest.toml`` for the slices (with the hashes that `write_slice` returned) and the SKOS vocabulary."""
    lines = ["# Written by `make ontologies`; do not edit. Sources and their pins: sources.toml.", ""]
    for slice_, note, files in sorted(slices, key=lambda item: item[0].name):
        lines += [
            f"[slice.{slice_.name}]",
            f"prefix = {_toml(slice_.prefix)}",
            f"version = {_toml(note.version)}",
            f"licence = {_toml(note.licence)}",
            f"source = {_toml(note.source)}",
            f"attribution = {_toml(note.attribution)}",
            f"concepts = {len(slice_.concepts)}",
            f"terms = {len(slice_.terms)}",
            f"[slice.{slice_.name}.sha256]",
            *(f"{_toml(name)} = {_toml(digest)}" for name, digest in sorted(files.items())),
            "",
        ]
    lines += [
        "[vocabulary]",
        'prefix = "MSCKG"',
        f"file = {_toml(vocabulary.name)}",
        'licence = "CC0-1.0"',
        f"sha256 = {_toml(hashlib.sha256(vocabulary.read_bytes()).hexdigest())}",
        "",
    ]
    _write(directory / "manifest.toml", "\n".join(lines).encode())


def _concept_line(row: ConceptRow) -> str:
    return _line(
        row.local_id, row.label, "|".join(row.parents), str(int(row.obsolete)), row.replaced_by, row.detail
    )


def _term_line(row: TermRow) -> str:
    return _line(row.local_id, row.kind, row.source, row.text)


def _line(*fields: str) -> str:
    if any(c in field for field in fields for c in "\t\n\r"):
        raise OntologyError(f"a field holds a tab or a line break: {fields!r}")
    return "\t".join(fields) + "\n"


def _compress(lines: Iterable[str]) -> bytes:
    return lzma.compress("".join(lines).encode(), format=lzma.FORMAT_XZ, check=lzma.CHECK_CRC64, preset=_PRESET)


def _write(target: Path, content: bytes) -> str:
    temporary = target.with_name(target.name + ".part")
    temporary.write_bytes(content)
    os.replace(temporary, target)
    return hashlib.sha256(content).hexdigest()


def _toml(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
