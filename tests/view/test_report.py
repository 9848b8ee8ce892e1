from __future__ import annotations

from pathlib import Path

from kg.model import OntologyVersion, Provenance
from kg.view import write_report
from kg.view.report import report
from tests.view.documents import Vocabulary, primary, related

RUN = Provenance(
    study="s",
    title="Cells & linings",
    version="0.1.0",
    settings_sha256="ab" * 32,
    inputs=(("paper.md", "cd" * 32),),
    ontologies=(OntologyVersion("mesh", "2026", "NLM", "ef" * 32),),
    generated="2026-02-26",
)


def lines(failures: tuple[str, ...] = ()) -> list[str]:
    return report([related(), primary()], Vocabulary(), RUN, failures).splitlines()


def test_head_and_counts() -> None:
    text = lines()
    assert text[0] == "# Cells &amp; linings"
    assert "- Paper: [Cells for a thin lining](https://doi.org/10.1234/abc) (Tests, 2026-02-26)" in text
    assert "- Related literature, chosen by the user and not said to be cited: 1 document" in text
    assert "| mentions of diseases | 2 | 1 | 1 |" in text
    assert "| mentions of interventions | 3 |  | 2 |" in text
    assert "| sentences about an intervention and a disease | 4 |  |  |" in text


def test_the_evidence_table_shows_the_best_sentence_of_a_pair() -> None:
    row = next(line for line in lines() if line.startswith("| allogeneic umbilical cord-derived MSCs | thin"))
    assert row == (
        "| allogeneic umbilical cord-derived MSCs | thin endometrium `MSCKG:vocabulary/thin-endometrium` | 2 "
        "| clinical trial (1), not stated (1), review (1) "
        "| inconclusive (1), result not stated (1), favourable (1) | Homo sapiens "
        "| Thin endometrium improved in a trial. | [Cells for a thin lining](https://doi.org/10.1234/abc) (2026) |"
    )


def test_terms_local_concepts_and_foreign_annotations() -> None:
    text = lines()
    assert "| te | Disease | 1 | 1 |" in text
    assert "| thin endometrium `MSCKG:vocabulary/thin-endometrium` | Uterine Diseases `MESH:D014591` | 1 |" in text
    assert (
        "| thin endometrium | Disease | Endometrial Neoplasms `MESH:D016889` "
        "| thin endometrium `MSCKG:vocabulary/thin-endometrium` | differs | the input's page |"
    ) in text
    assert (
        "| immune trouble | Disease | no label in our vocabularies `OMIM:614878` | not marked | only theirs "
        "| the input's page |"
    ) in text


def test_interventions_with_their_fields() -> None:
    text = lines()
    assert (
        "| allogeneic umbilical cord-derived MSCs | cells | mesenchymal stem cell of umbilical cord | umbilical cord "
        "| allogeneic | intrauterine |  | 2 |"
    ) in text
    assert "| bone marrow-derived MSCs | cells | CL:0002540 | UBERON:0002371 | not stated |  |  | 1 |" in text


def test_warnings_failures_and_provenance() -> None:
    text = lines(failures=("bad.xml: line 3 is <broken>",))
    assert "- 1 document with a title only: what their texts say is not in the graph." in text
    assert "- 1 intervention about which nothing is asserted: bone marrow-derived MSCs." in text
    assert "- bad.xml: line 3 is \\<broken\\>" in text
    assert "| mesh | 2026 | NLM | `efefefefefefefef` |" in text
    assert "## Failures" not in lines()


def test_the_order_of_the_documents_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    write_report([primary(), related()], Vocabulary(), RUN, (), path)
    assert path.read_text(encoding="utf-8").splitlines() == lines()


def test_a_study_in_which_nothing_was_found() -> None:
    text = report([], Vocabulary(), RUN, ())
    assert "No statement about an intervention and a disease was found." in text
    assert "How our ids differ" not in text
