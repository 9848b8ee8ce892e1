"""What `kg annotate` writes: annotated documents as PubTator or as JSON Lines."""

from __future__ import annotations

from kg.writers.jsonl import to_jsonl
from kg.writers.pubtator import mentions, to_pubtator

__all__ = ["mentions", "to_jsonl", "to_pubtator"]
