from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.sources import FORMATS, detect_format, read_documents

JATS = b'<?xml version="1.0"?><!DOCTYPE article SYSTEM "x.dtd"><!-- c --><article><front/></article>'
PUBTATOR = b"1|t|Title\n1|a|Abstract\n"
JSON_LINES = b'{"id": "1", "title": "T"}\n{"id": "2", "title": "U"}\n'
BIOC = b"<collection><source>PMC</source><document><id>1</id></document></collection>"
BIOC_JSON = b'[{"source": "PMC", "documents": [{"id": "1", "infons": {}, "passages": []}]}]'
TRIAL = b'{"protocolSection": {"identificationModule": {"nctId": "NCT00000001"}}'
CSL = b'[\n {"id": "a", "title": "T", "DOI": "10.1/x"}\n]'


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.nxml", JATS, "jats"),
        ("a", JATS, "jats"),
        ("a.txt", JATS, "jats"),
        ("a.xml", b"\xef\xbb\xbf" + JATS, "jats"),
        ("a.xml", JATS.decode().encode("utf-16"), "jats"),
        ("a.xml", b"<pmc-articleset><article/></pmc-articleset>", "jats"),
        ("a.xml", b"<PubmedArticleSet><PubmedArticle/></PubmedArticleSet>", "pubmed"),
        ("a.xml.gz", gzip.compress(b"<?xml version='1.0'?><PubmedArticleSet/>"), "pubmed"),
        ("a.nxml", b"<PubmedArticle/>", "pubmed"),
        ("a.xml", BIOC, "bioc"),
        ("a.bioc", b'<!DOCTYPE collection SYSTEM "BioC.dtd">' + BIOC, "bioc"),
        ("0.BioC.XML", b"<b:collection xmlns:b='x'/>", "bioc"),
        ("a.json", BIOC_JSON, "bioc-json"),
        ("a", b"\xef\xbb\xbf" + BIOC_JSON, "bioc-json"),
        ("a.jsonl", b'{"_id": "1|None", "infons": {}, "passages": [{"text": "T"}]}\n', "bioc-json"),
        ("a.nxml", b'{"PubTator3" : [{"passages" : []}]}', "bioc-json"),
        ("a.biocjson", b'{"passages": []}', "bioc-json"),
        ("a.jsonl", rb'{"id": "1", "title": "\"passages\": [ \"infons\": {"}', "jsonl"),
        ("a.json", b'[{"id": "a", "title": "T", "passages": ["1"]}]', "csl-json"),
        ("a.json", TRIAL + b', "infons": {}, "passages": []}', "clinical-trials"),
        ("a.json", TRIAL + b"}", "clinical-trials"),
        ("a.txt", PUBTATOR, "pubtator"),
        ("a.pubtator", PUBTATOR, "pubtator"),
        ("a.jsonl", JSON_LINES, "jsonl"),
        ("a.json", JSON_LINES, "jsonl"),
        ("a", b'{"id": "1", "title": "T"}', "jsonl"),
        ("a.json", CSL, "csl-json"),
        ("a", CSL, "csl-json"),
        ("a.json", b'{"id": "a", "title": "T", "container-title": "J"}', "csl-json"),
        ("a.json", b'{\n"id": "a",\n"title": "T"}', "csl-json"),
        ("a.json", b"[]", "csl-json"),
        ("a.txt", b"\r\nTY  - JOUR\r\n", "ris"),
        ("a.ris", b"Provider: x\nTY  - JOUR\n", "ris"),
        ("a.txt", b"TY  - 5 is a score", "text"),
        ("a.txt", b"PMID- 123\nOWN - NLM\n", "medline"),
        ("a.nbib", b"\nPMID- 123\n", "medline"),
        ("a", b"@article{doe2020,\n", "bibtex"),
        ("a.txt", b"\xef\xbb\xbf% Encoding: UTF-8\n\n@Comment{jabref-meta: x;}", "bibtex"),
        ("a", b"@string{j = {J}}", "bibtex"),
        ("a.bib", b"Only text", "bibtex"),
        ("a.txt", b"@someone said so {really}", "text"),
        ("a.md", b"Only text", "markdown"),
        ("a.MD", b"<p>html in it</p>", "markdown"),
        ("a", b"# Heading\n\ntext", "markdown"),
        ("a.txt", b"# Heading\n\ntext", "text"),
        ("a.txt", b"<i>S. aureus</i> and asthma", "text"),
        ("a", b"[1] Some text", "text"),
        ("a.dat", b"Some text", "text"),
    ],
)
def test_detection(tmp_path: Path, name: str, content: bytes, expected: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert detect_format(path) == expected
    assert expected in FORMATS


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.pdf", b"%PDF-1.7 ...", "is a PDF"),
        ("a.docx", b"PK\x03\x04...", "the zip archive is damaged"),
        ("a.xml", b"<html><body/></html>", "is XML with the root element 'html', which no format here has"),
        ("a.xml", b"no xml", "not well-formed XML (syntax error)"),
    ],
)
def test_what_is_none_of_the_formats(tmp_path: Path, name: str, content: bytes, problem: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SourceError) as caught:
        detect_format(path)
    assert caught.value.problem == problem
    assert caught.value.remedy


def test_unknown_format_name(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"text")
    with pytest.raises(SourceError, match="unknown format 'tei'; formats: jats"):
        list(read_documents(path, "tei"))


def test_an_error_of_the_whole_file_goes_to_the_handler_once(tmp_path: Path) -> None:
    errors: list[SourceError] = []
    assert list(read_documents(tmp_path / "none", on_error=errors.append)) == []
    assert [e.problem for e in errors] == ["no such file"]


def test_a_given_format_wins(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"# A\n\ntext")
    assert next(read_documents(path, "text")).title == "# A"
