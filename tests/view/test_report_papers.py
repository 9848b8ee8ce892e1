from __future__ import annotations

from dataclasses import replace

from kg.model import Citation, Reference
from kg.view.report_papers import references_section, retracted_section
from tests.view.documents import primary, related


def with_references() -> list[str]:
    base = primary()
    references = (
        Reference("B1", "One. 2020.", ("PMID:7",), title="Known here", year=2020),
        Reference("B2", "Two.", ("doi:10.1000/x",), title="Known | elsewhere"),
        Reference("B3", "Three, a thesis. 1987.", year=1987),
    )
    document = replace(base.document, references=references, citations=(Citation(0, 5, ("B1", "B3")),))
    return references_section([replace(base, document=document), related()])


def test_what_of_a_reference_list_is_in_the_study() -> None:
    lines = with_references()
    assert lines[0] == "## References"
    assert "| [Cells for a thin lining](https://doi.org/10.1234/abc) | 3 | 2 | 2 | 1 |" in lines
    assert lines[-2:] == [
        "- Known \\| elsewhere: [doi:10.1000/x](https://doi.org/10.1000/x)",
        "- Three, a thesis. 1987. (1987): no identifier found",
    ]


def test_no_list_no_section() -> None:
    assert references_section([primary(), related()]) == []
    assert retracted_section([primary()]) == []


def test_retracted_papers_are_told() -> None:
    base = related()
    document = replace(base.document, paper=replace(base.document.paper, retracted=True))
    lines = retracted_section([replace(base, document=document)])
    assert lines[0] == "## Retracted papers"
    assert lines[-1].startswith("- [Thin endometrium and bone marrow cells](")
