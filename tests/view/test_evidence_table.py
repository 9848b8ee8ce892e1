from __future__ import annotations

import csv
from pathlib import Path

from kg.view import evidence_rows, write_evidence_csv
from kg.view.evidence_table import pairs
from tests.view.documents import CORD, THIN, Vocabulary, primary, related


def test_rows_are_sorted_by_pair_with_the_strongest_study_first() -> None:
    rows = evidence_rows([primary(), related()], Vocabulary())
    assert [(row.disease_label, row.study_type, row.direction) for row in rows] == [
        ("Gynatresia", "in_vitro", "negative"),
        ("thin endometrium", "clinical_trial", "positive"),
        ("thin endometrium", "review", "inconclusive"),
        ("thin endometrium", "not_stated", "not_stated"),
    ]
    assert {row.intervention for row in rows} == {CORD.id}
    first = rows[1]
    assert (first.sentence, first.start, first.end) == ("Thin endometrium improved in a trial.", 24, 61)
    assert (first.species_label, first.paper_title, first.paper_year) == (
        "Homo sapiens",
        "Cells for a thin lining",
        2026,
    )


def test_rows_do_not_depend_on_the_order_of_the_documents() -> None:
    assert evidence_rows([related(), primary()], Vocabulary()) == evidence_rows([primary(), related()], Vocabulary())


def test_pairs_count_papers_not_sentences() -> None:
    first, second = pairs(evidence_rows([primary(), related()], Vocabulary()))
    assert (first.best.disease, first.papers) == (THIN, ("PMID:7", "doi:10.1234/abc"))
    assert first.best.study_type == "clinical_trial"
    assert first.papers_by("direction") == (("inconclusive", 1), ("not_stated", 1), ("positive", 1))
    assert first.papers_by("paper_year") == (("2020", 1), ("2026", 1))
    assert first.species == ("Homo sapiens",)
    assert second.best.disease == "MESH:D006175"


def test_csv_holds_every_row_and_runs_no_formula(tmp_path: Path) -> None:
    rows = evidence_rows([primary()], Vocabulary())
    path = tmp_path / "evidence.csv"
    write_evidence_csv(rows, path)
    with path.open(encoding="utf-8", newline="") as stream:
        read = list(csv.DictReader(stream))
    assert [row["sentence"] for row in read] == [
        "'=SUM(1) did nothing.",
        "Thin endometrium improved in a trial.",
        "TE | may *not* improve.",
    ]
    assert read[1]["species"] == "NCBITaxon:9606"
    assert read[1]["start"] == "24"
    assert read[0]["phase"] == ""


def test_no_document_gives_a_header_alone(tmp_path: Path) -> None:
    write_evidence_csv(evidence_rows([], Vocabulary()), tmp_path / "e.csv")
    assert (tmp_path / "e.csv").read_text().startswith("intervention,intervention_label,predicate,disease,")
    assert (tmp_path / "e.csv").read_text().count("\n") == 1
