from __future__ import annotations

import hashlib
import lzma
import pickle
import shutil
from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.model import Concept, MentionType, Term, TermKind
from kg.ontology import Ontology, open_ontology
from kg.ontology.compile import ANY_CASE, CAPITAL_FIRST, SAME_CASE, case_rule
from tests.ontology.tiny import CONCEPTS, write_slices


def test_concept_with_parents_rank_and_type(ontology: Ontology) -> None:
    assert ontology.concept("NCBITaxon:1280") == Concept(
        "NCBITaxon:1280", "Staphylococcus aureus", MentionType.SPECIES, ("NCBITaxon:1279",), rank="species"
    )
    assert ontology.concept("MESH:D016889") == Concept(
        "MESH:D016889", "Endometrial Neoplasms", MentionType.DISEASE, ("MESH:D009369", "MESH:D014591")
    )
    assert ontology.concept("MESH:D999999") is None


def test_every_concept_is_there(ontology: Ontology) -> None:
    assert len(ontology) == sum(map(len, CONCEPTS.values())) + 2
    assert "CL:0000134" in ontology
    assert "CL:9999999" not in ontology
    assert list(ontology.curies()) == sorted(ontology.curies())


def test_ancestors_cross_from_the_own_vocabulary_to_mesh(ontology: Ontology) -> None:
    implantation = "MSCKG:vocabulary/recurrent-implantation-failure"
    assert ontology.parents(implantation) == ("MESH:D007247",)
    assert ontology.ancestors(implantation) == {"MESH:D007247", "MESH:D014591"}
    assert ontology.ancestors("MESH:D014591") == frozenset()


def test_obsolete_concepts_lead_to_their_successor(ontology: Ontology) -> None:
    old = ontology.concept("MESH:D012345")
    assert old is not None
    assert (old.obsolete, old.replaced_by) == (True, "MESH:D014591")
    assert ontology.resolve("MESH:D012345") == "MESH:D014591"
    assert ontology.resolve("MESH:D012346") is None
    assert ontology.resolve("MESH:D014591") == "MESH:D014591"
    assert ontology.resolve("CL:1") is None


def test_terms_begin_with_the_label(ontology: Ontology) -> None:
    assert ontology.terms("CL:0000134") == (
        Term("mesenchymal stem cell", "CL:0000134", TermKind.LABEL, "cl"),
        Term("mesenchymal stromal cell", "CL:0000134", TermKind.EXACT, "cl"),
    )


@pytest.mark.parametrize(
    ("text", "curie"),
    [
        ("Mesenchymal Stromal Cells", "CL:0000134"),
        ("female infertility", "MESH:D007247"),
        ("type II diabetes", "MESH:D003924"),
        ("endometrium cancer", "MESH:D016889"),
        ("tumour", "MESH:D009369"),
        ("thin uterine lining", "MSCKG:vocabulary/thin-endometrium"),
    ],
)
def test_lookup_is_normalised(ontology: Ontology, text: str, curie: str) -> None:
    assert {term.curie for term in ontology.lookup(text)} == {curie}


def test_lookup_of_one_type(ontology: Ontology) -> None:
    assert {t.curie for t in ontology.lookup("cancer")} == {"MESH:D009369", "NCBITaxon:6754"}
    assert {t.curie for t in ontology.lookup("cancer", [MentionType.SPECIES])} == {"NCBITaxon:6754"}
    assert ontology.lookup("cancer", [MentionType.TISSUE]) == ()
    assert ontology.lookup("retired disease") == ()


def test_tree_numbers_are_those_of_mesh(ontology: Ontology) -> None:
    assert ontology.tree_numbers("MESH:D003924") == ("C18.452.394.750.149", "C19.246.300")
    assert ontology.tree_numbers("NCBITaxon:9606") == ()


