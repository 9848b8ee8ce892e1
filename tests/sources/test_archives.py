from __future__ import annotations

import gzip
import io
import json
import os
import stat
import tarfile
import tempfile
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.model import Relation
from kg.sources import archives, detect_format, read_documents
from kg.sources.streams import fail

TEXT = b"A title\n\nA text.\n"
PUBTATOR = b"7|t|Seven\n7|a|Text.\n"
BIOC = b"<collection><document><id>8</id><passage><text>Eight.</text></passage></document></collection>"
LINES = b'{"id": "%d", "title": "Some title", "abstract": "Some text."}\n'

Files = list[tuple[str, bytes]]
KINDS = ["a.tar", "a.tar.gz", "a.tgz", "a.zip", "a"]


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Temporary files of a test go to a folder of its own, which is empty again at the end."""
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.rglob("*")) == []


def pack(path: Path, files: Files) -> Path:
    """Write an archive of the kind that the name says; one without an ending is a zip."""
    if path.suffix in ("", ".zip"):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, data in files:
                packed.writestr(name, data)
        return path
    with tarfile.open(path, "w" if path.suffix == ".tar" else "w:gz") as archive:
        for name, data in files:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def read(path: Path, form: str | None = None) -> tuple[list[str], list[str]]:
    """Return the ids of the documents, and the messages less the archive's path."""
    errors: list[SourceError] = []
    ids = [document.id for document in read_documents(path, form, on_error=errors.append)]
    assert all(str(error).startswith(f"{path}: ") and "; " in str(error) for error in errors)
    return ids, [str(error).removeprefix(f"{path}: ") for error in errors]


@pytest.mark.parametrize("name", KINDS)
def test_every_format_in_every_archive(tmp_path: Path, name: str) -> None:
    files = [
        ("one.txt", TEXT),
        ("in/two.md", b"# Two\n\nText.\n"),
        ("in/three.pubtator.gz", gzip.compress(PUBTATOR)),
        ("in/four.xml", BIOC),
        ("in/deeper/five.jsonl", LINES % 1 + LINES % 2),
        ("in/six.nxml", b"<article><body><p>Six.</p></body></article>"),
        ("in/seven", json.dumps({"documents": [{"id": "j", "passages": [{"text": "T."}]}]}).encode()),
    ]
    path = pack(tmp_path / name, files)
    assert detect_format(path) == "archive"
    assert read(path) == (["one", "two", "7", "8", "1", "2", "six", "j"], [])


@pytest.mark.parametrize("name", KINDS)
def test_a_bad_member_does_not_stop_the_rest(tmp_path: Path, name: str) -> None:
    files = [
        ("bad.pubtator", PUBTATOR + b"nonsense\n\n9|t|Nine\n"),
        ("x/latin.txt", b"Caf\xe9"),
        ("x/empty.txt", b""),
        ("x/none.xml", b"<collection><source>x</source></collection>"),
        ("x/none.jsonl", b"\n\n"),
        ("x/page.xml", b"<html/>"),
        ("inner.tar", pack(tmp_path / "inner.tar", [("a.txt", TEXT)]).read_bytes()),
        ("good.txt", TEXT),
    ]
    ids, errors = read(pack(tmp_path / name, files))
    assert ids == ["9", "good"]
    assert [error.partition("; ")[0] for error in errors] == [
        "bad.pubtator:3: a line of 'nonsense' inside document '7'",
        "x/latin.txt:1: byte 0xE9 at offset 3 is not UTF-8",
        "x/empty.txt: the file is empty",
        "x/none.xml: holds no BioC document",
        "x/none.jsonl: holds no document",
        "x/page.xml: is XML with the root element 'html', which no format here has",
        "inner.tar: is an archive inside an archive",
    ]


@pytest.mark.parametrize("name", KINDS)
def test_strict_reading_raises_with_the_member(tmp_path: Path, name: str) -> None:
    path = pack(tmp_path / name, [("a.txt", TEXT), ("b/c.jsonl", LINES % 1 + b"{\n")])
    with pytest.raises(SourceError) as caught:
        list(read_documents(path))
    assert caught.value.where == f"{path}: b/c.jsonl:2"


