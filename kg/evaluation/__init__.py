"""Measuring recognition and grounding against a gold standard."""

from __future__ import annotations

from kg.evaluation.run import evaluate
from kg.evaluation.score import Annotated, Counts, Level, Score, score
from kg.evaluation.split import Part, in_part, is_dev

__all__ = ["Annotated", "Counts", "Level", "Part", "Score", "evaluate", "in_part", "is_dev", "score"]
