"""Annotated documents made up for the tests of the tables and the report."""

from __future__ import annotations

from typing import ClassVar

from kg import vocabulary
from kg.model import (
    AnnotatedDocument,
    Assertion,
    Document,
    DonorRelation,
    Evidence,
    ForeignAnnotation,
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
    Relation,
    Route,
    Section,
    StudyType,
)

THIN = "MSCKG:vocabulary/thin-endometrium"
CORD = Intervention(
    ProductKind.CELLS,
    "CL:0002569",
    "UBERON:0002331",
    DonorRelation.ALLOGENEIC,
    "allogeneic umbilical cord-derived MSCs",
)
MARROW = Intervention(ProductKind.CELLS, "CL:0002540", "UBERON:0002371", None, "bone marrow-derived MSCs")


class Vocabulary:
    """An ontology of a handful of concepts."""

    LABELS: ClassVar = {
        THIN: "thin endometrium",
        "MESH:D014591": "Uterine Diseases",
        "MESH:D006175": "Gynatresia",
        "MESH:D016889": "Endometrial Neoplasms",
        "NCBITaxon:9606": "Homo sapiens",
        "CL:0002569": "mesenchymal stem cell of umbilical cord",
        "UBERON:0002331": "umbilical cord",
    }

    def label(self, curie: str) -> str | None:
        return self.LABELS.get(curie)

    def parents(self, curie: str) -> tuple[str, ...]:
        return ("MESH:D014591",) if curie == THIN else ()


def mention(document: str, text: str, source: str, kind: MentionType = MentionType.DISEASE) -> Mention:
    start = source.index(text)
    return Mention(document, start, start + len(text), text, kind)


def assertion(
    document: Document,
    product: Intervention,
    disease: str,
    sentence: str,
    study_type: StudyType,
    polarity: Polarity = Polarity.POSITIVE,
    confidence: float = 0.9,
    predicate: str = vocabulary.IN_CLINICAL_TRIALS_FOR,
) -> Assertion:
    start = document.text.index(sentence)
    item = Evidence(
        document.id,
        document.paper.id,
        sentence,
        start,
        start + len(sentence),
        Section.ABSTRACT,
        study_type,
        "rules",
        confidence,
    )
    species = "NCBITaxon:9606" if study_type is StudyType.CLINICAL_TRIAL else None
    return Assertion(product.id, predicate, disease, polarity, Qualifiers(species, study_type), (item,))


def primary() -> AnnotatedDocument:
    text = "Cells for a thin lining\nThin endometrium improved in a trial. TE | may *not* improve. =SUM(1) did nothing."
    paper = Paper("doi:10.1234/abc", "Cells for a thin lining", journal="Tests", date="2026-02-26")
    passages = (Passage(Section.TITLE, 0, 23), Passage(Section.ABSTRACT, 24, len(text)))
    foreign = (
        ForeignAnnotation("thin endometrium", "Disease", "MESH:D016889", "the input's page"),
        ForeignAnnotation("immune trouble", "Disease", "OMIM:614878", "the input's page"),
    )
    document = Document("paper", paper, text, passages, foreign=foreign)
    grounded = Grounding(mention("paper", "Thin endometrium", text), (THIN,), "thin endometrium", "exact", 1.0)
    unknown = Grounding(mention("paper", "TE", text), (), None, "none", 0.0)
    use = InterventionUse(
        CORD,
        (mention("paper", "Cells", text, MentionType.INTERVENTION),),
        routes=(Route.INTRAUTERINE,),
        targets=(THIN,),
    )
    return AnnotatedDocument(
        document,
        (grounded, unknown),
        (use,),
        (
            assertion(document, CORD, THIN, "TE | may *not* improve.", StudyType.REVIEW, Polarity.INCONCLUSIVE),
            assertion(document, CORD, THIN, "Thin endometrium improved in a trial.", StudyType.CLINICAL_TRIAL),
            assertion(document, CORD, "MESH:D006175", "=SUM(1) did nothing.", StudyType.IN_VITRO, Polarity.NEGATIVE),
        ),
    )


def related() -> AnnotatedDocument:
    text = "Thin endometrium and bone marrow cells"
    document = Document(
        "r1",
        Paper("PMID:7", text, date="2020"),
        text,
        (Passage(Section.TITLE, 0, len(text)),),
        relation=Relation.RELATED,
    )
    use = InterventionUse(MARROW, (mention("r1", "bone marrow cells", text, MentionType.INTERVENTION),))
    again = InterventionUse(CORD, (mention("r1", "cells", text, MentionType.INTERVENTION),))
    claim = assertion(
        document, CORD, THIN, text, StudyType.NOT_STATED, Polarity.NOT_STATED, 0.4, vocabulary.STUDIED_TO_TREAT
    )
    cells = Assertion("CL:0000134", vocabulary.CO_MENTIONED, THIN, Polarity.NOT_STATED, Qualifiers(), claim.evidence)
    return AnnotatedDocument(document, (), (use, again), (claim, cells))
