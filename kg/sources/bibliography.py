"""What all bibliographies have in common: from the fields of a record to a document.

Reference managers write the same facts in several formats, and the same habits show in all of them: PMID and PMCID in
a note, a DOI only in the address, HTML in titles. The documents are *related* literature unless the caller knows
better: that a paper stands in somebody's bibliography does not make it a cited one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kg import bibliographic_ids as ids
from kg.errors import SourceError
from kg.identifiers import Curie
from kg.model import Document, Paper, Relation, Section
from kg.sources.assembly import TextBuilder
from kg.sources.characters import squeeze

_MARKUP: Final = re.compile(r"</?(?:jats:)?(?:i|b|em|strong|sub|sup|sc|span|italic|bold|u|xref)\b[^<>]*>", re.I)
_BLOCK: Final = re.compile(r"</?(?:jats:)?(?:p|title|sec|list|list-item|ul|ol|li|div|br|h[1-6])\b[^<>]*>", re.I)
"""Elements that part words: ``Background</h4>Cells`` are two."""
_ABSTRACT: Final = re.compile(r"^\s*<(?:jats:)?title>\s*Abstract\s*</(?:jats:)?title>", re.I)
"""What Crossref puts before an abstract says nothing."""
_POWER: Final = re.compile(r"(?<![\d.,])10<(?:jats:)?sup>\s?([-+\u2212\u2013]?\d+)\s?</(?:jats:)?sup>", re.IGNORECASE)
_NOTE: Final = re.compile(r"[\s;,]*(PMID|PMCID|DOI)\s*:\s*(\S+)", re.IGNORECASE)
_LABELLED: Final = re.compile(r"\s*(\S+)\s?\[(pmid|pmcid|doi)\]\s*", re.IGNORECASE)
_WEB: Final = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_DOI_ADDRESS: Final = re.compile(r"https?://(?:dx\.|www\.)?doi\.org/", re.IGNORECASE)
_PUBMED_ADDRESS: Final = re.compile(
    r"https?://(?:pubmed\.ncbi\.nlm\.nih\.gov|(?:www\.)?ncbi\.nlm\.nih\.gov/pubmed)/(\d+)(?![^/?#])", re.IGNORECASE
)
_PMC_ADDRESS: Final = re.compile(
    r"https?://(?:(?:www\.)?ncbi\.nlm\.nih\.gov/pmc|pmc\.ncbi\.nlm\.nih\.gov)/articles/(PMC\d+)(?![^/?#])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class BibliographyEntry:
    """What one record says of a paper: texts without markup on one line each, empty where the record is silent.

    `name` becomes the id of the document; when empty, the paper's best identifier does. `identifiers` are in the
    order of trust: of each kind the first one counts, since a note may also name another paper (an erratum, a
    comment).
    """

    title: str
    abstract: str = ""
    name: str = ""
    identifiers: tuple[Curie | None, ...] = ()
    authors: tuple[str, ...] = ()
    journal: str = ""
    date: str | None = None
    url: str | None = None
    publication_types: tuple[str, ...] = ()
    retracted: bool = False

    def to_document(self, where: object, key: str = "") -> Document:
        """Return the document: title and, where there is one, abstract.

        Args:
            where: the place of the record, for the message.
            key: what the record is called there, if anything.

        Raises:
            SourceError: there is no title.
        """
        if not self.title:
            problem = f"{key} has no title" if key else "has no title"
            raise SourceError(problem, where=where, remedy="add its title or leave it out")
        identifiers = first_of_each(self.identifiers)
        authors = tuple(author for author in self.authors if author)
        best = ids.best(identifiers) or ids.from_content(self.title, authors, self.date)
        paper = Paper(
            id=best,
            title=self.title,
            identifiers=ids.collect(best, *identifiers),
            authors=authors,
            journal=self.journal or None,
            date=self.date,
            url=self.url,
            publication_types=self.publication_types,
            retracted=self.retracted,
        )
        builder = TextBuilder(self.title)
        builder.add(Section.ABSTRACT, self.abstract)
        return builder.build(self.name or best, paper, relation=Relation.RELATED)


def first_of_each(candidates: Iterable[Curie | None]) -> tuple[Curie, ...]:
    """Return the first identifier of each kind (DOI, PMID, ...) among those that are there."""
    found: dict[str, Curie] = {}
    for curie in candidates:
        if curie is not None:
            found.setdefault(curie.partition(":")[0], curie)
    return tuple(found.values())


def plain(text: str) -> str:
    """Return `text` on one line, without HTML; a power of ten keeps its meaning ("10<sup>6</sup>" is "10^6")."""
    return squeeze(html.unescape(_MARKUP.sub("", _BLOCK.sub(" ", _POWER.sub(r"10^\1", _ABSTRACT.sub("", text))))))


def person(family: str, given: str = "", suffix: str = "") -> str:
    """Return "Given Family Suffix", as far as there is any of these."""
    return " ".join(part for part in map(squeeze, (given, family, suffix)) if part)


def web_address(value: str) -> str | None:
    """Return `value` if it is an address of the web, without the white space around it."""
    match = _WEB.fullmatch(value.strip())
    return match[0] if match else None


def from_address(value: str) -> Curie | None:
    """Return the identifier that an address of doi.org, PubMed or PubMed Central is made of, or None.

    The addresses of publishers hold DOIs too, but nothing says where they end.
    """
    value = value.strip()
    if _DOI_ADDRESS.match(value):
        return ids.doi(value)
    if match := _PUBMED_ADDRESS.match(value):
        return ids.pmid(match[1])
    if match := _PMC_ADDRESS.match(value):
        return ids.pmc(match[1])
    return None


def from_note(note: str) -> Iterator[Curie | None]:
    """Yield the identifiers that lines of a note begin with: ``PMID: 1``, ``PMCID: PMC2``, ``DOI: 10.1000/x``.

    One in the middle of a line ("Comment in: Cells. PMID: 3") is that of another paper.
    """
    for line in note.splitlines():
        position = 0
        while match := _NOTE.match(line, position):
            yield _identifier(match[1], match[2].rstrip(";,."))
            position = match.end()


def from_labelled(value: str) -> Curie | None:
    """Return the identifier in NLM's way of writing one with its kind: ``10.1000/x [doi]``, ``1[pmid]``."""
    match = _LABELLED.fullmatch(value)
    return _identifier(match[2], match[1]) if match else None


def _identifier(kind: str, value: str) -> Curie | None:
    read = {"PMID": ids.pmid, "PMCID": ids.pmc, "DOI": ids.doi}[kind.upper()]
    return read(value)
