from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import GroundingError
from kg.identifiers import PREFIXES, digest, is_curie, parse, to_curie, to_iri


@pytest.mark.parametrize(
    ("curie", "iri"),
    [
        ("MESH:D014591", "http://id.nlm.nih.gov/mesh/D014591"),
        ("MESH:C000657245", "http://id.nlm.nih.gov/mesh/C000657245"),
        ("CL:0000134", "http://purl.obolibrary.org/obo/CL_0000134"),
        ("NCBITaxon:9606", "http://purl.obolibrary.org/obo/NCBITaxon_9606"),
        ("UBERON:8480042", "http://purl.obolibrary.org/obo/UBERON_8480042"),
        ("PMC:12984748", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC12984748"),
        ("doi:10.3390/cells15050400", "https://doi.org/10.3390/cells15050400"),
        ("NCT:02414295", "https://clinicaltrials.gov/study/NCT02414295"),
        ("MSCKG:vocabulary/thin-endometrium", "https://w3id.org/msc-kg/vocabulary/thin-endometrium"),
    ],
)
def test_curie_and_iri_are_two_forms_of_one_identifier(curie: str, iri: str) -> None:
    assert is_curie(curie)
    assert to_iri(curie) == iri
    assert to_curie(iri) == curie


def test_an_old_doi_becomes_a_valid_iri() -> None:
    assert (
        to_iri("doi:10.1002/(SICI)1<2::AID-X>3.0.CO;2-A") == "https://doi.org/10.1002/(SICI)1%3C2::AID-X%3E3.0.CO;2-A"
    )


@pytest.mark.parametrize("value", ["", "MESH:", "MESH:D1", "mesh:D014591", "RIF", "CL:134", "NCBITaxon:human", "X:1"])
def test_what_is_no_curie_is_refused(value: str) -> None:
    assert not is_curie(value)
    with pytest.raises(GroundingError, match="not a known identifier"):
        parse(value)


def test_unknown_prefix_cannot_be_expanded() -> None:
    with pytest.raises(GroundingError, match="unknown prefix"):
        to_iri("FOO:1")


@given(st.sampled_from(sorted(PREFIXES)), st.from_regex(r"[A-Za-z0-9]{1,12}", fullmatch=True))
def test_expanding_and_contracting_are_inverse(prefix: str, local: str) -> None:
    assert to_curie(to_iri(f"{prefix}:{local}")) == f"{prefix}:{local}"


@given(st.text(max_size=40))
def test_an_iri_never_holds_a_character_that_breaks_turtle(local: str) -> None:
    assert not set('<>"{}|\\^` \n\t') & set(to_iri(f"doi:{local}"))


def test_digest_parts_do_not_run_together() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("a", None) != digest("a", "None")
    assert len(digest("a", length=64)) == 64
