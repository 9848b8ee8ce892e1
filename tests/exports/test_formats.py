from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import GraphError, QueryError
from kg.exports import FORMATS, export
from kg.exports.formats import files_of

COMPUTED = sorted(name for name, each in FORMATS.items() if each.module != "as_built")


def lines_of(folder: Path) -> list[bytes]:
    with (folder / "graph.nq").open("rb") as file:
        return file.readlines()


def bytes_of(folder: Path, name: str, out: Path) -> list[bytes]:
    return [file.read_bytes() for file in export(folder, name, out)]


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_folder_gets_files_named_after_the_study(folder: Path, tmp_path: Path, name: str) -> None:
    files = export(folder, name, tmp_path)
    assert [file.name for file in files] == [f"tiny{ending}" for ending in FORMATS[name].endings]
    assert sorted(tmp_path.iterdir()) == sorted(files)
    assert all(file.stat().st_size for file in files)


def test_paths() -> None:
    one, two = FORMATS["cx2"], FORMATS["kgx-tsv"]
    assert files_of(one, Path("a/b.json"), "tiny") == (Path("a/b.json"),)
    assert files_of(two, Path("a/b"), "tiny") == (Path("a/b_nodes.tsv"), Path("a/b_edges.tsv"))
    assert files_of(two, Path("a/b.tsv"), "tiny") == (Path("a/b_nodes.tsv"), Path("a/b_edges.tsv"))
    assert files_of(two, Path("a/b.c"), "tiny") == (Path("a/b.c_nodes.tsv"), Path("a/b.c_edges.tsv"))


def test_an_unknown_format_is_told_with_the_known_ones(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(GraphError, match=r"unknown format 'owl'; formats: kgx-tsv, kgx-jsonl, cx2, .*csv$"):
        export(folder, "owl", tmp_path)


def test_two_files_do_not_fit_a_device(folder: Path) -> None:
    with pytest.raises(GraphError, match="/dev/null: neo4j has several files"):
        export(folder, "neo4j", Path("/dev/null"))


def test_one_file_may_be_a_device(folder: Path) -> None:
    assert export(folder, "cx2", Path("/dev/null")) == (Path("/dev/null"),)
    assert not Path("/dev/null").is_file()


@pytest.mark.parametrize("name", COMPUTED)
def test_without_a_graph(tmp_path: Path, name: str) -> None:
    with pytest.raises(QueryError, match="no such graph"):
        export(tmp_path, name, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", [b"\x00\xff", b"<a> <b> <c> <g> .\n<a> <b> "])
def test_a_graph_that_is_none(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "graph.nq").write_bytes(text)
    with pytest.raises(QueryError, match="is no readable N-Quads"):
        export(tmp_path, "cx2", tmp_path / "out")


@pytest.mark.parametrize("name", COMPUTED)
def test_an_empty_graph_makes_no_nonsense(tmp_path: Path, name: str) -> None:
    (tmp_path / "graph.nq").write_bytes(b"")
    if name == "nanopub":
        with pytest.raises(GraphError, match="a node has no prov:wasGeneratedBy"):
            export(tmp_path, name, tmp_path / "out")
    else:
        export(tmp_path, name, tmp_path / "out")


@pytest.mark.parametrize("name", COMPUTED)
def test_a_graph_without_what_every_build_writes(folder: Path, tmp_path: Path, name: str) -> None:
    kept = [line for line in lines_of(folder) if b"#subject>" not in line]
    (tmp_path / "graph.nq").write_bytes(b"".join(kept))
    out = tmp_path / "out"
    out.mkdir()
    before = out / f"{tmp_path.name}{FORMATS[name].endings[-1]}"
    before.write_text("old")
    if name == "jsonld":
        export(tmp_path, name, out)
        return
    with pytest.raises(GraphError, match="a node has no rdf:subject"):
        export(tmp_path, name, out)
    assert [file.name for file in out.iterdir()] == [before.name]
    assert before.read_text() == "old"


@pytest.mark.parametrize("name", ["nanopub", "jsonld", "kgx-tsv"])
def test_blank_nodes_are_refused(folder: Path, tmp_path: Path, name: str) -> None:
    association = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/biolink/vocab/Association>"
    whole = (folder / "graph.nq").read_text(encoding="utf-8") + f"_:b {association} .\n"
    (tmp_path / "graph.nq").write_text(whole, encoding="utf-8")
    with pytest.raises(GraphError, match="has no name"):
        export(tmp_path, name, tmp_path / "out")


@pytest.mark.parametrize("name", COMPUTED)
def test_the_order_of_the_quads_makes_no_difference(folder: Path, tmp_path: Path, name: str) -> None:
    lines = lines_of(folder)
    random.Random(7).shuffle(lines)
    shuffled = tmp_path / "tiny"
    shuffled.mkdir()
    (shuffled / "graph.nq").write_bytes(b"".join(lines))
    (out := tmp_path / "out").mkdir()
    assert bytes_of(folder, name, out) == bytes_of(shuffled, name, tmp_path)


def test_the_same_bytes_whatever_the_hash_seed(folder: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from kg.exports import export\n"
        "for name in sys.argv[3:]: export(Path(sys.argv[1]), name, Path(sys.argv[2]))"
    )
    written = []
    for seed in ("1", "2"):
        (out := tmp_path / seed).mkdir()
        command = [sys.executable, "-c", code, str(folder), str(out), *COMPUTED]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
        written.append({file.name: file.read_bytes() for file in out.iterdir()})
    assert written[0] == written[1]
    assert len(written[0]) == sum(len(FORMATS[name].endings) for name in COMPUTED)


@pytest.mark.parametrize(
    ("name", "source"),
    [("nquads", "graph.nq"), ("turtle", "graph.ttl"), ("graphml", "graph.graphml"), ("csv", "evidence.csv")],
)
def test_what_a_build_writes_is_copied(folder: Path, tmp_path: Path, name: str, source: str) -> None:
    (out,) = export(folder, name, tmp_path / "deep" / "copy")
    assert out.read_bytes() == (folder / source).read_bytes()
    with pytest.raises(GraphError, match=f"{source}: no such file of the build; build the study again"):
        export(tmp_path, name, tmp_path / "other")
