"""The bibliographic facts of a JATS article."""

from __future__ import annotations

from typing import Final

from kg import bibliographic_ids as ids
from kg.identifiers import Curie
from kg.model import Paper
from kg.sources.dates import iso_date
from kg.sources.jats.elements import XLINK_HREF, Element, child, children, descendants, local, person_name, text_of
from kg.sources.jats.inline import flatten

_ID_READERS: Final = {"doi": ids.doi, "pmid": ids.pmid, "pmc": ids.pmc, "pmcid": ids.pmc, "pmcaid": ids.pmc}
_DATE_ORDER: Final = ("epub", "pub", "ppub", "epub-ppub", "collection", "epreprint")
"""First to be believed first; dates of deposit (pmc-release, nihms-submitted) are no dates of publication."""


def title_of(article: Element) -> str:
    """Return title and subtitle on one line, without footnote marks."""
    group = child(_meta(article), "title-group")
    if group is None:
        return ""
    for element in list(descendants(group, "xref", "fn")):
        if local(element) == "fn" or element.get("ref-type") != "bibr":
            _remove(element)
    parts = [flatten(element).text for element in children(group, "article-title", "subtitle")]
    return ": ".join(part for part in parts if part)


def _remove(element: Element) -> None:
    """Take an element out, leaving the text behind it."""
    parent, tail = element.getparent(), element.tail or ""
    if parent is None:
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def identifiers_of(article: Element) -> tuple[Curie, ...]:
    """Return the DOI, PubMed and PMC ids of the article itself, sorted."""
    meta = _meta(article)
    found: list[Curie | None] = []
    for element in children(meta, "article-id") if meta is not None else []:
        reader = _ID_READERS.get((element.get("pub-id-type") or "").lower())
        found.append(reader(text_of(element)) if reader else None)
    return ids.collect(*found)


def read_paper(article: Element, title: str, fallback: Curie) -> Paper:
    """Return the paper; `fallback` names one without any identifier."""
    meta = _meta(article)
    identifiers = identifiers_of(article)
    best = ids.best(identifiers) or fallback
    return Paper(
        id=best,
        title=title,
        identifiers=ids.collect(best, *identifiers),
        authors=_authors(meta),
        journal=_journal(article),
        date=_date(meta),
        licence=_licence(meta),
        publication_types=_types(article, meta),
    )


def _meta(article: Element) -> Element | None:
    return child(article, "front", "article-meta")


def _journal(article: Element) -> str | None:
    meta = child(article, "front", "journal-meta")
    title = text_of(child(meta, "journal-title-group", "journal-title")) or text_of(child(meta, "journal-title"))
    return title or text_of(child(meta, "journal-id")) or None


def _authors(meta: Element | None) -> tuple[str, ...]:
    names = []
    for group in children(meta, "contrib-group") if meta is not None else []:
        for contrib in children(group, "contrib"):
            if contrib.get("contrib-type", "author") != "author":
                continue
            holders = [contrib, *children(contrib, "name-alternatives")]
            name = next((n for h in holders for n in children(h, "name", "string-name", "collab")), None)
            if name is not None:
                names.append(_group_name(name) if local(name) == "collab" else person_name(name))
    return tuple(name for name in names if name)


def _group_name(collab: Element) -> str:
    """Return the name of a group without its members, which may be listed inside."""
    institution = text_of(child(collab, "institution"))
    return institution or " ".join((collab.text or "").split()) or text_of(collab)


def _date(meta: Element | None) -> str | None:
    """Return the date of first publication, the most exact one of the kind that is believed first."""
    dates: dict[str, str] = {}
    for element in children(meta, "pub-date") if meta is not None else []:
        kind = element.get("pub-type") or element.get("date-type") or "pub"
        iso = (element.get("iso-8601-date") or "")[:10].split("-")
        parts = [text_of(child(element, name)) for name in ("year", "month", "day")]
        if found := iso_date(*parts) or iso_date(*iso[:3]):
            dates[kind] = max(found, dates.get(kind, ""), key=len)
    return next((dates[kind] for kind in _DATE_ORDER if kind in dates), None)


def _licence(meta: Element | None) -> str | None:
    """Return the address of the licence: of the licence element, else in its text (Creative Commons first)."""
    permissions = child(meta, "permissions")
    if permissions is None:
        return None
    addresses: list[str] = []
    for licence in descendants(permissions, "license"):
        addresses.append(licence.get(XLINK_HREF) or "")
        addresses += [text_of(e) for e in descendants(licence, "license_ref")]
        addresses += [e.get(XLINK_HREF) or text_of(e) for e in descendants(licence, "ext-link", "uri")]
    addresses += [text_of(e) for e in children(permissions, "license_ref")]
    addresses = [address.strip() for address in addresses if address.strip().startswith("http")]
    return next((a for a in addresses if "creativecommons.org/licenses/" in a), addresses[0] if addresses else None)


def _types(article: Element, meta: Element | None) -> tuple[str, ...]:
    """Return the article type and the headings that the journal files it under ("Review")."""
    found = [article.get("article-type") or ""]
    categories = child(meta, "article-categories")
    for group in children(categories, "subj-group") if categories is not None else []:
        if group.get("subj-group-type") in (None, "heading"):
            found += [text_of(subject) for subject in children(group, "subject")]
    return tuple(dict.fromkeys(name for name in found if name))
