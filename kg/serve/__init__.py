"""A read-only SPARQL 1.1 endpoint for a built study, with its viewer and a query page."""

from __future__ import annotations

from kg.serve.app import create_app
from kg.serve.workers import Limits, QueryWorkers

__all__ = ["Limits", "QueryWorkers", "create_app"]
