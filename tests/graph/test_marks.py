from __future__ import annotations

from kg.graph.marks import Mark, SentenceMarks
from kg.graph.names import Names
from kg.model import (
    AnnotatedDocument,
    Document,
    Evidence,
    Grounding,
    Mention,
    MentionType,
    Paper,
    Section,
    Study,
    StudyType,
    Term,
    TermKind,
)
from tests.graph.build import ASHERMAN, MSC, THIN, FakeOntology

TEXT = "Women. MSCs repaired thin endometrium of thin endometrium mice."


def grounded(start: int, text: str, kind: MentionType, *curies: str) -> Grounding:
    assert TEXT[start : start + len(text)] == text
    mention = Mention("d", start, start + len(text), text, kind)
    return Grounding(mention, curies, text, "exact", 1.0)


def document(*groundings: Grounding) -> AnnotatedDocument:
    paper = Paper("PMID:1", "A paper")
    return AnnotatedDocument(Document("d", paper, TEXT, ()), groundings=groundings, study=Study(StudyType.NOT_STATED))


def sentence(start: int) -> Evidence:
    return Evidence("d", "PMID:1", TEXT[start:], start, len(TEXT), Section.ABSTRACT, StudyType.NOT_STATED, "rules", 1.0)


MSCS = grounded(7, "MSCs", MentionType.CELL_TYPE, MSC)
FIRST = grounded(21, "thin endometrium", MentionType.DISEASE, THIN)
SECOND = grounded(41, "thin endometrium", MentionType.DISEASE, THIN)
MICE = grounded(58, "mice", MentionType.SPECIES, "NCBITaxon:10090")


def test_mentions_of_the_sentence_are_marked_with_their_roles() -> None:
    outside = grounded(0, "Women", MentionType.SPECIES, "NCBITaxon:9606")
    marks = SentenceMarks([document(outside, MICE, SECOND, FIRST, MSCS)]).marks(sentence(7), MSC, THIN)
    assert marks == (
        Mark(0, 4, "CellType", "subject"),
        Mark(14, 30, "Disease", "object"),
        Mark(34, 50, "Disease", "object"),
        Mark(51, 55, "Species", ""),
    )


def test_of_overlapping_mentions_an_end_of_the_assertion_wins_then_the_longer() -> None:
    wide = grounded(21, "thin endometrium of", MentionType.DISEASE, ASHERMAN)
    tissue = grounded(26, "endometrium", MentionType.TISSUE, "UBERON:0001295")
    marks = SentenceMarks([document(FIRST, wide, tissue)])
    assert marks.marks(sentence(7), MSC, THIN) == (Mark(14, 30, "Disease", "object"),)
    assert marks.marks(sentence(7), MSC, "MESH:D000001") == (Mark(14, 33, "Disease", ""),)


def test_a_mention_that_leaves_the_sentence_and_an_unknown_document_have_no_marks() -> None:
    cut = Evidence("d", "PMID:1", TEXT[7:30], 7, 30, Section.ABSTRACT, StudyType.NOT_STATED, "rules", 1.0)
    assert SentenceMarks([document(FIRST)]).marks(cut, MSC, THIN) == ()
    assert SentenceMarks([]).marks(sentence(7), MSC, THIN) == ()


def test_other_names_are_the_words_of_the_texts_then_exact_synonyms() -> None:
    terms = (
        Term("Thin Endometrium", THIN, TermKind.EXACT, "own"),
        Term("thin lining", THIN, TermKind.EXACT, "own"),
        Term("endometrial problem", THIN, TermKind.BROAD, "own"),
    )
    composite = grounded(41, "thin endometrium of"[:16], MentionType.DISEASE, THIN, ASHERMAN)
    names = Names([document(FIRST, composite)], FakeOntology({}, {THIN: terms}))
    assert names.other(THIN, "endometrium, thin") == ["thin endometrium", "thin lining"]
    assert names.other(ASHERMAN, "Gynatresia") == []
