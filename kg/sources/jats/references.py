"""Reference lists: every ``ref`` as one or, where it bundles several works, more `Reference`s."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg import bibliographic_ids as ids
from kg.identifiers import Curie
from kg.model import Reference
from kg.sources.characters import squeeze
from kg.sources.jats.elements import (
    XLINK_HREF,
    Element,
    children,
    descendants,
    local,
    person_name,
    spaced_text,
    text_of,
)

CITATIONS: Final = ("element-citation", "mixed-citation", "nlm-citation", "citation")
_TITLES: Final = ("article-title", "chapter-title", "data-title", "trans-title", "part-title")
_PLACE: Final = ("year", "volume", "issue", "fpage", "lpage")
_SEPARATE: Final = ("given-names", "surname", "pub-id", "collab", "name", "string-name")
_NOT_PRINTED: Final = ("person-group", "name", "string-name", "pub-id", "label")
_ID_READERS: Final = {"doi": ids.doi, "pmid": ids.pmid, "pmcid": ids.pmc, "pmc": ids.pmc}


@dataclass(frozen=True, slots=True)
class Entry:
    """A ``ref`` element: the ids that point at it or into it, the number it is printed with, its references.

    `keys` maps each XML id to the keys of the references it stands for.
    """

    keys: dict[str, tuple[str, ...]]
    number: int
    references: tuple[Reference, ...]


def read_references(article: Element) -> list[Entry]:
    """Return the entries of all reference lists in document order.

    A `Reference.key` is the id of its ``ref`` (``ref-<position>`` when it has none); the second and later works of one
    ``ref`` add ``.2``, ``.3`` to it.
    """
    entries: list[Entry] = []
    taken: set[str] = set()
    for position, ref in enumerate(descendants(article, "ref"), start=1):
        key = ref.get("id") or f"ref-{position}"
        while key in taken:
            key += "'"
        taken.add(key)
        entries.append(_entry(ref, key, position))
    return entries


def _entry(ref: Element, key: str, position: int) -> Entry:
    label = re.search(r"\d+", text_of(next(iter(children(ref, "label")), None)))
    works = _works(ref)
    references = []
    keys: dict[str, tuple[str, ...]] = {}
    for number, forms in enumerate(works, start=1):
        name = key if number == 1 else f"{key}.{number}"
        references.append(_reference(forms, name))
        keys |= {xml_id: (name,) for form in forms if (xml_id := form.get("id"))}
    keys[key] = tuple(reference.key for reference in references)
    value = int(label[0]) if label and len(label[0]) < 6 else position
    return Entry(keys, value, tuple(references))


def _works(ref: Element) -> list[list[Element]]:
    """Return the works of a ``ref``, each with its forms (the same citation marked up in two ways)."""
    works: list[list[Element]] = []
    for element in children(ref):
        if local(element) in CITATIONS:
            forms = [element]
        elif local(element) == "citation-alternatives":
            forms = children(element, *CITATIONS)
        else:
            continue
        twin = next((work for work in works if _same(work, forms)), None)
        if twin is not None:
            twin += forms
        elif forms:
            works.append(forms)
    return works or [[ref]]


def _same(one: list[Element], other: list[Element]) -> bool:
    """Tell whether two citations differ in form only: other markup, but an identifier or the title in common."""
    if {local(e) for e in one} & {local(e) for e in other}:
        return False
    shared = set(_identifiers(one)) & set(_identifiers(other))
    title = _first(one, *_TITLES).lower()
    return bool(shared) or bool(title and title == _first(other, *_TITLES).lower())


def _reference(forms: list[Element], key: str) -> Reference:
    year = re.search(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)", _first(forms, "year"))
    return Reference(
        key=key,
        text=_printed(forms),
        identifiers=_identifiers(forms),
        title=_first(forms, *_TITLES) or None,
        authors=_authors(forms),
        journal=_first(forms, "source") or None,
        year=int(year[0]) if year else None,
        volume=_first(forms, "volume") or None,
        first_page=_first(forms, "fpage", "elocation-id") or None,
    )


def _first(forms: list[Element], *names: str) -> str:
    """Return the text of the first element of these names that has any; earlier names win."""
    for name in names:
        for form in forms:
            for element in descendants(form, name):
                if text := text_of(element):
                    return text
    return ""


def _identifiers(forms: list[Element]) -> tuple[Curie, ...]:
    found: list[Curie | None] = []
    for form in forms:
        for element in descendants(form, "pub-id", "object-id"):
            reader = _ID_READERS.get((element.get("pub-id-type") or "").lower())
            found.append(reader(text_of(element)) if reader else None)
        for link in descendants(form, "ext-link", "uri"):
            kind = (link.get("ext-link-type") or "").lower()
            addresses = (link.get(XLINK_HREF) or "", text_of(link))
            found += [ids.doi(address) for address in addresses if "doi" in kind + address.lower()]
        comments = (text_of(comment) for comment in descendants(form, "comment"))
        found += [ids.doi(text) for text in comments if re.match(r"\W*doi\b", text, re.IGNORECASE)]
    return ids.collect(*found)


def _authors(forms: list[Element]) -> tuple[str, ...]:
    """Return the authors; the editors of the book around a chapter only when there are no authors."""
    for form in forms:
        groups = children(form, "person-group")
        authors = [g for g in groups if g.get("person-group-type") in (None, "author")]
        names = [
            person_name(e) if local(e) != "collab" else text_of(e)
            for parent in (form, *(authors or groups))
            for e in children(parent, "name", "string-name", "collab")
        ]
        if names := [name for name in names if name]:
            return tuple(names)
    return ()


def _printed(forms: list[Element]) -> str:
    """Return the citation as text: as printed where the file keeps punctuation, else put together from its parts."""
    for form in forms:
        if (form.text and form.text.strip()) or any(node.tail and node.tail.strip() for node in form):
            return squeeze(_unglued(form))
    return _composed(forms[0])


def _unglued(element: Element) -> str:
    """Return the text with a space between neighbours that only markup parts ("SmithJ", an id behind the pages)."""
    text = element.text or ""
    for node in children(element):
        part = _unglued(node)
        touching = text[-1:].isalnum() or (local(node) == "pub-id" and text[-1:] in (".", ",", ";"))
        if local(node) in _SEPARATE and touching and part[:1].isalnum():
            text += " "
        text += part + (node.tail or "")
    return text


def _composed(form: Element) -> str:
    """Return "Authors. Title. Source. Year;Volume(Issue):First-Last. Rest"."""
    authors = [person_name(e) for e in descendants(form, "name", "string-name")]
    field = {name: text_of(next(iter(children(form, name)), None)) for name in _PLACE}
    pages = "-".join(page for page in (field["fpage"], field["lpage"]) if page)
    place = field["year"] + (f";{field['volume']}" if field["volume"] else "")
    place += (f"({field['issue']})" if field["issue"] else "") + (f":{pages}" if pages else "")
    main = [element for element in children(form) if local(element) in (*_TITLES, "source")]
    rest = [e for e in children(form) if e not in main and local(e) not in (*_PLACE, *_NOT_PRINTED)]
    parts = [", ".join(name for name in authors if name), *map(text_of, main), place, *map(spaced_text, rest)]
    return ". ".join(part.rstrip(".") for part in parts if part)
