from __future__ import annotations

import gzip
import io
import tarfile
import tracemalloc
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.sources.tar_stream import is_tar, iter_tar

LONG = "a/" * 200 + "\u00e9.txt"


def member(name: str, data: bytes = b"", kind: bytes = tarfile.REGTYPE, size: int | None = None) -> bytes:
    """Return one member, without the pax headers that a whole archive may have."""
    info = tarfile.TarInfo(name)
    info.type, info.size = kind, len(data) if size is None else size
    return info.tobuf(tarfile.GNU_FORMAT) + data + bytes(-len(data) % tarfile.BLOCKSIZE)


def written(path: Path, files: Iterable[tuple[str, bytes]], form: int = tarfile.PAX_FORMAT) -> Path:
    with tarfile.open(path, "w", format=form) as archive:
        for name, data in files:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def contents(path: Path) -> list[tuple[str, bytes]]:
    return [(name, b"".join(chunks)) for name, chunks in iter_tar(path)]


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_every_form(tmp_path: Path, form: int) -> None:
    files = [("a.txt", b"A" * 512), ("b/c.txt", b"B" * 1000), ("e" * 90 + "/" + "f" * 90, b""), ("d.txt", b"D")]
    if form != tarfile.USTAR_FORMAT:
        files.insert(1, (LONG, b"long"))
    path = written(tmp_path / "a.tar", files, form)
    assert is_tar(path.read_bytes())
    assert contents(path) == files


names = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=150).filter(
    lambda name: not name.endswith("/")
)


@given(st.lists(st.tuples(names, st.binary(max_size=1500)), min_size=1, max_size=4))
def test_what_tarfile_writes_is_read(tmp_path_factory: pytest.TempPathFactory, files: list[tuple[str, bytes]]) -> None:
    assert contents(written(tmp_path_factory.mktemp("t") / "a.tar", files)) == files


def test_gzip_and_the_old_form(tmp_path: Path) -> None:
    path = tmp_path / "a.tar.gz"
    old = bytearray(member("a.txt", b"A"))
    old[257:512] = bytes(255)
    old[148:156] = b" " * 8
    old[148:156] = b"%06o\0 " % sum(old[:512])
    path.write_bytes(gzip.compress(bytes(old)))
    assert contents(path) == [("a.txt", b"A")]


@pytest.mark.parametrize(
    "kind",
    [tarfile.LNKTYPE, tarfile.SYMTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE],
)
def test_links_folders_and_devices_are_passed_over(tmp_path: Path, kind: bytes) -> None:
    path = tmp_path / "a.tar"
    path.write_bytes(member("x", kind=kind, size=5000) + member("a.txt", b"A"))
    assert contents(path) == [("a.txt", b"A")]


def test_what_is_unknown_is_passed_over_with_its_data(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    comment = member("pax_global_header", b"16 comment=abcd\n", tarfile.XGLTYPE)
    path.write_bytes(comment + member("x", b"X" * 600, b"V") + member("a.txt", b"A") + bytes(1024) + b"rubbish")
    assert contents(path) == [("a.txt", b"A")]


def test_a_name_counts_for_one_member(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    longer = member("x", b"b.txt\0", tarfile.GNUTYPE_LONGNAME) + member("x", b"to\0", tarfile.GNUTYPE_LONGLINK)
    path.write_bytes(longer + member("short", b"B") + member("c.txt", b"C"))
    assert contents(path) == [("b.txt", b"B"), ("c.txt", b"C")]


def test_a_size_in_a_pax_header_counts(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    path.write_bytes(
        member("x", b"10 size=3\n12 path=b c\n", tarfile.XHDTYPE) + member("b", b"BCD", size=0) + member("d", b"D")
    )
    assert contents(path) == [("b c", b"BCD"), ("d", b"D")]


def test_a_content_that_is_not_read_is_passed_over(tmp_path: Path) -> None:
    path = written(tmp_path / "a.tar", [("a", b"A" * 200_000), ("b", b"B")])
    assert [name for name, _ in iter_tar(path)] == ["a", "b"]
    assert [(name, len(next(chunks))) for name, chunks in iter_tar(path)] == [("a", 65536), ("b", 1)]


@pytest.mark.parametrize(
    ("behind", "problem"),
    [
        (b"x" * 512, "the tar archive is damaged"),
        (b"x" * 100, "the tar archive is cut short"),
        (member("b", b"B" * 600)[:1000], "the tar archive is cut short"),
        (member("b", b"B", tarfile.GNUTYPE_SPARSE), "holds a sparse file"),
        (member("b", size=-1), "the tar archive is damaged"),
        (member("b", kind=tarfile.GNUTYPE_LONGNAME, size=-1), "has a header of -1 bytes"),
        (member("b", kind=tarfile.GNUTYPE_LONGNAME, size=2**40), f"has a header of {2**40} bytes"),
        (member("b", kind=tarfile.XHDTYPE, size=2**40), f"has a header of {2**40} bytes"),
        (member("b", b"9 path=x\n9999 y=z\n", tarfile.XHDTYPE), "the tar archive is damaged"),
        (member("b", b"0 path=x\n", tarfile.XHDTYPE), "the tar archive is damaged"),
        (member("b", b"path=x\n", tarfile.XHDTYPE), "the tar archive is damaged"),
        (member("b", b"8 path=xyz\n", tarfile.XHDTYPE), "the tar archive is damaged"),
        (member("b", b"10 size=x\n", tarfile.XHDTYPE) + member("b"), "the tar archive is damaged"),
    ],
)
def test_damage_is_told_and_never_taken_for_the_end(tmp_path: Path, behind: bytes, problem: str) -> None:
    path = tmp_path / "a.tar"
    path.write_bytes(member("a.txt", b"A") + behind)
    read: list[str] = []

    def read_all() -> None:
        for name, chunks in iter_tar(path):
            read.extend(name for _ in chunks)

    with pytest.raises(SourceError) as caught:
        read_all()
    assert read[0] == "a.txt"
    assert (caught.value.problem, caught.value.where) == (problem, str(path))


@pytest.mark.parametrize("head", [b"", b"text", b"x" * 2000, bytes(2000), b"1|t|Title\n" * 100])
def test_what_is_no_tar(head: bytes) -> None:
    assert not is_tar(head)


def test_memory_is_constant(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    path.write_bytes(member("a", b"A" * 20_000_000) + member("b", b"B") * 5000)
    tracemalloc.start()
    assert sum(len(data) for _, chunks in iter_tar(path) for data in chunks) == 20_005_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000
