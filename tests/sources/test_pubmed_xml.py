"""Records in the form that efetch and the baseline files of PubMed have, with invented content."""

from __future__ import annotations

import gzip
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kg.errors import SourceError
from kg.model import Document, Reference, Section
from kg.sources import detect_format, read_documents
from kg.sources.characters import squeeze
from kg.sources.pubmed_xml import to_document

PROLOG = (
    '<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
    '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n'
)
WHOLE = """
<PubmedArticle>
 <MedlineCitation Status="MEDLINE" IndexingMethod="Automated" Owner="NLM">
  <PMID Version="1">99000001</PMID>
  <DateCompleted><Year>2021</Year><Month>01</Month><Day>05</Day></DateCompleted>
  <Article PubModel="Print-Electronic">
   <Journal>
    <ISSN IssnType="Electronic">0000-0000</ISSN>
    <JournalIssue CitedMedium="Internet"><Volume>12</Volume><Issue>6</Issue>
     <PubDate><MedlineDate>2019 Nov-Dec</MedlineDate></PubDate></JournalIssue>
    <Title>Journal of invented knees</Title><ISOAbbreviation>J Invent Knees</ISOAbbreviation>
   </Journal>
   <ArticleTitle>Stem cells for <i>old</i> knees: a trial.</ArticleTitle>
   <Pagination><StartPage>1</StartPage><MedlinePgn>1-9</MedlinePgn></Pagination>
   <ELocationID EIdType="doi" ValidYN="N">10.5555/WRONG</ELocationID>
   <ELocationID EIdType="pii" ValidYN="Y">S0000</ELocationID>
   <ELocationID EIdType="doi" ValidYN="Y">10.5555/KNEE.1</ELocationID>
   <Abstract>
    <AbstractText Label="BACKGROUND" NlmCategory="BACKGROUND">Knees ache.</AbstractText>
    <AbstractText Label="PATIENTS AND METHODS" NlmCategory="METHODS">We gave 10<sup>6</sup> CD34<sup>+</sup> cells
      in H<sub>2</sub>O (<mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:mi>n</mml:mi><mml:mo>=</mml:mo>
      <mml:mn>5</mml:mn></mml:math>).</AbstractText>
    <AbstractText Label="FINDINGS" NlmCategory="RESULTS">Pain fell (p&#x2009;&lt;&#x2009;0.05).</AbstractText>
    <AbstractText Label="INTERPRETATION" NlmCategory="CONCLUSIONS">It helped.</AbstractText>
    <AbstractText Label="TRIAL REGISTRATION" NlmCategory="BACKGROUND">NCT00000000.</AbstractText>
    <CopyrightInformation>Copyright 2019 Nobody.</CopyrightInformation>
   </Abstract>
   <AuthorList CompleteYN="Y">
    <Author ValidYN="Y"><LastName>Doe</LastName><ForeName>Ann B</ForeName><Initials>AB</Initials><Suffix>Jr</Suffix>
     <Identifier Source="ORCID">0000-0000-0000-0000</Identifier>
     <AffiliationInfo><Affiliation>Nowhere.</Affiliation></AffiliationInfo></Author>
    <Author ValidYN="N"><LastName>Dow</LastName><ForeName>Ann</ForeName></Author>
    <Author ValidYN="Y"><LastName>Roe</LastName><Initials>R</Initials></Author>
    <Author ValidYN="Y"><CollectiveName>Knee Group</CollectiveName></Author>
   </AuthorList>
   <Language>eng</Language>
   <DataBankList CompleteYN="Y"><DataBank><DataBankName>ClinicalTrials.gov</DataBankName>
    <AccessionNumberList><AccessionNumber>NCT00000000</AccessionNumber></AccessionNumberList></DataBank></DataBankList>
   <PublicationTypeList>
    <PublicationType UI="D016428">Journal Article</PublicationType>
    <PublicationType UI="D016449">Randomized Controlled Trial</PublicationType>
   </PublicationTypeList>
   <ArticleDate DateType="Electronic"><Year>2019</Year><Month>10</Month><Day>04</Day></ArticleDate>
  </Article>
  <MedlineJournalInfo><Country>Nowhere</Country><MedlineTA>J Invent Knees</MedlineTA></MedlineJournalInfo>
  <SupplMeshList><SupplMeshName Type="Disease" UI="C000000">Old knee</SupplMeshName></SupplMeshList>
  <MeshHeadingList>
   <MeshHeading><DescriptorName UI="D020370" MajorTopicYN="Y">Osteoarthritis, Knee</DescriptorName>
    <QualifierName UI="Q000628" MajorTopicYN="Y">therapy</QualifierName></MeshHeading>
   <MeshHeading><DescriptorName UI="D006801" MajorTopicYN="N">Humans</DescriptorName></MeshHeading>
   <MeshHeading><DescriptorName UI="D006801" MajorTopicYN="N">Humans</DescriptorName></MeshHeading>
   <MeshHeading><DescriptorName UI="what" MajorTopicYN="N">Odd</DescriptorName></MeshHeading>
  </MeshHeadingList>
  <OtherAbstract Type="plain-language-summary" Language="eng"><AbstractText>Plainly.</AbstractText></OtherAbstract>
  <KeywordList Owner="NOTNLM"><Keyword MajorTopicYN="N">knee</Keyword></KeywordList>
 </MedlineCitation>
 <PubmedData>
  <History><PubMedPubDate PubStatus="pubmed"><Year>2019</Year><Month>9</Month><Day>1</Day></PubMedPubDate></History>
  <PublicationStatus>ppublish</PublicationStatus>
  <ArticleIdList>
   <ArticleId IdType="pubmed">99000001</ArticleId>
   <ArticleId IdType="pmc">PMC7000001</ArticleId>
   <ArticleId IdType="doi">10.5555/other</ArticleId>
   <ArticleId IdType="pii">S0000</ArticleId>
  </ArticleIdList>
  <ReferenceList>
   <Reference><Citation>Roe R. On <i>knees</i>. J Invent Knees. 2001;1:1-2.</Citation>
    <ArticleIdList><ArticleId IdType="pubmed">99000002</ArticleId><ArticleId IdType="doi">10.5555/Ref</ArticleId>
    </ArticleIdList></Reference>
   <Reference><Citation/></Reference>
   <ReferenceList><Title>More</Title>
    <Reference><Citation>Doe A. Unlisted. 1999.</Citation></Reference>
    <Reference><ArticleIdList><ArticleId IdType="pmc">PMC7</ArticleId></ArticleIdList></Reference></ReferenceList>
  </ReferenceList>
 </PubmedData>
</PubmedArticle>
"""
BOOK = """
<PubmedBookArticle>
 <BookDocument>
  <PMID Version="1">99000009</PMID>
  <ArticleIdList><ArticleId IdType="bookaccession">NBK1</ArticleId></ArticleIdList>
  <Book>
   <Publisher><PublisherName>Nobody</PublisherName></Publisher>
   <BookTitle book="knees">The Book of Knees<sup>&#xae;</sup></BookTitle>
   <PubDate><Year>1993</Year></PubDate>
   <AuthorList Type="editors" CompleteYN="Y"><Author><LastName>Ed</LastName><ForeName>E</ForeName></Author></AuthorList>
  </Book>
  %s
  <Language>eng</Language>
  <PublicationType UI="D016454">Review</PublicationType>
  <Abstract><AbstractText Label="MANAGEMENT.">Rest them.</AbstractText></Abstract>
  <Sections><Section><SectionTitle>Summary</SectionTitle></Section></Sections>
  <ContributionDate><Year>2005</Year><Month>2</Month><Day>4</Day></ContributionDate>
 </BookDocument>
 <PubmedBookData><ArticleIdList><ArticleId IdType="pubmed">99000009</ArticleId></ArticleIdList></PubmedBookData>
</PubmedBookArticle>
"""
CHAPTER = (
    '<ArticleTitle part="old">Old Knee</ArticleTitle><AuthorList Type="authors" CompleteYN="Y"><Author>'
    "<LastName>Doe</LastName><ForeName>Ann</ForeName></Author></AuthorList>"
)


