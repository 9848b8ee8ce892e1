"""Measuring recognition and grounding against a gold standard."""

from __future__ import annotations

from kg.evaluation.run import evaluate
from kg.evaluation.score import Annotated, Counts, Level, Score, score

__all__ = ["Annotated", "Counts", "Level", "Score", "evaluate", "score"]