def test_prefixes_yields_keys_that_end_at_token_borders(ontology: Ontology) -> None:
    text = "diabetes mellitus type 2 diabete "
    found = ontology.prefixes(text, 0)
    assert [length for length, _ in found] == [len("diabetes mellitus "), len("diabetes mellitus type 2 ")]


def test_an_ontology_pickles_as_its_directory(ontology: Ontology) -> None:
    assert pickle.loads(pickle.dumps(ontology)).label("CL:0000057") == "fibroblast"


@pytest.mark.parametrize(
    ("text", "kind", "source", "rule"),
    [
        ("RIF", "exact", "mesh", SAME_CASE),
        ("EoE", "exact", "mesh", SAME_CASE),
        ("als", "acronym", "mesh", SAME_CASE),
        ("Cancer", "label", "ncbitaxon", CAPITAL_FIRST),
        ("Escherichia coli", "label", "ncbitaxon", CAPITAL_FIRST),
        ("Hepatitis C virus", "label", "ncbitaxon", ANY_CASE),
        ("house mouse", "common", "ncbitaxon", ANY_CASE),
        ("Heart Failure", "label", "mesh", ANY_CASE),
        ("Arts", "exact", "mondo", CAPITAL_FIRST),
        ("asthma", "exact", "mondo", ANY_CASE),
    ],
)
def test_case_rule(text: str, kind: str, source: str, rule: int) -> None:
    assert case_rule(text, kind, source) == rule


def test_compiling_happens_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = tmp_path / "cache"
    monkeypatch.setenv("KG_CACHE_DIR", str(cache))
    open_ontology(write_slices(tmp_path / "a"))
    (tables,) = cache.iterdir()
    before = (tables / "keys.marisa").stat().st_mtime_ns
    open_ontology(write_slices(tmp_path / "b"))
    assert [path.name for path in cache.iterdir()] == [tables.name]
    assert (tables / "keys.marisa").stat().st_mtime_ns == before


def test_compiled_tables_are_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = []
    for name in ("one", "two"):
        monkeypatch.setenv("KG_CACHE_DIR", str(tmp_path / name))
        open_ontology(write_slices(tmp_path / f"slices-{name}"))
        (tables,) = (tmp_path / name).iterdir()
        content.append({path.name: path.read_bytes() for path in tables.iterdir()})
    assert content[0] == content[1]


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ("D1\tA\n", "line 1 has 2 columns instead of 6"),
        ("D1\tA\t\t0\t\t\nD1\tA\t\t0\t\t\n", "MESH:D1 occurs twice"),
    ],
)
def test_a_malformed_slice_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: str, problem: str) -> None:
    monkeypatch.setenv("KG_CACHE_DIR", str(tmp_path / "cache"))
    slices = write_slices(tmp_path / "slices")
    replace_file(slices, "mesh.concepts.tsv.xz", lzma.compress(rows.encode()))
    with pytest.raises(OntologyError, match=problem):
        open_ontology(slices)
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_file_that_is_not_packed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_CACHE_DIR", str(tmp_path / "cache"))
    slices = write_slices(tmp_path / "slices")
    replace_file(slices, "cl.terms.tsv.xz", b"plain text")
    with pytest.raises(OntologyError, match="cannot be unpacked"):
        open_ontology(slices)


def test_a_cache_that_cannot_be_written_is_told(tmp_path: Path, slices: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("KG_CACHE_DIR", str(tmp_path / "file"))
    copy = tmp_path / "slices"
    shutil.copytree(slices, copy)
    with pytest.raises(OntologyError, match="set KG_CACHE_DIR"):
        open_ontology(copy)


def replace_file(slices: Path, name: str, data: bytes) -> None:
    """Put other content into a slice, and its checksum into the manifest."""
    old = hashlib.sha256((slices / name).read_bytes()).hexdigest()
    (slices / name).write_bytes(data)
    manifest = slices / "manifest.toml"
    manifest.write_text(manifest.read_text().replace(old, hashlib.sha256(data).hexdigest()))
