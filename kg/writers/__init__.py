"""What `kg annotate` writes: annotated documents as PubTator, as JSON Lines, or as BioC in XML or JSON."""

from __future__ import annotations

from kg.writers.bioc import BIOC_JSON, BIOC_XML, to_bioc_json, to_bioc_xml
from kg.writers.jsonl import to_jsonl
from kg.writers.layout import Layout
from kg.writers.pubtator import mentions, to_pubtator

__all__ = [
    "BIOC_JSON",
    "BIOC_XML",
    "Layout",
    "mentions",
    "to_bioc_json",
    "to_bioc_xml",
    "to_jsonl",
    "to_pubtator",
]
