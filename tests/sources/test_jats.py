from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kg.errors import SourceError
from kg.model import Document, Section
from kg.sources import read_documents
from kg.sources.jats import to_document

FRONT = """
<front>
 <journal-meta><journal-title-group><journal-title>Knee Journal</journal-title></journal-title-group></journal-meta>
 <article-meta>
  <article-id pub-id-type="pmid">77</article-id><article-id pub-id-type="pmc">88</article-id>
  <article-id pub-id-type="doi">10.1000/ABC</article-id>
  <article-categories><subj-group subj-group-type="heading"><subject>Review</subject></subj-group></article-categories>
  <title-group><article-title>Cells for <italic>knees</italic><xref ref-type="fn" rid="f1">*</xref></article-title>
   <subtitle>a trial</subtitle></title-group>
  <contrib-group>
   <contrib contrib-type="author"><name><surname>Doe</surname><given-names>Ann B.</given-names></name></contrib>
   <contrib contrib-type="author"><collab>Knee Group<contrib-group><contrib><name><surname>X</surname></name>
    </contrib></contrib-group></collab></contrib>
   <contrib contrib-type="editor"><name><surname>Ed</surname><given-names>E.</given-names></name></contrib>
  </contrib-group>
  <author-notes><fn><p>Both wrote.</p></fn></author-notes>
  <pub-date pub-type="pmc-release"><year>2022</year></pub-date>
  <pub-date pub-type="ppub"><month>Mar</month><year>2021</year></pub-date>
  <pub-date pub-type="epub"><day>4</day><month>2</month><year>2021</year></pub-date>
  <permissions><license xmlns:xlink="http://www.w3.org/1999/xlink"><license-p>Under
   <ext-link xlink:href="https://creativecommons.org/licenses/by/4.0/">it</ext-link>.</license-p></license></permissions>
  <abstract abstract-type="summary"><p>Short.</p></abstract>
  <abstract><sec><title>Aim</title><p>We aimed.</p></sec><sec><title>Results</title><p>We won.</p></sec></abstract>
  <trans-abstract xml:lang="de"><p>Kurz.</p></trans-abstract>
 </article-meta>
</front>
"""


def article(body: str, *, front: str = "", back: str = "") -> Document:
    namespaces = 'xmlns:mml="http://www.w3.org/1998/Math/MathML" xmlns:xlink="http://www.w3.org/1999/xlink"'
    xml = f'<article article-type="research-article" {namespaces}>{front}<body>{body}</body>{back}</article>'
    return to_document(etree.fromstring(xml), "a", "a.xml")


def passages(document: Document) -> list[tuple[Section, str | None, str]]:
    return [(p.section, p.heading, document.text[p.start : p.end]) for p in document.passages]


MATH = "<mml:math><mml:mi>n</mml:mi> <mml:mo>=</mml:mo><mml:mn>5</mml:mn></mml:math>"


def body_text(inline: str) -> str:
    return article(f"<p>{inline}</p>").text[1:]


def test_front() -> None:
    document = article("<p>Body.</p>", front=FRONT)
    paper = document.paper
    assert paper.id == "doi:10.1000/abc"
    assert paper.identifiers == ("PMC:88", "PMID:77", "doi:10.1000/abc")
    assert paper.title == document.title == "Cells for knees: a trial"
    assert paper.authors == ("Ann B. Doe", "Knee Group")
    assert (paper.journal, paper.date) == ("Knee Journal", "2021-02-04")
    assert paper.licence == "https://creativecommons.org/licenses/by/4.0/"
    assert paper.publication_types == ("research-article", "Review")
    assert passages(document) == [
        (Section.TITLE, None, "Cells for knees: a trial"),
        (Section.ABSTRACT, "Aim", "We aimed."),
        (Section.ABSTRACT, "Results", "We won."),
        (Section.SUMMARY, None, "Short."),
        (Section.BODY, None, "Body."),
        (Section.SUPPLEMENT, None, "Both wrote."),
    ]


