"""The rows of a slice: what every reader gives and the writer takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kg.errors import OntologyError
from kg.model import TermKind

_SPACES: Final = re.compile(r"\s+")
_ACRONYM: Final = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Za-z0-9][A-Za-z0-9/-]{1,9}")


def tidy(text: str) -> str:
    """Return `text` in Unicode NFC on one line, with ASCII apostrophes and single spaces.

    A typographic apostrophe would only double the entries that hold one; whoever looks a text up folds it too.
    """
    text = unicodedata.normalize("NFC", text).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return _SPACES.sub(" ", text).strip()


def looks_like_acronym(text: str) -> bool:
    """Tell whether `text` is one short word, mostly upper case ("AIDS", "HIV-1", "cGVHD"), so that case matters."""
    if not _ACRONYM.fullmatch(text):
        return False
    letters = [c for c in text if c.isalpha()]
    return sum(c.isupper() for c in letters) * 2 > len(letters)


@dataclass(frozen=True, slots=True, order=True)
class ConceptRow:
    """A line of ``<name>.concepts.tsv``.

    Attributes:
        local_id: the part of the CURIE behind the colon.
        label: preferred name.
        parents: local ids of the direct broader concepts, sorted.
        obsolete: not to be used any more.
        replaced_by: local id of the concept to use instead.
        detail: taxonomic rank of a taxon, tree numbers of a MeSH descriptor (joined by ``|``), else empty.
    """

    local_id: str
    label: str
    parents: tuple[str, ...] = ()
    obsolete: bool = False
    replaced_by: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, order=True)
class TermRow:
    """A line of ``<name>.terms.tsv``: a name of a concept other than its label, with the vocabulary it comes from."""

    local_id: str
    kind: TermKind
    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Slice:
    """A terminology as it is written: concepts and terms, both sorted and checked by `make_slice`."""

    name: str
    prefix: str
    concepts: tuple[ConceptRow, ...]
    terms: tuple[TermRow, ...]


def make_slice(name: str, prefix: str, concepts: Iterable[ConceptRow], terms: Iterable[TermRow]) -> Slice:
    """Sort, clean and check the rows of a slice.

    Of the terms of one concept that differ in case alone the first one given stays; a term equal to its concept's
    label goes. Where a term is one short word in capitals its kind becomes `TermKind.ACRONYM`.

    Raises:
        OntologyError: an id occurs twice, or a parent, a replacement or a term points at a concept that is absent.
    """
    by_id: dict[str, ConceptRow] = {}
    for row in concepts:
        if row.local_id in by_id:
            raise OntologyError(f"concept {row.local_id} occurs twice", where=name)
        by_id[row.local_id] = row
    for row in by_id.values():
        for target in (*row.parents, *filter(None, [row.replaced_by])):
            if target not in by_id:
                raise OntologyError(f"{row.local_id} points at {target}, which is absent", where=name)
    seen = {(row.local_id, row.label.casefold()) for row in by_id.values()}
    kept: list[TermRow] = []
    for term in terms:
        if term.local_id not in by_id:
            raise OntologyError(f"{term.text!r} names {term.local_id}, which is absent", where=name)
        text = tidy(term.text)
        key = (term.local_id, text.casefold())
        if not text or key in seen:
            continue
        seen.add(key)
        kind = TermKind.ACRONYM if looks_like_acronym(text) else term.kind
        kept.append(TermRow(term.local_id, kind, term.source, text))
    return Slice(name, prefix, tuple(sorted(by_id.values(), key=_concept_key)), tuple(sorted(kept, key=_term_key)))


def id_key(local_id: str) -> tuple[str, int]:
    """Order ids by letter, then by number, so that neighbours in the table are neighbours in age and compress well."""
    digits = local_id.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return local_id[: len(local_id) - len(digits)], int(digits)


def _concept_key(row: ConceptRow) -> tuple[str, int]:
    return id_key(row.local_id)


def _term_key(row: TermRow) -> tuple[tuple[str, int], str, str, str]:
    return id_key(row.local_id), row.kind, row.source, row.text
