"""Writes slices and the manifest: sorted rows, fixed compression, so that the same rows give the same bytes."""

from __future__ import annotations

import hashlib
import json
import lzma
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


@dataclass(frozen=True, slots=True)
class PackedSlice:
    """A slice ready to be written: its files (name to content) and its row counts."""

    name: str
    prefix: str
    note: SliceNote
    files: Mapping[str, bytes]
    concepts: int
    terms: int


def pack(slice_: Slice, note: SliceNote) -> PackedSlice:
    """Return the files ``<name>.concepts.tsv.xz`` and ``<name>.terms.tsv.xz`` of a slice.

    Raises:
        OntologyError: a field holds a tab or a line break.
    """
    files = {
        f"{slice_.name}.concepts.tsv.xz": _compress(map(_concept_line, slice_.concepts)),
        f"{slice_.name}.terms.tsv.xz": _compress(map(_term_line, slice_.terms)),
    }
    return PackedSlice(slice_.name, slice_.prefix, note, files, len(slice_.concepts), len(slice_.terms))


def write_all(slices: Iterable[PackedSlice], vocabulary: Path, directory: Path) -> None:
    """Write the files of all slices and ``manifest.toml``, which holds their hashes and that of the SKOS vocabulary."""
    slices = sorted(slices, key=lambda packed: packed.name)
    for packed in slices:
        for name, content in sorted(packed.files.items()):
            _write(directory / name, content)
    lines = ["# Written by `make ontologies`; do not edit. Sources and their pins: sources.toml.", ""]
    for packed in slices:
        note = packed.note
        lines += [
            f"[slice.{packed.name}]",
            f"prefix = {_toml(packed.prefix)}",
            f"version = {_toml(note.version)}",
            f"licence = {_toml(note.licence)}",
            f"source = {_toml(note.source)}",
            f"attribution = {_toml(note.attribution)}",
            f"concepts = {packed.concepts}",
            f"terms = {packed.terms}",
            f"[slice.{packed.name}.sha256]",
            *(f"{_toml(name)} = {_toml(_sha256(content))}" for name, content in sorted(packed.files.items())),
            "",
        ]
    lines += [
        "[vocabulary]",
        'prefix = "MSCKG"',
        f"file = {_toml(vocabulary.name)}",
        'licence = "CC0-1.0"',
        f"sha256 = {_toml(_sha256(vocabulary.read_bytes()))}",
        "",
    ]
    _write(directory / "manifest.toml", "\n".join(lines).encode())


def _concept_line(row: ConceptRow) -> str:
    return _line(row.local_id, row.label, "|".join(row.parents), str(int(row.obsolete)), row.replaced_by, row.detail)


def _term_line(row: TermRow) -> str:
    return _line(row.local_id, row.kind, row.source, row.text)


def _line(*fields: str) -> str:
    if any(c in field for field in fields for c in "\t\n\r"):
        raise OntologyError(f"a field holds a tab or a line break: {fields!r}")
    return "\t".join(fields) + "\n"


def _compress(lines: Iterable[str]) -> bytes:
    return lzma.compress("".join(lines).encode(), format=lzma.FORMAT_XZ, check=lzma.CHECK_CRC64, preset=_PRESET)


def _write(target: Path, content: bytes) -> None:
    temporary = target.with_name(target.name + ".part")
    temporary.write_bytes(content)
    temporary.replace(target)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _toml(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
