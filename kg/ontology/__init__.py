"""Terminologies at run time: the slices of ``ontologies/``, compiled once and memory-mapped.

`open_ontology` gives an `Ontology`: concepts, labels, synonyms, ancestors and the normalised term index that the
recogniser scans texts with. `kg.ontology.build` makes the slices and is not needed to use them.
"""

from __future__ import annotations

from kg.ontology.cache import cached_folder
from kg.ontology.manifest import read_manifest
from kg.ontology.ontology import Ontology, default_directory, open_ontology

__all__ = ["Ontology", "cached_folder", "default_directory", "open_ontology", "read_manifest"]