def test_sections_are_nested_and_typed() -> None:
    document = article(
        "<sec><title>1. Background</title><p>a</p><sec><title>Cell culture</title><p>b</p></sec></sec>"
        '<sec sec-type="materials|methods"><title>What we did</title><p>c</p>'
        "<sec><title>Statistical analysis</title><p>d</p></sec></sec>"
        "<sec><title>Discussion</title><p>e</p><sec><title>Conclusions</title><p>f</p></sec></sec>"
        "<sec><title>Competing interests</title><p>g</p></sec>",
        back="<back><ack><title>Thanks</title><p>h</p></ack>"
        "<app-group><app><title>App A</title><p>i</p></app></app-group>"
        "<glossary><def-list><def-item><term>MSC</term><def><p>stem cell</p></def></def-item></def-list></glossary>"
        "<fn-group><fn><label>1</label><p>j</p></fn></fn-group></back>",
    )
    assert passages(document)[1:] == [
        (Section.INTRODUCTION, "1. Background", "a"),
        (Section.INTRODUCTION, "Cell culture", "b"),
        (Section.METHODS, "What we did", "c"),
        (Section.METHODS, "Statistical analysis", "d"),
        (Section.DISCUSSION, "Discussion", "e"),
        (Section.CONCLUSION, "Conclusions", "f"),
        (Section.SUPPLEMENT, "Competing interests", "g"),
        (Section.SUPPLEMENT, "Thanks", "h"),
        (Section.SUPPLEMENT, "App A", "i"),
        (Section.SUPPLEMENT, None, "MSC stem cell"),
        (Section.SUPPLEMENT, None, "j"),
    ]


def test_blocks_inside_paragraphs() -> None:
    document = article(
        "<p>Before<list><list-item><label>1.</label><p>one</p></list-item><list-item><p>two</p></list-item></list>"
        "after <fig><label>Figure 1</label><caption><title>Cap.</title><p>More.</p></caption><graphic/></fig>end.</p>"
        "<boxed-text><caption><title>Box</title></caption><p>in box</p></boxed-text>"
        "<disp-quote><p>said</p></disp-quote>"
    )
    assert passages(document)[1:] == [
        (Section.BODY, None, "Before"),
        (Section.BODY, None, "one"),
        (Section.BODY, None, "two"),
        (Section.BODY, None, "after end."),
        (Section.CAPTION, "Figure 1", "Cap."),
        (Section.CAPTION, "Figure 1", "More."),
        (Section.BODY, "Box", "Box"),
        (Section.BODY, "Box", "in box"),
        (Section.BODY, None, "said"),
    ]


def test_tables_are_read_row_by_row() -> None:
    document = article(
        "<table-wrap><label>Table 1</label><caption><p>Doses.</p></caption><alternatives><graphic/><table>"
        "<thead><tr><th>Cell</th><th>Dose</th></tr></thead>"
        "<tbody><tr><td>MSC<break/>cord</td><td>10<sup>6</sup></td><td/></tr></tbody></table></alternatives>"
        "<table-wrap-foot><fn><p>Per kg.</p></fn></table-wrap-foot></table-wrap>"
    )
    assert passages(document)[1:] == [
        (Section.CAPTION, "Table 1", "Doses."),
        (Section.TABLE, "Table 1", "Cell | Dose"),
        (Section.TABLE, "Table 1", "MSC cord | 10^6"),
        (Section.TABLE, "Table 1", "Per kg."),
    ]


def test_text_outside_of_the_paper_is_left_out() -> None:
    back = "<back><bio><p>Born.</p></bio></back><sub-article><body><p>Reply.</p></body></sub-article>"
    assert article("<p>x</p>", back=back).text == "\nx"


def test_text_in_unknown_or_wrong_places_is_kept() -> None:
    assert article("stray<p>a</p><new-thing>b <bold>c</bold><p>d</p></new-thing>").text == "\nstray\na\nb c\nd"


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("a\n  <bold>b</bold>c <!-- x -->d", "a bc d"),
        ("2 x 10<sup>6</sup> and 10<sup>\u22124</sup>", "2 x 10^6 and 10^\u22124"),
        ("CD4<sup>+</sup> IC<sub>50</sub> m<sup>2</sup> <sup>18</sup>F 5<sup>th</sup>", "CD4+ IC50 m2 18F 5th"),
        ("cells<sup>12,13</sup> grow", "cells 12,13 grow"),
        ("aged 65<sup>3</sup>, group<sup>a</sup>", "aged 65 3, group a"),
        ('cells<xref ref-type="table-fn" rid="t">b</xref>', "cells b"),
        (
            f"x<inline-formula><alternatives><tex-math>\\alpha</tex-math>{MATH}</alternatives></inline-formula>.",
            "xn=5.",
        ),
        ("a <inline-formula><tex-math>\\beta</tex-math></inline-formula> b", "a b"),
        ("see <xref ref-type='fig' rid='F1'>Fig. 1</xref>b", "see Fig. 1b"),
        ("soft\u00adhyphen\u200b and\u00a0nbsp", "softhyphen and nbsp"),
        ("a<break/>b", "a b"),
        ("one<fn><p>note</p></fn> two", "one two\nnote"),
    ],
)
def test_inline(xml: str, text: str) -> None:
    assert body_text(xml) == text


