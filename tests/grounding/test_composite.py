from __future__ import annotations

import pytest

from kg.grounding.composite import split


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("breast and ovarian cancer", ("breast cancer", "ovarian cancer")),
        ("type 1 and 2 diabetes", ("type 1 diabetes", "type 2 diabetes")),
        ("types I or II collagen disease", ("types I collagen disease", "types II collagen disease")),
        ("cancer of the breast and ovary", ("cancer of the breast", "cancer of the ovary")),
        ("nausea and vomiting", ("nausea", "vomiting")),
        (
            "colorectal, endometrial, and ovarian cancers",
            ("colorectal cancers", "endometrial cancers", "ovarian cancers"),
        ),
        ("renal/hepatic failure", ("renal failure", "hepatic failure")),
    ],
)
def test_enumerations_are_written_out(phrase: str, expected: tuple[str, ...]) -> None:
    assert expected in split(phrase)


@pytest.mark.parametrize("phrase", ["heart failure", "and", "", "hand-foot syndrome", "a, b, c, d, e, f, g"])
def test_other_phrases_are_not(phrase: str) -> None:
    assert split(phrase) == ()
