from __future__ import annotations

from itertools import combinations, pairwise
from pathlib import Path

import marisa_trie
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import GroundingError
from kg.grounding.trees import Trees
from kg.nlp.recogniser.features import UNKNOWN, Abbreviation, Words
from kg.nlp.recogniser.judge import FEATURES, Features, Judge, select
from kg.nlp.recogniser.proposals import Draft
from kg.nlp.recogniser.usage import Counts, Usage
from tests.nlp.recogniser.test_proposals import table, tagged

WORDS = Words(marisa_trie.Trie(["damage"]), np.array([[14, 11, 0, 2, UNKNOWN, UNKNOWN, UNKNOWN]], np.uint16))
SPANS = st.tuples(st.integers(0, 12), st.integers(1, 4), st.floats(0.0, 1.0)).map(lambda s: (s[0], s[0] + s[1], s[2]))


def usage(**counts: Counts) -> Usage:
    names = marisa_trie.Trie(sorted(name.replace("_", " ") for name in counts))
    rows = np.zeros((len(names), len(Counts._fields)), np.uint16)
    for name, row in counts.items():
        rows[names[name.replace("_", " ")]] = row
    return Usage(names, rows)


def test_the_better_of_two_overlapping_spans_is_chosen() -> None:
    spans = [(0, 5, 0.6), (3, 8, 0.9), (9, 12, 0.5), (20, 22, 0.3)]
    assert select(spans, 0.35) == [(3, 8, 0.9), (9, 12, 0.5)]


def test_two_short_spans_may_beat_a_long_one() -> None:
    assert select([(0, 10, 0.7), (0, 4, 0.6), (5, 10, 0.6)], 0.35) == [(0, 4, 0.6), (5, 10, 0.6)]


@given(st.lists(SPANS, max_size=8), st.floats(0.1, 0.9))
def test_no_choice_without_overlap_is_worth_more(spans: list[tuple[int, int, float]], threshold: float) -> None:
    chosen = select(spans, threshold)
    assert all(a[1] <= b[0] for a, b in pairwise(chosen))

    def worth(some: list[tuple[int, int, float]]) -> float:
        return sum(p - threshold for _, _, p in some)

    good = [span for span in spans if span[2] > threshold]
    for size in range(len(good) + 1):
        for some in combinations(sorted(good), size):
            if all(a[1] <= b[0] for a, b in pairwise(some)):
                assert worth(list(some)) <= worth(chosen) + 1e-9


def column(rows: list[list[float]], name: str) -> list[float]:
    return [row[FEATURES.index(name)] for row in rows]


def test_rows_say_what_the_document_and_usage_say() -> None:
    first = tagged("Liver damage ( LD ) occurred")
    second = tagged("liver damage", start=30)
    tables = [table({"B": 0.9}, {"E": 0.8}, {}, {"S": 0.2}, {}, {}), table({"B": 0.1}, {"E": 0.1})]
    draft = Draft(
        [first, second], (tables, tables), tables, frozenset({(0, 0, 1)}), [Abbreviation("LD", "Liver damage", 0, 12)]
    )
    counts = Counts(annotated=3, present=4, head=0, seen=0, first=0, before=0, last=0, after=0, within=0)
    liver = Counts(annotated=0, present=0, head=0, seen=10, first=3, before=1, last=0, after=0, within=3)
    rows = Features(usage(liver_damage=counts, liver=liver), WORDS).rows(draft)
    assert list(draft.scores) == [(0, 0, 1), (0, 3, 3), (1, 0, 1)]
    assert all(len(row) == len(FEATURES) for row in rows)
    assert column(rows, "mean_log")[0] == pytest.approx(np.log(0.72), abs=1e-4)
    assert column(rows, "is_decoded") == [1, 0, 0]
    assert column(rows, "repeated") == [1, 0, 1]
    assert column(rows, "best_elsewhere") == pytest.approx([0.01, -1, 0.72], abs=1e-4)
    assert column(rows, "annotated_share") == [0.75, -1, 0.75]
    assert column(rows, "first_share") == [0.75, -1, 0.75]
    assert column(rows, "within_share") == pytest.approx([0.15, 0, 0.15])
    assert column(rows, "long_form_score") == pytest.approx([-1, 0.72, -1], abs=1e-4)
    assert column(rows, "long_form_fits") == [-1, 2, -1]
    assert column(rows, "is_long_form") == [1, 0, 0]
    assert column(rows, "bracket_after") == [1, 0, 0]
    assert column(rows, "head_in_terms") == [3, -1, 3]
    assert column(rows, "is_title") == [1, 1, 0]


def stump(feature: str, value: float) -> Trees:
    """One tree that says yes where a column is above a value."""
    return Trees(
        feature=np.array([FEATURES.index(feature), 0, 0], np.int16),
        threshold=np.array([value, 0, 0], np.float32),
        left=np.array([1, 1, 2], np.int32),
        right=np.array([2, 1, 2], np.int32),
        value=np.array([0, -3, 3], np.float32),
        root=np.array([0], np.int32),
        base=0.0,
        depth=1,
    )


def test_the_judge_takes_what_its_trees_like() -> None:
    sentence = tagged("severe liver damage")
    tables = [table({"B": 0.5}, {"B": 0.4, "I": 0.5}, {"E": 0.9})]
    draft = Draft([sentence], (tables, tables), tables, frozenset({(0, 0, 2)}), ())
    (mention,) = Judge(stump("tokens", 2.5), usage(), WORDS).choose(draft)
    assert mention[:2] == (0, 19)
    assert mention[2] == pytest.approx(1 / (1 + np.exp(-3)))
    assert Judge(stump("sentence", 1.0), usage(), WORDS).choose(draft) == []


def test_trees_for_other_features_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "judge.npz"
    stump("tokens", 1.0).save(path, FEATURES)
    assert Trees.load(path, FEATURES).probabilities(np.zeros((1, len(FEATURES)), np.float32))[0] < 0.5
    with pytest.raises(GroundingError, match="other features"):
        Trees.load(path, FEATURES[1:])
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(GroundingError, match="cannot be read"):
        Trees.load(path, FEATURES)
