from __future__ import annotations

import pytest

from kg.evaluation import Annotated, Counts, Level, score


def only(gold: list[Annotated], predicted: list[Annotated], kind: str = "Disease") -> tuple[Counts, Counts]:
    mention, concept = score([(gold, predicted)], [kind])
    assert (mention.level, concept.level) == (Level.MENTION, Level.CONCEPT)
    return mention.counts, concept.counts


def test_hand_computed_document() -> None:
    gold = [
        Annotated(0, 5, "Disease", ("MESH:D1",)),
        Annotated(10, 15, "Disease", ("MESH:D2", "MESH:D3")),
        Annotated(20, 25, "Species", ("NCBITaxon:9606",)),
    ]
    predicted = [
        Annotated(0, 5, "Disease", ("MESH:D1",)),
        Annotated(10, 16, "Disease", ("MESH:D2",)),
        Annotated(30, 35, "Disease", ("MESH:D4",)),
    ]
    mention, concept = only(gold, predicted)
    assert mention == Counts(tp=1, fp=2, fn=1)
    assert concept == Counts(tp=2, fp=1, fn=1)
    assert mention.precision == pytest.approx(1 / 3)
    assert mention.recall == pytest.approx(1 / 2)
    assert mention.f1 == pytest.approx(0.4)


def test_a_concept_counts_once_a_document() -> None:
    gold = [Annotated(0, 5, "Disease", ("MESH:D1",)), Annotated(10, 15, "Disease", ("MESH:D1",))]
    assert only(gold, gold[:1])[1] == Counts(tp=1)


def test_a_related_id_is_accepted_but_not_required() -> None:
    gold = [Annotated(0, 5, "CellType", ("CL:1~",))]
    assert only(gold, [Annotated(0, 5, "CellType", ("CL:1",))], "CellType")[1] == Counts()
    assert only(gold, [], "CellType")[1] == Counts()


def test_a_vague_mention_excuses_a_prediction_on_it() -> None:
    gold = [Annotated(0, 5, "CellVague")]
    assert only(gold, [Annotated(0, 5, "CellType", ())], "CellType")[0] == Counts()
    assert only(gold, [Annotated(0, 6, "CellType", ())], "CellType")[0] == Counts(fp=1)


def test_ids_of_another_vocabulary_count_for_nothing() -> None:
    gold = [Annotated(0, 5, "Disease", ("OMIM:100100",))]
    predicted = [Annotated(0, 5, "Disease", ("MSCKG:vocabulary/thin-endometrium",))]
    assert only(gold, predicted) == (Counts(tp=1), Counts())


def test_nothing_predicted_and_nothing_wanted_scores_zero() -> None:
    assert Counts().f1 == 0.0
