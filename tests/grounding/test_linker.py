from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kg.errors import GroundingError
from kg.grounding import UNGROUNDED, Context, Grounder, make_grounder
from kg.grounding.candidates import Sources, find_candidates
from kg.grounding.features import FEATURES, IN_CONTEXT, Features, Wording, alike_value
from kg.grounding.linker import Linker, default_linker, written_out
from kg.grounding.memory import Memory
from kg.grounding.names import Names, alike_words, bag_of, words_of
from kg.grounding.rerank import Model
from kg.grounding.translation import Translation
from kg.grounding.trees import Trees
from kg.model import MentionType
from kg.ontology import Ontology
from kg.ontology.normalize import key

HEART, CANCER, ENDOMETRIAL = "MESH:D006333", "MESH:D009369", "MESH:D016889"
RENAL = "MESH:D051437"
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


ALIKE = {"cardiac": {"heart": 0.4}}


@pytest.fixture(scope="session")
def names(ontology: Ontology) -> Names:
    return Names(ontology)


@pytest.fixture(scope="session")
def grounder(ontology: Ontology) -> Grounder:
    return make_grounder(ontology, list(MentionType))


def sources(
    names: Names, alike: dict[str, dict[str, float]], counts: dict[str, dict[str, int]] | None = None
) -> Sources:
    return Sources(names, alike, Memory(counts or {}), Translation(names, {}))


def linker(names: Names, grounder: Grounder, trees: Trees, counts: dict[str, dict[str, int]] | None = None) -> Linker:
    return Linker(names, Model(trees, ALIKE, {}, Memory(counts or {}), {}), grounder, 0.5)


def test_names_are_bags_of_telling_words(names: Names) -> None:
    assert words_of("cancer of endometrium ") == ("cancer", "endometrium")
    assert set(names.find(bag_of(("endometrium", "cancer")))) == {ENDOMETRIAL}
    assert names.find("no such name") == {}
    assert names.idf("disease") < names.idf("alzheimer") == names.idf("unheard")


def test_words_that_stand_for_each_other_need_support(names: Names) -> None:
    assert alike_words(names) == {}


def test_candidates_come_from_parts_spelling_and_alike_words(names: Names) -> None:
    plain = sources(names, {})
    found = find_candidates("refractory heart failure", plain)
    assert (found[HEART].part_words, found[HEART].part_at_end, found[HEART].whole) == (2, True, 0.0)
    assert find_candidates("heart failure", plain)[HEART].whole == 1.0
    assert find_candidates("neoplasmic", plain)[CANCER].cosine > 0.4
    assert find_candidates("myocardial failure", sources(names, {"myocardial": {"heart": 0.5}}))[HEART].alike == 0.5
    assert find_candidates("of the", plain) == {}


def test_candidates_come_from_the_memory_unless_it_is_to_forget(names: Names) -> None:
    counts = {"weak pump": {HEART: 2}}
    found = find_candidates("very weak pump", sources(names, {}, counts))
    assert (found[HEART].known_words, found[HEART].known_at_end, found[HEART].remembered > 0.5) == (2, True, True)
    assert HEART in find_candidates("weak pump", sources(names, {}, counts))
    assert HEART not in find_candidates("weak pump", sources(names, {}, counts), forgotten="pump weak")


def test_alike_value() -> None:
    assert alike_value("renal", "renal", {}) == 1.0
    assert alike_value("renal", "kidney", {"renal": {"kidney": 0.3}}) == pytest.approx(0.8)
    assert alike_value("diabetic", "diabetes", {}) == 6 / 8
    assert alike_value("renal", "heart", {}) == 0.0


def column(names: Names, form: str, curie: str, name: str, readings: tuple[tuple[str, float], ...] = ()) -> float:
    plain = sources(names, {})
    wording = Wording(form, form, readings, open=not readings)
    rows = Features(plain).rows(wording, [find_candidates(form, plain)[curie]])
    return float(rows[0][FEATURES.index(name)])


def test_rows_have_every_feature_and_see_numbers(names: Names) -> None:
    plain = sources(names, {})
    features = Features(plain)
    candidate = find_candidates("type 1 diabetes", plain)[DIABETES_2]
    rows = features.rows(Wording("type 1 diabetes", "type 1 diabetes"), [candidate])
    context = features.in_context([DIABETES_2], {DIABETES}, Context("Toxic drugs and diabetes mellitus"))
    assert rows.shape[1] + context.shape[1] == len(FEATURES)
    assert column(names, "type 1 diabetes", DIABETES_2, "numbers_differ") == 4.0
    assert column(names, "type 2 diabetes", DIABETES_2, "numbers_differ") == 0.0
    told = dict(zip(IN_CONTEXT, context[0].tolist(), strict=True))
    assert told["label_in_document"] == pytest.approx(0.5)
    assert (told["in_document"], told["below_document"], told["about_heredity"]) == (0.0, 1.0, 0.0)
    assert told["about_effects"] == pytest.approx(np.log(2))


def test_rows_tell_the_exact_reading_from_what_is_above_it(names: Names) -> None:
    taken = ((DIABETES_2, 0.95),)
    assert column(names, "type 2 diabetes", DIABETES_2, "reading", taken) == pytest.approx(0.95)
    assert column(names, "type 2 diabetes", DIABETES, "other_reading", taken) == pytest.approx(0.95)
    assert column(names, "type 2 diabetes", DIABETES, "above_reading", taken) == 1.0


