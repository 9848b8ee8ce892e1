"""Linking mentions to concepts: from a string and its document to a CURIE, with a reason and a score."""

from __future__ import annotations

from kg.grounding.context import Context
from kg.grounding.defaults import make_grounder
from kg.grounding.grounder import UNGROUNDED, Decision, Grounder
from kg.grounding.index import Hit, Reading, TermIndex

__all__ = ["UNGROUNDED", "Context", "Decision", "Grounder", "Hit", "Reading", "TermIndex", "make_grounder"]
