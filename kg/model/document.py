"""Papers, their text and their references, as the readers give them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.identifiers import Curie


class Section(StrEnum):
    """Kind of a passage; names follow BioC-PMC's section types, in lower case."""

    TITLE = "title"
    ABSTRACT = "abstract"
    SUMMARY = "summary"
    INTRODUCTION = "introduction"
    METHODS = "methods"
    RESULTS = "results"
    DISCUSSION = "discussion"
    CONCLUSION = "conclusion"
    CAPTION = "caption"
    TABLE = "table"
    SUPPLEMENT = "supplement"
    BODY = "body"


class Relation(StrEnum):
    """How a document of a study came into it."""

    PRIMARY = "primary"
    """The paper that the study is about."""
    CITED = "cited"
    """In the reference list of a primary paper."""
    RELATED = "related"
    """Chosen by the user as related literature; never said to be cited."""


@dataclass(frozen=True, slots=True)
class Paper:
    """Bibliographic facts of one publication (or registry record).

    `id` is the best identifier there is, a CURIE in the order doi, PMID, PMC, NCT; for a text without any,
    ``MSCKG:document/<hash or input id>``. `identifiers` holds every CURIE known, `id` included, sorted.
    `date` is ISO 8601, as exact as known (``2026``, ``2026-02``, ``2026-02-26``). `headings` are the MeSH descriptors
    that indexers gave the paper, sorted: what a person said of it, kept apart from what is read in its text.
    `retracted` tells that the publisher or PubMed marks the paper as retracted.
    """

    id: Curie
    title: str
    identifiers: tuple[Curie, ...] = ()
    authors: tuple[str, ...] = ()
    journal: str | None = None
    date: str | None = None
    licence: str | None = None
    url: str | None = None
    publication_types: tuple[str, ...] = ()
    headings: tuple[Curie, ...] = ()
    retracted: bool = False

    @property
    def year(self) -> int | None:
        """Year of publication, or None when unknown."""
        return int(self.date[:4]) if self.date else None


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of `Document.text` (``text[start:end]``) that belongs to one section.

    A mention, a sentence and a piece of evidence never cross a passage's border.
    """

    section: Section
    start: int
    end: int
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of a reference list; `key` is its id within the document (``B12``).

    `volume` and `first_page` are as printed; with journal and year they find a paper that has no identifier.
    """

    key: str
    text: str
    identifiers: tuple[Curie, ...] = ()
    title: str | None = None
    authors: tuple[str, ...] = ()
    journal: str | None = None
    year: int | None = None
    volume: str | None = None
    first_page: str | None = None


@dataclass(frozen=True, slots=True)
class ReferenceMatch:
    """What a reference without identifier was found to be: entry `key` of `paper`'s list is `identifier`.

    `method` names the service that found it, `confidence` is in [0, 1].
    """

    paper: Curie
    key: str
    identifier: Curie
    method: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Citation:
    """An in-text citation: ``text[start:end]`` points at the references with these keys."""

    start: int
    end: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ForeignAnnotation:
    """Somebody else's annotation that came with the input: compared in the report, never put into the graph."""

    text: str
    type: str
    curie: Curie
    origin: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text to annotate.

    `text` is the title, one separator character, then the other passages in reading order, joined by one
    newline each. All offsets are 0-based, half-open, in Unicode code points of `text`. A document without a
    title starts with the separator (so offsets agree with PubTator's ``title + " " + abstract``).

    `id` is the document's name in its input (PubTator id, JSON Lines id, file stem) and is unique in a batch.
    """

    id: str
    paper: Paper
    text: str
    passages: tuple[Passage, ...]
    references: tuple[Reference, ...] = ()
    citations: tuple[Citation, ...] = ()
    foreign: tuple[ForeignAnnotation, ...] = ()
    relation: Relation = Relation.PRIMARY

    @property
    def title(self) -> str:
        """Text of the title passage; empty when there is none."""
        first = self.passages[0] if self.passages else None
        return self.text[first.start : first.end] if first and first.section is Section.TITLE else ""
