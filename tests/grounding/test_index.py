from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.grounding import TermIndex
from kg.grounding.score import KIND_SCORE, NORMALIZED
from kg.model import MentionType, TermKind
from kg.ontology import Ontology

SPECIES, DISEASE, CELL, TISSUE = (
    MentionType.SPECIES,
    MentionType.DISEASE,
    MentionType.CELL_TYPE,
    MentionType.TISSUE,
)


@pytest.fixture(scope="module")
def index(ontology: Ontology) -> TermIndex:
    return TermIndex(
        ontology,
        [SPECIES, DISEASE, CELL, TISSUE],
        stop={DISEASE: frozenset({"neoplasm "})},
        fixed={SPECIES: {"mouse ": ("NCBITaxon:10090", "mouse"), "hiv 1 ": ("NCBITaxon:11676", "HIV-1")}},
    )


def finds(index: TermIndex, text: str) -> list[tuple[str, str, str]]:
    return [(text[h.start : h.end], str(h.type), h.readings[0].curie) for h in index.scan(text, 0, len(text))]


def test_scan_yields_every_term_longest_first(index: TermIndex) -> None:
    assert finds(index, "umbilical cords and mesenchymal stem cells of umbilical cord") == [
        ("umbilical cords", "Tissue", "UBERON:0002331"),
        ("mesenchymal stem cells of umbilical cord", "CellType", "CL:0002569"),
        ("mesenchymal stem cells", "CellType", "CL:0000134"),
        ("cells", "CellType", "CL:0000000"),
        ("umbilical cord", "Tissue", "UBERON:0002331"),
    ]


def test_scan_keeps_to_its_stretch(index: TermIndex) -> None:
    text = "heart failure"
    assert list(index.scan(text, 0, 5)) == []
    assert [(h.start, h.end) for h in index.scan("x " + text, 2, 15)] == [(2, 15)]


def test_a_possessive_ending_is_not_part_of_a_mention(index: TermIndex) -> None:
    assert finds(index, "cancer's growth")[0][0] == "cancer"


@pytest.mark.parametrize(
    ("text", "curies"),
    [
        ("T2DM", ["MESH:D003924"]),
        ("t2dm", []),
        ("Cancer", ["MESH:D009369"]),
        ("Staphylococcus aureus", ["NCBITaxon:1280"]),
        ("staphylococcus aureus", []),
        ("Staphylococcus", []),
        ("neoplasm", []),
        ("mice", ["NCBITaxon:10090"]),
        ("MICE", []),
        ("HIV-1", ["NCBITaxon:11676"]),
        ("hiv-1", []),
        ("replaced disease", ["MESH:D014591"]),
    ],
)
def test_readings(index: TermIndex, text: str, curies: Sequence[str]) -> None:
    assert [reading.curie for reading in index.readings(text)] == list(curies)


def test_scores_say_how_a_term_agrees(index: TermIndex) -> None:
    label, plural, broad = (index.readings(text)[0] for text in ("Fibroblast", "fibroblasts", "renal trouble"))
    assert (label.method, label.score) == ("exact", 1.0)
    assert (plural.method, plural.score) == ("normalized", NORMALIZED)
    assert broad.score == KIND_SCORE[TermKind.BROAD]


@given(st.text(alphabet="thin endometrium'-TE.,(sIV \n", max_size=50))
def test_hits_lie_inside_the_text_and_start_and_end_with_words(index: TermIndex, text: str) -> None:
    for hit in index.scan(text, 0, len(text)):
        assert 0 <= hit.start < hit.end <= len(text)
        assert text[hit.start : hit.end] == text[hit.start : hit.end].strip()
