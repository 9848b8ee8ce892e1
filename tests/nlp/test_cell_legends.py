from __future__ import annotations

import pytest
from spacy.language import Language

from kg.nlp.cell_legends import definitions, stands_for


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("DCs", "dendritic cells"),
        ("MDSC", "myeloid-derived suppressor cell"),
        ("Eos", "eosinophils"),
        ("KC", "keratinocytes"),
    ],
)
def test_letters_in_order_stand_for_a_name(short: str, long: str) -> None:
    assert stands_for(short, long)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("NK", "NKT cells"),
        ("SC", "mast cells"),
        ("or", "osteoclasts reacting"),
        ("MXC", "mast cells"),
        ("MAT", "mast cells"),
    ],
)
def test_other_letters_do_not(short: str, long: str) -> None:
    assert not stands_for(short, long)


def test_legends_define_on_both_sides() -> None:
    text = 'DCs, dendritic cells; mast cells:MCs; "plasma cells" (PC) and B, plasma cells.'
    names = [
        (text.index(name), text.index(name) + len(name)) for name in ("dendritic cells", "mast cells", "plasma cells")
    ]
    found = [(d["short"], d["long"], text[d["short_start"] : d["short_end"]]) for d in definitions(text, names)]
    assert found == [
        ("DCs", "dendritic cells", "DCs"),
        ("MCs", "mast cells", "MCs"),
        ("PC", "plasma cells", "PC"),
    ]


def test_a_legend_holds_for_the_whole_document(nlp: Language) -> None:
    doc = nlp("QMS grew. Abbreviations: QMS, quiescent mesenchymal stem cells; TE, other.")
    cells = [(span.text, span.kb_id_) for span in doc.spans["kg_mentions"] if span.label_ == "CellType"]
    assert cells == [
        ("QMS", "CL:0000134"),
        ("QMS", "CL:0000134"),
        ("quiescent mesenchymal stem cells", "CL:0000134"),
    ]
    assert [(d["short"], d["short_start"]) for d in doc._.kg_abbreviations] == [("QMS", 25)]
