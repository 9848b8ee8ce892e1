from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import bibliographic_ids as ids
from kg.identifiers import is_curie


@pytest.mark.parametrize(
    ("written", "curie"),
    [
        ("10.3390/cells15050400", "doi:10.3390/cells15050400"),
        ("https://doi.org/10.1002/STEM.1234.", "doi:10.1002/stem.1234"),
        ("http://dx.doi.org/10.1000%2Fabc", "doi:10.1000/abc"),
        ("DOI: 10.1000/XYZ;", "doi:10.1000/xyz"),
        ("doi:10.1016/S0140-6736(05)67728-8", "doi:10.1016/s0140-6736(05)67728-8"),
        ("(see 10.1000/abc)", "doi:10.1000/abc"),
        ("10.1002/(SICI)1097<1::AID-1>3.0.CO;2-A", "doi:10.1002/(sici)1097<1::aid-1>3.0.co;2-a"),
        ("no doi here", None),
        ("10.12/short-registrant", None),
        ("10.1000/" + "a" * 2000, None),
    ],
)
def test_doi(written: str, curie: str | None) -> None:
    assert ids.doi(written) == curie


@pytest.mark.parametrize(
    ("written", "curie"),
    [
        ("21772740", "PMID:21772740"),
        (" PMID: 0123 ", "PMID:123"),
        ("https://pubmed.ncbi.nlm.nih.gov/77/", "PMID:77"),
        ("0", None),
        ("PMC12", None),
        ("12a", None),
    ],
)
def test_pmid(written: str, curie: str | None) -> None:
    assert ids.pmid(written) == curie


@pytest.mark.parametrize(
    ("written", "curie"),
    [
        ("PMC42", "PMC:42"),
        ("42", "PMC:42"),
        ("PMCID: PMC42.1", "PMC:42"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC42/", "PMC:42"),
        ("PMCx", None),
    ],
)
def test_pmc(written: str, curie: str | None) -> None:
    assert ids.pmc(written) == curie


def test_digits_are_a_pubmed_id_only_where_the_format_says_so() -> None:
    assert ids.from_input_id("123", digits_are_pmid=True) == "PMID:123"
    assert ids.from_input_id("123") == "MSCKG:document/123"
    assert ids.from_input_id("12345678901", digits_are_pmid=True) == "MSCKG:document/12345678901"


def test_input_ids_that_speak_for_themselves() -> None:
    assert ids.from_input_id("NCT01234567") == "NCT:01234567"
    assert ids.from_input_id("PMC77") == "PMC:77"
    assert ids.from_input_id("doi:10.1000/A") == "doi:10.1000/a"
    assert ids.from_input_id("case 1/ä") == "MSCKG:document/case%201%2F%C3%A4"


def test_best_identifier_prefers_doi_then_pubmed_then_pmc() -> None:
    assert ids.best(["PMC:1", "PMID:2", "doi:10.1000/z"]) == "doi:10.1000/z"
    assert ids.best(["PMC:1", "PMID:2"]) == "PMID:2"
    assert ids.best(["MSCKG:document/x"]) is None


@given(st.text(max_size=60))
def test_every_result_is_a_curie_and_doi_is_idempotent(text: str) -> None:
    for found in (ids.doi(text), ids.pmid(text), ids.pmc(text), ids.trial(text)):
        assert found is None or is_curie(found)
    found = ids.doi(text)
    assert found is None or ids.doi(found) == found


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_input_id_always_gives_an_ascii_curie(text: str) -> None:
    curie = ids.from_input_id(text)
    assert is_curie(curie) or curie == "MSCKG:document/"
    assert " " not in curie
