from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.model import ForeignAnnotation, Section
from kg.sources import read_documents
from kg.sources.foreign_entities import parse_entry
from kg.sources.markdown_blocks import parse, strip_markup
from kg.sources.summary_markdown import to_document

PAGE = """# Stem cells for a *sore* knee

**Authors:** Ann A. Bee, Carl Dee and Eve Fox

PMC · DOI: 10.1000/KNEE.1 · Knee Journal · 2024-05

## TL;DR

Cells may help.

## Key findings

- First **finding**.
- Second finding
  goes on.

## Abstract

We looked at [cells](https://example.org/c).

## Linked entities

- **Species:** Homo sapiens (taxon 9606)

## Full-text entities

- **Diseases:** sore knee (MESH:D1234567), unknown thing, ache (left, right) [OMIM:123456]
- **Cell types:** stem cell (cl:0000034)

## Full text

_Left out here._ See: https://example.org/paper/PMC77/full.md

## References

12 references: https://example.org/paper/PMC77/full.md

---
Source: https://example.org/paper/PMC77
"""


def test_summary_page() -> None:
    document = to_document(parse(PAGE.split("\n")), "page")
    passages = [(p.section, p.heading, document.text[p.start : p.end]) for p in document.passages]
    assert passages == [
        (Section.TITLE, None, "Stem cells for a sore knee"),
        (Section.SUMMARY, "TL;DR", "Cells may help."),
        (Section.SUMMARY, "Key findings", "First finding."),
        (Section.SUMMARY, "Key findings", "Second finding goes on."),
        (Section.ABSTRACT, "Abstract", "We looked at cells."),
    ]
    assert document.text == "\n".join(text for _, _, text in passages)
    paper = document.paper
    assert (paper.id, paper.identifiers) == ("doi:10.1000/knee.1", ("PMC:77", "doi:10.1000/knee.1"))
    assert (paper.authors, paper.journal) == (("Ann A. Bee", "Carl Dee", "Eve Fox"), "Knee Journal")
    assert (paper.date, paper.url) == ("2024-05", "https://example.org/paper/PMC77")
    assert document.foreign == (
        ForeignAnnotation("Homo sapiens", "Species", "NCBITaxon:9606", "example.org"),
        ForeignAnnotation("sore knee", "Disease", "MESH:D1234567", "example.org"),
        ForeignAnnotation("ache", "Disease", "OMIM:123456", "example.org"),
        ForeignAnnotation("stem cell", "CellType", "CL:0000034", "example.org"),
    )


OTHER = """Intro before.

# Head

Some `code` text
wrapped.

Methods
-------

1. one
2. two

| a | b |
|---|---|
| c | d |

### Deep
> quoted **text**

## Bibliography
Not this.

## Odds and ends
Last.
"""


def test_any_other_markdown() -> None:
    document = to_document(parse(OTHER.split("\n")), "x")
    assert [(p.section, p.heading, document.text[p.start : p.end]) for p in document.passages] == [
        (Section.TITLE, None, ""),
        (Section.BODY, None, "Intro before."),
        (Section.BODY, "Head", "Some code text wrapped."),
        (Section.METHODS, "Methods", "one"),
        (Section.METHODS, "Methods", "two"),
        (Section.TABLE, "Methods", "a | b"),
        (Section.TABLE, "Methods", "c | d"),
        (Section.METHODS, "Deep", "quoted text"),
        (Section.BODY, "Odds and ends", "Last."),
    ]
    assert document.text.startswith("\nIntro")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("**bold** and *it* and ***both*** and __b__ and _i_", "bold and it and both and b and i"),
        ("snake_case_name, 2 * 3 * 4, p<0.05 and x > 1", "snake_case_name, 2 * 3 * 4, p<0.05 and x > 1"),
        ("![fig](a.png) [t](u(1)) [r][1] <https://a.b/c>[^2]", "fig t r https://a.b/c"),
        ("H<sub>2</sub>O &lt; CO<sub>2</sub> \\*", "H2O < CO2 *"),
        ("~~old~~ `x*y*z`", "old x*y*z"),
        ("a 3*4*5 grid", "a 3*4*5 grid"),
    ],
)
def test_markup_is_stripped(raw: str, text: str) -> None:
    assert strip_markup(raw) == text


def test_a_comparison_is_no_quotation(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# T\n\n> In 3 rats and >7 mm, c>d.\n", encoding="utf-8")
    (document,) = read_documents(path)
    assert document.text == "T\nIn 3 rats and >7 mm, c>d."


def test_front_matter_comments_and_fences() -> None:
    text = "---\ntitle: x\n---\n# T #\n<!-- a\n\nb -->\n```py\ncode *x*\n```\n[1]: http://x.y\n***\nend"
    assert [block.raw for block in parse(text.split("\n"))] == ["T", "code *x*", "end"]


def test_entity_list_without_identifiers_or_name_gives_nothing() -> None:
    assert parse_entry("**Diseases:** ache, pain (strong)", "o") == []
    assert parse_entry("just words", "o") == []
    assert parse_entry("**Diseases:** ", "o") == []
    assert parse_entry("**Diseases:** " + "x" * 600 + " (MESH:D1234567)", "o") == []
    (found,) = parse_entry("**Genes:** VEGFA [NCBIGene:7422]", "o")
    assert (found.type, found.curie) == ("Genes", "NCBIGene:7422")


def test_a_page_with_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\n\n<!-- nothing -->\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"a\.md: the document has no text"):
        list(read_documents(path))
