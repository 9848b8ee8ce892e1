from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.model import Relation
from kg.sources import detect_format, read_documents

PUBMED = """
PMID- 12345678
OWN - NLM
STAT- MEDLINE
LR  - 20210101
IS  - 1234-5678 (Electronic)
DP  - 2020 Mar 15
TI  - Invented cells for a thin
      endometrium.
LID - e12 [pii]
LID - 10.1000/Abc [doi]
AB  - BACKGROUND: None. RESULTS: Two
      of six.
FAU - Doe, Jane K
AU  - Doe JK
CN  - Stem Cell Group
PT  - Journal Article
PT  - Retracted Publication
PMC - PMC99
JT  - Journal of invented cells
TA  - J Inv Cells

PMID- 2
TI  - Second.
AU  - Roe R
DP  - 2019 Spring
"""


def write(tmp_path: Path, text: str, name: str = "set.nbib") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_records(tmp_path: Path) -> None:
    path = write(tmp_path, PUBMED, "pubmed-set.txt")
    assert detect_format(path) == "medline"
    first, second = read_documents(path)
    assert first.text == "Invented cells for a thin endometrium.\nBACKGROUND: None. RESULTS: Two of six."
    assert (first.id, first.paper.id, first.relation) == ("12345678", "doi:10.1000/abc", Relation.RELATED)
    assert first.paper.identifiers == ("PMC:99", "PMID:12345678", "doi:10.1000/abc")
    assert first.paper.authors == ("Jane K Doe", "Stem Cell Group")
    assert (first.paper.journal, first.paper.date) == ("Journal of invented cells", "2020-03-15")
    assert (first.paper.publication_types, first.paper.retracted) == (
        ("Journal Article", "Retracted Publication"),
        True,
    )
    assert (second.id, second.paper.authors, second.paper.date) == ("2", ("Roe R",), "2019")
    assert not second.paper.retracted


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        ("PMID- x\nTI  - B", ":4: record 2: 'x' is no PMID"),
        ("PMID- 7\nAB  - B", ":4: record 2: '7' has no title"),
        ("TI  - B\nAB  - B", ":4: fields outside of a record"),
    ],
)
def test_a_bad_record_does_not_stop_the_batch(tmp_path: Path, record: str, problem: str) -> None:
    path = write(tmp_path, f"PMID- 1\nTI  - A\n\n{record}\n\nPMID- 3\nBTI - A book\nPMID- 4\nTI  - D\n")
    errors: list[SourceError] = []
    assert [d.title for d in read_documents(path, on_error=errors.append)] == ["A", "A book", "D"]
    assert [str(e).partition("; ")[0] for e in errors] == [f"{path}{problem}"]
