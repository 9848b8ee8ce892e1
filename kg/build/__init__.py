"""Building a study: from its pipeline file to the files that people open."""

from __future__ import annotations

from kg.build.merge import MergeReport, merge_studies
from kg.build.study import BuildReport, build
from kg.build.target import resolve_targets

__all__ = ["BuildReport", "MergeReport", "build", "merge_studies", "resolve_targets"]
