"""Annotated documents for the tests of BioC: one by hand, and any by hypothesis."""

from __future__ import annotations

from typing import Final

from hypothesis import strategies as st

from kg.model import (
    AnnotatedDocument,
    Aspect,
    Assertion,
    Direction,
    Document,
    Evidence,
    Grounding,
    Intervention,
    InterventionUse,
    Mention,
    MentionType,
    Paper,
    Passage,
    Polarity,
    ProductKind,
    Qualifiers,
    Section,
    StudyType,
)
from kg.sources.assembly import TextBuilder
from kg.sources.characters import squeeze

PRODUCT: Final = Intervention(ProductKind.CELLS, "CL:0002568", None, None, "MSC")
TITLE: Final = "UC-MSCs for RIF"
"""15 characters."""
BODY: Final = "Mice & women \U0001f600: RIF < 5%."
"""From 16 on: Mice 16-20, women 23-28, the face 29, RIF 32-35; the face is one code point, two UTF-16 units."""
RIF: Final = "MSCKG:vocabulary/recurrent-implantation-failure"
THIN: Final = "MSCKG:vocabulary/thin-endometrium"


def small() -> AnnotatedDocument:
    """Two passages, five mentions, three assertions."""
    text = f"{TITLE}\n{BODY}"
    passages = (Passage(Section.TITLE, 0, 15), Passage(Section.METHODS, 16, len(text), "Cells & mice"))
    paper = Paper("PMID:7", TITLE, ("NCT:00000007", "PMC:88", "PMID:7", "doi:10.1/a<b"))

    def mention(start: int, end: int, kind: MentionType) -> Mention:
        return Mention("7", start, end, text[start:end], kind)

    def evidence(start: int, end: int, section: Section) -> Evidence:
        kind = StudyType.CLINICAL_TRIAL
        return Evidence("7", "PMID:7", text[start:end], start, end, section, kind, "rule", 0.5)

    title, body = evidence(0, 15, Section.TITLE), evidence(16, len(text), Section.METHODS)
    return AnnotatedDocument(
        Document("7|a", paper, text, passages),
        (
            Grounding(mention(12, 15, MentionType.DISEASE), (RIF, THIN), "RIF", "abbreviation", 0.8),
            Grounding(mention(16, 20, MentionType.SPECIES), (), None, "none", 0.0),
            Grounding(mention(23, 28, MentionType.SPECIES), ("NCBITaxon:9606",), "women", "people", 1.0),
            Grounding(mention(0, 2, MentionType.TISSUE), ("UBERON:0002331",), "UC", "exact", 1.0),
            Grounding(mention(32, 35, MentionType.DISEASE), (RIF,), "RIF", "abbreviation", 0.8),
        ),
        (InterventionUse(PRODUCT, (mention(0, 7, MentionType.INTERVENTION),)),),
        (
            Assertion(
                PRODUCT.id,
                "biolink:applied_to_treat",
                RIF,
                Polarity.POSITIVE,
                Qualifiers("NCBITaxon:9606", StudyType.CLINICAL_TRIAL, "1/2"),
                (body, title),
            ),
            Assertion(
                PRODUCT.id, "MSCKG:no_effect_shown", "MESH:D000001", Polarity.NEGATIVE, Qualifiers(), (body,), True
            ),
            Assertion(
                "CL:0000057",
                "biolink:affects",
                RIF,
                Polarity.NOT_STATED,
                Qualifiers(aspect=Aspect.MIGRATION, direction=Direction.DECREASED),
                (body,),
            ),
        ),
    )


LINES: Final = st.text(max_size=30).map(squeeze)
"""Texts as the readers of XML leave them: one line, no white space at its ends."""


@st.composite
def readable(draw: st.DrawFn) -> AnnotatedDocument:
    """Draw a document as a reader gives it, with mentions in its passages."""
    builder = TextBuilder(draw(LINES))
    body = st.sampled_from([section for section in Section if section is not Section.TITLE])
    for section, text in draw(st.lists(st.tuples(body, LINES), max_size=5)):
        builder.add(section, text)
    if builder.is_empty:
        builder.add(Section.ABSTRACT, "a")
    document = builder.build(draw(LINES.filter(bool)), Paper("PMID:7", "", ("PMID:7",)))
    found = [draw(_span(p.start, p.end)) for p in document.passages for _ in range(draw(st.integers(0, 2)))]
    return _annotated(document, found)


@st.composite
def anything(draw: st.DrawFn) -> AnnotatedDocument:
    """Draw a document that no reader gives: any characters, spans that cross passages, no passage at all."""
    texts = draw(st.lists(st.text(st.characters(), max_size=12), max_size=4))
    passages: list[Passage] = []
    for text in texts:
        start = passages[-1].end + 1 if passages else 0
        passages.append(Passage(draw(st.sampled_from(Section)), start, start + len(text), draw(st.none() | st.text())))
    whole = "\n".join(texts)
    document = Document(draw(st.text(st.characters(), max_size=5)), Paper("MSCKG:document/x", ""), whole, (*passages,))
    return _annotated(document, draw(st.lists(_span(0, len(whole)), max_size=4)))


def _span(low: int, high: int) -> st.SearchStrategy[tuple[int, int]]:
    return st.tuples(st.integers(low, high), st.integers(low, high)).map(lambda ends: (min(ends), max(ends)))


def _annotated(document: Document, spans: list[tuple[int, int]]) -> AnnotatedDocument:
    found = [Mention(document.id, a, b, document.text[a:b], MentionType.DISEASE) for a, b in spans]
    return AnnotatedDocument(document, tuple(Grounding(m, ("MESH:D000001",), None, "exact", 1.0) for m in found))
