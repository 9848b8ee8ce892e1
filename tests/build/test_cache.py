from __future__ import annotations

from pathlib import Path

import pytest

from kg.build.cache import AnnotationCache
from kg.model import (
    AnnotatedDocument,
    Assertion,
    Document,
    DonorRelation,
    Evidence,
    Grounding,
    Intervention,
    InterventionUse,
    Mention,
    MentionType,
    Paper,
    Passage,
    Polarity,
    ProductKind,
    Qualifiers,
    Route,
    Section,
    Study,
    StudyType,
)


def annotated(title: str = "MSCs β") -> AnnotatedDocument:
    document = Document("1", Paper("PMID:1", title), title, (Passage(Section.TITLE, 0, len(title)),))
    mention = Mention("1", 0, 4, title[:4], MentionType.CELL_TYPE)
    product = Intervention(ProductKind.CELLS, "CL:0000134", None, DonorRelation.ALLOGENEIC, "allogeneic MSC")
    evidence = Evidence("1", "PMID:1", title, 0, len(title), Section.TITLE, StudyType.REVIEW, "rule", 0.5, ("PMID:2",))
    statement = Assertion(
        product.id, "biolink:studied_to_treat", "MESH:D007247", Polarity.NOT_STATED, Qualifiers(), (evidence,)
    )
    return AnnotatedDocument(
        document,
        (Grounding(mention, ("CL:0000134",), "MSC", "exact", 0.9),),
        (InterventionUse(product, (mention,), routes=(Route.INTRAUTERINE,)),),
        (statement,),
        Study(StudyType.REVIEW, None, ("NCBITaxon:9606",)),
    )


def test_what_is_stored_comes_back_equal(tmp_path: Path) -> None:
    cache = AnnotationCache(tmp_path, "v1")
    assert cache.get(annotated().document) is None
    cache.put(annotated())
    assert cache.get(annotated().document) == annotated()


def test_another_program_or_text_is_not_found(tmp_path: Path) -> None:
    AnnotationCache(tmp_path, "v1").put(annotated())
    assert AnnotationCache(tmp_path, "v2").get(annotated().document) is None
    assert AnnotationCache(tmp_path, "v1").get(annotated("MSCs!").document) is None


def test_a_damaged_file_is_made_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    AnnotationCache(tmp_path, "v1").put(annotated())
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:-20])
    assert AnnotationCache(tmp_path, "v1").get(annotated().document) is None
    assert "made again" in caplog.text


def test_pruning_keeps_what_was_used(tmp_path: Path) -> None:
    AnnotationCache(tmp_path, "v1").put(annotated("MSCs!"))
    cache = AnnotationCache(tmp_path, "v1")
    cache.put(annotated())
    cache.prune()
    assert len(list(tmp_path.iterdir())) == 1
    assert cache.get(annotated().document) is not None
