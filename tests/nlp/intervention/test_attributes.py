from __future__ import annotations

import pytest

from kg.nlp.intervention.attributes import carrier_in, donor_relation, dose_in, harvested_source, routes_in


@pytest.mark.parametrize(
    ("text", "routes"),
    [
        ("infused intravenously", ["intravenous"]),
        ("via the tail vein", ["intravenous"]),
        ("by transcervical catheter into the uterine cavity", ["intrauterine"]),
        ("intrauterine adhesions were scored", []),
        ("intra-articular injection", ["intra_articular"]),
        ("by lumbar puncture", ["intrathecal"]),
        ("injected into both ovaries", ["intraovarian"]),
    ],
)
def test_routes(text: str, routes: list[str]) -> None:
    assert [str(r) for r in routes_in(text)] == routes


@pytest.mark.parametrize(
    ("text", "dose"),
    [
        ("a dose of 1x10^6 cells/kg was given", "1x10^6 cells/kg"),
        ("received 2 × 10⁷ cells", "2 × 10⁷ cells"),
        ("100 million cells were given", "100 million cells"),
        ("50 µg sEVs", "50 µg sEVs"),
        ("aged 30 years", None),
    ],
)
def test_dose(text: str, dose: str | None) -> None:
    assert dose_in(text) == dose


def test_carrier() -> None:
    text = "UC-MSCs on collagen scaffolds were implanted"
    assert carrier_in(text, 0, 7) == "collagen scaffolds"


def test_the_carrier_of_the_control_arm_is_none() -> None:
    assert carrier_in("UC-MSCs versus the bare collagen scaffold", 0, 7) is None


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("cells from the patient's own fat", "autologous"),
        ("cells of an unrelated donor", "allogeneic"),
        ("which ruled out an autologous product", None),
        ("allogeneic bone was used", None),
        ("autologous or allogeneic cells", None),
    ],
)
def test_donor_relation(text: str, relation: str | None) -> None:
    found = donor_relation(text)
    assert (found and str(found)) == relation


def test_harvested_source() -> None:
    assert harvested_source(["Bone marrow was harvested from the iliac crest."]) == "bone_marrow"
    assert harvested_source(["MSCs are isolated from marrow, cord, fat and pulp."]) is None