def record(
    *,
    title: str = "<ArticleTitle>Knees.</ArticleTitle>",
    pmid: str = "<PMID>1</PMID>",
    article: str = "",
    citation: str = "",
    data: str = "",
) -> str:
    return (
        f"<PubmedArticle><MedlineCitation>{pmid}<Article>{title}{article}</Article>{citation}</MedlineCitation>"
        f"<PubmedData>{data}</PubmedData></PubmedArticle>"
    )


def document(xml: str) -> Document:
    return to_document(etree.fromstring(xml), "a.xml")


def passages(found: Document) -> list[tuple[Section, str | None, str]]:
    return [(p.section, p.heading, found.text[p.start : p.end]) for p in found.passages]


def write(path: Path, *records: str, prolog: str = PROLOG) -> Path:
    path.write_text(f"{prolog}<PubmedArticleSet>\n{''.join(records)}</PubmedArticleSet>\n", encoding="utf-8")
    return path


def test_a_whole_record(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xml", WHOLE)
    assert detect_format(path) == "pubmed"
    (found,) = read_documents(path)
    assert found.id == "99000001"
    assert passages(found) == [
        (Section.TITLE, None, "Stem cells for old knees: a trial."),
        (Section.INTRODUCTION, "BACKGROUND", "Knees ache."),
        (Section.METHODS, "PATIENTS AND METHODS", "We gave 10^6 CD34+ cells in H2O (n=5)."),
        (Section.RESULTS, "FINDINGS", "Pain fell (p < 0.05)."),
        (Section.CONCLUSION, "INTERPRETATION", "It helped."),
        (Section.ABSTRACT, "TRIAL REGISTRATION", "NCT00000000."),
    ]
    assert found.text == "\n".join(text for _, _, text in passages(found))
    paper = found.paper
    assert paper.id == "doi:10.5555/knee.1"
    assert paper.identifiers == ("PMC:7000001", "PMID:99000001", "doi:10.5555/knee.1")
    assert paper.title == found.title
    assert paper.authors == ("Ann B Doe Jr", "R Roe", "Knee Group")
    assert (paper.journal, paper.date) == ("Journal of invented knees", "2019-10-04")
    assert paper.publication_types == ("Journal Article", "Randomized Controlled Trial")
    assert paper.headings == ("MESH:D006801", "MESH:D020370")
    assert not paper.retracted
    assert found.references == (
        Reference("1", "Roe R. On knees. J Invent Knees. 2001;1:1-2.", ("PMID:99000002", "doi:10.5555/ref")),
        Reference("3", "Doe A. Unlisted. 1999."),
        Reference("4", "", ("PMC:7",)),
    )


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("<ArticleTitle>Cells in vitro.</ArticleTitle>", "Cells in vitro."),
        ("<ArticleTitle>[Cells for knees].</ArticleTitle>", "Cells for knees"),
        ("<ArticleTitle>[Cells for knees.]</ArticleTitle>", "Cells for knees"),
        ("<ArticleTitle>[Cells [MSC] for knees].</ArticleTitle>", "Cells [MSC] for knees"),
        ("<ArticleTitle>[Do cells help?].</ArticleTitle>", "Do cells help?"),
        ("<ArticleTitle>[Cells for knees (author's transl)].</ArticleTitle>", "Cells for knees"),
        ("<ArticleTitle>[18F]FDG in knees [II].</ArticleTitle>", "[18F]FDG in knees [II]."),
        ("<ArticleTitle>[Cells] for knees.</ArticleTitle>", "[Cells] for knees."),
        ("<ArticleTitle>[Cells].</ArticleTitle><VernacularTitle>Zellen.</VernacularTitle>", "Cells"),
        ("<ArticleTitle>[Not Available].</ArticleTitle><VernacularTitle>Zellen.</VernacularTitle>", "Zellen."),
        ("<ArticleTitle/><VernacularTitle>Zellen <i>f&#xfc;r</i> Knie.</VernacularTitle>", "Zellen f\u00fcr Knie."),
        ("<VernacularTitle>Zellen.</VernacularTitle>", "Zellen."),
    ],
)
def test_titles(title: str, expected: str) -> None:
    found = document(record(title=title))
    assert (found.title, found.paper.title, found.text) == (expected, expected, expected + "\n")


