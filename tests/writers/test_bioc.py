"""BioC: what is written is what was computed by hand, what its DTD wants, and what other programs read back."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import bioc
import pytest
from bioc import biocjson, biocxml
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kg.model import AnnotatedDocument, Passage
from kg.sources import detect_format, read_documents
from kg.writers import BIOC_JSON, BIOC_XML, Layout
from tests.writers.documents import PRODUCT, RIF, THIN, anything, readable, small

DTD: Final = """
<!ELEMENT collection (source, date, key, infon*, document+)>
<!ELEMENT source (#PCDATA)>
<!ELEMENT date (#PCDATA)>
<!ELEMENT key (#PCDATA)>
<!ELEMENT infon (#PCDATA)>
<!ATTLIST infon key CDATA #REQUIRED>
<!ELEMENT document (id, infon*, passage+, relation*)>
<!ELEMENT id (#PCDATA)>
<!ELEMENT passage (infon*, offset, ((text?, annotation*) | sentence*), relation*)>
<!ELEMENT offset (#PCDATA)>
<!ELEMENT text (#PCDATA)>
<!ELEMENT sentence (infon*, offset, text?, annotation*, relation*)>
<!ELEMENT annotation (infon*, location*, text)>
<!ATTLIST annotation id CDATA #IMPLIED>
<!ELEMENT location EMPTY>
<!ATTLIST location offset CDATA #REQUIRED length CDATA #REQUIRED>
<!ELEMENT relation (infon*, node*)>
<!ATTLIST relation id CDATA #IMPLIED>
<!ELEMENT node EMPTY>
<!ATTLIST node refid CDATA #REQUIRED role CDATA "">
"""
"""The declarations of BioC.dtd, version 1.0."""

XML: Final = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE collection SYSTEM "BioC.dtd">
<collection><source>msc-kg</source><date></date><key>msc-kg.key</key>
<document><id>7|a</id><infon key="article-id_pmc">PMC88</infon><infon key="article-id_pmid">7</infon>\
<infon key="article-id_doi">10.1/a&lt;b</infon>
<passage><infon key="section_type">TITLE</infon><infon key="type">title</infon><offset>0</offset>\
<text>UC-MSCs for RIF</text>
<annotation id="T1"><infon key="type">Intervention</infon><infon key="identifier">{PRODUCT.id}</infon>\
<location offset="0" length="7"/><text>UC-MSCs</text></annotation>
<annotation id="T2"><infon key="type">Disease</infon><infon key="identifier">{RIF}|{THIN}</infon>\
<location offset="12" length="3"/><text>RIF</text></annotation>
</passage>
<passage><infon key="section_type">METHODS</infon><infon key="type">paragraph</infon>\
<infon key="heading">Cells &amp; mice</infon><offset>16</offset>\
<text>Mice &amp; women \U0001f600: RIF &lt; 5%.</text>
<annotation id="T3"><infon key="type">Species</infon><infon key="identifier">-</infon>\
<location offset="16" length="4"/><text>Mice</text></annotation>
<annotation id="T4"><infon key="type">Species</infon><infon key="identifier">NCBITaxon:9606</infon>\
<location offset="23" length="5"/><text>women</text></annotation>
<annotation id="T5"><infon key="type">Disease</infon><infon key="identifier">{RIF}</infon>\
<location offset="32" length="3"/><text>RIF</text></annotation>
</passage>
<relation id="R1"><infon key="type">biolink:applied_to_treat</infon><infon key="subject">{PRODUCT.id}</infon>\
<infon key="object">{RIF}</infon><infon key="polarity">positive</infon><infon key="negated">false</infon>\
<infon key="study_type">clinical_trial</infon><infon key="phase">1/2</infon>\
<infon key="species">NCBITaxon:9606</infon><node refid="T1" role="subject"/><node refid="T2" role="object"/></relation>
<relation id="R2"><infon key="type">MSCKG:no_effect_shown</infon><infon key="subject">{PRODUCT.id}</infon>\
<infon key="object">MESH:D000001</infon><infon key="polarity">negative</infon><infon key="negated">true</infon>\
<infon key="study_type">not_stated</infon><node refid="T1" role="subject"/></relation>
<relation id="R3"><infon key="type">biolink:affects</infon><infon key="subject">CL:0000057</infon>\
<infon key="object">{RIF}</infon><infon key="polarity">not_stated</infon><infon key="negated">false</infon>\
<infon key="study_type">not_stated</infon><infon key="aspect">migration</infon>\
<infon key="direction">decreased</infon><node refid="T5" role="object"/></relation>
</document>
</collection>
"""
"""R1 takes the title, which names both sides, not the sentence before it; of R2 and R3 one side is not in the text."""


def mark(name: str, kind: str, identifier: str, text: str, offset: int) -> dict[str, Any]:
    place = [{"offset": offset, "length": len(text)}]
    return {"id": name, "infons": {"type": kind, "identifier": identifier}, "text": text, "locations": place}


def passage(offset: int, text: str, infons: dict[str, str], *annotations: dict[str, Any]) -> dict[str, Any]:
    return {
        "bioctype": "BioCPassage",
        "offset": offset,
        "infons": infons,
        "text": text,
        "sentences": [],
        "annotations": list(annotations),
        "relations": [],
    }


JSON: Final = {
    "bioctype": "BioCCollection",
    "source": "msc-kg",
    "date": "",
    "key": "msc-kg.key",
    "version": "1.0",
    "infons": {},
    "documents": [
        {
            "bioctype": "BioCDocument",
            "id": "7|a",
            "infons": {"article-id_pmc": "PMC88", "article-id_pmid": "7", "article-id_doi": "10.1/a<b"},
            "passages": [
                passage(
                    0,
                    "UC-MSCs for RIF",
                    {"section_type": "TITLE", "type": "title"},
                    mark("T1", "Intervention", PRODUCT.id, "UC-MSCs", 0),
                    mark("T2", "Disease", f"{RIF}|{THIN}", "RIF", 12),
                ),
                passage(
                    16,
                    "Mice & women \U0001f600: RIF < 5%.",
                    {"section_type": "METHODS", "type": "paragraph", "heading": "Cells & mice"},
                    mark("T3", "Species", "-", "Mice", 16),
                    mark("T4", "Species", "NCBITaxon:9606", "women", 23),
                    mark("T5", "Disease", RIF, "RIF", 32),
                ),
            ],
            "annotations": [],
            "relations": [
                {
                    "id": "R1",
                    "infons": {
                        "type": "biolink:applied_to_treat",
                        "subject": PRODUCT.id,
                        "object": RIF,
                        "polarity": "positive",
                        "negated": "false",
                        "study_type": "clinical_trial",
                        "phase": "1/2",
                        "species": "NCBITaxon:9606",
                    },
                    "nodes": [{"refid": "T1", "role": "subject"}, {"refid": "T2", "role": "object"}],
                },
                {
                    "id": "R2",
                    "infons": {
                        "type": "MSCKG:no_effect_shown",
                        "subject": PRODUCT.id,
                        "object": "MESH:D000001",
                        "polarity": "negative",
                        "negated": "true",
                        "study_type": "not_stated",
                    },
                    "nodes": [{"refid": "T1", "role": "subject"}],
                },
                {
                    "id": "R3",
                    "infons": {
                        "type": "biolink:affects",
                        "subject": "CL:0000057",
                        "object": RIF,
                        "polarity": "not_stated",
                        "negated": "false",
                        "study_type": "not_stated",
                        "aspect": "migration",
                        "direction": "decreased",
                    },
                    "nodes": [{"refid": "T5", "role": "object"}],
                },
            ],
        }
    ],
}


def written(layout: Layout, documents: Iterable[AnnotatedDocument]) -> str:
    return "".join(layout.pieces(documents))


def loaded(documents: list[AnnotatedDocument]) -> bioc.BioCCollection:
    """Return what the bioc library reads in the XML, having made sure that it reads the same in the JSON."""
    from_xml = biocxml.load(io.BytesIO(written(BIOC_XML, documents).encode()))
    from_json = biocjson.loads(written(BIOC_JSON, documents))
    assert biocjson.toJSON(from_xml) == biocjson.toJSON(from_json)
    return from_xml


def is_valid(xml: str) -> bool:
    parser = etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False)
    return bool(etree.DTD(io.StringIO(DTD)).validate(etree.fromstring(xml.encode(), parser)))


def test_a_document_as_xml() -> None:
    assert written(BIOC_XML, [small()]) == XML
    assert is_valid(XML)


def test_a_document_as_json() -> None:
    out = written(BIOC_JSON, [small()])
    assert json.loads(out) == JSON
    assert list(json.loads(out)["documents"][0]) == list(JSON["documents"][0])  # type: ignore[index]
    head, document, tail, end = out.split("\n")
    assert (head[-1], document[0], tail, end) == ("[", "{", "]}", "")


def test_without_documents_there_is_an_empty_collection() -> None:
    assert etree.fromstring(written(BIOC_XML, []).encode()).findall("document") == []
    assert json.loads(written(BIOC_JSON, [])) == JSON | {"documents": []}


@pytest.mark.parametrize("layout", [BIOC_XML, BIOC_JSON])
def test_several_documents_are_in_order(layout: Layout, tmp_path: Path) -> None:
    first = small()
    second = replace(first, document=replace(first.document, id="8"))
    path = tmp_path / "a"
    path.write_text(written(layout, [first, second, first]), encoding="utf-8")
    assert [document.id for document in read_documents(path, unique_ids=False)] == ["7|a", "8", "7|a"]


def test_the_key_file_is_there_and_names_every_infon() -> None:
    key = (files("kg.writers.bioc") / "msc-kg.key").read_text(encoding="utf-8")
    tree = etree.fromstring(XML.encode())
    for name in {infon.get("key") for infon in tree.iter("infon")}:
        assert name is not None
        assert name in key


def test_a_mention_across_a_border_is_cut_there() -> None:
    """None should; one that does keeps every annotation inside its passage, and every id its own."""
    annotated = small()
    (use,) = annotated.interventions
    wide = replace(use.mentions[0], start=12, end=20, text="RIF\nMice")
    (document,) = loaded([replace(annotated, interventions=(replace(use, mentions=(wide,)),))]).documents
    marks = [(a.id, a.infons["type"], a.text) for p in document.passages for a in p.annotations]
    assert marks == [
        ("T1", "Disease", "RIF"),
        ("T2", "Intervention", "RIF"),
        ("T3", "Intervention", "Mice"),
        ("T4", "Species", "Mice"),
        ("T5", "Species", "women"),
        ("T6", "Disease", "RIF"),
    ]
    assert [node.refid for node in document.relations[0].nodes] == ["T3", "T6"]


def test_what_xml_cannot_hold_is_replaced_one_by_one_in_both_forms() -> None:
    annotated = small()
    text = "a\x00b\x1bc\ud800d\uffffe\tf\rg\r\nh\x85i"
    document = replace(
        annotated.document, text=text, passages=(Passage(annotated.document.passages[0].section, 0, 18),)
    )
    (found,) = loaded([AnnotatedDocument(document)]).documents
    assert len(text) == 18
    assert found.passages[0].text == "a b c\ufffdd\ufffde\tf\rg\r\nh\x85i"


@given(st.lists(anything(), min_size=1, max_size=3))
def test_whatever_is_written_is_valid_and_read_by_others(documents: list[AnnotatedDocument]) -> None:
    assert is_valid(written(BIOC_XML, documents))
    collection = loaded(documents)
    bioc.validate(collection)
    assert len(collection.documents) == len(documents)
    for found, annotated in zip(collection.documents, documents, strict=True):
        text = annotated.document.text
        spans = [(p.start, p.end - p.start) for p in annotated.document.passages] or [(0, len(text))]
        assert [(p.offset, len(p.text)) for p in found.passages] == spans
        marks = [a for p in found.passages for a in p.annotations]
        assert sorted(int(mark.id.removeprefix("T")) for mark in marks) == list(range(1, len(marks) + 1))
        covered = {at for g in annotated.groundings for at in range(g.mention.start, g.mention.end)}
        inside = {at for start, length in spans for at in range(start, start + length)}
        assert {at for m in marks for at in range(m.locations[0].offset, m.locations[0].end)} == covered & inside


@pytest.mark.parametrize(("layout", "name"), [(BIOC_XML, "bioc"), (BIOC_JSON, "bioc-json")])
@given(annotated=readable())
def test_our_reader_gets_the_same_text(
    layout: Layout, name: str, annotated: AnnotatedDocument, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / f"read-back-{name}"
    path.write_text(written(layout, [annotated]), encoding="utf-8")
    assert detect_format(path) == name
    (document,) = read_documents(path)
    assert document.text == annotated.document.text
    assert document.passages == annotated.document.passages
    assert (document.id, document.paper.id) == (annotated.document.id, "PMID:7")
    marked = {squeezed for g in annotated.groundings if (squeezed := " ".join(g.mention.text.split()))}
    assert {annotation.text for annotation in document.foreign} == marked
    assert {annotation.origin for annotation in document.foreign} <= {"msc-kg"}
