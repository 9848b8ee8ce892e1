from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.intervention.grammar import phrases
from kg.nlp.intervention.normal import normalise


def read(text: str) -> list[tuple[str, str, str | None, str | None]]:
    text = normalise(text)
    return [
        (text[p.start : p.end], str(p.kind), p.source, p.donor and str(p.donor))
        for p in phrases(text, {})
        if not p.anaphor
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mesenchymal stem/stromal cells", ("Mesenchymal stem/stromal cells", "cells", None, None)),
        (
            "bone marrow mesenchymal stromal cells",
            ("bone marrow mesenchymal stromal cells", "cells", "bone_marrow", None),
        ),
        ("the umbilical cord-derived MSCs", ("umbilical cord-derived MSCs", "cells", "umbilical_cord", None)),
        ("Wharton’s jelly MSCs", ("Wharton's jelly MSCs", "cells", "whartons_jelly", None)),
        ("umbilical cord blood MSCs", ("umbilical cord blood MSCs", "cells", "cord_blood", None)),
        (
            "autologous adipose-derived stem cells",
            ("autologous adipose-derived stem cells", "cells", "adipose", "autologous"),
        ),
        (
            "cryopreserved, allogeneic, bone marrow derived MSCs",
            ("cryopreserved, allogeneic, bone marrow derived MSCs", "cells", "bone_marrow", "allogeneic"),
        ),
        ("third-party MSCs", ("third-party MSCs", "cells", None, "allogeneic")),
        ("MSCs derived from human placenta", ("MSCs derived from human placenta", "cells", "placenta", None)),
        ("stem cells of menstrual blood", ("stem cells of menstrual blood", "cells", "menstrual_blood", None)),
        (
            "MSCs from her sister's bone marrow",
            ("MSCs from her sister's bone marrow", "cells", "bone_marrow", "allogeneic"),
        ),
        ("ADSC-derived exosomes", ("ADSC-derived exosomes", "extracellular_vesicles", "adipose", None)),
        (
            "extracellular vesicles isolated from human adipose MSCs",
            ("extracellular vesicles isolated from human adipose MSCs", "extracellular_vesicles", "adipose", None),
        ),
        ("UC-MSC-Exo", ("UC-MSC-Exo", "extracellular_vesicles", "umbilical_cord", None)),
        (
            "conditioned medium of dental pulp stem cells",
            ("conditioned medium of dental pulp stem cells", "conditioned_medium", "dental_pulp", None),
        ),
        ("MSC secretome", ("MSC secretome", "conditioned_medium", None, None)),
        ("HGF-overexpressing UC-MSCs", ("HGF-overexpressing UC-MSCs", "engineered_cells", "umbilical_cord", None)),
        ("BMSCs transfected with SDF-1", ("BMSCs", "engineered_cells", "bone_marrow", None)),
        ("CFSE-labelled BMSCs", ("CFSE-labelled BMSCs", "cells", "bone_marrow", None)),
        (
            "autologous stromal vascular fraction",
            ("autologous stromal vascular fraction", "tissue_or_concentrate", "adipose", "autologous"),
        ),
        (
            "bone marrow aspirate concentrate",
            ("bone marrow aspirate concentrate", "tissue_or_concentrate", "bone_marrow", None),
        ),
    ],
)
def test_one_product(text: str, expected: tuple[str, str, str | None, str | None]) -> None:
    assert read(text) == [expected]


def test_coordinated_donors_are_two_products() -> None:
    assert [(s, d) for _, _, s, d in read("autologous and allogeneic MSCs")] == [
        (None, "autologous"),
        (None, "allogeneic"),
    ]


def test_coordinated_sources_are_two_products() -> None:
    assert [s for _, _, s, _ in read("bone marrow- and adipose-derived MSCs")] == ["bone_marrow", "adipose"]


def test_a_membrane_that_carries_cells_is_no_source() -> None:
    assert [s for _, _, s, _ in read("amniotic membrane and allogeneic adipose-derived MSCs")] == ["adipose"]


@pytest.mark.parametrize(
    "text",
    [
        "haematopoietic stem cells",
        "human embryonic stem cells",
        "endometrial stromal cells",
        "cancer stem cells",
        "epithelial-mesenchymal transition",
        "MSC-like cells",
        "stem cells from different sites including fat and marrow",
    ],
)
def test_what_is_no_msc_product(text: str) -> None:
    assert read(text) == []


def test_a_defined_short_form_of_something_else_is_not_taken() -> None:
    assert phrases("The MSC was read twice.", {"MSC": None}) == []


def test_a_short_form_in_brackets_shares_the_donor_of_its_long_form() -> None:
    assert read("allogeneic mesenchymal stem cells (MSCs)")[1] == ("MSCs", "cells", None, "allogeneic")


FRAGMENTS = st.lists(
    st.sampled_from(
        [
            "UC-MSCs",
            "mesenchymal",
            "stem cells",
            "autologous",
            "and",
            "(",
            ")",
            ",",
            "bone marrow",
            "-derived",
            "exosomes",
            "from",
            "é",
            "×",
            ".",
        ]
    ),
    max_size=15,
).map(" ".join)


@given(FRAGMENTS)
def test_offsets_stay_in_the_text_and_cover_the_head(text: str) -> None:
    for phrase in phrases(normalise(text), {}):
        assert 0 <= phrase.start <= phrase.head < phrase.end <= len(text)


@given(st.text())
def test_normalise_keeps_the_length(text: str) -> None:
    assert len(normalise(text)) == len(text)
