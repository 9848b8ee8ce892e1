"""From slices to memory-mapped tables: done once for each state of the slices, kept in a cache directory.

The tables of a compiled ontology:

- ``curies.marisa``: CURIE -> number; the numbers of concepts are those of this trie;
- ``concept.*``: a column for every property of a concept (type, flags, parents, replacement, rank or tree numbers);
- ``term.*``: the terms, labels among them: text, concept, kind, source, case rule;
- ``keys.marisa``: normalised key -> number; ``key.terms``: the terms of each key.
"""

from __future__ import annotations

import hashlib
import re
import sys
from array import array
from pathlib import Path
from typing import Final

import marisa_trie
import numpy as np

from kg.errors import OntologyError
from kg.model import MentionType, TermKind
from kg.ontology.cache import cached_folder
from kg.ontology.columns import StringWriter, UInt32, write_lists
from kg.ontology.manifest import Manifest, Slice
from kg.ontology.normalize import variants
from kg.ontology.slices import read_concepts, read_terms

KINDS: Final = tuple(TermKind)
TYPES: Final = tuple(MentionType)
SOURCES: Final = ("mesh", "mondo", "doid", "hp", "cl", "uberon", "ncbitaxon", "msckg", "other")

ANY_CASE: Final = 0
SAME_CASE: Final = 1
"""An acronym: the capitals of the mention must be those of the term."""
CAPITAL_FIRST: Final = 2
"""A Latin name: the mention must start with a capital."""

NONE: Final = 0xFFFFFFFF
"""Number of a concept that there is not."""

_LATIN: Final = re.compile(r"\[?[A-Z][a-z]+\]?(?:[ -](?:[a-z-]+\.?|[A-Z][a-z]+))*$")
_NOT_LATIN: Final = re.compile(r"(?i)virus|phage|viroid|prion")


def compiled(manifest: Manifest) -> Path:
    """Return the directory of the compiled tables, making them when they are not there.

    Raises:
        OntologyError: a slice is malformed or the cache directory cannot be written.
    """

    def write(folder: Path) -> None:
        with StringWriter(folder, "term.text") as texts, StringWriter(folder, "concept.extra") as extras:
            compiler = _Compiler(folder, texts, extras)
            for part in manifest.slices:
                compiler.read(part)
        compiler.write()

    return cached_folder(f"{manifest.fingerprint}-{_code_version()}", write)


