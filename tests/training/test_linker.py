from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kg.evaluation.split import Part
from kg.grounding import Context, Decision, Grounder, make_grounder
from kg.grounding.features import FEATURES
from kg.grounding.names import Names
from kg.model import MentionType
from kg.ontology import Ontology
from kg.training.linker_evaluate import report
from kg.training.linker_examples import Example, fold_of, from_corpora, is_one_of, memory_of
from kg.training.linker_fit import Table, fit, linkers, table_of
from kg.training.linker_words import Words

HEART, CANCER, RENAL = "MESH:D006333", "MESH:D009369", "MESH:D051437"
NOTHING = Decision((), None, "none", 0.0)
ABSTRACT = """\
7|t|Weak pump
7|a|A weak pump (WP) is no tumor; WP hurts.
7\t0\t9\tWeak pump\tDisease\tMESH:D006333
7\t12\t21\tweak pump\tDisease\tMESH:D006333
7\t23\t25\tWP\tDisease\tMESH:D006333
7\t33\t38\ttumor\tDisease\tMESH:D009369|MESH:D000000
7\t40\t42\tWP\tDisease\tMESH:D006333
"""


@pytest.fixture(scope="module")
def grounder(ontology: Ontology) -> Grounder:
    return make_grounder(ontology, list(MentionType))


def example(surface: str, ids: set[str], document: str = "1", count: int = 1) -> Example:
    return Example("A", document, surface, frozenset(ids), False, count, Context(surface), NOTHING, frozenset())


def test_examples_are_surfaces_with_their_documents(tmp_path: Path, ontology: Ontology, grounder: Grounder) -> None:
    path = tmp_path / "small.train.pubtator"
    path.write_text(ABSTRACT, encoding="utf-8")
    found = {e.surface: e for e in from_corpora([path], Part.ALL, ontology, grounder)}
    assert {s: (e.corpus, e.document, set(e.ids), e.count) for s, e in found.items()} == {
        "Weak pump": ("small", "7", {HEART}, 1),
        "weak pump": ("small", "7", {HEART}, 1),
        "WP": ("small", "7", {HEART}, 2),
        "tumor": ("small", "7", {CANCER}, 1),
    }
    assert found["tumor"].composite
    assert found["tumor"].exact.curies == (CANCER,)
    assert found["WP"].context.long_form("WP") == "weak pump"
    assert found["WP"].others == {CANCER}


def test_the_memory_counts_documents(tmp_path: Path) -> None:
    same = [example("weak pump", {HEART}), example("Weak pump", {HEART})]
    other = example("weak pump", {HEART}, document="2")
    assert memory_of(same).counts == {"weak pump": {HEART: 1}}
    assert memory_of([*same, other, example("two", {HEART, CANCER})]).counts == {"weak pump": {HEART: 2}}


def test_folds_and_parts_depend_on_the_name_alone() -> None:
    assert {fold_of(str(n)) for n in range(40)} == {0, 1, 2, 3, 4}
    assert fold_of("1") == fold_of("1")
    assert is_one_of(1, "a")


def test_translations_are_learned_from_wordings_and_labels(ontology: Ontology) -> None:
    examples = [example("pump weakness", {HEART}, str(n)) for n in range(30)]
    examples += [example("filter weakness", {RENAL}, str(n)) for n in range(30)]
    table = Words(Names(ontology), examples).table()
    assert set(table["weakness"]) >= {"failure", "insufficiency"}
    assert "pump" not in table, "one concept is no support"


def test_what_a_judge_is_trained_on(ontology: Ontology, grounder: Grounder) -> None:
    names = Names(ontology)
    known = example("weak pump", {HEART}, "1")
    elsewhere = next(replace(known, document=str(n)) for n in range(2, 50) if fold_of(str(n)) != known.fold)
    examples = [known, elsewhere]
    table = table_of(examples, linkers(examples, Words(names, examples), {}, names, grounder))
    shares = table.rows[:, FEATURES.index("memory_share")]
    assert table.rows.shape[1] == len(FEATURES)
    assert shares[table.right & ~table.forgotten].tolist() == [1.0, 1.0]
    assert shares[table.forgotten].max(initial=0.0) == 0.0


def test_trees_say_what_the_classifier_says() -> None:
    rows = np.random.default_rng(0).random((400, 3)).astype(np.float32)
    right = rows[:, 1] > 0.6
    table = Table(rows, np.arange(400), right, np.zeros(400, np.bool_))
    probabilities = fit(table).probabilities(rows)
    assert ((probabilities > 0.5) == right).all()


def test_the_report_counts_mentions_and_concepts() -> None:
    documents = [str(n) for n in range(50)]
    first = documents[0]
    second = next(d for d in documents if fold_of(d) != fold_of(first))
    examples = [
        example("seen", {HEART}, first, count=3),
        example("seen", {HEART}, second),
        example("new", {CANCER}, second, count=2),
    ]
    right, wrong = Decision((HEART,), None, "linked", 0.9), Decision((RENAL,), None, "linked", 0.9)
    (line,) = report(examples, {0: right, 1: NOTHING, 2: wrong})
    # three of six mentions; the two of the unseen surface are wrong; one of three concepts found, one too many
    assert "all 0.500  unseen 0.000 (wrong 1.000, n 2)" in line
    assert "P 0.500 R 0.333 F1 0.400" in line
