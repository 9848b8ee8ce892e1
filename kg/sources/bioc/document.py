"""From the parts of a BioC document to a `Document`."""

from __future__ import annotations

from kg import bibliographic_ids as ids
from kg.model import Document
from kg.sources.assembly import TextBuilder, empty_document
from kg.sources.bioc.annotations import foreign_annotations
from kg.sources.bioc.bibliography import read_paper, read_references
from kg.sources.bioc.parts import BioCDocument
from kg.sources.bioc.passages import PassageWriter, title_of
from kg.sources.characters import squeeze


def to_document(record: BioCDocument, name: str, where: str) -> Document:
    """Return the document.

    The offsets are those of our own text; BioC's count in the text of whoever wrote the file, and are not looked at.

    Args:
        record: the document as the file has it.
        name: its id when the file gives none.
        where: its place, for the message.

    Raises:
        SourceError: it has neither a title nor any text.
    """
    title = title_of(record.passages)
    builder = TextBuilder(title)
    PassageWriter(builder).write(record.passages)
    if builder.is_empty:
        raise empty_document(where)
    given = squeeze(record.id)
    fallback = ids.from_input_id(given) if given else ids.from_content(title, builder.text)
    return builder.build(
        given or name,
        read_paper(record, title, fallback),
        references=read_references(record.passages),
        foreign=foreign_annotations(record),
    )
