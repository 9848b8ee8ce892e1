from __future__ import annotations

from pathlib import Path

import pytest

from kg.graph import build_dataset, write_nquads, write_turtle
from kg.model import AnnotatedDocument, Paper, Polarity, Relation, Study, StudyType
from tests.graph.build import CORD_CELLS, ONTOLOGY, PROVENANCE, THIN, TextOf, study

SENTENCE = 'Cord MSCs "cure"\tthin endometrium | once,\u2028twice; \\N = \U0001f9ec.'
TITLE = "=A title | with\n'everything', \"in\" it\r"


def hostile() -> AnnotatedDocument:
    """Return a retracted paper whose texts hold what ends a cell, a line, a value or a name somewhere."""
    paper = Paper(
        "doi:10.1000/(sici)1<1::aid|x#y>3.0.co;2-a",
        TITLE,
        identifiers=("PMID:1004", "doi:10.1000/(sici)1<1::aid|x#y>3.0.co;2-a"),
        authors=("Pipe | Dreams", "Tab\tUser"),
        journal="J; of, \x7f Exports",
        date="2019-07",
        licence="all rights\nreserved",
        retracted=True,
    )
    text = TextOf(paper, SENTENCE, relation=Relation.RELATED)
    return AnnotatedDocument(
        text.document,
        (),
        (text.use(CORD_CELLS, "Cord MSCs", THIN, carrier="a | b\tgel"),),
        (
            text.assertion(
                CORD_CELLS.id, "biolink:treats", THIN, SENTENCE, Polarity.POSITIVE, StudyType.REVIEW, "PMID:1001"
            ),
        ),
        Study(StudyType.REVIEW),
    )


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built study named ``tiny``: the papers of the graph's tests and a hostile one."""
    path = tmp_path_factory.mktemp("outputs") / "tiny"
    dataset = build_dataset([*study(), hostile()], ONTOLOGY, PROVENANCE)
    write_nquads(dataset, path / "graph.nq")
    write_turtle(dataset, path / "graph.ttl")
    (path / "graph.graphml").write_bytes(b"<graphml/>\n")
    (path / "evidence.csv").write_bytes(b"intervention\n")
    return path
