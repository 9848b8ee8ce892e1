"""The competency queries against the study of `tests.graph.build`: every row is worked out by hand."""

from __future__ import annotations

import pytest
import rdflib
from pyoxigraph import Store

from kg.graph import Dataset, SelectResult, competency_queries, query
from kg.graph.results import friendly
from kg.graph.validate import to_rdflib
from tests.graph.build import CORD_CELLS, PLAIN_MSC, VESICLES

ALLO = "allogeneic mesenchymal stem cells"
CORD = "umbilical cord mesenchymal stem cells"
EXOSOMES = "umbilical cord MSC vesicles"
TE = "MSCKG:vocabulary/thin-endometrium"
TRIAL_SENTENCE = "Cord MSCs were infused in women with thin endometrium but no conclusion can be drawn."
MICE_SENTENCE = "Cord MSCs restored the lining in mice with thin endometrium."
NEGATIVE_SENTENCE = "Cord MSCs did not thicken the thin endometrium of mice."

EXPECTED: dict[str, list[tuple[str, ...]]] = {
    "cell-types-by-disease": [
        ("MESH:D006175", "Gynatresia", "CL:0002255", "stromal cell of endometrium", "1", "1"),
    ],
    "concept-with-narrower": [
        (TE, "thin endometrium", "biolink:beneficial_in_models_for", CORD, "false", "PMID:1002"),
        (TE, "thin endometrium", "biolink:in_clinical_trials_for", CORD, "false", "PMID:1001"),
        (TE, "thin endometrium", "biolink:studied_to_treat", ALLO, "false", "doi:10.1000/primary"),
        (TE, "thin endometrium", "MSCKG:no_effect_shown", CORD, "false", "PMID:1003"),
        (TE, "thin endometrium", "mention", "thin endometrium", "", "doi:10.1000/primary"),
        (TE, "thin endometrium", "mention", "thin endometrium", "", "PMID:1001"),
        (TE, "thin endometrium", "mention", "thin endometrium", "", "PMID:1002"),
        (TE, "thin endometrium", "mention", "thin endometrium", "", "PMID:1003"),
    ],
    "concepts-without-mesh": [
        (TE, "thin endometrium", "MESH:D014591", "Uterine Diseases", "skos:broadMatch"),
    ],
    "contradictions": [
        (CORD, "thin endometrium", "inconclusive", "clinical_trial", "PMID:1001"),
        (CORD, "thin endometrium", "negative", "preclinical_in_vivo", "PMID:1003"),
        (CORD, "thin endometrium", "positive", "preclinical_in_vivo", "PMID:1002"),
    ],
    "diseases-without-trial": [("MESH:D006175", "Gynatresia", "1")],
    "effects-on-cell-types": [
        (
            EXOSOMES,
            "proliferation",
            "increased",
            "false",
            "CL:0002255",
            "stromal cell of endometrium",
            "The exosomes increased proliferation of stromal cells.",
            "PMID:1002",
        ),
    ],
    "evidence-for-pair": [
        (
            ALLO,
            "biolink:studied_to_treat",
            "not_stated",
            "false",
            "Allogeneic MSCs are proposed for thin endometrium.",
            "abstract",
            "31",
            "81",
            "doi:10.1000/primary",
            "Cells for the thin endometrium",
        ),
        (
            CORD,
            "biolink:in_clinical_trials_for",
            "inconclusive",
            "false",
            TRIAL_SENTENCE,
            "abstract",
            "8",
            "93",
            "PMID:1001",
            "A trial",
        ),
        (
            CORD,
            "biolink:beneficial_in_models_for",
            "positive",
            "false",
            MICE_SENTENCE,
            "abstract",
            "15",
            "75",
            "PMID:1002",
            "Repair in mice",
        ),
        (
            CORD,
            "MSCKG:no_effect_shown",
            "negative",
            "false",
            NEGATIVE_SENTENCE,
            "abstract",
            "10",
            "65",
            "PMID:1003",
            "No repair",
        ),
    ],
    "most-mentioned": [
        (TE, "thin endometrium", "biolink:Disease", "4", "4"),
        ("MESH:D006175", "Gynatresia", "biolink:Disease", "3", "3"),
        (CORD_CELLS.id, CORD, "MSCKG:Intervention", "3", "3"),
        ("NCBITaxon:9606", "Homo sapiens", "biolink:OrganismTaxon", "2", "2"),
        ("NCBITaxon:10090", "Mus musculus", "biolink:OrganismTaxon", "2", "2"),
        (PLAIN_MSC.id, ALLO, "MSCKG:Intervention", "1", "1"),
        ("CL:0002255", "stromal cell of endometrium", "biolink:Cell", "1", "1"),
        (VESICLES.id, EXOSOMES, "MSCKG:Intervention", "1", "1"),
    ],
    "negative-results": [
        (
            CORD,
            "biolink:applied_to_treat",
            "Gynatresia",
            "true",
            "not_stated",
            "Cord MSCs were never given for Asherman syndrome.",
            "PMID:1003",
        ),
        (
            CORD,
            "biolink:in_clinical_trials_for",
            "thin endometrium",
            "false",
            "inconclusive",
            TRIAL_SENTENCE,
            "PMID:1001",
        ),
        (CORD, "MSCKG:no_effect_shown", "thin endometrium", "false", "negative", NEGATIVE_SENTENCE, "PMID:1003"),
    ],
    "papers-by-intervention": [
        (ALLO, "doi:10.1000/primary", "Cells for the thin endometrium", "2026-02-26", "review", "thin endometrium"),
        (EXOSOMES, "PMID:1002", "Repair in mice", "2021", "preclinical_in_vivo", "Gynatresia"),
        (CORD, "PMID:1001", "A trial", "2020-05", "clinical_trial", "thin endometrium"),
        (CORD, "PMID:1002", "Repair in mice", "2021", "preclinical_in_vivo", "thin endometrium"),
        (CORD, "PMID:1003", "No repair", "2022", "preclinical_in_vivo", "thin endometrium"),
    ],
    "preclinical-species": [
        ("NCBITaxon:10090", "Mus musculus", "preclinical_in_vivo", CORD, "thin endometrium", "2"),
        ("NCBITaxon:10090", "Mus musculus", "preclinical_in_vivo", EXOSOMES, "Gynatresia", "1"),
    ],
    "products-by-source": [
        (
            EXOSOMES,
            "extracellular_vesicles",
            "umbilical cord",
            "",
            "Gynatresia",
            "biolink:beneficial_in_models_for",
            "positive",
            "preclinical_in_vivo",
            "1",
            "1",
        ),
        (
            ALLO,
            "cells",
            "",
            "allogeneic",
            "thin endometrium",
            "biolink:studied_to_treat",
            "not_stated",
            "review",
            "1",
            "1",
        ),
        (
            CORD,
            "cells",
            "umbilical cord",
            "",
            "thin endometrium",
            "biolink:beneficial_in_models_for",
            "positive",
            "preclinical_in_vivo",
            "1",
            "1",
        ),
        (
            CORD,
            "cells",
            "umbilical cord",
            "",
            "thin endometrium",
            "biolink:in_clinical_trials_for",
            "inconclusive",
            "clinical_trial",
            "1",
            "1",
        ),
        (
            CORD,
            "cells",
            "umbilical cord",
            "",
            "thin endometrium",
            "MSCKG:no_effect_shown",
            "negative",
            "preclinical_in_vivo",
            "1",
            "1",
        ),
    ],
    "provenance-of-run": [
        ("input", "primary.md", "", "", "a" * 64),
        ("input", "related.json", "", "", "b" * 64),
        ("program", "msc-kg 0.1.0", "0.1.0", "", "d" * 40),
        ("terminology", "mesh", "2026", "public domain", "c" * 64),
    ],
    "routes-and-doses": [(CORD, "intrauterine", "collagen", "1x10^7 cells", "PMID:1001")],
    "study-types": [
        ("PMID:1001", "A trial", "2020-05", "cited", "clinical_trial", "1/2", "Homo sapiens", "NCT:01234567"),
        (
            "doi:10.1000/primary",
            "Cells for the thin endometrium",
            "2026-02-26",
            "primary",
            "review",
            "",
            "Homo sapiens",
            "",
        ),
        ("PMID:1002", "Repair in mice", "2021", "related", "preclinical_in_vivo", "", "Mus musculus", ""),
        ("PMID:1003", "No repair", "2022", "related", "preclinical_in_vivo", "", "Mus musculus", ""),
    ],
    "trials": [(CORD, "thin endometrium", "1/2", "inconclusive", "PMID:1001", "A trial", "NCT:01234567")],
    "ungrounded-mentions": [("mucosal sloth", "biolink:Disease", "1", "1")],
}


