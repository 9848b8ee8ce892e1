"""Small questions to JATS elements, whatever namespace they are in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from lxml import etree

from kg.sources.characters import squeeze
from kg.sources.safe_xml import entity_text

Element: TypeAlias = etree._Element

XLINK_HREF: Final = "{http://www.w3.org/1999/xlink}href"
XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def names(words: str) -> frozenset[str]:
    """Return the element names in a space-separated list."""
    return frozenset(words.split())


def local(element: Element) -> str:
    """Return the name without its namespace; empty for what is no element (an entity reference)."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element, *names: str) -> list[Element]:
    """Return the child elements, of these names if any are given."""
    return [child for child in element if (name := local(child)) and (not names or name in names)]


def child(element: Element | None, *path: str) -> Element | None:
    """Follow a path of names, always to the first child of that name; None when it breaks off."""
    for name in path:
        if element is None:
            return None
        element = next(iter(children(element, name)), None)
    return element


def descendants(element: Element, *names: str) -> Iterator[Element]:
    """Yield the descendants of these names in document order, those of sub-articles and responses excepted."""
    for found in element:
        name = local(found)
        if name in ("sub-article", "response") or not name:
            continue
        if name in names:
            yield found
        yield from descendants(found, *names)


def raw_text(element: Element) -> str:
    """Return all text of an element as it stands, entities resolved."""
    parts = [element.text or ""]
    for node in element:
        if isinstance(node, etree._Entity):
            parts.append(entity_text(node))
        else:
            parts.append(raw_text(node))
        parts.append(node.tail or "")
    return "".join(parts)


def text_of(element: Element | None) -> str:
    """Return all text of an element on one line; empty for None."""
    return "" if element is None else squeeze(raw_text(element))


def spaced_text(element: Element) -> str:
    """Return all text of an element with a space between its parts, for elements that write no punctuation."""
    parts = [element.text or ""]
    for node in element:
        parts += [entity_text(node) if isinstance(node, etree._Entity) else spaced_text(node), node.tail or ""]
    return squeeze(" ".join(parts))


def person_name(element: Element) -> str:
    """Return "Given Surname Suffix" of a ``name`` or ``string-name``."""
    parts = [text_of(child(element, part)) for part in ("given-names", "surname", "suffix")]
    return " ".join(part for part in parts if part) or text_of(element)
