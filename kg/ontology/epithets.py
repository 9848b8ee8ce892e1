"""Epithets of the taxonomy's species, by family: what a name was before its species moved to another genus.

A species that moves to another genus keeps its epithet but for the ending that agrees with the genus ("Penicillium
marneffei" became "Talaromyces marneffei"), and mostly stays in its family. The taxonomy's packages hold few of the
former names. So a binomial that no term has, of a genus that there is, is read as the one species of the genus's family
that has the epithet. Of 6,000 species whose genus changed between the releases of 2021 and 2024, this finds 4,500; one
find in fifty is wrong.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

import marisa_trie

from kg.identifiers import Curie
from kg.model import MentionType
from kg.ontology.cache import cached_folder
from kg.ontology.manifest import read_manifest
from kg.ontology.ontology import Ontology
from kg.ontology.slices import ConceptRow, read_concepts

_BINOMIAL: Final = re.compile(r"\[?[A-Z][a-z]+\]? ([a-z-]{3,})")
_ENDING: Final = re.compile(r"(?:us|a|um|is|e|er|ra|rum|ii?|ae|os|on)$")
"""Endings by which the genders and spellings of one epithet differ."""
_FILE: Final = "epithets.marisa"
_SEVERAL: Final = 0
"""Stands for "more than one species"."""
_PREFIX: Final = "NCBITaxon:"
_CACHE: Final = 1 << 12


def stem(epithet: str) -> str:
    """Return an epithet without the ending that agrees with its genus."""
    return _ENDING.sub("", epithet)


class Epithets:
    """Species by family and epithet.

    Args:
        ontology: where the taxonomy is.

    Raises:
        OntologyError: the cache directory cannot be written.
    """

    def __init__(self, ontology: Ontology) -> None:
        self._ontology: Final = ontology
        self._table = marisa_trie.RecordTrie("<I").mmap(str(_prepared(ontology) / _FILE))
        self.species: Final = lru_cache(maxsize=_CACHE)(self._species)
        self.is_known: Final = lru_cache(maxsize=_CACHE)(self._is_known)
        self._families: Final = lru_cache(maxsize=_CACHE)(self._families_of)

    def _is_known(self, word: str) -> bool:
        """Tell whether a species of any family has this epithet, in any gender."""
        return next(iter(self._table.iterkeys(stem(word) + " ")), None) is not None

    def _species(self, genus: str, epithet: str) -> Curie | None:
        """Return the one species with this epithet in the family of a genus; None when there is none or several."""
        found: set[int] = set()
        for family in self._families(genus):
            found.update(number for (number,) in self._table.get(f"{stem(epithet)} {family}", ()))
        if len(found) != 1 or _SEVERAL in found:
            return None
        return self._ontology.resolve(f"{_PREFIX}{found.pop()}")

    def _families_of(self, genus: str) -> tuple[str, ...]:
        """Return the local ids of the families that have a genus of this name."""
        return tuple(
            above.removeprefix(_PREFIX)
            for term in self._ontology.lookup(genus, {MentionType.SPECIES})
            if term.text == genus and self._rank(term.curie) == "genus"
            for above in self._ontology.ancestors(term.curie)
            if self._rank(above) == "family"
        )

    def _rank(self, curie: Curie) -> str | None:
        concept = self._ontology.concept(curie)
        return concept.rank if concept else None


def _prepared(ontology: Ontology) -> Path:
    """Return the directory of the table, which is made when it is not there."""
    version = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:8]
    return cached_folder(f"{ontology.fingerprint}-epithets-{version}", lambda folder: _write(ontology, folder))


def _write(ontology: Ontology, folder: Path) -> None:
    parts = [part for part in read_manifest(ontology.directory).slices if part.prefix + ":" == _PREFIX]
    rows = [row for part in parts for row in read_concepts(part) if not row.obsolete]
    table: dict[str, int] = {}
    for family, row, epithet in _species_of_families(rows):
        number = int(row.curie.removeprefix(_PREFIX))
        name = f"{stem(epithet)} {family.removeprefix(_PREFIX)}"
        table[name] = number if table.get(name, number) == number else _SEVERAL
    marisa_trie.RecordTrie("<I", sorted((name, (number,)) for name, number in table.items())).save(str(folder / _FILE))


def _species_of_families(rows: list[ConceptRow]) -> Iterator[tuple[Curie, ConceptRow, str]]:
    """Yield (family, species, epithet) of every species with a name of two words in Latin."""
    parents = {row.curie: row.parents[0] for row in rows if row.parents}
    families = {row.curie for row in rows if row.extra == "family"}
    above: dict[Curie, Curie | None] = {}

    def family_of(curie: Curie) -> Curie | None:
        if curie not in above:
            above[curie] = curie if curie in families else family_of(parents[curie]) if curie in parents else None
        return above[curie]

    for row in rows:
        match = _BINOMIAL.fullmatch(row.label) if row.extra == "species" else None
        family = family_of(row.curie) if match else None
        if match and family:
            yield family, row, match[1]