@pytest.fixture(scope="module")
def in_rdflib(dataset: Dataset) -> rdflib.Graph:
    return to_rdflib(dataset)


QUERIES = {item.name: item for item in competency_queries()}


def rows(store: Store, name: str) -> list[tuple[str, ...]]:
    result = query(store, QUERIES[name].text)
    assert isinstance(result, SelectResult)
    found = [tuple(friendly(cell) for cell in row) for row in result.rows]
    # The run's name is a hash of everything in it.
    return [row[1:] for row in found] if name == "provenance-of-run" else found


def test_every_query_is_expected() -> None:
    assert set(QUERIES) == set(EXPECTED)
    assert len(QUERIES) >= 12


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_rows(store: Store, name: str) -> None:
    assert rows(store, name) == EXPECTED[name]


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_every_query_says_its_question(name: str) -> None:
    assert QUERIES[name].text.startswith("# Question: ")
    assert QUERIES[name].question.endswith("?")


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_rdflib_gives_the_same_number_of_rows_without_our_prefixes(in_rdflib: rdflib.Graph, name: str) -> None:
    assert len(list(in_rdflib.query(QUERIES[name].text))) == len(EXPECTED[name])


def asked(store: Store, name: str, **bind: str | None) -> list[tuple[str, ...]]:
    result = query(store, QUERIES[name].text, bind=bind)
    assert isinstance(result, SelectResult)
    return [tuple(friendly(cell) for cell in row) for row in result.rows]


