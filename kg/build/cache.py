"""Annotated documents kept between builds, one file each, so that only what changed is annotated again.

A file's name is the hash of the document and of everything else that its annotation depends on: what is found under
that name is right, and an interrupted build goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import logging
from functools import cache
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from kg.files import replacing_bytes
from kg.model import AnnotatedDocument, Document

_LOG = logging.getLogger(__name__)
_SUFFIX: Final = ".json"


@cache
def _codec() -> TypeAdapter[AnnotatedDocument]:
    return TypeAdapter(AnnotatedDocument)


@cache
def _document_codec() -> TypeAdapter[Document]:
    return TypeAdapter(Document)


class AnnotationCache:
    """A folder of annotated documents, made with one `fingerprint` (see `kg.build.stamp.annotation_fingerprint`)."""

    def __init__(self, folder: Path, fingerprint: str) -> None:
        """Use `folder`, which is made when the first document is stored."""
        self._folder = folder
        self._fingerprint = fingerprint
        self._used: set[str] = set()

    def get(self, document: Document) -> AnnotatedDocument | None:
        """Return the stored annotation of exactly this document, None when there is none."""
        path = self._path(document)
        try:
            annotated = _codec().validate_json(path.read_bytes())
        except OSError:
            return None
        except ValidationError:
            _LOG.warning("%s: not an annotated document, made again", path)
            return None
        self._used.add(path.name)
        return annotated

    def put(self, annotated: AnnotatedDocument) -> None:
        """Store an annotation."""
        path = self._path(annotated.document)
        with replacing_bytes(path) as file:
            file.write(_codec().dump_json(annotated))
        self._used.add(path.name)

    def prune(self) -> None:
        """Remove what neither `get` nor `put` has touched: documents that left the study, older program versions."""
        for path in sorted(self._folder.glob(f"*{_SUFFIX}")):
            if path.name not in self._used:
                path.unlink(missing_ok=True)

    def _path(self, document: Document) -> Path:
        content = self._fingerprint.encode() + _document_codec().dump_json(document)
        return self._folder / (hashlib.sha256(content).hexdigest()[:40] + _SUFFIX)
