"""The compiled terminologies: concepts by CURIE, terms by normalised key."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

import marisa_trie
import numpy as np

import kg
from kg.errors import OntologyError
from kg.identifiers import Curie
from kg.model import Concept, MentionType, OntologyVersion, Term, TermKind
from kg.ontology.columns import ListColumn, StringColumn, UInt8, UInt32
from kg.ontology.compile import ANY_CASE, CAPITAL_FIRST, KINDS, NONE, SAME_CASE, SOURCES, TYPES, compiled
from kg.ontology.manifest import Manifest, read_manifest
from kg.ontology.normalize import capitals, key

_MAX_KEY: Final = 160
"""Longest key in characters that a scan looks for; longer terms do not occur in running text."""
_CURIES: Final = 1 << 15
"""CURIEs kept at hand."""


class Ontology:
    """Concepts and terms of all slices, read lazily from memory-mapped tables.

    Build it with `open_ontology`. It is immutable, may be shared by threads, and pickles as its directory.
    """

    def __init__(self, manifest: Manifest, tables: Path) -> None:
        self.directory: Final = manifest.directory
        self.versions: Final[tuple[OntologyVersion, ...]] = manifest.versions
        self.fingerprint: Final[str] = manifest.fingerprint
        self._curies = marisa_trie.Trie()
        self._curies.mmap(str(tables / "curies.marisa"))
        self._keys = marisa_trie.Trie()
        self._keys.mmap(str(tables / "keys.marisa"))
        self._key_terms = ListColumn(tables, "key.terms")
        self._texts = StringColumn(tables, "term.text")
        self._extras = StringColumn(tables, "concept.extra")
        self._parents = ListColumn(tables, "concept.parents")
        self._concept_terms = ListColumn(tables, "concept.terms")
        self._row_of = _uint32(tables, "curie.row")
        self._number_of = _uint32(tables, "concept.number")
        self._label = _uint32(tables, "concept.label")
        self._replaced = _uint32(tables, "concept.replaced")
        self._term_row = _uint32(tables, "term.row")
        self._type = _uint8(tables, "concept.type")
        self._obsolete = _uint8(tables, "concept.obsolete")
        self._kind = _uint8(tables, "term.kind")
        self._source = _uint8(tables, "term.source")
        self._case = _uint8(tables, "term.case")
        self._curie = lru_cache(maxsize=_CURIES)(self._restored)

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return open_ontology, (self.directory,)

    def __len__(self) -> int:
        return len(self._type)

    def __contains__(self, curie: object) -> bool:
        return isinstance(curie, str) and curie in self._curies

    # Concepts

    def concept(self, curie: Curie) -> Concept | None:
        """Return the concept of a CURIE, obsolete ones too, or None when no slice has it."""
        row = self._row(curie)
        if row is None:
            return None
        kind = TYPES[self._type[row]]
        replaced = int(self._replaced[row])
        return Concept(
            curie=curie,
            label=self._texts[self._label[row]],
            type=kind,
            parents=self.parents(curie),
            obsolete=bool(self._obsolete[row]),
            replaced_by=None if replaced == NONE else self._curie(replaced),
            rank=(self._extras[row] or None) if kind is MentionType.SPECIES else None,
        )

    def label(self, curie: Curie) -> str | None:
        """Return the preferred label, or None for an unknown CURIE."""
        row = self._row(curie)
        return None if row is None else self._texts[self._label[row]]

    def tree_numbers(self, curie: Curie) -> tuple[str, ...]:
        """Return the MeSH tree numbers of a descriptor; empty for everything else."""
        row = self._row(curie)
        if row is None or not curie.startswith("MESH:"):
            return ()
        return tuple(filter(None, self._extras[row].split("|")))

    def parents(self, curie: Curie) -> tuple[Curie, ...]:
        """Return the direct broader concepts, sorted; for the project's own concepts, their broader MeSH terms too."""
        row = self._row(curie)
        return () if row is None else tuple(sorted(self._curie(parent) for parent in self._parents[row]))

    def ancestors(self, curie: Curie) -> frozenset[Curie]:
        """Return every broader concept, direct or not, the concept itself left out."""
        start = self._row(curie)
        if start is None:
            return frozenset()
        seen: set[int] = set()
        todo = [start]
        while todo:
            for parent in self._parents[todo.pop()]:
                if parent not in seen:
                    seen.add(parent)
                    todo.append(parent)
        seen.discard(start)
        return frozenset(self._curie(row) for row in seen)

    def resolve(self, curie: Curie) -> Curie | None:
        """Follow replacements of obsolete concepts; None when the CURIE is unknown or obsolete without successor."""
        row = self._row(curie)
        seen = set()
        while row is not None and self._obsolete[row]:
            seen.add(row)
            row = int(self._replaced[row])
            if row == NONE or row in seen:
                return None
        return None if row is None else self._curie(row)

    def terms(self, curie: Curie) -> tuple[Term, ...]:
        """Return every term of a concept, its label first."""
        row = self._row(curie)
        return () if row is None else tuple(self.term(number) for number in self._concept_terms[row])

    def term_count(self, curie: Curie) -> int:
        """Return how many terms a concept has, its label included."""
        row = self._row(curie)
        return 0 if row is None else len(self._concept_terms[row])

    def lookup(self, text: str, types: Collection[MentionType] | None = None) -> tuple[Term, ...]:
        """Return the terms whose normalised form is that of `text`; of these types only, when given.

        The order is that of the slices. Terms of obsolete concepts come with the old CURIE: see `resolve`.
        """
        number = self._keys.get(key(text))
        if number is None:
            return ()
        wanted = None if types is None else frozenset(types)
        return tuple(self.term(n) for n in self._key_terms[number] if wanted is None or self.type_of_term(n) in wanted)

    # The index of terms: numbers stand for terms, so that a scan makes no objects

    def key_terms(self, number: int) -> list[int]:
        """Return the numbers of the terms that have the key with this number."""
        return self._key_terms[number]

    def key_number(self, normalized: str) -> int | None:
        """Return the number of a key, or None when no term has it."""
        number: int | None = self._keys.get(normalized)
        return number

    def prefixes(self, normalized: str, start: int) -> list[tuple[int, int]]:
        """Return (length, key number) of every key that `normalized` has at `start`, the shortest first."""
        window = normalized[start : start + _MAX_KEY]
        return [(len(found), number) for found, number in self._keys.iter_prefixes_with_ids(window)]

    def term(self, number: int) -> Term:
        """Return the term with this number."""
        return Term(
            self._texts[number],
            self._curie(int(self._term_row[number])),
            KINDS[self._kind[number]],
            SOURCES[self._source[number]],
        )

    def type_of_term(self, number: int) -> MentionType:
        """Return what the concept of a term is."""
        kind: MentionType = TYPES[self._type[self._term_row[number]]]
        return kind

    def keys_of(self, kind: MentionType) -> Iterator[tuple[str, int]]:
        """Yield every key that a term of this type has, with its number, in the order of the numbers."""
        of_kind: list[bool] = (np.asarray(self._type)[self._term_row] == TYPES.index(kind)).tolist()
        for number in range(len(self._key_terms)):
            if any(of_kind[term] for term in self._key_terms[number]):
                yield self._keys.restore_key(number), number

    def curie_of_term(self, number: int) -> Curie:
        """Return the concept of the term with this number."""
        return self._curie(int(self._term_row[number]))

    def kind_of_term(self, number: int) -> TermKind:
        """Return the kind of the term with this number."""
        kind: TermKind = KINDS[self._kind[number]]
        return kind

    def rank_of_term(self, number: int) -> str:
        """Return the taxonomic rank (or the tree numbers) of a term's concept; empty when it has none."""
        return self._extras[int(self._term_row[number])]

    def case_agrees(self, number: int, surface: str) -> bool:
        """Tell whether the letter case of a mention allows this term (see `kg.ontology.compile.case_rule`)."""
        rule = self._case[number]
        if rule == ANY_CASE:
            return True
        if rule == CAPITAL_FIRST:
            return surface[0].isupper()
        return rule == SAME_CASE and capitals(surface) == capitals(self._texts[number])

    def is_acronym(self, number: int) -> bool:
        """Tell whether a term is an acronym by its form."""
        return bool(self._case[number] == SAME_CASE)

    def curies(self) -> Iterator[Curie]:
        """Yield every CURIE, sorted."""
        yield from sorted(self._curies.iterkeys())

    def _row(self, curie: Curie) -> int | None:
        number = self._curies.get(curie)
        return None if number is None else int(self._row_of[number])

    def _restored(self, row: int) -> Curie:
        curie: str = self._curies.restore_key(int(self._number_of[row]))
        return curie


