from __future__ import annotations

from pathlib import Path

import pytest

from kg.evaluation.bench_graph import enlarged, main
from kg.graph import build_dataset, write_nquads
from tests.graph.build import ONTOLOGY, PROVENANCE, study


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    path = tmp_path / "graph.nq"
    write_nquads(build_dataset(study(), ONTOLOGY, PROVENANCE), path)
    return path


def test_copies_have_names_of_their_own(graph: Path) -> None:
    lines = graph.read_text(encoding="utf-8").splitlines(keepends=True)
    large = list(enlarged(lines, 3 * len(lines)))
    assert len(large) >= 3 * len(lines)
    assert len(set(large)) == len(large)
    text = "".join(large)
    assert "<https://doi.org/10.1000/primary-copy1>" in text
    assert "<http://id.nlm.nih.gov/mesh/D006175-copy1>" not in text
    assert "vocabulary/thin-endometrium-copy1" not in text


def test_the_report(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(graph), "--quads", "2000"]) == 0
    out = capsys.readouterr().out
    assert "fit their shapes" in out
    assert "most-mentioned" in out
    assert main([str(graph.with_name("none.nq"))]) == 1
