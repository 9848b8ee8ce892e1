from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.model.assertion import Polarity
from kg.nlp.assertion.facts import Facts, read_facts
from kg.nlp.assertion.judges import targets, verdict
from kg.nlp.assertion.signals import document_features, masked_words, sentence_features, target_features, tells_result
from kg.nlp.intervention.normal import view
from tests.nlp.pipeline import annotate

IUA, TE = "MESH:D006175", "MSCKG:vocabulary/thin-endometrium"


def facts(title: str, abstract: str = "") -> Facts:
    doc = annotate(title, abstract)
    return read_facts(doc, view(doc))


def test_mentions_are_masked() -> None:
    f = facts(
        "Cells", "In 12 animals adipose MSCs corrected intrauterine adhesions; bone marrow MSCs were given for 3.5 d."
    )
    start, end = f.sentences[1]
    assert masked_words(f, start, end, 0, IUA) == (
        ["in", "NUMBER", "animals", "PRODUCT", "corrected", "DISEASE", "OTHER", "were", "given", "for", "NUMBER", "d"]
    )
    assert "ILLNESS" in masked_words(f, start, end, 0, TE)


def test_only_the_clause_of_a_product_counts() -> None:
    f = facts(
        "Adipose and bone marrow MSCs in rats",
        "Rats with intrauterine adhesions were injected with adipose MSCs or bone marrow MSCs. "
        "Adipose MSCs reduced fibrosis, whereas bone marrow MSCs did not change it.",
    )
    assert f.count == 2
    fat, marrow = (sentence_features(f, 2, index, IUA) for index in (0, 1))
    assert ("~DOWN BAD" in fat, "~NEG" in fat) == (True, False)
    assert ("~DOWN BAD" in marrow, "~NEG" in marrow) == (False, True)
    assert fat["names PO"] == fat["place last"] == 1.0


def test_a_sentence_without_a_word_of_result_tells_none() -> None:
    f = facts("Cells", "Twelve women with thin endometrium received umbilical cord MSCs. Thickness increased.")
    assert not tells_result(sentence_features(f, 1, 0, TE))
    assert tells_result(sentence_features(f, 2, 0, TE))


def test_document_features_pool_the_sentences() -> None:
    first = {"names P": 1.0, "place middle": 1.0, "~UP": 1.0, "word": 1.0, "study review": 1.0}
    last = {"names -": 1.0, "place last": 1.0, "cue doubt": 1.0}
    assert document_features([first, last]) == dict.fromkeys(
        ("any: ~UP", "named: ~UP", "study review", "any: cue doubt", "end: cue doubt"), 1.0
    )


def test_targets_and_background() -> None:
    f = facts(
        "BMSCs for thin endometrium: a case report",
        "A 30-year-old woman with thin endometrium and a history of osteoporosis received BMSCs. The lining thickened.",
    )
    assert targets(f) == [(TE,)]
    assert target_features(f, 0, TE)["title"] == 1.0
    assert target_features(f, 0, "MESH:D010024")["only background"] == 1.0


def test_a_verdict_has_its_sentences() -> None:
    f = facts(
        "BMSCs for thin endometrium: a randomised trial",
        "Sixty women with thin endometrium were randomised to BMSCs or placebo. "
        "Endometrial thickness did not differ between BMSCs and placebo (P = 0.8). "
        "BMSCs did not improve thin endometrium.",
    )
    said = verdict(f, 0, TE)
    assert said is not None
    assert said.polarity is Polarity.NEGATIVE
    assert 3 in said.sentences
    assert 0 < said.confidence <= 1
    assert verdict(f, 0, TE, []) is None


def test_few_titles_state_a_result() -> None:
    stated, silent = facts("BMSCs restore the endometrium in Asherman syndrome"), facts("BMSCs for thin endometrium")
    assert verdict(stated, 0, IUA) == verdict(stated, 0, IUA)
    assert [v.polarity for f, c in ((stated, IUA), (silent, TE)) if (v := verdict(f, 0, c))] == [
        Polarity.POSITIVE,
        Polarity.NOT_STATED,
    ]


@given(
    st.lists(st.sampled_from(["BMSCs", "thin endometrium", "improved", "not", ".", ",", "whereas", "5"]), max_size=25)
)
def test_any_words_are_judged(words: list[str]) -> None:
    f = facts("BMSCs in thin endometrium", "Women received BMSCs. " + " ".join(words))
    for index, diseases in enumerate(targets(f)):
        for disease in diseases:
            said = verdict(f, index, disease)
            assert said is not None
            assert all(0 <= n < len(f.sentences) for n in said.sentences)
