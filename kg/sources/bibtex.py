r"""BibTeX and BibLaTeX, as Zotero, Mendeley, JabRef, EndNote and publishers write it: one document a record.

The syntax is read in `kg.sources.bibtex_syntax`, LaTeX in `kg.sources.latex`. A document is named by its key. Fields
that an entry would inherit (``crossref``) are not looked up: title and authors never are among them.

Source: https://ctan.org/pkg/bibtex (btxdoc) and https://ctan.org/pkg/biblatex, chapter 2.2 on entry fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kg import bibliographic_ids as ids
from kg.errors import SourceError
from kg.identifiers import Curie
from kg.sources.assembly import Located
from kg.sources.bibliography import BibliographyEntry, from_address, from_note, person, plain, web_address
from kg.sources.bibtex_syntax import BibtexEntry, read_entries
from kg.sources.characters import excerpt, squeeze
from kg.sources.dates import iso_date
from kg.sources.latex import latex_to_text
from kg.sources.streams import ErrorHandler

START: Final = re.compile(r"(?:%[^\n]*\n\s*)*@\s*[A-Za-z]+\s*\{\s*[^\s,{}=]*\s*[,=:]")
"""Matches what a file begins with: comments of a program, then ``@article{key,`` or ``@string{name =``."""

_AND: Final = re.compile(r"[{}]| and ", re.IGNORECASE)
_COMMA: Final = re.compile(r"[{}]|,")
_PART: Final = re.compile(r"\s*(family|given|prefix|suffix)(?:-i)?\s*=(.*)", re.IGNORECASE | re.DOTALL)
_SENTENCE_END: Final = (".", "?", "!", ":")


def read(path: Path, report: ErrorHandler) -> Iterator[Located]:
    """Yield a document a record, in order, streaming; a bad record goes to `report` and is left out."""
    for entry in read_entries(path, report):
        try:
            document = _entry(entry).to_document(entry.where, excerpt(entry.key) if entry.key else "")
        except SourceError as error:
            report(error)
            continue
        yield Located(entry.where, document)


def _entry(entry: BibtexEntry) -> BibliographyEntry:
    return BibliographyEntry(
        title=_title(entry),
        abstract=_text(entry, "abstract"),
        name=entry.key,
        identifiers=tuple(_identifiers(entry)),
        authors=tuple(_authors(entry.fields.get("author", ""))),
        journal=_text(entry, "journal", "journaltitle", "booktitle", "shortjournal"),
        date=_date(entry),
        url=web_address(_verbatim(entry, "url")),
    )


def _text(entry: BibtexEntry, *names: str) -> str:
    """Return the first of these fields that has any text."""
    texts = (plain(latex_to_text(entry.fields[name])) for name in names if name in entry.fields)
    return next(filter(None, texts), "")


def _verbatim(entry: BibtexEntry, name: str) -> str:
    return latex_to_text(entry.fields.get(name, ""), verbatim=True)


def _title(entry: BibtexEntry) -> str:
    title, subtitle = _text(entry, "title"), _text(entry, "subtitle")
    if not (title and subtitle):
        return title or subtitle
    return f"{title} {subtitle}" if title.endswith(_SENTENCE_END) else f"{title}: {subtitle}"


def _identifiers(entry: BibtexEntry) -> Iterator[Curie | None]:
    """Yield what names the paper: fields made for it, BibLaTeX's ``eprint``, then notes and the address."""
    yield ids.doi(_verbatim(entry, "doi"))
    yield ids.pmid(_verbatim(entry, "pmid"))
    yield ids.pmc(_verbatim(entry, "pmcid"))
    archive = (_verbatim(entry, "eprinttype") or _verbatim(entry, "archiveprefix")).strip().lower()
    if archive in ("pubmed", "pmid"):
        yield ids.pmid(_verbatim(entry, "eprint"))
    if archive in ("pmc", "pmcid"):
        yield ids.pmc(_verbatim(entry, "eprint"))
    for name in ("note", "annote", "annotation"):
        yield from from_note(_verbatim(entry, name))
    yield from_address(_verbatim(entry, "url"))


def _authors(value: str) -> Iterator[str]:
    """Yield the names of a field of names, which " and " parts."""
    for name in _split(_AND, squeeze(value)):
        if name.strip().lower() != "others":
            yield _author(name)


def _author(name: str) -> str:
    """Return "Given Family" for ``Family, Given`` and ``Family, Suffix, Given``; what has no comma stands as it is.

    BibLaTeX also has ``family=Berg, given=Ann, prefix=van den``.
    """
    parts = _split(_COMMA, name)
    named = {m[1].lower(): _plain(m[2]) for m in map(_PART.fullmatch, parts) if m}
    if named:
        family = f"{named.get('prefix', '')} {named.get('family', '')}"
        return person(family, named.get("given", ""), named.get("suffix", ""))
    family, *others = map(_plain, parts)
    suffix = others[0] if len(others) > 1 else ""
    return person(family, others[-1] if others else "", suffix)


def _plain(value: str) -> str:
    return plain(latex_to_text(value))


def _split(separator: re.Pattern[str], text: str) -> list[str]:
    """Split `text` at what `separator` finds outside of braces; the pattern also finds the braces."""
    parts: list[str] = []
    depth = start = 0
    for match in separator.finditer(text):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth = max(depth - 1, 0)
        elif depth == 0:
            parts.append(text[start : match.start()])
            start = match.end()
    return [*parts, text[start:]]


def _date(entry: BibtexEntry) -> str | None:
    """Return BibLaTeX's ``date`` (of a range its beginning), or ``year``, ``month`` and ``day``.

    BibTeX knows no day; it is written into the month: ``mar # "~15"`` or ``"15~" # mar``.
    """
    written = _verbatim(entry, "date").partition("/")[0].strip().rstrip("~?%")
    if date := iso_date(*written.split("-")[:3]):
        return date
    words = _text(entry, "month").replace(".", " ").split()
    names = [word for word in words if word[:1].isalpha()]
    numbers = [word for word in words if word.isdigit()]
    month = names[0] if names else next(iter(numbers), "")
    day = _text(entry, "day") or (next(iter(numbers), "") if names else "")
    return iso_date(_text(entry, "year"), month, day)
