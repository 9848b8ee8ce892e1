"""The formats, how a file's format is told, and the one way to read documents from a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final, Protocol

from kg.errors import SourceError
from kg.model import Document, Relation
from kg.sources import (
    archives,
    bibtex,
    bioc,
    clinical_trials,
    csl_json,
    jats,
    jsonl,
    medline,
    plain_text,
    pubmed_xml,
    pubtator,
    ris,
    summary_markdown,
)
from kg.sources.assembly import Located
from kg.sources.characters import excerpt
from kg.sources.safe_xml import root_name
from kg.sources.streams import ErrorHandler, fail, read_head


class Reader(Protocol):
    """Reads one format.

    A bad record is given to `report`, which raises or returns; when it returns, reading goes on with the next
    record. What makes the rest of the file unreadable is raised.
    """

    def __call__(self, path: Path, report: ErrorHandler) -> Iterator[Located]:
        """Yield the documents of the file in their order."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, what it is, the file name endings that suggest it, and its reader."""

    name: str
    description: str
    endings: tuple[str, ...]
    reader: Reader


def _read_archive(path: Path, report: ErrorHandler) -> Iterator[Located]:
    """Yield the documents of an archive, each member in the format that is told from it."""
    return archives.read(path, report, _read_member)


def _read_member(path: Path, report: ErrorHandler) -> Iterator[Located]:
    name = detect_format(path)
    if name == ARCHIVE:
        raise SourceError("is an archive inside an archive", where=path, remedy="unpack it and name the files")
    return FORMATS[name].reader(path, report)


ARCHIVE: Final = "archive"
"""The format that holds files of the other ones."""

FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        form.name: form
        for form in (
            Format("jats", "JATS or NLM article XML", (".nxml", ".xml", ".jats"), jats.read),
            Format("pubmed", "PubMed XML: PubmedArticleSet", (".xml",), pubmed_xml.read),
            Format("bioc", "BioC as XML", (".bioc",), bioc.read_xml),
            Format("bioc-json", "BioC as JSON (BioC-PMC, PubTator)", (".biocjson",), bioc.read_json),
            Format("pubtator", "PubTator: id|t|, id|a|, annotations", (".pubtator", ".pubtator3"), pubtator.read),
            Format("jsonl", "JSON Lines with id, title, abstract", (".jsonl", ".ndjson"), jsonl.read),
            Format("clinical-trials", "records of ClinicalTrials.gov as JSON", (), clinical_trials.read),
            Format("csl-json", "bibliography as CSL-JSON", (".json", ".csl", ".csljson"), csl_json.read),
            Format("ris", "bibliography as RIS", (".ris",), ris.read),
            Format("medline", "PubMed export in tagged lines", (".nbib", ".medline"), medline.read),
            Format("bibtex", "bibliography as BibTeX or BibLaTeX", (".bib", ".bibtex"), bibtex.read),
            Format("markdown", "Markdown, summary pages too", (".md", ".markdown"), summary_markdown.read),
            Format("text", "plain text in UTF-8", (".txt", ".text"), plain_text.read),
            Format(ARCHIVE, "tar, tar.gz or zip of such files", (".tar", ".tgz", ".zip"), _read_archive),
        )
    }
)
"""The formats by name. Of formats that share an ending, the first is the one that the ending alone suggests."""

_REMEDY: Final = "formats: " + ", ".join(f"{form.name} ({form.description})" for form in FORMATS.values())
_BINARY: Final = (
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"BZh", "compressed by bzip2"),
    (b"\xfd7zXZ", "compressed by xz"),
    (b"\x28\xb5\x2f\xfd", "compressed by Zstandard"),
)
_JSON_LINE: Final = re.compile(r'\s*\{.*"(?:id|title|abstract)"\s*:.*\}\s*')


_HEAD: Final = 20_000
_TRIAL: Final = re.compile(r'"protocolSection"\s*:|\{"id"\s*:\s*"NCT\d{8}".*"conditions"\s*:\s*\[')
"""What only records of ClinicalTrials.gov have: the API's root, or a flat record with its list of conditions."""

_BIOC: Final = re.compile(r'"passages"\s*:\s*\[')
_BIOC_TOO: Final = re.compile(r'"(?:documents|PubTator3)"\s*:\s*\[|"infons"\s*:\s*\{')
"""What only BioC has; inside a string, where an abstract might talk of it, the quotes would be escaped."""

_XML: Final = re.compile(r"<(?:\?xml|!DOCTYPE|!--|[A-Za-z])")
_XML_IN_TEXT: Final = re.compile(r"<(?:\?xml|!DOCTYPE|(?:article|Pubmed(?:Book)?Article(?:Set)?)[\s>])")
"""A file that is named as text may begin with a tag ("<i>S. aureus</i> ...") and be no XML."""


_ROOTS: Final = MappingProxyType(
    {"article": "jats", "pmc-articleset": "jats", "collection": "bioc", **dict.fromkeys(pubmed_xml.ROOTS, "pubmed")}
)
"""The formats in XML by root element: their files have the same ending."""
_BIBLIOGRAPHY_STARTS: Final = MappingProxyType({"ris": ris.START, "medline": medline.START, "bibtex": bibtex.START})


