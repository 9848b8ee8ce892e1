"""msc-kg: from papers on mesenchymal stem cells to a knowledge graph.

The stages, each usable alone::

    from kg import read_documents, load_pipeline, annotate, open_ontology

    ontology = open_ontology()
    nlp = load_pipeline(ontology)
    for annotated in annotate(read_documents("paper.md"), nlp):
        print(annotated.assertions)

and together: ``kg.build.build(kg.read_settings(Path("pipelines/endometrium")))``. What was built is asked by
``kg.open_study("endometrium").query(...)``. Names are imported on first use, so that ``import kg`` is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from kg.errors import KGError

if TYPE_CHECKING:
    from kg.config import Settings as Settings
    from kg.config import read_settings as read_settings
    from kg.graph import Rows as Rows
    from kg.graph import open_store as open_store
    from kg.graph import query as query
    from kg.model import AnnotatedDocument as AnnotatedDocument
    from kg.model import Document as Document
    from kg.nlp import annotate as annotate
    from kg.nlp import load_pipeline as load_pipeline
    from kg.ontology import Ontology as Ontology
    from kg.ontology import open_ontology as open_ontology
    from kg.sources import read_documents as read_documents
    from kg.study import BuiltStudy as BuiltStudy
    from kg.study import open_study as open_study

_HOME: Final = {
    "AnnotatedDocument": "kg.model",
    "BuiltStudy": "kg.study",
    "Document": "kg.model",
    "Ontology": "kg.ontology",
    "Rows": "kg.graph",
    "Settings": "kg.config",
    "annotate": "kg.nlp",
    "load_pipeline": "kg.nlp",
    "open_ontology": "kg.ontology",
    "open_store": "kg.graph",
    "open_study": "kg.study",
    "query": "kg.graph",
    "read_documents": "kg.sources",
    "read_settings": "kg.config",
}

__all__ = ["KGError", *_HOME]


def __getattr__(name: str) -> Any:
    """Import a public name from its room on first use (PEP 562)."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