def test_links_what_the_judge_finds_likely_and_nothing_else(names: Names, grounder: Grounder) -> None:
    judge = stump("part_share", 0.5, -5.0, 5.0)
    decision = linker(names, grounder, judge).link("refractory heart failure", Context(""))
    assert (decision.curies, decision.method) == ((HEART,), "linked")
    assert decision.score == pytest.approx(1 / (1 + np.exp(-5)), abs=1e-4)
    assert linker(names, grounder, judge).link("heart that hardly beats", Context("")) == UNGROUNDED
    assert linker(names, grounder, judge).link("heart failure " * 20, Context("")) == UNGROUNDED


def test_enumerations_give_several_concepts(names: Names, grounder: Grounder) -> None:
    decision = linker(names, grounder, stump("whole", 0.9, -5.0, 5.0)).link(
        "heart failure and endometrial neoplasms", Context("")
    )
    assert (decision.curies, decision.method) == ((HEART, ENDOMETRIAL), "composite")


def test_short_forms_are_written_out() -> None:
    context = Context("", [("HF", "heart failure")])
    assert written_out("HF", context) == "heart failure"
    assert written_out("refractory HF", context) == "refractory heart failure"


SAYS_MEMORY = "memory_share"


def test_a_name_of_mesh_gives_way_only_to_a_wider_one_with_support(names: Names, grounder: Grounder) -> None:
    judge = stump(SAYS_MEMORY, 0.5, -5.0, 5.0)
    exact = grounder.ground("type 2 diabetes", MentionType.DISEASE, Context(""))
    assert exact.curies == (DIABETES_2,)
    for meaning, count, expected in ((DIABETES, 6, DIABETES), (DIABETES, 3, DIABETES_2), (HEART, 9, DIABETES_2)):
        decision = linker(names, grounder, judge, {"type 2 diabetes": {meaning: count}}).link(
            "type 2 diabetes", Context("")
        )
        assert decision.curies == (expected,)


def test_names_of_other_vocabularies_give_way_and_the_firm_ones_stand_where_nothing_is_likely(
    names: Names, grounder: Grounder
) -> None:
    judge = stump(SAYS_MEMORY, 0.5, -5.0, 5.0)
    trouble = {"renal trouble": {HEART: 1}}
    assert linker(names, grounder, judge, trouble).link("renal trouble", Context("")).curies == (HEART,)
    assert linker(names, grounder, judge).link("renal trouble", Context("")) == UNGROUNDED
    assert linker(names, grounder, judge).link("prerenal insufficiency", Context("")).curies == (RENAL,)


def test_all_diseases_of_a_document_are_linked_at_once(names: Names, grounder: Grounder) -> None:
    context = Context("")
    exact = {s: grounder.ground(s, MentionType.DISEASE, context) for s in ("heart failure", "old heart failure")}
    found = linker(names, grounder, stump("part_share", 0.5, -5.0, 5.0)).link_all(exact, context)
    assert [(s, d.curies, d.method) for s, d in sorted(found.items())] == [
        ("heart failure", (HEART,), "exact"),
        ("old heart failure", (HEART,), "linked"),
    ]


def test_the_memory_counts(names: Names) -> None:
    memory = Memory({"weak pump": {HEART: 3, CANCER: 1}, "torn": {HEART: 2, CANCER: 2}})
    assert memory.prior(HEART) == pytest.approx(np.log(6))
    assert memory.prior(HEART, without="torn") == pytest.approx(np.log(4))
    assert (memory.main("pump weak"), memory.main("torn")) == (HEART, None)


def test_a_model_survives_its_file(tmp_path: Path) -> None:
    model = Model(
        stump("whole", 0.9, -5.0, 5.0),
        {"a": {"b": 0.5}},
        {"c": {"d": 0.5}},
        Memory({"x": {HEART: 2}}),
        {"date": "2026-01-01"},
    )
    model.save(tmp_path / "a.npz")
    model.save(tmp_path / "b.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    again = Model.load(tmp_path / "a.npz")
    assert (again.alike, again.translation, again.memory.counts) == (
        model.alike,
        model.translation,
        model.memory.counts,
    )
    assert again.header["date"] == "2026-01-01"
    rows = np.zeros((2, len(FEATURES)), np.float32)
    rows[1, FEATURES.index("whole")] = 1.0
    assert again.trees.probabilities(rows).tolist() == pytest.approx([1 / (1 + np.exp(5)), 1 / (1 + np.exp(-5))])


@pytest.mark.parametrize("content", [b"", b"no archive"])
def test_a_damaged_model_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "linker.npz"
    path.write_bytes(content)
    with pytest.raises(GroundingError, match=r"linker\.npz: cannot be read"):
        Model.load(path)


def test_the_shipped_model_says_where_it_comes_from(grounder: Grounder) -> None:
    linker = default_linker(grounder)
    assert linker is not None
    header = linker.header
    assert header["corpora"] == ["BC5CDR", "BioRED", "NCBIdisease"]
    assert len(header["date"]) == 10
    assert linker.link("chronic heart failure", Context("")).curies == (HEART,)


def test_what_is_chosen_is_not_beside_the_head_of_a_wording_that_nobody_has_used(
    names: Names, grounder: Grounder
) -> None:
    surface, likes_the_start = "endometrium cancer heart failure", stump("part_at_start", 0.5, -3.0, 3.0)
    context = Context(surface)
    assert linker(names, grounder, likes_the_start).link(surface, context) == UNGROUNDED
    used = {key(surface).strip(): {ENDOMETRIAL: 1}}
    assert linker(names, grounder, likes_the_start, used).link(surface, context).curies == (ENDOMETRIAL,)
    assert linker(names, grounder, stump("part_at_end", 0.5, -3.0, 3.0)).link(surface, context).curies == (HEART,)
