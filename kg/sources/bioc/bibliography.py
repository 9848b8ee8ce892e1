"""The bibliographic facts in the infons of a BioC document: the paper's own and those of its references."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from kg import bibliographic_ids as ids
from kg.identifiers import Curie
from kg.model import Paper, Reference
from kg.sources.bioc.parts import BioCDocument, BioCPassage, Infons
from kg.sources.bioc.passages import title_passage
from kg.sources.characters import squeeze
from kg.sources.dates import iso_date

_NAME: Final = re.compile(r"name_(\d{1,6})")
_YEAR: Final = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_CITED_AS: Final = re.compile(r"([^;]+);\s*(\d{4})(?:\s+([A-Z][a-z]{2})[a-z]*(?:\s+(\d{1,2})(?!\d))?)?(?!\w)")
"""PubTator's journal, which is a whole citation: ``Knee J; 2020 Feb 3 ; 7 (1) 12-9. doi:10.1000/1``."""
_CREATIVE_COMMONS: Final = re.compile(r"https?://creativecommons\.org/(?:licenses|publicdomain)/[\w./-]*[\w/]")
_LONGEST_LICENCE: Final = 60
"""Characters of a licence's name; BioC-PMC also has whole statements of permission."""
_PLACE: Final = ("source", "year", "volume", "issue", "fpage", "lpage", "elocation-id")


def read_paper(record: BioCDocument, title: str, fallback: Curie) -> Paper:
    """Return the paper; `fallback` names one without any identifier.

    Its facts are those of the document and of its title passage.
    """
    front = _front(record)
    infons = {**front, **record.infons}
    identifiers = _identifiers(record, infons)
    best = ids.best(identifiers) or fallback
    cited_as = _CITED_AS.match(_get(infons, "journal"))
    return Paper(
        id=best,
        title=title,
        identifiers=ids.collect(best, *identifiers),
        authors=_authors(infons),
        journal=(squeeze(cited_as[1]) if cited_as else _get(infons, "journal", "journal-title")) or None,
        date=_date(infons, cited_as),
        licence=_licence(front, record.infons),
    )


def _front(record: BioCDocument) -> Infons:
    """Return the infons of the title or, when there is none, of the first passage."""
    passage = title_passage(record.passages) or next(iter(record.passages), None)
    return {} if passage is None or passage.is_reference else passage.infons


def _get(infons: Infons, *keys: str) -> str:
    """Return the first infon of these keys that says something, on one line."""
    return next((text for key in keys if (text := squeeze(infons.get(key, "")))), "")


def _identifiers(record: BioCDocument, infons: Infons) -> tuple[Curie, ...]:
    found = [
        ids.doi(_get(infons, "article-id_doi", "doi")) or ids.doi(_get(infons, "journal")),
        ids.pmid(_get(infons, "article-id_pmid", "pmid")),
        ids.pmc(_get(infons, "article-id_pmc", "pmcid")),
    ]
    return ids.collect(*found, _id_of_document(record, ids.collect(*found)))


def _id_of_document(record: BioCDocument, known: tuple[Curie, ...]) -> Curie | None:
    """Return the CURIE that the document's id is, or None.

    Bare digits say nothing by themselves: they are a PubMed Central id in BioC-PMC, and in PubTator a PubMed id unless
    the document has them as its PubMed Central id.
    """
    name, source = squeeze(record.id), record.source.lower()
    if not (name.isascii() and name.isdigit()):
        curie = ids.from_input_id(name)
        return None if curie.startswith("MSCKG:") else curie
    if "pmc" in source or "pubmed central" in source:
        kind, curie_of = "PMC:", ids.pmc(name)
    elif any(word in source for word in ("pubtator", "pubmed", "medline")):
        kind, curie_of = "PMID:", ids.pmid(name)
    else:
        return None
    is_known = any(curie.startswith(kind) or curie == f"PMC:{name.lstrip('0')}" for curie in known)
    return None if is_known else curie_of


def _date(infons: Infons, cited_as: re.Match[str] | None) -> str | None:
    """Return the date: that of the citation when it is of the year that the infons give, else the year."""
    year = _year(_get(infons, "year")) or _year(_get(infons, "date")[:4])
    if cited_as and (exact := iso_date(*(part or "" for part in cited_as.groups()[1:]))):
        return exact if not year or exact.startswith(str(year)) else str(year)
    return str(year) if year else None


def _year(text: str) -> int | None:
    found = _YEAR.search(text)
    return int(found[0]) if found else None


def _authors(infons: Infons) -> tuple[str, ...]:
    """Return the authors in order: of the numbered names, else of PubTator's list."""
    numbered = sorted((int(match[1]), key) for key in infons if (match := _NAME.fullmatch(key)))
    names = [_person(infons[key]) for _, key in numbered] or _get(infons, "authors").split(",")
    return tuple(dict.fromkeys(name for name in map(squeeze, names) if name))


def _person(text: str) -> str:
    """Return "Given Surname Suffix" of ``surname:X;given-names:Y``; what is written otherwise stays as it is."""
    parts = {key.strip(): value for key, colon, value in (p.partition(":") for p in text.split(";")) if colon}
    name = " ".join(parts[key] for key in ("given-names", "surname", "suffix") if parts.get(key))
    return name or (text if not parts else "")


def _licence(*holders: Infons) -> str | None:
    """Return the address of a Creative Commons licence, else the short name of the licence."""
    values = [_get(infons, "license") for infons in holders]
    if found := next((match for value in values if (match := _CREATIVE_COMMONS.search(value))), None):
        return found[0]
    return next((value for value in values if value and len(value) <= _LONGEST_LICENCE), None)


def read_references(passages: Sequence[BioCPassage]) -> tuple[Reference, ...]:
    """Return the reference list; a `Reference.key` is ``ref-<position>``, for BioC has no citations to point at it.

    The passage is the title of the reference when infons tell the rest of it, else the reference as printed.
    """
    entries = [p for p in passages if p.is_reference and not p.type.endswith("title") and "title_" not in p.type]
    found = (_reference(entry, f"ref-{number}") for number, entry in enumerate(entries, start=1))
    return tuple(reference for reference in found if reference.text or reference.identifiers)


def _reference(entry: BioCPassage, key: str) -> Reference:
    infons, text = entry.infons, squeeze(entry.text)
    authors = _authors(infons)
    is_parsed = bool(authors) or any(_get(infons, part) for part in _PLACE)
    identifiers = ids.collect(
        ids.doi(_get(infons, "pub-id_doi")),
        ids.pmid(_get(infons, "pub-id_pmid")),
        ids.pmc(_get(infons, "pub-id_pmc", "pub-id_pmcid")),
    )
    return Reference(
        key=key,
        text=_printed(infons, authors, text) if is_parsed else text,
        identifiers=identifiers,
        title=(text or None) if is_parsed else None,
        authors=authors,
        journal=_get(infons, "source") or None,
        year=_year(_get(infons, "year")),
        volume=_get(infons, "volume") or None,
        first_page=_get(infons, "fpage", "elocation-id") or None,
    )


def _printed(infons: Infons, authors: tuple[str, ...], title: str) -> str:
    """Return "Authors. Title. Source. Year;Volume(Issue):First-Last"."""
    source, year, volume, issue, first, last, electronic = (_get(infons, key) for key in _PLACE)
    pages = "-".join(page for page in (first or electronic, last) if page)
    place = year + (f";{volume}" if volume else "") + (f"({issue})" if issue else "") + (f":{pages}" if pages else "")
    return ". ".join(part.rstrip(".") for part in (", ".join(authors), title, source, place) if part)
