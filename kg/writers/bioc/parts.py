"""What the XML and the JSON of BioC have in common: the parts of a collection as they are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

SOURCE: Final = "msc-kg"
"""Source of our collections; a reader takes it for the origin of their annotations."""
KEY_FILE: Final = "msc-kg.key"
"""Name of the file that explains our infons; it lies beside this module."""
DATE: Final = ""
"""Left empty: the same input must give the same bytes on every day."""

Infons: TypeAlias = Mapping[str, str]
"""Key and value pairs that say what a part is; the key file explains them."""


@dataclass(frozen=True, slots=True)
class BioCAnnotation:
    """An annotation of one span: ``text[offset : offset + length]`` of the whole document, in Unicode code points."""

    id: str
    infons: Infons
    offset: int
    length: int
    text: str


@dataclass(frozen=True, slots=True)
class BioCPassage:
    """A passage; `offset` is where it begins in the document."""

    infons: Infons
    offset: int
    text: str
    annotations: tuple[BioCAnnotation, ...]


@dataclass(frozen=True, slots=True)
class BioCNode:
    """One side of a relation: the id of an annotation, and the part that it plays (``subject``, ``object``)."""

    refid: str
    role: str


@dataclass(frozen=True, slots=True)
class BioCRelation:
    """A relation between annotations; a side without a mention in the text has no node."""

    id: str
    infons: Infons
    nodes: tuple[BioCNode, ...]


@dataclass(frozen=True, slots=True)
class BioCDocument:
    """A document; ids of annotations and relations are unique in it."""

    id: str
    infons: Infons
    passages: tuple[BioCPassage, ...]
    relations: tuple[BioCRelation, ...]
