"""Full-text articles in JATS XML."""

from __future__ import annotations

from kg.sources.jats.reader import read, to_document

__all__ = ["read", "to_document"]