REFS = "<back><ref-list>" + "".join(
    f'<ref id="R{n}"><label>{n}</label><mixed-citation>Work {n}. <pub-id pub-id-type="pmid">{100 + n}</pub-id>'
    "</mixed-citation></ref>"
    for n in range(1, 10)
) + "</ref-list></back>"  # fmt: skip


def x(*numbers: int, text: str | None = None) -> str:
    rid = " ".join(f"R{n}" for n in numbers)
    return f'<xref ref-type="bibr" rid="{rid}">{text or numbers[0]}</xref>'


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (f"a [{x(1)}].", [("1", [1])]),
        (f"a [{x(1)},{x(3)}]", [("1", [1]), ("3", [3])]),
        (f"a [{x(3)}-{x(5)}] b", [("3-5", [3, 4, 5])]),
        (f"a {x(3, text='[3]')}\u2013{x(6, text='[6]')}", [("[3]\u2013[6]", [3, 4, 5, 6])]),
        (f"a [{x(1)}, {x(3)} \u2013 {x(5)}, {x(8)}]", [("1", [1]), ("3 \u2013 5", [3, 4, 5]), ("8", [8])]),
        (f"cells<sup>{x(2)}</sup>The", [("2", [2])]),
        (f"repair.<sup>{x(2)},{x(3)}</sup> The", [("2", [2]), ("3", [3])]),
        (f"a{x(2, text='<sup>2</sup>')}b", [("2", [2])]),
        (f"a {x(4, 7, text='4,7')}", [("4,7", [4, 7])]),
        (f"a {x(4, text='4-6')}", [("4-6", [4, 5, 6])]),
        (f"a {x(4, 6, text='4-6')}", [("4-6", [4, 5, 6])]),
        (f"Doe {x(4, text='2003')}-{x(6, text='2006')}", [("2003", [4]), ("2006", [6])]),
        (f"a {x(5)}-{x(3)}", [("5", [5]), ("3", [3])]),
        (f"a {x(1)}{x(99)}", [("1", [1])]),
        ('<xref ref-type="ref" rid="R2">2</xref>', [("2", [2])]),
        ('<xref ref-type="fig" rid="R2">2</xref>', []),
    ],
)
def test_citations(xml: str, expected: list[tuple[str, list[int]]]) -> None:
    document = article(f"<sec><title>Introduction</title><p>{xml}</p></sec>", back=REFS)
    found = [(document.text[c.start : c.end], list(c.keys)) for c in document.citations]
    assert found == [(text, [f"R{n}" for n in numbers]) for text, numbers in expected]


def test_citation_marks_are_parted_from_words_but_not_from_punctuation() -> None:
    assert article(f"<p>cells<sup>{x(2)}</sup>The</p>", back=REFS).text == "\ncells 2 The"
    assert article(f"<p>repair.<sup>{x(2)}</sup> The</p>", back=REFS).text == "\nrepair.2 The"
    assert article(f"<p>study{x(2, text='[2]')}, so</p>", back=REFS).text == "\nstudy [2], so"


def test_citations_in_table_cells_have_their_offsets() -> None:
    row = f"<table-wrap><table><tr><td>A [{x(1)}]</td><td>B [{x(2)}-{x(4)}]</td></tr></table></table-wrap>"
    document = article(row, back=REFS)
    assert document.text == "\nA [1] | B [2-4]"
    assert [(c.start, c.end, c.keys) for c in document.citations] == [
        (4, 5, ("R1",)),
        (12, 15, ("R2", "R3", "R4")),
    ]


def test_references() -> None:
    document = article(
        "<p>x</p>",
        back="""<back><ref-list><title>References</title><p>Chosen by us.</p>
<ref id="B1"><label>1.</label><element-citation><person-group person-group-type="author"><name><surname>Doe</surname>
<given-names>A</given-names></name><name><surname>Roe</surname><given-names>B</given-names></name></person-group>
<article-title>On <italic>cells</italic></article-title><source>J Cell</source><year>2001a</year><volume>5</volume>
<issue>2</issue><fpage>10</fpage><lpage>12</lpage><pub-id pub-id-type="pmid">123</pub-id>
<pub-id pub-id-type="doi">10.1000/X.</pub-id><pub-id pub-id-type="pmcid">PMC9</pub-id></element-citation></ref>
<ref-list><ref><mixed-citation><string-name><surname>Poe</surname><given-names>C</given-names></string-name>. Title.
<source>J</source> 1999;1:2<pub-id pub-id-type="pmid">456</pub-id>
<ext-link ext-link-type="doi" xlink:href="https://doi.org/10.1000/y">10.1000/y</ext-link></mixed-citation></ref></ref-list>
<ref id="B3"><citation citation-type="book"><collab>WHO</collab><source>Book</source></citation></ref>
<ref id="B4"><note><p>Only a note.</p></note></ref>
</ref-list></back>""",
    )
    one, two, three, four = document.references
    assert (one.key, one.identifiers) == ("B1", ("PMC:9", "PMID:123", "doi:10.1000/x"))
    assert (one.title, one.authors, one.journal, one.year) == ("On cells", ("A Doe", "B Roe"), "J Cell", 2001)
    assert one.text == "A Doe, B Roe. On cells. J Cell. 2001a;5(2):10-12"
    assert (two.key, two.identifiers) == ("ref-2", ("PMID:456", "doi:10.1000/y"))
    assert (two.text, two.authors) == ("Poe C. Title. J 1999;1:2 456 10.1000/y", ("C Poe",))
    assert (three.text, three.authors, three.year) == ("Book. WHO", ("WHO",), None)
    assert (four.key, four.text) == ("B4", "Only a note")
    assert passages(document)[-1] == (Section.SUPPLEMENT, "References", "Chosen by us.")


