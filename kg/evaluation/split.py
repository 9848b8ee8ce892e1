"""The fixed split of annotated documents into a training and a development part.

By a hash of the document's id, so that a document that stands in several corpora (a PubMed abstract) is always on the
same side, and the split needs no list of its own.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import Final

_PARTS: Final = 5
"""One document in five is for development."""


class Part(StrEnum):
    """Which documents of a gold standard are scored."""

    ALL = "all"
    TRAIN = "train"
    DEV = "dev"


def is_dev(document_id: str) -> bool:
    """Tell whether a document is in the development part."""
    return int(hashlib.sha256(document_id.encode()).hexdigest(), 16) % _PARTS == 0


def in_part(document_id: str, part: Part) -> bool:
    """Tell whether a document is in a part."""
    return part is Part.ALL or is_dev(document_id) is (part is Part.DEV)
