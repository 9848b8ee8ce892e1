from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from kg.nlp.recogniser.features import LABELS, Abbreviation
from kg.nlp.recogniser.gazetteer import Tag, Tagged
from kg.nlp.recogniser.proposals import Draft, span_logs

NOTHING: tuple[Tag, ...] = ()


def tagged(text: str, tags: dict[int, Tag] | None = None, start: int = 0) -> Tagged:
    words = text.split()
    spans: list[tuple[int, int]] = []
    for word in words:
        spans.append((start, start + len(word)))
        start += len(word) + 1
    return Tagged(
        tuple(spans), tuple(words), tuple((tags[i],) if tags and i in tags else () for i in range(len(words)))
    )


def table(*rows: dict[str, float]) -> NDArray[np.float64]:
    result = np.zeros((len(rows), len(LABELS)))
    for place, row in enumerate(rows):
        for label, probability in row.items():
            result[place, LABELS.index(label)] = probability
        result[place, 0] = 1 - result[place].sum()
    return result


def draft(sentences: list[Tagged], tables: list[NDArray[np.float64]], *short: Abbreviation) -> Draft:
    return Draft(sentences, (tables, tables), tables, frozenset(), short)


def test_a_span_is_as_likely_as_its_labels() -> None:
    rows = table({"B": 0.5}, {"I": 0.4}, {"E": 0.3, "S": 0.2}).tolist()
    assert sum(span_logs(rows, 0, 2)) == pytest.approx(math.log(0.5 * 0.4 * 0.3), abs=1e-4)
    assert span_logs(rows, 2, 2) == pytest.approx([math.log(0.2)], abs=1e-4)


def test_both_readings_of_a_doubtful_border_are_proposed() -> None:
    sentence = tagged("severe liver damage resolved")
    found = draft([sentence], [table({"B": 0.4}, {"B": 0.5, "I": 0.4}, {"E": 0.9}, {})])
    assert set(found.scores) == {(0, 0, 2), (0, 1, 2)}
    assert found.characters((0, 1, 2)) == (7, 19)


def test_what_is_likely_once_is_proposed_in_other_places() -> None:
    first, second = tagged("asthma improved"), tagged("no asthma", start=16)
    found = draft([first, second], [table({"S": 0.9}, {}), table({}, {})])
    assert set(found.scores) == {(0, 0, 0), (1, 1, 1)}
    assert found.scores[1, 1, 1] < math.log(1e-5)


def test_a_defined_short_form_is_proposed_in_the_plural_too() -> None:
    sentence = tagged("the IUAs and IUA")
    found = draft([sentence], [table({}, {}, {}, {})], Abbreviation("IUA", "intrauterine adhesion", 30, 51))
    assert set(found.scores) == {(0, 1, 1), (0, 3, 3)}


def test_a_vocabulary_term_is_proposed_where_the_models_do_not_rule_it_out() -> None:
    tags = {0: Tag("D", "B", "m", 2), 1: Tag("D", "E", "m", 2)}
    sentence = tagged("renal colic", tags)
    assert set(draft([sentence], [table({"B": 0.02}, {})]).scores) == {(0, 0, 1)}
    assert not draft([sentence], [table({"B": 0.002}, {})]).scores