@pytest.mark.parametrize(
    ("label", "category", "section"),
    [
        ("OBJECTIVES", "OBJECTIVE", Section.INTRODUCTION),
        ("PURPOSE", "OBJECTIVE", Section.INTRODUCTION),
        ("SETTING", "METHODS", Section.METHODS),
        ("METHODS AND RESULTS", "RESULTS", Section.RESULTS),
        ("RESULTS", "", Section.RESULTS),
        ("DISCUSSION", "CONCLUSIONS", Section.DISCUSSION),
        ("SIGNIFICANCE", "CONCLUSIONS", Section.CONCLUSION),
        ("SIGNIFICANCE", "UNASSIGNED", Section.SUMMARY),
        ("FUNDING", "BACKGROUND", Section.SUPPLEMENT),
        ("CLINICAL TRIAL REGISTRATION", "METHODS", Section.ABSTRACT),
        ("SOMETHING ELSE", "UNASSIGNED", Section.ABSTRACT),
        ("SOMETHING ELSE", "no such category", Section.ABSTRACT),
    ],
)
def test_sections(label: str, category: str, section: Section) -> None:
    part = f'<AbstractText Label="{label}" NlmCategory="{category}">It is so.</AbstractText>'
    found = document(record(article=f"<Abstract>{part}</Abstract>"))
    assert passages(found)[1:] == [(section, label, "It is so.")]