@pytest.mark.parametrize("name", KINDS)
def test_ids_stay_unique(tmp_path: Path, name: str) -> None:
    files = [(member, TEXT + member.encode()) for member in ("a.txt", "b/a.txt", "b/a.md", "c/a.txt", "a.md")]
    files += [("p.pubtator", PUBTATOR), ("q.pubtator", PUBTATOR)]
    ids, errors = read(pack(tmp_path / name, files))
    assert ids == ["a", "b/a", "a-3", "c/a", "a-5", "7"]
    assert [error.partition(";")[0] for error in errors] == ["q.pubtator:1: the id '7' occurs twice"]


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("evil", ["../../evil.txt", "/evil.txt", "..\\..\\evil.txt", "C:\\evil.txt", "x/../evil.txt"])
def test_no_path_leads_out(tmp_path: Path, name: str, evil: str) -> None:
    folder = tmp_path / "in" / "deep"
    folder.mkdir(parents=True)
    path = pack(folder / name, [(evil, TEXT)])
    before = sorted(tmp_path.rglob("*"))
    assert read(path) == (["evil"], [])
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("name", ["a.tar", "a.zip"])
@pytest.mark.parametrize("odd", ["..", ".", "x/..", "a\x01\nb", "\u202e" * 3, "z" * 5000 + ".txt", "\u00e9" * 200])
def test_odd_names(tmp_path: Path, name: str, odd: str) -> None:
    ids, errors = read(pack(tmp_path / name, [(odd, TEXT), ("b.txt", TEXT)]))
    assert "b" in ids
    assert all("\n" not in error for error in errors)