def test_the_evidence_query_can_be_asked_about_another_pair(store: Store) -> None:
    assert [row[0] for row in asked(store, "evidence-for-pair", product="cells", donor="allogeneic")] == [ALLO]
    assert [row[0] for row in asked(store, "evidence-for-pair", disease="MESH:D006175")] == [EXOSOMES, CORD]
    assert asked(store, "evidence-for-pair", donor="xenogeneic") == []


def test_a_row_changed_by_hand_gives_what_binding_gives(store: Store) -> None:
    text = QUERIES["evidence-for-pair"].text
    other = text.replace("?product { UNDEF }", '?product { "cells" }').replace(
        "?donor { UNDEF }", '?donor { "allogeneic" }'
    )
    assert other != text
    assert query(store, other) == query(store, text, bind={"product": "cells", "donor": "allogeneic"})


def test_one_kind_of_preclinical_study(store: Store) -> None:
    assert asked(store, "preclinical-species", study="preclinical_in_vivo") == EXPECTED["preclinical-species"]
    assert asked(store, "preclinical-species", study="in_vitro") == []


def test_a_broader_concept_finds_what_is_known_of_narrower_ones(store: Store) -> None:
    found = asked(store, "concept-with-narrower", root="MESH:D005831")
    assert {row[1] for row in found} == {"Gynatresia", "thin endometrium"}
    assert ("MESH:D006175", "Gynatresia", "synonym", "Asherman Syndrome", "", "") in found