def test_an_abstract_without_headings_and_one_with_an_empty_part() -> None:
    assert passages(document(record(article="<Abstract><AbstractText>One.\n  Two.</AbstractText></Abstract>")))[1:] == [
        (Section.ABSTRACT, None, "One. Two.")
    ]
    parts = '<AbstractText Label="UNLABELLED" NlmCategory="UNASSIGNED">One.</AbstractText><AbstractText Label="AIM"/>'
    assert passages(document(record(article=f"<Abstract>{parts}</Abstract>")))[1:] == [(Section.ABSTRACT, None, "One.")]


def test_a_formula_of_its_own_does_not_glue_words() -> None:
    formula = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>n</mi></math>'
    part = f"<AbstractText>Let<DispFormula>{formula}</DispFormula>be.</AbstractText>"
    assert document(record(article=f"<Abstract>{part}</Abstract>")).text == "Knees.\nLet n be."


OTHERS = (
    '<OtherAbstract Type="Publisher" Language="fre"><AbstractText>Les genoux.</AbstractText></OtherAbstract>'
    '<OtherAbstract Type="plain-language-summary" Language="eng"><AbstractText Label="IN SHORT">Plainly.</AbstractText>'
    '</OtherAbstract><OtherAbstract Type="AIDS"><AbstractText Label="RESULTS">It helped.</AbstractText></OtherAbstract>'
)


@pytest.mark.parametrize("abstract", ["", "<Abstract/>", "<Abstract><AbstractText> </AbstractText></Abstract>"])
def test_other_abstracts_in_english_stand_in_for_a_missing_one(abstract: str) -> None:
    assert passages(document(record(article=abstract, citation=OTHERS)))[1:] == [
        (Section.SUMMARY, "IN SHORT", "Plainly."),
        (Section.RESULTS, "RESULTS", "It helped."),
    ]


def test_other_abstracts_are_left_out_beside_an_abstract() -> None:
    own = "<Abstract><AbstractText>Own.</AbstractText></Abstract>"
    assert document(record(article=own, citation=OTHERS)).text == "Knees.\nOwn."


def journal(date: str) -> str:
    return f"<Journal><JournalIssue><PubDate>{date}</PubDate></JournalIssue></Journal>"


@pytest.mark.parametrize(
    ("printed", "electronic", "expected"),
    [
        ("<Year>2019</Year><Month>Nov</Month><Day>7</Day>", "", "2019-11-07"),
        ("<Year>2019</Year><Month>03</Month>", "", "2019-03"),
        ("<Year>2019</Year><Season>Winter</Season>", "", "2019"),
        ("<MedlineDate>2019 Nov-Dec</MedlineDate>", "", "2019-11"),
        ("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", "", "1998-12"),
        ("<MedlineDate>2015 Nov 27-Dec 3</MedlineDate>", "", "2015-11-27"),
        ("<MedlineDate>1999-2000</MedlineDate>", "", "1999"),
        ("<MedlineDate>2000 Spring</MedlineDate>", "", "2000"),
        ("<MedlineDate>Winter 2012</MedlineDate>", "", "2012"),
        ("<MedlineDate>some day</MedlineDate>", "", None),
        ("<Year>20190</Year>", "", None),
        ("", "", None),
        ("", "<Year>2019</Year><Month>10</Month><Day>04</Day>", "2019-10-04"),
        ("<Year>2020</Year><Month>Jan</Month>", "<Year>2019</Year><Month>10</Month><Day>04</Day>", "2019-10-04"),
        ("<Year>2019</Year>", "<Year>2019</Year><Month>10</Month><Day>04</Day>", "2019-10-04"),
        ("<Year>1985</Year><Month>Jan</Month>", "<Year>2010</Year><Month>10</Month><Day>04</Day>", "1985-01"),
    ],
)
def test_dates(printed: str, electronic: str, expected: str | None) -> None:
    article = journal(printed) + f'<ArticleDate DateType="Electronic">{electronic}</ArticleDate>'
    assert document(record(article=article)).paper.date == expected