def test_links_and_devices_are_passed_over(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_bytes(b"A secret\n\nText.")
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as archive:
        for number, kind in enumerate((tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE)):
            info = tarfile.TarInfo(f"{number}.txt")
            info.type, info.linkname = kind, str(secret)
            archive.addfile(info)
        info = tarfile.TarInfo("0.txt")
        info.size = len(TEXT)
        archive.addfile(info, io.BytesIO(TEXT))
    assert [d.title for d in read_documents(path)] == ["A title"]
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as packed:
        link = zipfile.ZipInfo("0.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        packed.writestr(link, os.fsencode(secret))
        packed.writestr("folder/", b"")
        packed.writestr("1.txt", TEXT)
    assert [d.title for d in read_documents(path)] == ["A title"]


@pytest.mark.parametrize("name", ["a.tar.gz", "a.zip"])
def test_what_comes_with_documents_is_passed_over(tmp_path: Path, name: str) -> None:
    others = [
        "README.txt",
        "x/readme",
        "license.txt",
        "x/fig1.JPG",
        "paper.pdf",
        "BioC.dtd",
        "__MACOSX/a.txt",
        ".hid.txt",
    ]
    path = pack(tmp_path / name, [*((other, b"\xff\xd8nothing") for other in others), ("a.txt", TEXT)])
    assert read(path) == (["a"], [])
    assert read(pack(tmp_path / name, [("paper.pdf", b"%PDF")]))[1][0].startswith("holds no document")


def test_the_format_given_is_that_of_the_members(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", [("a.pubtator", PUBTATOR)])
    assert next(read_documents(path, "text")).title == "7|t|Seven"
    assert next(read_documents(path, "archive")).title == "Seven"


def test_members_keep_their_own_relation(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", [("a.json", b'[{"id": "a", "title": "T", "DOI": "10.1000/a"}]'), ("b.txt", TEXT)])
    assert [d.relation for d in read_documents(path)] == [Relation.RELATED, Relation.PRIMARY]
    assert {d.relation for d in read_documents(path, relation=Relation.CITED)} == {Relation.CITED}


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tgz"])
def test_a_file_that_is_only_called_an_archive(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"Just text")
    assert read(path)[1][0].startswith("is neither a tar nor a zip archive")


def test_office_documents_and_damaged_zips(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", [("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")])
    assert read(path) == ([], ["is an office document; save it as text"])
    path.write_bytes(pack(tmp_path / "b.zip", [("a.txt", TEXT)]).read_bytes()[:-30])
    assert read(path) == ([], ["the zip archive is damaged; fetch it again"])
    assert read(pack(path, []))[1][0].startswith("holds no document")


def test_damage_inside_a_zip_costs_one_member(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as packed:
        for name in ("a.txt", "b.txt", "c.txt"):
            packed.writestr(name, TEXT + name.encode())
    path.write_bytes(path.read_bytes().replace(TEXT + b"b.txt", b"B" + TEXT[1:] + b"b.txt"))
    assert read(path) == (["a", "c"], ["b.txt: is damaged in the zip archive; fetch it again"])


def test_zip_members_that_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("a.txt", TEXT, zipfile.ZIP_LZMA)
        packed.writestr("b.txt", TEXT)
        packed.writestr("c.txt", TEXT)
    raw = bytearray(path.read_bytes())
    raw[raw.rindex(b"PK\x01\x02", 0, raw.rindex(b"PK\x01\x02")) + 8] |= 1
    path.write_bytes(raw)
    assert read(path) == (
        ["c"],
        [
            "a.txt: is compressed by a method that is not read; use deflate",
            "b.txt: is encrypted; unpack it with its password",
        ],
    )


def test_a_tar_that_is_cut_short(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.tar", [("a.txt", TEXT), ("b.txt", TEXT * 100)])
    path.write_bytes(path.read_bytes()[:2000])
    assert read(path) == (["a"], ["the tar archive is cut short; fetch it again"])
    path = pack(tmp_path / "a.tar.gz", [("a.txt", TEXT), ("b.txt", os.urandom(200_000))])
    path.write_bytes(path.read_bytes()[:150_000])
    assert read(path) == (["a"], ["the gzip file is cut short; fetch it again"])


def test_bombs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = (b" " * 1000 + b"\n") * 10_000
    told = "expands to more than 100 times its size; if you trust it, decompress it yourself and give the result"
    assert read(pack(tmp_path / "a.zip", [("b.txt", bomb), ("c.txt", TEXT)])) == (["c"], [f"b.txt: {told}"])
    assert read(pack(tmp_path / "a.tar.gz", [("a.txt", TEXT), ("b.txt", bomb)]))[1] == [told]
    inside = pack(tmp_path / "a.tar", [("b.txt.gz", gzip.compress(bomb)), ("c.txt", TEXT)])
    assert read(inside) == (["c"], [f"b.txt.gz: {told}"])
    monkeypatch.setattr(archives, "MAX_MEMBER", 2**20)
    assert read(pack(tmp_path / "a.tar", [("b.txt", bomb), ("c.txt", TEXT)]))[0] == ["c"]


def test_members_that_share_their_data(tmp_path: Path) -> None:
    """Many entries of the list lead to one stretch of the file: each is harmless, all together are not."""
    path = pack(tmp_path / "a.zip", [("a.txt", os.urandom(40_000).hex().encode() * 50)])
    raw = path.read_bytes()
    start = raw.rindex(b"PK\x01\x02")
    end = raw.rindex(b"PK\x05\x06")
    count = 500
    entries = raw[start:end] * count
    tail = bytearray(raw[end:])
    tail[8:10] = tail[10:12] = count.to_bytes(2, "little")
    tail[12:16] = len(entries).to_bytes(4, "little")
    path.write_bytes(raw[:start] + entries + tail)
    errors: list[SourceError] = []
    read_ids = [d.id for d in read_documents(path, on_error=errors.append)]
    assert len(read_ids) < count // 5
    assert errors[-1].problem == "expands to more than 100 times its size"


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = pack(tmp_path / "a.zip", [("a.txt", TEXT), ("b.txt", TEXT)])

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "open", full)
    told = "a member cannot be copied to a temporary file (No space left on device); set TMPDIR to a folder with room"
    with pytest.raises(SourceError) as caught:
        archives._Member(path, "a.txt", tmp_path / "copy", fail).copy_from(iter([TEXT]))
    assert str(caught.value) == f"{path}: {told}"


def test_an_archive_that_is_left_early_leaves_nothing_behind(tmp_path: Path) -> None:
    documents = read_documents(pack(tmp_path / "a.zip", [("a.jsonl", LINES % 1 + LINES % 2), ("b.txt", TEXT)]))
    assert next(documents).id == "1"
    documents.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["a.tar.gz", "a.zip"])
def test_many_members_stream_in_constant_memory(tmp_path: Path, name: str) -> None:
    path = pack(tmp_path / name, [(f"{n}.txt", b"Title\n\n" + os.urandom(10_000).hex().encode()) for n in range(600)])
    tracemalloc.start()
    assert sum(1 for _ in read_documents(path)) == 600
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4_000_000
