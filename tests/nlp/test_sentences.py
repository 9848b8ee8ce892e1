from __future__ import annotations

from itertools import pairwise

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from kg.nlp.sentences import sentence_starts


def sentences(text: str) -> list[str]:
    starts = [*sentence_starts(text, 0, len(text)), len(text)]
    return [text[a:b].strip() for a, b in pairwise(starts)]


@pytest.mark.parametrize(
    "whole",
    [
        "Cells were given (e.g. by i.v. infusion of 1.5 million).",
        "E. coli and S. aureus grew.",
        "Smith et al. 2020 agree, vs. none before.",
        "See Fig. 2 and Eq. 3 for details.",
        "The dose of 2.5 mL was given at 37.0 degrees.",
        "J. B. Jones gave p < .05 as a bound.",
        "Approx. Ten mice died.",
        "It rose. but not much.",
    ],
)
def test_one_sentence(whole: str) -> None:
    assert sentences(whole) == [whole]


@pytest.mark.parametrize(
    "parts",
    [
        ["It works.", "It is safe."],
        ["Does it work?", "Yes!", "It does."],
        ["METHODS: Rats were used.", "RESULTS: They lived."],
        ["It works (see above).", "(It is safe.)"],
        ['He said "it works."', "She agreed."],
        ["They were given i.v.", "No one died."],
        ["Published by Jones et al.", "We disagree."],
        ["The endometrium is thin.", "scRNA-seq shows why."],
        ["It contained vitamin D.", "24 rats were used."],
        ["First of all.", "2 groups were made."],
    ],
)
def test_several_sentences(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


def test_a_line_break_ends_a_sentence() -> None:
    assert sentences("A heading\nA sentence follows.") == ["A heading", "A sentence follows."]
    assert sentences("as of Fig.\n2 is one") == ["as of Fig.", "2 is one"]


@given(st.text(alphabet='ab AB.?!()\n"1', max_size=60))
def test_starts_rise_and_are_not_blank(text: str) -> None:
    starts = list(sentence_starts(text, 0, len(text)))
    assert starts == sorted(set(starts))
    assert all(not text[start].isspace() for start in starts)


@pytest.fixture(scope="module")
def language() -> Language:
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kg_tokenizer.v1"}}})
    nlp.add_pipe("kg_sentences")
    return nlp


def test_sentences_keep_to_passages(language: Language) -> None:
    doc = language.make_doc("A title without stop Then text. More text.")
    doc._.kg_passages = [
        {"section": "title", "start": 0, "end": 20},
        {"section": "abstract", "start": 21, "end": 42},
    ]
    doc = language.get_pipe("kg_sentences")(doc)
    assert [s.text for s in doc.sents] == ["A title without stop", "Then text.", "More text."]


def test_works_with_another_tokenizer_and_on_nothing() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_sentences")
    assert [s.text for s in nlp("It works. It's safe.").sents] == ["It works.", "It's safe."]
    assert len(nlp("")) == 0


def test_endless_dots_take_linear_time() -> None:
    assert list(sentence_starts("." * 200_000, 0, 200_000)) == [0]