@pytest.mark.parametrize(
    ("kind", "link", "expected"),
    [
        ('<PublicationType UI="D016441">Retracted Publication</PublicationType>', "", True),
        ("<PublicationType>Retracted Publication</PublicationType>", "", True),
        ("", "RetractionIn", True),
        ("", "RetractedandRepublishedIn", True),
        ('<PublicationType UI="D016440">Retraction of Publication</PublicationType>', "RetractionOf", False),
        ("", "ErratumIn", False),
        ("", "ExpressionOfConcernIn", False),
    ],
)
def test_retraction(kind: str, link: str, expected: bool) -> None:
    links = f'<CommentsCorrectionsList><CommentsCorrections RefType="{link}"/></CommentsCorrectionsList>'
    article = f"<PublicationTypeList>{kind}</PublicationTypeList>"
    assert document(record(article=article, citation=links)).paper.retracted is expected


def test_the_identifiers_of_references_are_not_those_of_the_paper() -> None:
    reference = '<Reference><ArticleIdList><ArticleId IdType="doi">10.5555/r</ArticleId></ArticleIdList></Reference>'
    own = '<ArticleIdList><ArticleId IdType="doi">10.5555/a</ArticleId><ArticleId>x</ArticleId></ArticleIdList>'
    data = f"<ReferenceList>{reference}</ReferenceList>"
    assert document(record(data=data)).paper.identifiers == ("PMID:1",)
    assert document(record(data=own + data)).paper.identifiers == ("PMID:1", "doi:10.5555/a")


def test_a_journal_without_its_full_title() -> None:
    short = "<Journal><Title/><ISOAbbreviation>J Knee</ISOAbbreviation></Journal>"
    assert document(record(article=short)).paper.journal == "J Knee"
    info = "<MedlineJournalInfo><MedlineTA>J Knee</MedlineTA></MedlineJournalInfo>"
    assert document(record(citation=info)).paper.journal == "J Knee"
    assert document(record()).paper.journal is None


