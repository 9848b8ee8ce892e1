"""Readers: from files to `kg.model.Document`.

`read_documents` is the way in; the registry tells the format, and there is one module a format. Files are taken for
hostile: sizes are limited, encodings checked, XML entities refused, nothing is fetched.
"""

from __future__ import annotations

from kg.sources.pubtator import GoldAnnotation, GoldDocument, read_gold
from kg.sources.registry import FORMATS, Format, detect_format, read_documents
from kg.sources.streams import ErrorHandler

__all__ = [
    "FORMATS",
    "ErrorHandler",
    "Format",
    "GoldAnnotation",
    "GoldDocument",
    "detect_format",
    "read_documents",
    "read_gold",
]