def test_several_works_in_one_reference() -> None:
    document = article(
        '<p>a [<xref ref-type="bibr" rid="B1">1</xref>] b [<xref ref-type="bibr" rid="c2">1b</xref>]</p>',
        back='<back><ref-list><ref id="B1"><mixed-citation id="c1">(a) One.</mixed-citation>'
        '<mixed-citation id="c2">(b) Two.</mixed-citation></ref>'
        "<ref id='B2'><citation-alternatives><mixed-citation>Three 2003.</mixed-citation><element-citation>"
        "<article-title>Three</article-title><year>2003</year></element-citation></citation-alternatives></ref>"
        "</ref-list></back>",
    )
    assert [(r.key, r.text, r.title) for r in document.references] == [
        ("B1", "(a) One.", None),
        ("B1.2", "(b) Two.", None),
        ("B2", "Three 2003.", "Three"),
    ]
    assert [c.keys for c in document.citations] == [("B1", "B1.2"), ("B1.2",)]


def test_reference_ids_are_unique_even_when_the_file_repeats_them() -> None:
    ref = '<ref id="B1"><mixed-citation>A</mixed-citation></ref>'
    document = article("<p>x</p>", back=f"<back><ref-list>{ref}{ref}</ref-list></back>")
    assert len({r.key for r in document.references}) == 2


def test_an_article_without_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "PMC1.nxml"
    path.write_text("<article><front/><body><p> </p></body></article>", encoding="utf-8")
    with pytest.raises(SourceError, match=r"PMC1\.nxml: the document has no text"):
        list(read_documents(path))


def test_namespaced_articles_and_file_names_as_ids(tmp_path: Path) -> None:
    path = tmp_path / "PMC1.nxml"
    path.write_text('<article xmlns="http://jats.nlm.nih.gov"><body><p>Text</p></body></article>', encoding="utf-8")
    (document,) = read_documents(path)
    assert (document.id, document.text) == ("PMC1", "\nText")
    assert document.paper.id.startswith("MSCKG:document/")


words = st.text(st.sampled_from("ab1 .,(\u00a0"), max_size=6)
inline = st.recursive(
    words,
    lambda inner: st.lists(
        st.one_of(
            inner,
            inner.map(lambda t: f"<italic>{t}</italic>"),
            inner.map(lambda t: f"<sup>{t}</sup>"),
            st.integers(1, 9).map(x),
        ),
        max_size=4,
    ).map("".join),
    max_leaves=12,
)


@given(st.lists(inline, min_size=1, max_size=4))
def test_passages_and_citations_always_fit_the_text(paragraphs: list[str]) -> None:
    document = article("<p>Start</p>" + "".join(f"<p>{p}</p>" for p in paragraphs), back=REFS)
    end = 0
    for passage in document.passages[1:]:
        assert passage.start == end + 1
        text = document.text[passage.start : passage.end]
        assert text == " ".join(text.split()) != ""
        end = passage.end
    assert end == len(document.text)
    written = "".join("".join(p) for p in paragraphs)
    assert sum(len(c.keys) for c in document.citations) >= written.count("<xref")
    for citation in document.citations:
        assert (
            document.text[citation.start : citation.end].strip() == document.text[citation.start : citation.end] != ""
        )
        assert any(p.start <= citation.start and citation.end <= p.end for p in document.passages)
    letters = "Start" + "".join(map(str, etree.fromstring(f"<a>{written}</a>").itertext()))
    assert [c for c in document.text if c.isalnum()] == [c for c in letters if c.isalnum()]