def test_books_and_chapters_are_read_too(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xml", BOOK % CHAPTER, WHOLE)
    chapter, other = read_documents(path)
    assert (chapter.id, other.id) == ("99000009", "99000001")
    assert passages(chapter) == [(Section.TITLE, None, "Old Knee"), (Section.ABSTRACT, "MANAGEMENT.", "Rest them.")]
    paper = chapter.paper
    assert (paper.id, paper.authors, paper.date) == ("PMID:99000009", ("Ann Doe",), "2005-02-04")
    assert (paper.journal, paper.publication_types) == ("The Book of Knees\u00ae", ("Review",))
    book = document(BOOK % "").paper
    assert (book.title, book.journal, book.authors) == ("The Book of Knees\u00ae", None, ())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xml", PROLOG + "<PubmedArticleSet>" + record() + "</PubmedArticleSet>"),
        ("a", record()),
        ("a.txt", record()),
        ("a.txt", "<PubmedArticleSet>" + record() + "</PubmedArticleSet>"),
        ("a.xml", BOOK % CHAPTER),
        ("a.xml", "\ufeff" + PROLOG + "<PubmedBookArticleSet>" + BOOK % CHAPTER + "</PubmedBookArticleSet>"),
    ],
)
def test_the_root_element_tells_the_format(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert detect_format(path) == "pubmed"
    assert len(list(read_documents(path))) == 1


def test_gzip_as_in_the_baseline(tmp_path: Path) -> None:
    deleted = "<DeleteCitation><PMID>5</PMID><PMID>6</PMID></DeleteCitation>"
    content = f"{PROLOG}<PubmedArticleSet>{WHOLE}{record()}{deleted}</PubmedArticleSet>"
    path = tmp_path / "pubmed25n0001.xml.gz"
    path.write_bytes(gzip.compress(content.encode()))
    assert [found.id for found in read_documents(path)] == ["99000001", "1"]


def test_bad_records_are_told_and_the_others_read(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.xml",
        record(pmid=""),
        record(pmid="<PMID>none</PMID>"),
        "<PubmedArticle/>",
        record(pmid="<PMID>4</PMID>", title="<ArticleTitle>[Not Available].</ArticleTitle>"),
        "<PubmedArticle><MedlineCitation><PMID>5</PMID></MedlineCitation></PubmedArticle>",
        record(pmid="<PMID>6</PMID>"),
        record(pmid="<PMID>6</PMID>"),
    )
    errors: list[SourceError] = []
    assert [found.id for found in read_documents(path, on_error=errors.append)] == ["6"]
    no_id = "has no PMID; fetch the record from PubMed again or leave it out"
    no_text = "the document has no text; give it a title or an abstract, or leave it out"
    assert [str(error).removeprefix(f"{path}: ") for error in errors] == [
        *(f"record {number}: {no_id}" for number in (1, 2, 3)),
        *(f"record {number}: {no_text}" for number in (4, 5)),
        "record 7: the id '6' occurs twice; give each document its own id",
    ]


def test_a_file_that_is_cut_short_gives_what_it_has(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(f"{PROLOG}<PubmedArticleSet>{record()}{WHOLE[:2000]}", encoding="utf-8")
    errors: list[SourceError] = []
    assert [found.id for found in read_documents(path, on_error=errors.append)] == ["1"]
    assert len(errors) == 1
    assert "not well-formed XML (" in str(errors[0])


@pytest.mark.parametrize("content", ["<PubmedArticleSet/>", "<PubmedArticleSet><DeleteCitation/></PubmedArticleSet>"])
def test_a_set_without_records(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.xml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match="holds no document"):
        list(read_documents(path))


@pytest.mark.parametrize(
    "subset", ['<!ENTITY a "x"><!ENTITY b "&a;&a;&a;">', '<!ENTITY a SYSTEM "file:///etc/passwd">']
)
def test_entity_declarations_are_refused(tmp_path: Path, subset: str) -> None:
    content = record(title="<ArticleTitle>&a;</ArticleTitle>")
    path = write(tmp_path / "a.xml", content, prolog=f"<!DOCTYPE PubmedArticleSet [{subset}]>")
    for name in (None, "pubmed"):
        with pytest.raises(SourceError, match="declares XML entities of its own"):
            list(read_documents(path, name))


def test_deep_nesting_ends_in_an_error(tmp_path: Path) -> None:
    deep = "<i>" * 5000 + "x" + "</i>" * 5000
    path = write(tmp_path / "a.xml", record(title=f"<ArticleTitle>{deep}</ArticleTitle>"))
    with pytest.raises(SourceError, match=r"not well-formed XML|nested too deeply"):
        list(read_documents(path))


words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=30)


@given(words, st.lists(st.tuples(words, st.sampled_from(["", "METHODS", "RESULTS", "UNASSIGNED"]), words), max_size=4))
def test_offsets_are_those_of_what_was_written(title: str, parts: list[tuple[str, str, str]]) -> None:
    abstract = "".join(
        f"<AbstractText Label={quoteattr(label)} NlmCategory={quoteattr(category)}>{escape(text)}</AbstractText>"
        for label, category, text in parts
    )
    heading = f"<ArticleTitle>On {escape(title)}</ArticleTitle>"
    found = document(record(title=heading, article=f"<Abstract>{abstract}</Abstract>"))
    assert found.passages[0].section is Section.TITLE
    assert found.passages[0].start == 0
    for before, after in zip(found.passages, found.passages[1:], strict=False):
        assert after.start == before.end + 1
        assert found.text[before.end] == "\n"
    assert max(found.passages[-1].end, len(found.title) + 1) == len(found.text)
    texts = [found.text[p.start : p.end] for p in found.passages[1:]]
    assert texts == [text for _, _, raw in parts if (text := squeeze(raw))]


@given(st.integers(1, 999_999_999))
def test_the_id_is_the_pmid_in_digits(number: int) -> None:
    found = document(record(pmid=f'<PMID Version="1">{number}</PMID>'))
    assert (found.id, found.paper.id) == (str(number), f"PMID:{number}")
