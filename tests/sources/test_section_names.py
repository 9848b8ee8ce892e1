from __future__ import annotations

import pytest

from kg.model import Section
from kg.sources.section_names import section_of


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("2. Materials and Methods", Section.METHODS),
        ("METHODS/DESIGN", Section.METHODS),
        ("3.1 Results", Section.RESULTS),
        ("Results and Discussion", Section.RESULTS),
        ("IV. Discussion", Section.DISCUSSION),
        ("Background", Section.INTRODUCTION),
        ("5. Summary and conclusions", Section.CONCLUSION),
        ("Authors’ contributions", Section.SUPPLEMENT),
        ("Competing interests", Section.SUPPLEMENT),
        ("TL;DR", Section.SUMMARY),
        ("Key findings", Section.SUMMARY),
        ("Cell culture", None),
        ("Numerical results", None),
        ("", None),
    ],
)
def test_exact_names(heading: str, section: Section | None) -> None:
    assert section_of(heading) is section


def test_loose_names() -> None:
    assert section_of("Numerical results", loose=True) is Section.RESULTS
    assert section_of("Discussion and conclusions", loose=True) is Section.CONCLUSION
    assert section_of("Cell culture", loose=True) is None
