"""BioC as JSON, with the keys and their order as BioC-PMC has them, a line for each document.

Service: https://www.ncbi.nlm.nih.gov/research/bionlp/APIs/BioC-PMC/.
"""

from __future__ import annotations

import json
from typing import Any

from kg.model import AnnotatedDocument
from kg.writers.bioc.document import to_bioc
from kg.writers.bioc.parts import DATE, KEY_FILE, SOURCE, BioCAnnotation, BioCPassage, BioCRelation
from kg.writers.layout import Layout


def to_bioc_json(annotated: AnnotatedDocument) -> str:
    """Return the document as one line of JSON, without a line end."""
    document = to_bioc(annotated)
    return _dumped(
        {
            "bioctype": "BioCDocument",
            "id": document.id,
            "infons": document.infons,
            "passages": [_passage(passage) for passage in document.passages],
            "annotations": [],
            "relations": [_relation(relation) for relation in document.relations],
        }
    )


def _passage(passage: BioCPassage) -> dict[str, Any]:
    return {
        "bioctype": "BioCPassage",
        "offset": passage.offset,
        "infons": passage.infons,
        "text": passage.text,
        "sentences": [],
        "annotations": [_annotation(annotation) for annotation in passage.annotations],
        "relations": [],
    }


def _annotation(annotation: BioCAnnotation) -> dict[str, Any]:
    return {
        "id": annotation.id,
        "infons": annotation.infons,
        "text": annotation.text,
        "locations": [{"offset": annotation.offset, "length": annotation.length}],
    }


def _relation(relation: BioCRelation) -> dict[str, Any]:
    return {
        "id": relation.id,
        "infons": relation.infons,
        "nodes": [{"refid": node.refid, "role": node.role} for node in relation.nodes],
    }


def _dumped(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False)


_HEADER = {
    "bioctype": "BioCCollection",
    "source": SOURCE,
    "date": DATE,
    "key": KEY_FILE,
    "version": "1.0",
    "infons": {},
}

BIOC_JSON = Layout(
    to_bioc_json,
    head=_dumped(_HEADER).removesuffix("}") + ', "documents": [\n',
    between=",\n",
    tail="\n]}\n",
)
"""One collection."""
