from __future__ import annotations

import pytest

from kg.nlp.intervention.acronyms import decompose


@pytest.mark.parametrize(
    ("body", "source", "species"),
    [
        ("MSC", None, None),
        ("hMSC", None, "NCBITaxon:9606"),
        ("UC-MSC", "umbilical_cord", None),
        ("hUC-MSC", "umbilical_cord", "NCBITaxon:9606"),
        ("HucMSC", "umbilical_cord", "NCBITaxon:9606"),
        ("WJ-MSC", "whartons_jelly", None),
        ("BM-MSC", "bone_marrow", None),
        ("BMSC", "bone_marrow", None),
        ("BMDSC", "bone_marrow", None),
        ("rBMSC", "bone_marrow", "NCBITaxon:10116"),
        ("AD-MSC", "adipose", None),
        ("AdMSC", "adipose", None),
        ("ADSC", "adipose", None),
        ("UCB-MSC", "cord_blood", None),
        ("MenSC", "menstrual_blood", None),
        ("eMSC", "endometrium", None),
        ("EnSC", "endometrium", None),
        ("DPSC", "dental_pulp", None),
        ("PMSC", "placenta", None),
        ("hAMSC", "amnion", "NCBITaxon:9606"),
        ("AF-MSC", "amniotic_fluid", None),
        ("iPSC-MSC", "ipsc", None),
        ("XY-MSC", None, None),
    ],
)
def test_decompose(body: str, source: str | None, species: str | None) -> None:
    found = decompose(body)
    assert found is not None
    assert (found.source, found.species) == (source, species)


@pytest.mark.parametrize("body", ["HSC", "ESC", "PSC", "HSPC", "QQMSC"])
def test_other_acronyms_are_not_taken(body: str) -> None:
    assert decompose(body) is None


@pytest.mark.parametrize("body", ["SVF", "BMAC"])
def test_concentrates(body: str) -> None:
    found = decompose(body)
    assert found is not None
    assert found.concentrate
