"""BioC: the same documents as XML and as JSON; the texts are ours, the form is that of BioC-PMC and PubTator."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.model import Document, ForeignAnnotation, Reference, Section
from kg.sources import detect_format, read_documents

FRONT = {
    "article-id_doi": "10.1000/ABC",
    "article-id_pmc": "PMC88",
    "article-id_pmid": "77",
    "kwd": "knees cells",
    "license": "Free under https://creativecommons.org/licenses/by/4.0/.",
    "name_0": "surname:Doe;given-names:Ann B.",
    "name_10": "surname:Last;given-names:Zoe;suffix:Jr",
    "name_2": "Knee Group",
    "section_type": "TITLE",
    "type": "front",
    "volume": "7",
    "year": "2021",
}
REFERENCE = {
    "fpage": "12",
    "lpage": "19",
    "name_0": "surname:Roe;given-names:B",
    "name_1": "surname:Poe;given-names:C",
    "pub-id_doi": "10.1000/Old",
    "pub-id_pmid": "55",
    "section_type": "REF",
    "source": "Knee J",
    "type": "ref",
    "volume": "3",
    "year": "2001",
}


def passage(section: str, kind: str, text: str, /, *annotations: dict[str, Any], **more: str) -> dict[str, Any]:
    infons = {key: value for key, value in (("section_type", section), ("type", kind)) if value}
    return {"infons": infons | more, "offset": 0, "text": text, "annotations": list(annotations)}


def annotation(text: str, kind: str, **infons: str) -> dict[str, Any]:
    return {"id": "1", "infons": {"type": kind} | infons, "text": text, "locations": [{"offset": 999, "length": 1}]}


ARTICLE: dict[str, Any] = {
    "id": "88",
    "infons": {"license": "CC BY"},
    "passages": [
        {"infons": FRONT, "offset": 0, "text": "Cells for\n knees"},
        passage("ABSTRACT", "abstract_title_1", "Aim"),
        passage("ABSTRACT", "abstract", "We treated osteoarthritis."),
        passage("INTRO", "title_1", "Introduction"),
        passage("INTRO", "paragraph", "Knees hurt."),
        passage("METHODS", "title_1", "Materials and methods"),
        passage("METHODS", "title_2", "Cells"),
        passage("METHODS", "paragraph", "Cells grew."),
        passage("FIG", "fig_title_caption", "A knee"),
        passage("FIG", "fig_caption", "Seen from the side."),
        passage("METHODS", "paragraph", "Cells were counted."),
        passage("TABLE", "table_caption", "Pain"),
        passage("TABLE", "table", "Group\tPain\t \tcells\t\t3\t \t"),
        passage("TABLE", "table_footnote", "Of ten."),
        passage("CASE", "paragraph", "A woman of 60."),
        passage("RESULTS", "paragraph", "It worked."),
        passage("DISCUSS", "paragraph", "It may work."),
        passage("CONCL", "paragraph", "It works."),
        passage("KEYWORD", "paragraph", "knees"),
        passage("REVIEW_INFO", "paragraph", "A reviewer liked it."),
        passage("ACK_FUND", "paragraph", "We thank."),
        passage("REF", "title", "References"),
        {"infons": REFERENCE, "offset": 0, "text": "An old paper"},
        passage("REF", "paragraph", "2. Moe D. A letter. 1999."),
    ],
}


def collection(*documents: dict[str, Any], source: str = "PMC") -> dict[str, Any]:
    return {"source": source, "date": "20260101", "key": "a.key", "infons": {}, "documents": list(documents)}


def as_xml(record: dict[str, Any], source: str = "PMC") -> str:
    """Return a collection as the BioC DTD has it."""

    def infons(part: dict[str, Any]) -> str:
        pairs = part.get("infons", {}).items()
        return "".join(f"<infon key={quoteattr(k)}>{escape(str(v))}</infon>" for k, v in pairs)

    def annotations(part: dict[str, Any]) -> str:
        return "".join(
            f'<annotation id="1">{infons(a)}<location offset="999" length="1"/><text>{escape(a["text"])}</text>'
            "</annotation>"
            for a in part.get("annotations", [])
        )

    def text(part: dict[str, Any]) -> str:
        return f"<text>{escape(part['text'])}</text>" if "text" in part else ""

    def passage_xml(part: dict[str, Any]) -> str:
        sentences = "".join(
            f"<sentence>{infons(s)}<offset>0</offset>{text(s)}{annotations(s)}</sentence>"
            for s in part.get("sentences", [])
        )
        return f"<passage>{infons(part)}<offset>0</offset>{text(part)}{sentences}{annotations(part)}</passage>"

    documents = "".join(
        f"<document><id>{escape(d['id'])}</id>{infons(d)}{''.join(map(passage_xml, d['passages']))}</document>"
        for d in record["documents"]
    )
    head = f"<source>{source}</source><date>20260101</date><key>a.key</key>"
    return (
        '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE collection SYSTEM "BioC.dtd">'
        f"<collection>{head}{documents}</collection>"
    )


def both(folder: Path, *documents: dict[str, Any], source: str = "PMC") -> list[Document]:
    """Read documents from XML and from JSON, and return them, having made sure that they are the same."""
    record = collection(*documents, source=source)
    (folder / "a.xml").write_text(as_xml(record, source), encoding="utf-8")
    (folder / "a.json").write_text(json.dumps(record), encoding="utf-8")
    from_xml = list(read_documents(folder / "a.xml"))
    assert list(read_documents(folder / "a.json")) == from_xml
    return from_xml


def one(folder: Path, *passages: dict[str, Any], source: str = "PMC", **document: Any) -> Document:
    (found,) = both(folder, {"id": "d", "passages": list(passages)} | document, source=source)
    return found


def texts(document: Document) -> list[tuple[Section, str | None, str]]:
    return [(p.section, p.heading, document.text[p.start : p.end]) for p in document.passages]


def from_json(path: Path, content: object) -> list[Document]:
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    assert detect_format(path) == "bioc-json"
    return list(read_documents(path))


def test_passages_are_in_order_with_section_and_heading(tmp_path: Path) -> None:
    (document,) = both(tmp_path, ARTICLE)
    assert texts(document) == [
        (Section.TITLE, None, "Cells for knees"),
        (Section.ABSTRACT, "Aim", "We treated osteoarthritis."),
        (Section.INTRODUCTION, "Introduction", "Knees hurt."),
        (Section.METHODS, "Cells", "Cells grew."),
        (Section.CAPTION, None, "A knee"),
        (Section.CAPTION, None, "Seen from the side."),
        (Section.METHODS, "Cells", "Cells were counted."),
        (Section.CAPTION, None, "Pain"),
        (Section.TABLE, None, "Group | Pain"),
        (Section.TABLE, None, "cells | 3"),
        (Section.TABLE, None, "Of ten."),
        (Section.METHODS, None, "A woman of 60."),
        (Section.RESULTS, None, "It worked."),
        (Section.DISCUSSION, None, "It may work."),
        (Section.CONCLUSION, None, "It works."),
        (Section.SUPPLEMENT, None, "We thank."),
    ]
    assert document.text == "Cells for knees\n" + "\n".join(text for _, _, text in texts(document)[1:])


def test_the_paper_is_told_from_the_title_passage(tmp_path: Path) -> None:
    (document,) = both(tmp_path, ARTICLE)
    paper = document.paper
    assert (document.id, paper.id, paper.title) == ("88", "doi:10.1000/abc", "Cells for knees")
    assert paper.identifiers == ("PMC:88", "PMID:77", "doi:10.1000/abc")
    assert paper.authors == ("Ann B. Doe", "Knee Group", "Zoe Last Jr")
    assert (paper.date, paper.journal) == ("2021", None)
    assert paper.licence == "https://creativecommons.org/licenses/by/4.0/"


def test_the_reference_list_becomes_references(tmp_path: Path) -> None:
    (document,) = both(tmp_path, ARTICLE)
    assert document.references == (
        Reference(
            key="ref-1",
            text="B Roe, C Poe. An old paper. Knee J. 2001;3:12-19",
            identifiers=("PMID:55", "doi:10.1000/old"),
            title="An old paper",
            authors=("B Roe", "C Poe"),
            journal="Knee J",
            year=2001,
            volume="3",
            first_page="12",
        ),
        Reference(key="ref-2", text="2. Moe D. A letter. 1999."),
    )


def test_sentences_are_joined(tmp_path: Path) -> None:
    sentences = [
        {
            "infons": {},
            "offset": 5,
            "text": "Asthma is bad.",
            "annotations": [annotation("Asthma", "Disease", MESH="D1")],
        },
        {"infons": {}, "offset": 20, "text": " ", "annotations": []},
        {"infons": {}, "offset": 22, "text": "Mice had it.", "annotations": [annotation("Mice", "Species", x="1")]},
    ]
    document = one(tmp_path, {"infons": {"type": "abstract"}, "offset": 5, "sentences": sentences})
    assert document.text == "\nAsthma is bad. Mice had it."
    assert document.foreign == ()


def test_annotations_of_what_we_mark_are_kept_for_comparison(tmp_path: Path) -> None:
    marked = passage(
        "ABSTRACT",
        "abstract",
        "Text.",
        annotation("OA", "Disease", identifier="MESH:D010003|OMIM:165720"),
        annotation("myeloma", "Disease", identifier="MESH:D009101;-0.0057"),
        annotation("pain", "SpecificDisease", MESH="D010146"),
        annotation("mice", "Species", identifier="10090"),
        annotation("mice", "Species", identifier="10090"),
        annotation("rats", "OrganismTaxon", **{"NCBI Taxonomy": "10116"}),
        annotation("chondrocytes", "CellType", identifier="CL:0000138"),
        annotation("T\ncell", "cell_phenotype", identifier="cl:0000084"),
        annotation("knee", "Tissue", uberon="0001465"),
        annotation("TNF", "Gene", identifier="7124"),
        annotation("HeLa", "CellLine", identifier="CVCL_0030"),
        annotation("illness", "Disease", identifier="-"),
        annotation("illness", "Disease", identifier="7"),
        annotation("", "Disease", identifier="MESH:D010003"),
    )
    cited = passage("REF", "ref", "Cancer.", annotation("Cancer", "Disease", identifier="MESH:D009369"))
    document = one(tmp_path, marked, cited, source="PubTator")
    assert document.foreign == tuple(
        ForeignAnnotation(text, kind, curie, "PubTator")
        for text, kind, curie in (
            ("OA", "Disease", "MESH:D010003"),
            ("OA", "Disease", "OMIM:165720"),
            ("myeloma", "Disease", "MESH:D009101"),
            ("pain", "Disease", "MESH:D010146"),
            ("mice", "Species", "NCBITaxon:10090"),
            ("rats", "Species", "NCBITaxon:10116"),
            ("chondrocytes", "CellType", "CL:0000138"),
            ("T cell", "CellType", "CL:0000084"),
            ("knee", "Tissue", "UBERON:0001465"),
        )
    )


def test_sections_by_other_words(tmp_path: Path) -> None:
    document = one(
        tmp_path,
        passage("", "title", "The title"),
        passage("", "abstract", "A."),
        passage("", "title_1", "1. Patients and methods"),
        passage("", "title_2", "Counting of cells"),
        passage("", "paragraph", "B."),
        passage("", "paragraph", "C.", section="Discussion"),
        passage("MATERIALS_AND_METHODS", "", "D."),
        passage("", "footnote", "E."),
        passage("", "title_1", "Elsewhere"),
        passage("", "paragraph", "F."),
    )
    assert [(section, text) for section, _, text in texts(document)] == [
        (Section.TITLE, "The title"),
        (Section.ABSTRACT, "A."),
        (Section.METHODS, "B."),
        (Section.DISCUSSION, "C."),
        (Section.METHODS, "D."),
        (Section.SUPPLEMENT, "E."),
        (Section.BODY, "F."),
    ]
    assert texts(document)[2][1] == "Counting of cells"


def test_a_heading_called_title_is_no_title(tmp_path: Path) -> None:
    document = one(
        tmp_path, passage("REF", "title", "References"), passage("INTRO", "title", "Intro"), passage("", "", "A.")
    )
    assert (document.title, document.text) == ("", "\nA.")


@pytest.mark.parametrize(
    ("name", "source", "infons", "expected"),
    [
        ("31", "PubTator", {}, ("PMID:31",)),
        ("31", "PubMed", {"article-id_pmc": "PMC9"}, ("PMC:9", "PMID:31")),
        ("31", "PubTator", {"article-id_pmc": "31"}, ("PMC:31",)),
        ("31", "PMC", {}, ("PMC:31",)),
        ("31", "PMC", {"article-id_pmid": "4"}, ("PMC:31", "PMID:4")),
        ("PMC31", "", {}, ("PMC:31",)),
        ("31", "My corpus", {}, ("MSCKG:document/31",)),
        ("a b", "PubTator", {}, ("MSCKG:document/a%20b",)),
        ("31", "x", {"journal": "Knee J; 2020 Feb 3 ; 7 (1) 2-9. doi:10.1000/x1"}, ("doi:10.1000/x1",)),
    ],
)
def test_identifiers(tmp_path: Path, name: str, source: str, infons: dict[str, str], expected: tuple[str, ...]) -> None:
    document = one(tmp_path, passage("", "title", "T", **infons), id=name, source=source)
    assert (document.id, document.paper.identifiers) == (name, expected)


@pytest.mark.parametrize(
    ("infons", "journal", "date"),
    [
        ({"journal": "Knee J; 2020 Feb 3 ; 7 (1) 2-9. doi:10.1000/x1", "year": "2020"}, "Knee J", "2020-02-03"),
        ({"journal": "Knee J; 2020 Sept ; 7", "year": "2020"}, "Knee J", "2020-09"),
        ({"journal": "Knee J; 2020 ; 7"}, "Knee J", "2020"),
        ({"journal": "Knee J; 2020 Feb 3 ; 7", "year": "2019"}, "Knee J", "2019"),
        ({"journal": "Knee J", "year": "x"}, "Knee J", None),
        ({"journal": "Bone; Joint", "date": "2018-05-01T00:00:00Z"}, "Bone; Joint", "2018"),
    ],
)
def test_journal_and_date(tmp_path: Path, infons: dict[str, str], journal: str, date: str | None) -> None:
    paper = one(tmp_path, passage("", "title", "T", **infons)).paper
    assert (paper.journal, paper.date) == (journal, date)


@pytest.mark.parametrize(("given_licence", "licence"), [("CC BY-NC 4.0", "CC BY-NC 4.0"), ("All of it. " * 20, None)])
def test_a_licence_is_a_name_or_an_address(tmp_path: Path, given_licence: str, licence: str | None) -> None:
    assert one(tmp_path, passage("", "title", "T"), infons={"license": given_licence}).paper.licence == licence


def pubtator3(**more: Any) -> dict[str, Any]:
    """A document as PubTator3 gives it: facts beside the infons, lists and truth values among these."""
    disease = {"identifier": "MESH:D010003", "type": "Disease", "valid": True, "normalized": ["MESH:D010003"]}
    title = {
        "infons": {"type": "title", "section_type": "TITLE", "year": 2020},
        "offset": 0,
        "text": "Cells against OA",
        "sentences": [],
        "annotations": [{"id": "1", "infons": disease, "text": "OA", "locations": [{"offset": 14, "length": 2}]}],
        "relations": [],
    }
    record = {
        "_id": "31|PMC32",
        "id": "31",
        "infons": {},
        "passages": [title],
        "pmid": 31,
        "pmcid": "PMC32",
        "date": "2020-12-17T00:00:00Z",
        "journal": "Knee J",
        "authors": ["Doe AB", "Roe C"],
    }
    return record | more


def test_pubtator3(tmp_path: Path) -> None:
    (document,) = from_json(tmp_path / "a.json", {"PubTator3": [pubtator3()]})
    paper = document.paper
    assert paper.identifiers == ("PMC:32", "PMID:31")
    assert (paper.authors, paper.journal, paper.date) == (("Doe AB", "Roe C"), "Knee J", "2020")
    assert document.foreign == (ForeignAnnotation("OA", "Disease", "MESH:D010003", "PubTator3"),)


def test_authors_of_pubtator_in_one_infon(tmp_path: Path) -> None:
    assert one(tmp_path, passage("", "title", "T", authors="Doe AB, Roe C, ")).paper.authors == ("Doe AB", "Roe C")


@pytest.mark.parametrize("name", ["a.json", "a", "a.xml", "a.jsonl", "a.txt"])
@pytest.mark.parametrize(
    "content",
    [
        collection(pubtator3(), pubtator3(id="32")),
        [collection(pubtator3()), collection(pubtator3(id="32"))],
        {"PubTator3": [pubtator3(), pubtator3(id="32")]},
        [pubtator3(), pubtator3(id="32")],
        json.dumps(pubtator3()) + "\n" + json.dumps(pubtator3(id="32")) + "\n",
        json.dumps(collection(pubtator3()), indent=2) + "\n" + json.dumps(collection(pubtator3(id="32")), indent=2),
    ],
)
def test_every_wrapping_of_json(tmp_path: Path, name: str, content: object) -> None:
    assert [d.id for d in from_json(tmp_path / name, content)] == ["31", "32"]


def test_one_document_alone(tmp_path: Path) -> None:
    assert [d.id for d in from_json(tmp_path / "a.json", pubtator3())] == ["31"]


def test_a_document_without_an_id_is_named_after_the_file(tmp_path: Path) -> None:
    first, second = both(
        tmp_path, {"id": "", "passages": [passage("", "title", "T")]}, {"id": "b", "passages": [passage("", "", "U")]}
    )
    assert (first.id, second.id) == ("a-1", "b")
    assert first.paper.id.startswith("MSCKG:document/")


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        ({"id": "b", "passages": []}, "document 2: the document has no text"),
        ({"id": "b", "passages": [passage("REF", "ref", "R.")]}, "document 2: the document has no text"),
        ({"id": "a", "passages": [passage("", "", "Again.")]}, "document 2: the id 'a' occurs twice"),
    ],
)
def test_a_bad_document_does_not_stop_the_batch(tmp_path: Path, bad: dict[str, Any], problem: str) -> None:
    good = [{"id": name, "passages": [passage("", "", "Text.")]} for name in "ac"]
    record = collection(good[0], bad, good[1])
    for path, content in ((tmp_path / "a.xml", as_xml(record)), (tmp_path / "a.json", json.dumps(record))):
        path.write_text(content, encoding="utf-8")
        errors: list[SourceError] = []
        assert [d.id for d in read_documents(path, on_error=errors.append)] == ["a", "c"]
        assert [str(error).startswith(f"{path}: {problem}") for error in errors] == [True], errors


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        ("[]", "is not an object"),
        ("7", "is not an object"),
        ('{"id": "b"}', 'has no list of "passages"'),
        ('{"id": "b", "passages": {}}', 'has no list of "passages"'),
        ('{"id": "b", "passages": [1]}', "a passage is not an object"),
        ('{"id": "b", "passages": [{"text": 7}]}', 'the "text" of a passage is int'),
        ('{"id": [], "infons": 7, "passages": [{"infons": [], "text": null, "annotations": {}}]}', "has no text"),
        ('{"id": "b", "passages": [{"sentences": [3, {"text": []}]}]}', 'the "text" of a passage is list'),
    ],
)
def test_wrong_types_in_json(tmp_path: Path, bad: str, problem: str) -> None:
    good = json.dumps({"id": "a", "passages": [passage("", "", "Text.")]})
    path = tmp_path / "a.json"
    path.write_text(f'{{"documents": [{good}, {bad}]}}', encoding="utf-8")
    errors: list[SourceError] = []
    assert [d.id for d in read_documents(path, on_error=errors.append)] == ["a"]
    assert [problem in str(error) for error in errors] == [True], errors
    assert str(errors[0]).startswith(f"{path}: document 2: ")


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.xml", "<collection/>", "holds no BioC document"),
        ("a.xml", "<collection><document><id>1</id>", "not well-formed XML"),
        ("a.xml", '<!DOCTYPE collection [<!ENTITY a "x">]><collection/>', "declares XML entities of its own"),
        ("a.json", '{"documents": [], "x": {"passages": []}, "infons": {}}', "holds no BioC document"),
        ("a.json", '{"infons": {}, "passages": [', "not valid JSON (the file ends too early)"),
        ("a.json", '{"infons": {}, "passages": [}', "not valid JSON (Expecting value)"),
        ("a.json", '{"documents": [{"passages": []} {}]}', "not valid JSON (Expecting ',' or ']')"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, name: str, content: str, problem: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    errors: list[SourceError] = []
    assert list(read_documents(path, on_error=errors.append)) == []
    assert problem in str(errors[-1])


def test_entities_of_the_dtd_are_known_in_xml(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(as_xml(collection({"id": "1", "passages": [passage("", "", "TGF_1")]})).replace("_1", "&beta;1"))
    assert next(read_documents(path)).text == "\nTGF\u03b21"


def test_deep_nesting_ends_in_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text("<collection><document>" + "<passage>" * 5000 + "</passage>" * 5000 + "</document></collection>")
    errors: list[SourceError] = []
    assert list(read_documents(path, on_error=errors.append)) == []
    assert len(errors) == 1


@pytest.mark.parametrize("name", ["a.xml", "a.json"])
def test_many_documents_stream_in_constant_memory(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    documents = [{"id": str(n), "passages": [passage("ABSTRACT", "abstract", "x" * 10_000)]} for n in range(1000)]
    record = collection(*documents)
    path.write_text(as_xml(record) if name == "a.xml" else json.dumps(record), encoding="utf-8")
    assert path.stat().st_size > 10_000_000
    del documents, record
    tracemalloc.start()
    assert sum(1 for _ in read_documents(path)) == 1000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3_000_000


sections = st.sampled_from(["", "TITLE", "ABSTRACT", "INTRO", "FIG", "TABLE", "REF", "KEYWORD", "OTHER"])
kinds = st.sampled_from(["", "front", "title", "title_1", "paragraph", "table", "fig_caption", "ref", "abstract"])
words = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=30)


@given(st.lists(st.builds(passage, sections, kinds, words), max_size=6))
def test_offsets_are_right_whatever_the_passages(
    tmp_path_factory: pytest.TempPathFactory, passages: list[dict[str, Any]]
) -> None:
    document = one(tmp_path_factory.mktemp("b"), passage("ABSTRACT", "abstract", "Text."), *passages)
    end = -1
    for found in document.passages:
        assert found.start == end + 1
        assert "\n" not in document.text[found.start : found.end]
        assert found.end > found.start or found.section is Section.TITLE
        end = found.end
    assert end == len(document.text)
