from __future__ import annotations

import json

import pytest
import zstandard

from kg.errors import OntologyError
from kg.model import TermKind
from kg.ontology.build.cell_names import older_terms
from kg.ontology.build.obo import concept_rows, read_terms, term_rows
from kg.ontology.build.obo_text import read_stanzas
from kg.ontology.build.rows import ConceptRow, TermRow

FILE = {
    "CL:1": {"ancestors": {}, "label": "cell", "deprecated": False},
    "CL:2": {
        "ancestors": {"CL:1": 1, "CL:9": 1},
        "label": "stem  cell",
        "deprecated": False,
        "synonyms": ["stem {cell}", "progenitor"],
    },
    "CL:3": {"ancestors": {}, "label": "", "deprecated": True, "replaced_by": "CL:2", "synonyms": ["old"]},
    "CL:4": {"ancestors": {}, "label": "obsolete blob", "deprecated": True, "replaced_by": "CL:77"},
    "GO:5": {"ancestors": {}, "label": "process", "deprecated": False},
}


def packed(content: object) -> bytes:
    return zstandard.ZstdCompressor().compress(json.dumps(content).encode())


def test_terms_become_rows() -> None:
    terms = read_terms(packed(FILE), "CL")
    assert list(concept_rows(terms, "CL")) == [
        ConceptRow("1", "cell"),
        ConceptRow("2", "stem cell", ("1",)),
        ConceptRow("3", "stem cell", obsolete=True, replaced_by="2"),
        ConceptRow("4", "blob", obsolete=True),
    ]
    assert [(row.local_id, row.text) for row in term_rows(terms, "cl")] == [("2", "stem {cell}"), ("2", "progenitor")]


@pytest.mark.parametrize("content", [b"no zstd", packed(FILE)[:40], zstandard.ZstdCompressor().compress(b'{"CL:1": {')])
def test_other_files_are_refused(content: bytes) -> None:
    with pytest.raises(OntologyError, match="CL file"):
        read_terms(content, "CL")


OBO = r"""format-version: 1.2

[Term]
id: CL:2
name: older stem cell
synonym: "marrow \"stem\" cell" NARROW []
synonym: "MSC" RELATED [PMID:1]
synonym: "cell" EXACT []
synonym: "unscoped" []

[Term]
id: CL:3
name: gone
is_obsolete: true

[Typedef]
id: part_of
name: part of
"""


def test_older_release_gives_scoped_synonyms_of_terms_in_use() -> None:
    stanzas = list(read_stanzas(OBO))
    assert [(s.curie, s.obsolete) for s in stanzas] == [("CL:2", False), ("CL:3", True)]
    assert list(older_terms(stanzas, read_terms(packed(FILE), "CL"), "CL")) == [
        TermRow("2", TermKind.EXACT, "cl", "older stem cell"),
        TermRow("2", TermKind.NARROW, "cl", 'marrow "stem" cell'),
        TermRow("2", TermKind.RELATED, "cl", "MSC"),
    ], "'cell' is the label of another term by now"
