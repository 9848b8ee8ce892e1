from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kg.errors import GroundingError
from kg.grounding import UNGROUNDED, Context
from kg.grounding.candidates import find_candidates
from kg.grounding.features import FEATURES, Features, alike_value
from kg.grounding.linker import Linker, default_linker, written_out
from kg.grounding.memory import Memory
from kg.grounding.names import Names, alike_words, bag_of, words_of
from kg.grounding.rerank import Model, Trees
from kg.ontology import Ontology

HEART, CANCER, ENDOMETRIAL = "MESH:D006333", "MESH:D009369", "MESH:D016889"
DIABETES, DIABETES_2 = "MESH:D003920", "MESH:D003924"


def stump(column: str, threshold: float, low: float, high: float) -> Trees:
    """Return one tree of three nodes: a row gets `low` when its column is at most `threshold`, else `high`."""
    return Trees(
        feature=np.asarray([FEATURES.index(column), 0, 0], np.int16),
        threshold=np.asarray([threshold, 0, 0], np.float32),
        left=np.asarray([1, 1, 2], np.int32),
        right=np.asarray([2, 1, 2], np.int32),
        value=np.asarray([0, low, high], np.float32),
        root=np.asarray([0], np.int32),
        base=0.0,
        depth=1,
    )


@pytest.fixture(scope="session")
def names(ontology: Ontology) -> Names:
    return Names(ontology)


def linker(names: Names, trees: Trees, counts: dict[str, dict[str, int]] | None = None) -> Linker:
    return Linker(names, Model(trees, {"cardiac": {"heart": 0.4}}, Memory(counts or {}), {}))


def test_names_are_bags_of_telling_words(names: Names) -> None:
    assert words_of("cancer of endometrium ") == ("cancer", "endometrium")
    assert set(names.find(bag_of(("endometrium", "cancer")))) == {ENDOMETRIAL}
    assert names.find("no such name") == {}
    assert names.idf("disease") < names.idf("alzheimer") == names.idf("unheard")


def test_words_that_stand_for_each_other_need_support(names: Names) -> None:
    assert alike_words(names) == {}


def test_candidates_come_from_parts_spelling_and_alike_words(names: Names) -> None:
    found = find_candidates("refractory heart failure", names, {})
    assert (found[HEART].part_words, found[HEART].part_at_end, found[HEART].whole) == (2, True, 0.0)
    assert find_candidates("heart failure", names, {})[HEART].whole == 1.0
    assert find_candidates("neoplasmic", names, {})[CANCER].cosine > 0.4
    assert find_candidates("myocardial failure", names, {"myocardial": {"heart": 0.5}})[HEART].alike == 0.5
    assert find_candidates("of the", names, {}) == {}


def test_alike_value() -> None:
    assert alike_value("renal", "renal", {}) == 1.0
    assert alike_value("renal", "kidney", {"renal": {"kidney": 0.3}}) == pytest.approx(0.8)
    assert alike_value("diabetic", "diabetes", {}) == 6 / 8
    assert alike_value("renal", "heart", {}) == 0.0


def column(names: Names, form: str, curie: str, name: str) -> float:
    candidate = find_candidates(form, names, {})[curie]
    row = Features(names, {}).rows(
        form, form, [candidate], Memory({}), expanded=False, document=(), context=Context(form)
    )
    return row[0][FEATURES.index(name)]


def test_rows_have_every_feature_and_see_numbers(names: Names) -> None:
    candidate = find_candidates("type 1 diabetes", names, {})[DIABETES_2]
    rows = Features(names, {}).rows(
        "type 1 diabetes", "type 1 diabetes", [candidate], Memory({}), expanded=False, document=(), context=Context("")
    )
    assert len(rows[0]) == len(FEATURES)
    assert column(names, "type 1 diabetes", DIABETES_2, "numbers_differ") == 4.0
    assert column(names, "type 2 diabetes", DIABETES_2, "numbers_differ") == 0.0


def test_links_what_the_judge_finds_likely_and_nothing_else(names: Names) -> None:
    judge = stump("part_share", 0.5, -5.0, 5.0)
    decision = linker(names, judge).link("refractory heart failure", Context(""))
    assert (decision.curies, decision.method) == ((HEART,), "linked")
    assert decision.score == pytest.approx(1 / (1 + np.exp(-5)), abs=1e-4)
    assert linker(names, judge).link("heart that hardly beats", Context("")) == UNGROUNDED
    assert linker(names, judge).link("heart failure " * 20, Context("")) == UNGROUNDED


def test_enumerations_give_several_concepts(names: Names) -> None:
    decision = linker(names, stump("whole", 0.9, -5.0, 5.0)).link(
        "heart failure and endometrial neoplasms", Context("")
    )
    assert (decision.curies, decision.method) == ((HEART, ENDOMETRIAL), "composite")


def test_short_forms_are_written_out() -> None:
    context = Context("", [("HF", "heart failure")])
    assert written_out("HF", context) == "heart failure"
    assert written_out("refractory HF", context) == "refractory heart failure"


def test_memory_needs_counts_and_a_majority(names: Names) -> None:
    counts = {
        "pump failure": {HEART: 2},
        "once": {HEART: 1},
        "torn": {HEART: 2, CANCER: 2},
        "gone": {"MESH:D012345": 3},
        "pf": {HEART: 3},
    }
    remembering = linker(names, stump("whole", 0.9, -5.0, 5.0), counts)
    known = remembering.remembered("Pump failures", Context(""))
    assert known is not None
    assert (known.curies, known.method, known.score) == ((HEART,), "memory", 1.0)
    replaced = remembering.remembered("gone", Context(""))
    assert replaced is not None
    assert replaced.curies == ("MESH:D014591",)
    for surface in ("once", "torn", "PF", "unheard", "pump failure and gone"):
        assert remembering.remembered(surface, Context("")) is None


def test_a_model_survives_its_file(tmp_path: Path) -> None:
    model = Model(stump("whole", 0.9, -5.0, 5.0), {"a": {"b": 0.5}}, Memory({"x": {HEART: 2}}), {"date": "2026-01-01"})
    model.save(tmp_path / "a.npz")
    model.save(tmp_path / "b.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    again = Model.load(tmp_path / "a.npz")
    assert (again.alike, again.memory.counts, again.header["date"]) == (model.alike, model.memory.counts, "2026-01-01")
    rows = np.zeros((2, len(FEATURES)), np.float32)
    rows[1, FEATURES.index("whole")] = 1.0
    assert again.trees.probabilities(rows).tolist() == pytest.approx([1 / (1 + np.exp(5)), 1 / (1 + np.exp(-5))])


@pytest.mark.parametrize("content", [b"", b"no archive"])
def test_a_damaged_model_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "linker.npz"
    path.write_bytes(content)
    with pytest.raises(GroundingError, match=r"linker\.npz: cannot be read"):
        Model.load(path)


def test_the_shipped_model_says_where_it_comes_from(ontology: Ontology) -> None:
    linker = default_linker(ontology)
    assert linker is not None
    header = linker.header
    assert header["corpora"] == ["BC5CDR", "BioRED", "NCBIdisease"]
    assert len(header["date"]) == 10
    assert linker.link("chronic heart failure", Context("")).curies == (HEART,)