def _code_version() -> str:
    """Return a hash of the code that shapes the tables: what older code compiled is not used."""
    here = Path(__file__)
    files = (here, here.with_name("normalize.py"), here.with_name("columns.py"), here.with_name("slices.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:8]


def case_rule(text: str, kind: str, source: str) -> int:
    """Tell how the letter case of a mention must agree with a term.

    One word with two capitals or more (``RIF``, ``NAFLD``, ``EoE``) is an acronym; a name of the taxonomy in Latin
    form (``Cancer``, ``Escherichia coli``) starts with a capital, and so does a short proper name (``Arts``) of a
    vocabulary that writes common names in lower case.
    """
    if " " not in text and sum(map(str.isupper, text)) > 1 and (len(text) <= 6 or not text.isupper()):
        return SAME_CASE
    if kind == TermKind.ACRONYM:
        return SAME_CASE
    if source in _LOWER_CASE_SOURCES and _EPONYM.fullmatch(text):
        return CAPITAL_FIRST
    scientific = source == "ncbitaxon" and kind in (TermKind.LABEL, TermKind.EXACT, TermKind.RELATED)
    return CAPITAL_FIRST if scientific and _LATIN.match(text) and not _NOT_LATIN.search(text) else ANY_CASE


_LOWER_CASE_SOURCES: Final = frozenset({"mondo", "doid", "hp"})
_EPONYM: Final = re.compile(r"[A-Z][a-z]{1,5}")


class _Compiler:
    """Streams the slices into columns, then sorts them into tables."""

    def __init__(self, directory: Path, texts: StringWriter, extras: StringWriter) -> None:
        self._directory = directory
        self._texts = texts
        self._extras = extras
        self._rows: dict[str, int] = {}
        self._label_terms = array("I")
        self._types = bytearray()
        self._obsolete = bytearray()
        self._parents: list[tuple[str, ...]] = []
        self._successors: dict[int, str] = {}
        self._term_rows = array("I")
        self._kinds = bytearray()
        self._sources = bytearray()
        self._cases = bytearray()
        self._keys: list[str] = []
        self._key_terms = array("I")

    def read(self, part: Slice) -> None:
        """Take in the concepts and terms of a slice.

        Raises:
            OntologyError: a concept occurs twice, or a term has none.
        """
        source = part.name if part.name in SOURCES else "msckg"
        for row in read_concepts(part):
            if row.curie in self._rows:
                raise OntologyError(f"{row.curie} occurs twice", where=part.name, remedy="run `make ontologies`")
            number = self._rows[row.curie] = len(self._types)
            self._types.append(TYPES.index(row.type))
            self._obsolete.append(row.obsolete)
            self._parents.append(tuple(map(sys.intern, row.parents)))
            if row.replaced_by:
                self._successors[number] = row.replaced_by
            self._extras.append(row.extra)
            self._label_terms.append(self._term(number, row.label, TermKind.LABEL, source))
        for term in read_terms(part):
            at = self._rows.get(term.curie)
            if at is None:
                raise OntologyError(
                    f"a term of the unknown concept {term.curie}", where=part.name, remedy="run `make ontologies`"
                )
            self._term(at, term.text, term.kind, term.source)

    def write(self) -> None:
        """Write every table."""
        self._write_concepts()
        self._write_keys()

    def _term(self, row: int, text: str, kind: str, source: str) -> int:
        """Add a term; those of obsolete concepts without successor are not looked for."""
        number = self._texts.append(text)
        self._term_rows.append(row)
        self._kinds.append(KINDS.index(TermKind(kind)))
        self._sources.append(SOURCES.index(source if source in SOURCES else "other"))
        self._cases.append(case_rule(text, kind, source))
        if not self._obsolete[row] or row in self._successors:
            for key in variants(text):
                self._keys.append(key)
                self._key_terms.append(number)
        return number

    def _write_concepts(self) -> None:
        """Concepts keep the order in which they were read; the trie's numbers lead to it and back."""
        directory = self._directory
        trie = marisa_trie.Trie(list(self._rows))
        trie.save(str(directory / "curies.marisa"))
        rows = self._rows
        row_of = np.zeros(len(rows), dtype=np.uint32)
        number_of = np.zeros(len(rows), dtype=np.uint32)
        for curie, row in rows.items():
            number = trie[curie]
            row_of[number] = row
            number_of[row] = number
        np.save(directory / "curie.row.npy", row_of)
        np.save(directory / "concept.number.npy", number_of)
        np.save(directory / "concept.label.npy", np.asarray(self._label_terms, dtype=np.uint32))
        np.save(directory / "concept.type.npy", np.frombuffer(self._types, dtype=np.uint8))
        np.save(directory / "concept.obsolete.npy", np.frombuffer(self._obsolete, dtype=np.uint8))
        replaced = np.full(len(rows), NONE, dtype=np.uint32)
        for row, successor in self._successors.items():
            replaced[row] = rows.get(successor, NONE)
        np.save(directory / "concept.replaced.npy", replaced)
        pairs = array("I")
        values = array("I")
        for row, parents in enumerate(self._parents):
            for parent in parents:
                if parent in rows:
                    pairs.append(row)
                    values.append(rows[parent])
        write_lists(directory, "concept.parents", _uint32(pairs), _uint32(values), len(rows))
        self._parents.clear()
        term_rows = _uint32(self._term_rows)
        np.save(directory / "term.row.npy", term_rows)
        numbers = np.arange(len(term_rows), dtype=np.uint32)
        write_lists(directory, "concept.terms", term_rows, numbers, len(rows))
        for name, column in (("kind", self._kinds), ("source", self._sources), ("case", self._cases)):
            np.save(directory / f"term.{name}.npy", np.frombuffer(column, dtype=np.uint8))
        self._rows = {}

    def _write_keys(self) -> None:
        trie = marisa_trie.Trie(self._keys)
        trie.save(str(self._directory / "keys.marisa"))
        numbers = np.fromiter((trie[key] for key in self._keys), dtype=np.uint32, count=len(self._keys))
        self._keys.clear()
        write_lists(self._directory, "key.terms", numbers, _uint32(self._key_terms), len(trie))


def _uint32(values: array[int]) -> UInt32:
    return np.asarray(values, dtype=np.uint32)
