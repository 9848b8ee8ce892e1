"""Text to annotations: spaCy components that work in anyone's pipeline, and the pipeline of this project."""

from __future__ import annotations

from kg.nlp.export import annotate
from kg.nlp.load import load_pipeline

__all__ = ["annotate", "load_pipeline"]
