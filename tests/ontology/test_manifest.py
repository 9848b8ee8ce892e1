from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.ontology.manifest import read_manifest
from tests.ontology.tiny import write_slices


def test_slices_with_versions_and_a_stable_fingerprint(slices: Path, tmp_path: Path) -> None:
    manifest = read_manifest(slices)
    assert [s.name for s in manifest.slices] == ["mesh", "cl", "uberon", "ncbitaxon", "msckg"]
    assert [(v.name, v.version) for v in manifest.versions][:2] == [("mesh", "1"), ("cl", "1")]
    assert manifest.fingerprint == read_manifest(write_slices(tmp_path)).fingerprint


def test_an_altered_file_is_refused_with_its_name(tmp_path: Path) -> None:
    write_slices(tmp_path)
    (tmp_path / "vocabulary.ttl").write_text("# altered")
    with pytest.raises(OntologyError, match=r"vocabulary\.ttl: does not have the checksum.*make ontologies"):
        read_manifest(tmp_path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    write_slices(tmp_path)
    (tmp_path / "cl.terms.tsv.xz").unlink()
    with pytest.raises(OntologyError, match=r"cl\.terms\.tsv\.xz: cannot be read"):
        read_manifest(tmp_path)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "has no \\[slice"),
        ("[slice", "cannot be read"),
        ("[slice.mesh]\nprefix = 'MESH'", "incomplete"),
        ("[slice.x]\nprefix='CL'\nversion='1'\nlicence='l'\nsha256='no table'", "incomplete"),
    ],
)
def test_a_malformed_manifest_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "manifest.toml").write_text(text)
    with pytest.raises(OntologyError, match=problem):
        read_manifest(tmp_path)


def test_no_manifest(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"manifest\.toml: no manifest"):
        read_manifest(tmp_path)
