from __future__ import annotations

import pytest

from kg.view.links import concept_links, paper_url, safe_url


@pytest.mark.parametrize(
    ("curie", "first"),
    [
        ("MESH:D014591", "https://meshb.nlm.nih.gov/record/ui?ui=D014591"),
        ("CL:0000134", "https://www.ebi.ac.uk/ols4/ontologies/cl/terms?iri=http%3A%2F%2Fpurl.obolibrary.org%2Fobo%2FCL_0000134"),
        ("NCBITaxon:9606", "https://www.ncbi.nlm.nih.gov/Taxonomy/Browser/wwwtax.cgi?id=9606"),
        ("PMID:21772740", "https://pubmed.ncbi.nlm.nih.gov/21772740"),
        ("PMC:12984748", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC12984748"),
        ("doi:10.3390/cells15050400", "https://doi.org/10.3390/cells15050400"),
        ("NCT:01234567", "https://clinicaltrials.gov/study/NCT01234567"),
    ],
)  # fmt: skip
def test_concept_links(curie: str, first: str) -> None:
    assert concept_links(curie)[0].url == first


def test_obo_terms_have_their_purl_too() -> None:
    assert [link.url for link in concept_links("UBERON:0001295")][-1] == "http://purl.obolibrary.org/obo/UBERON_0001295"


@pytest.mark.parametrize(
    "curie", ["MSCKG:vocabulary/x", "MESH:x", "nonsense", "", "javascript:alert(1)", 'MESH:D1"><b>']
)
def test_no_link_for_what_is_no_public_identifier(curie: str) -> None:
    assert concept_links(curie) == ()


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "data:text/html,x", "JaVaScRiPt:alert(1)", "https:///x", "file:///etc/passwd", "//x.org",
        "https://x.org/<b>", "https://x.org/ y", "https://x.org/\u202e", "https://[", "", None, 'https://x.org/"x',
    ],
)  # fmt: skip
def test_unsafe_addresses_are_refused(url: str | None) -> None:
    assert safe_url(url) is None


def test_a_paper_without_identifier_uses_its_own_address_when_that_is_safe() -> None:
    assert paper_url("MSCKG:document/1", "https://example.org/p") == "https://example.org/p"
    assert paper_url("MSCKG:document/1", "javascript:alert(1)") is None
    assert paper_url("PMID:1", "https://example.org/p") == "https://pubmed.ncbi.nlm.nih.gov/1"
    assert paper_url("doi:10.1234/a'b<c>", None) == "https://doi.org/10.1234/a%27b%3Cc%3E"