def detect_format(path: Path | str) -> str:
    """Return the name of the format of a file (a key of `FORMATS`), from its name and its first 64 KB.

    What the content cannot be mistaken for wins over the name: archives, XML, PubTator, RIS, MEDLINE, BibTeX, JSON. Of
    the rest, a name ending in ``.md`` or a first line that is a heading makes it Markdown, and any other text is plain
    text.

    Raises:
        SourceError: the file cannot be opened, is none of the formats, or is a damaged zip archive.
    """
    path = Path(path)
    head = read_head(path)
    for magic, kind in _BINARY:
        if head.startswith(magic):
            raise SourceError(f"is {kind}", where=path, remedy=_REMEDY)
    if archives.is_archive(path):
        return ARCHIVE
    ending = _ending(path)
    by_name = next((form.name for form in FORMATS.values() if ending in form.endings), None)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) and by_name != "jats":
        return by_name or "text"
    text = head.decode("utf-8-sig", errors="replace").lstrip()
    if by_name == "markdown":
        return by_name
    if text[:1] in ("[", "{") and _TRIAL.search(text[:_HEAD]):
        return "clinical-trials"
    if text[:1] in ("[", "{") and _BIOC.search(text) and _BIOC_TOO.search(text):
        return "bioc-json"
    tag = _XML_IN_TEXT if by_name == "text" else _XML
    if by_name == "jats" or tag.match(text):
        return _xml_format(path)
    first = text.partition("\n")[0]
    if pubtator.TEXT_LINE.fullmatch(first.rstrip("\r")):
        return "pubtator"
    for name, start in _BIBLIOGRAPHY_STARTS.items():
        if start.match(text):
            return name
    if by_name in ("jsonl", "pubtator", "bioc-json"):
        return by_name
    if by_name == "csl-json" or text[:1] in ("[", "{"):
        return _json_format(text, first, by_name)
    return by_name or ("markdown" if re.match(r"#{1,6}\s", text) else "text")


def _ending(path: Path) -> str:
    name = path.name.lower().removesuffix(".gz")
    return Path(name).suffix


def _xml_format(path: Path) -> str:
    root = root_name(path)
    if root in _ROOTS:
        return _ROOTS[root]
    raise SourceError(
        f"is XML with the root element {excerpt(root)}, which no format here has", where=path, remedy=_REMEDY
    )


def _json_format(text: str, first: str, by_name: str | None) -> str:
    """Tell a bibliography from JSON Lines and from text that only begins with a bracket."""
    if re.match(r"\[\s*[{\]]", text):
        return "csl-json"
    if _JSON_LINE.fullmatch(first) and (text.count("\n") > 0 and text.partition("\n")[2].lstrip()[:1] == "{"):
        return "jsonl"
    if text[:1] == "{":
        is_reference = re.search(r'"(?:DOI|container-title|issued|items)"\s*:', text)
        return "csl-json" if is_reference or not _JSON_LINE.fullmatch(first) else "jsonl"
    return by_name or "text"


def read_documents(
    path: Path | str,
    format: str | None = None,  # noqa: A002 - the name that a caller expects
    *,
    on_error: ErrorHandler | None = None,
    relation: Relation | None = None,
    unique_ids: bool = True,
) -> Iterator[Document]:
    """Yield the documents of a file, in their order.

    Formats of many documents (PubTator, BioC, JSON Lines, article sets) and archives stream: memory holds one document,
    and the ids seen.
    Offsets, ids and characters are as `Document` and the reader's module say.

    Args:
        path: the file; gzip is decompressed, an archive read member by member.
        format: a key of `FORMATS`, of an archive the format of its members; told from each file when None.
        on_error: takes each `SourceError`, one for a bad document, which is then left out, and reading goes on with the
            next; an error of the whole file ends the reading after it was taken. When None, the first error is raised.
        relation: how the documents stand to the study; when None, the reader's own: `Relation.RELATED` for
            bibliographies, else `Relation.PRIMARY`.
        unique_ids: refuse a document whose id an earlier one of this file has.

    Raises:
        SourceError: (only without `on_error`) the file or a document cannot be read, or an id occurs twice.
    """
    if on_error is None:
        yield from _read(Path(path), format, fail, relation, unique_ids)
        return
    try:
        yield from _read(Path(path), format, on_error, relation, unique_ids)
    except SourceError as error:
        on_error(error)


def _read(
    path: Path, name: str | None, report: ErrorHandler, relation: Relation | None, unique_ids: bool
) -> Iterator[Document]:
    if name is not None and name not in FORMATS:
        raise SourceError(f"unknown format {excerpt(name)}", where=path, remedy=f"formats: {', '.join(FORMATS)}")
    reader = FORMATS[name or detect_format(path)].reader
    if reader is not _read_archive and name is not None and archives.is_archive(path):
        reader = partial(archives.read, read_file=reader)
    seen: set[str] = set()
    found = 0
    failed = 0

    def count(error: SourceError) -> None:
        nonlocal failed
        failed += 1
        report(error)

    for located in reader(path, count):
        where, document = located.where, located.document
        if unique_ids and document.id in seen:
            count(
                SourceError(
                    f"the id {excerpt(document.id)} occurs twice", where=where, remedy="give each document its own id"
                )
            )
            continue
        if unique_ids:
            seen.add(document.id)
        found += 1
        yield document if relation is None else replace(document, relation=relation)
    if found == 0 and failed == 0:
        raise SourceError("holds no document", where=path, remedy=_REMEDY)
