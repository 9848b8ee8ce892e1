"""What the XML and the JSON of BioC have in common: documents, passages, annotations, each with its infons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

Infons: TypeAlias = Mapping[str, str]
"""Key and value pairs that say what a part is; BioC leaves the keys to whoever made the collection."""


@dataclass(frozen=True, slots=True)
class BioCAnnotation:
    """An annotation: the text that it marks and what is said of it. Its place in the text is not kept."""

    text: str
    infons: Infons


@dataclass(frozen=True, slots=True)
class BioCPassage:
    """A passage; `text` is as the file has it, or its sentences joined by one space each."""

    text: str
    infons: Infons
    annotations: tuple[BioCAnnotation, ...] = ()

    @property
    def section_type(self) -> str:
        """The kind of section, in upper case (``INTRO``); empty when the file does not say."""
        return self.infons.get("section_type", "").strip().upper()

    @property
    def type(self) -> str:
        """The kind of passage, in lower case (``paragraph``, ``title_1``); empty when the file does not say."""
        return self.infons.get("type", "").strip().lower()

    @property
    def is_reference(self) -> bool:
        """Whether it belongs to the reference list: an entry, or the list's heading."""
        return self.section_type == "REF" or self.type == "ref"


@dataclass(frozen=True, slots=True)
class BioCDocument:
    """A document; `source` is the name that its collection gives for where the texts come from (``PubTator``)."""

    id: str
    source: str
    infons: Infons
    passages: tuple[BioCPassage, ...]


def join_sentences(sentences: list[str]) -> str:
    """Return the text of a passage that only has sentences."""
    return " ".join(sentence for sentence in sentences if sentence.strip())
