"""From an annotated document to the parts of BioC."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from kg.identifiers import Curie
from kg.model import AnnotatedDocument, Document, Mention, Passage, Section
from kg.writers.bioc.characters import writable
from kg.writers.bioc.parts import BioCAnnotation, BioCDocument, BioCPassage, Infons
from kg.writers.bioc.relations import relations
from kg.writers.pubtator import mentions

_SECTIONS: Final[Mapping[Section, tuple[str, str]]] = MappingProxyType(
    {
        Section.TITLE: ("TITLE", "title"),
        Section.ABSTRACT: ("ABSTRACT", "abstract"),
        Section.SUMMARY: ("SUMMARY", "paragraph"),
        Section.INTRODUCTION: ("INTRO", "paragraph"),
        Section.METHODS: ("METHODS", "paragraph"),
        Section.RESULTS: ("RESULTS", "paragraph"),
        Section.DISCUSSION: ("DISCUSS", "paragraph"),
        Section.CONCLUSION: ("CONCL", "paragraph"),
        Section.CAPTION: ("FIG", "fig_caption"),
        Section.TABLE: ("TABLE", "table"),
        Section.SUPPLEMENT: ("SUPPL", "paragraph"),
        Section.BODY: ("BODY", "paragraph"),
    }
)
"""Infons ``section_type`` and ``type`` of a passage, as BioC-PMC has them (doi:10.1093/bioinformatics/btz070).

``SUMMARY`` and ``BODY`` are ours: BioC-PMC has no name for them.
"""
_IDENTIFIERS: Final = MappingProxyType(
    {"doi": ("article-id_doi", ""), "PMID": ("article-id_pmid", ""), "PMC": ("article-id_pmc", "PMC")}
)
"""The infon of each kind of identifier of a paper, as BioC-PMC has it, and what its value begins with."""


def to_bioc(annotated: AnnotatedDocument) -> BioCDocument:
    """Return the parts of a document: its passages with their offsets, its mentions and its assertions.

    Annotations are named ``T1``, ``T2`` ... in the order of `mentions`. BioC wants at least one passage: a text without
    any is one.
    """
    document = annotated.document
    text = writable(document.text)
    passages = document.passages or (Passage(Section.BODY, 0, len(text)),)
    held: list[list[BioCAnnotation]] = [[] for _ in passages]
    named: list[tuple[BioCAnnotation, tuple[Curie, ...]]] = []
    for mention, curies in mentions(annotated):
        for place, start, end in _pieces(mention, passages):
            identifier = writable("|".join(curies)) or "-"
            annotation = BioCAnnotation(
                id=f"T{len(named) + 1}",
                infons={"type": str(mention.type), "identifier": identifier},
                offset=start,
                length=end - start,
                text=text[start:end],
            )
            held[place].append(annotation)
            named.append((annotation, curies))
    return BioCDocument(
        id=writable(document.id),
        infons=_paper(document),
        passages=tuple(
            BioCPassage(_section(passage), passage.start, text[passage.start : passage.end], tuple(annotations))
            for passage, annotations in zip(passages, held, strict=True)
        ),
        relations=relations(annotated.assertions, named),
    )


def _pieces(mention: Mention, passages: Sequence[Passage]) -> Iterator[tuple[int, int, int]]:
    """Yield where a mention is: number of the passage, start and end.

    That is one place, for no mention should cross a passage's border. One that does is cut at it, so that every
    annotation lies in its passage, with an id of its own.
    """
    last_started = bisect_left(passages, mention.end, key=_start)
    for place in range(max(0, bisect_right(passages, mention.start, key=_start) - 1), last_started):
        start, end = max(mention.start, passages[place].start), min(mention.end, passages[place].end)
        if start < end:
            yield place, start, end


def _start(passage: Passage) -> int:
    return passage.start


def _paper(document: Document) -> Infons:
    """Return the identifiers of the paper; of several of one kind the first counts."""
    infons: dict[str, str] = {}
    for curie in document.paper.identifiers:
        prefix, _, value = curie.partition(":")
        if prefix in _IDENTIFIERS:
            key, begin = _IDENTIFIERS[prefix]
            infons.setdefault(key, writable(begin + value))
    return infons


def _section(passage: Passage) -> Infons:
    section_type, kind = _SECTIONS[passage.section]
    infons = {"section_type": section_type, "type": kind}
    return infons | {"heading": writable(passage.heading)} if passage.heading else infons
