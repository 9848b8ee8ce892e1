from __future__ import annotations

import time

import pytest

from kg.errors import SourceError
from kg.sources.bibliography import (
    BibliographyEntry,
    first_of_each,
    from_address,
    from_labelled,
    from_note,
    person,
    plain,
    web_address,
)


def test_the_first_of_each_kind_counts() -> None:
    assert first_of_each([None, "PMID:2", "doi:10.1000/a", "PMID:1", None]) == ("PMID:2", "doi:10.1000/a")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("10<sup>6</sup> CD4<sup>+</sup> <jats:p>H<sub>2</sub>O</jats:p>", "10^6 CD4+ H2O"),
        ("210<sup>2</sup> 10<sup>-9</sup> 10<sup>th</sup>", "2102 10^-9 10th"),
        ("p < 0.05 &lt; x\u200b\n y &amp; z", "p < 0.05 < x y & z"),
    ],
)
def test_plain(text: str, line: str) -> None:
    assert plain(text) == line


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("PMID: 1\nPMCID: PMC2", ["PMID:1", "PMC:2"]),
        ("  pmid:1; PMCID: PMC2. DOI: 10.1000/x", ["PMID:1", "PMC:2", "doi:10.1000/x"]),
        ("Comment in: Cells. PMID: 3", []),
        ("PMID: many", [None]),
        ("", []),
    ],
)
def test_from_note(note: str, found: list[str | None]) -> None:
    assert list(from_note(note)) == found


@pytest.mark.parametrize(
    ("address", "curie"),
    [
        (" https://doi.org/10.1000/A%28b%29 ", "doi:10.1000/a(b)"),
        ("http://www.ncbi.nlm.nih.gov/pubmed/12", "PMID:12"),
        ("https://pubmed.ncbi.nlm.nih.gov/12/", "PMID:12"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC3/pdf/a.pdf", "PMC:3"),
        ("https://pubmed.ncbi.nlm.nih.gov/?term=12", None),
        ("https://journal.example/doi/10.1000/a", None),
    ],
)
def test_from_address(address: str, curie: str | None) -> None:
    assert from_address(address) == curie


def test_from_labelled() -> None:
    assert from_labelled("10.1000/X [doi]") == "doi:10.1000/x"
    assert from_labelled("12[pmid]") == "PMID:12"
    assert from_labelled("e12 [pii]") is None


def test_names_and_addresses() -> None:
    assert person(" Doe ", "Jane  K.", "Jr.") == "Jane K. Doe Jr."
    assert person("Group") == "Group"
    assert web_address(" https://a.example/x ") == "https://a.example/x"
    assert web_address("javascript:alert(1)") is None
    assert web_address("https://a.example/<b>") is None


def test_without_identifier_the_content_names_the_paper() -> None:
    one, two = (BibliographyEntry(title, authors=("", "A")).to_document("x") for title in ("T", "U"))
    assert one.id == one.paper.id == one.paper.identifiers[0]
    assert one.id.startswith("MSCKG:document/")
    assert one.id != two.id
    assert one.paper.authors == ("A",)


def test_a_title_is_needed() -> None:
    with pytest.raises(SourceError, match="x: 'k' has no title"):
        BibliographyEntry("", "An abstract").to_document("x", "'k'")


@pytest.mark.parametrize("piece", ["PMID:;", " \n", "<i ", "10<sup>", "PMID: 1 "])
def test_hostile_text_is_read_in_linear_time(piece: str) -> None:
    start = time.process_time()
    plain(piece * 100_000)
    list(from_note(piece * 100_000))
    assert time.process_time() - start < 5
