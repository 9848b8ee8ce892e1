"""What each service is asked, and how its answers are read."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import NotFoundError, ServiceError
from kg.services import Client, bioc_pmc, crossref, europe_pmc, eutils, id_converter, pmc_oa, registry
from kg.services.identifiers import doi_curie, pmc_curie, pmid_curie
from tests.services.standin import FakePaper, StandIn


def test_records_are_asked_for_in_one_request(client: Client, stand_in: StandIn) -> None:
    answer = eutils.pubmed_records(client, [f"PMID:{n}" for n in range(1, 201)])
    [served] = stand_in.served
    assert len(served.fields["id"].split(",")) == 200
    assert served.fields["tool"] == "msc-kg"
    assert served.fields["email"] == "someone@example.org"
    assert b"Cord cells for the thin endometrium" in answer.content


def test_the_converter_is_asked_by_type(client: Client, stand_in: StandIn) -> None:
    asked = ["doi:10.1000/a", "PMID:12", "PMC:106", "PMID:13", "NCT:00000001", "doi:10.1000/with,comma"]
    batches = id_converter.batches(asked)
    assert batches == [("doi:10.1000/a",), ("PMID:12", "PMID:13"), ("PMC:106",)]
    assert [id_converter.convert(client, batch) for batch in batches] == [
        {"doi:10.1000/a": ("doi:10.1000/a", "PMID:11", "PMC:101")},
        {"PMID:12": ("doi:10.1000/b", "PMID:12", "PMC:102")},
        {"PMC:106": ("doi:10.1000/e", "PMID:16", "PMC:106")},
    ]
    assert [served.fields["idtype"] for served in stand_in.served] == ["doi", "pmid", "pmcid"]


@given(st.lists(st.integers(1, 10**8), unique=True, max_size=500), st.integers(0, 60))
def test_no_address_is_too_long(numbers: list[int], length: int) -> None:
    asked = [f"doi:10.1016/{'x' * length}<{n}>" for n in numbers] + [f"PMID:{n}" for n in numbers]
    batches = id_converter.batches(asked)
    assert [curie for batch in batches for curie in batch] == asked
    assert all(len(batch) <= 200 and sum(len(quote(c)) + 3 for c in batch) <= 4000 for batch in batches)


def test_citations_are_matched_by_what_is_printed(client: Client) -> None:
    journal = "Journal of Made-up Results"
    right = eutils.PrintedCitation("B1", journal, 2021, "7", "101", "Maker A")
    wrong = eutils.PrintedCitation("B2|x\n", journal, 1950, "7", "1", "No|body\r")
    assert eutils.match_citations(client, [wrong, right]) == {"B1": "PMID:11"}


def test_europe_pmc_by_doi(client: Client) -> None:
    [record] = europe_pmc.search_dois(client, ["doi:10.1000/pre", 'doi:10.1000/"quoted"'])
    assert europe_pmc.identifiers_of(record) == ("doi:10.1000/pre",)
    assert europe_pmc.to_csl(record) == {
        "id": "10.1000/pre",
        "type": "article-journal",
        "title": "A preprint on vesicles",
        "abstract": "Vesicles of MSCs.",
        "container-title": "Journal of Made-up Results",
        "author": [{"family": "Maker", "given": "Ann"}],
        "issued": {"raw": "2021-03-01"},
        "DOI": "10.1000/pre",
    }


def test_europe_pmc_full_text_and_references(client: Client, stand_in: StandIn) -> None:
    assert b"Text from Europe PMC." in europe_pmc.full_text(client, "PMC:106").content
    with pytest.raises(NotFoundError):
        europe_pmc.full_text(client, "PMC:101")
    listed = ({"id": "11", "source": "MED"}, {"doi": "10.1000/PRE"}, {"title": "No id"}, {"id": "11", "source": "MED"})
    stand_in.papers = [FakePaper("Citing", pmid="77", europe_references=listed)]
    assert europe_pmc.references(client, "PMID:77") == ["PMID:11", "doi:10.1000/pre"]


def test_crossref(client: Client, stand_in: StandIn) -> None:
    _, work = crossref.work(client, "doi:10.1000/x<y>")
    assert work["title"] == ["A chapter that only Crossref has"]
    assert stand_in.served[0].fields == {"mailto": "someone@example.org"}
    with pytest.raises(NotFoundError):
        crossref.work(client, "doi:10.1000/none")


def test_bioc_says_no_in_plain_text(client: Client) -> None:
    with pytest.raises(NotFoundError):
        bioc_pmc.article(client, "PMC:101")


def test_the_licence_of_an_open_article(client: Client, stand_in: StandIn) -> None:
    record = (
        b'<OA><records><record id="PMC101" citation="x" license="CC BY" retracted="yes"><link/></record></records></OA>'
    )
    stand_in.answer = lambda path, fields: (200, "text/xml", record)  # type: ignore[method-assign]
    assert pmc_oa.licence(client, "PMC:101") == "CC BY"
    error = b'<OA><error code="idIsNotOpenAccess">not open</error></OA>'
    stand_in.answer = lambda path, fields: (200, "text/xml", error)  # type: ignore[method-assign]
    with pytest.raises(NotFoundError):
        pmc_oa.licence(client, "PMC:102")


def test_a_trial(client: Client, stand_in: StandIn) -> None:
    stand_in.trials["NCT00000001"] = {"protocolSection": {}}
    assert registry.trial(client, "NCT:00000001").json() == {"protocolSection": {}}
    with pytest.raises(NotFoundError):
        registry.trial(client, "NCT:00000009")


@pytest.mark.parametrize("value", ["7", "[]", "null", '"x"', "{}", '[7, {"a": []}]', '{"items": {}, "result": 3}'])
def test_json_of_another_shape_breaks_nothing(client: Client, stand_in: StandIn, value: str) -> None:
    names = ("records", "message", "resultList", "referenceList", "esearchresult")
    answer = "{" + ", ".join(f'"{name}": {value}' for name in names) + "}"
    stand_in.answer = lambda path, fields: (200, "application/json", answer.encode())  # type: ignore[method-assign]
    assert id_converter.convert(client, ["PMID:1"]) == {}
    assert europe_pmc.search_dois(client, ["doi:10.1000/a"]) == []
    assert europe_pmc.references(client, "PMID:1") == []
    assert crossref.find(client, "A title") == []
    assert eutils.search_dois(client, ["doi:10.1000/a"]) == []
    if not value.startswith("{"):
        with pytest.raises(ServiceError):
            crossref.work(client, "doi:10.1000/a")


@pytest.mark.parametrize(
    ("curie", "right"),
    [
        (doi_curie("https://doi.org/10.1000/ABC"), "doi:10.1000/abc"),
        (doi_curie("10.1000/a b"), None),
        (doi_curie(7), None),
        (pmid_curie(123), "PMID:123"),
        (pmid_curie("0"), None),
        (pmid_curie(None), None),
        (pmc_curie("PMC123.1"), "PMC:123"),
        (pmc_curie("x"), None),
    ],
)
def test_identifiers(curie: str | None, right: str | None) -> None:
    assert curie == right
