from __future__ import annotations

import math

import pytest

from kg.grounding.names import Names
from kg.grounding.translation import Translation, tokens_of
from kg.ontology import Ontology

TABLE = {"cardiac": {"heart": 0.8, "myocardial": 0.2}, "weakness": {"failure": 0.5}, "$oidal": {"failure": 0.1}}


@pytest.fixture(scope="session")
def translation(ontology: Ontology) -> Translation:
    return Translation(Names(ontology), TABLE)


def test_long_words_are_known_by_their_ends_too() -> None:
    assert tokens_of("heart") == ("heart",)
    assert tokens_of("nephropathy") == ("nephropathy", "^nephr", "$pathy")
    assert tokens_of("12345678") == ("12345678",)


def test_words_explain_themselves_and_what_they_become(translation: Translation) -> None:
    assert translation.cover(("cardiac", "weakness")) == {
        "cardiac": 1.0,
        "weakness": 1.0,
        "heart": 0.8,
        "myocardial": 0.2,
        "failure": 0.5,
    }


def test_the_nearest_label_is_the_one_that_is_explained(translation: Translation) -> None:
    assert translation.nearest(("cardiac", "weakness"), 3)[0] == "MESH:D006333"
    assert translation.nearest(("unheard",), 3) == []


def test_columns_weigh_words(translation: Translation) -> None:
    words = ("cardiac", "weakness")
    label = (("heart", 3.0), ("failure", 1.0))
    columns = translation.columns(translation.cover(words), translation.shares(words), label)
    # (3 * 0.8 + 1 * 0.5) / 4; each word of the mention is explained as well as it can be
    assert columns[:3] == pytest.approx((0.725, 0.5, 1.0))
    assert columns[3] == pytest.approx(math.log(0.803) + math.log(0.503))