def _uint32(tables: Path, name: str) -> UInt32:
    column: UInt32 = np.asarray(np.load(tables / f"{name}.npy", mmap_mode="r"))
    return column


def _uint8(tables: Path, name: str) -> UInt8:
    column: UInt8 = np.asarray(np.load(tables / f"{name}.npy", mmap_mode="r"))
    return column


def default_directory() -> Path:
    """Return the directory of the slices: inside an installed package, or beside it in a checkout.

    Raises:
        OntologyError: neither is there.
    """
    package = Path(kg.__file__).resolve().parent
    for directory in (package / "_ontologies", package.parent / "ontologies"):
        if (directory / "manifest.toml").is_file():
            return directory
    raise OntologyError("no terminology slices found", where=package.parent, remedy="run `make ontologies`")


def open_ontology(directory: Path | None = None) -> Ontology:
    """Open the terminology slices of a directory (default: those that come with the package).

    Checks every file against the manifest's checksum, and compiles the slices on first use.

    Raises:
        OntologyError: a slice is missing, altered or malformed.
    """
    return _open((directory or default_directory()).resolve())


@lru_cache(maxsize=4)
def _open(directory: Path) -> Ontology:
    """Components of one pipeline share one ontology: it is immutable."""
    manifest = read_manifest(directory)
    return Ontology(manifest, compiled(manifest))
