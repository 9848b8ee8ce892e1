from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from kg.model import (
    AnnotatedDocument,
    Assertion,
    Document,
    DonorRelation,
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
    Route,
    Section,
    Study,
    StudyType,
    Term,
)
from kg.writers import to_jsonl, to_pubtator

TITLE = "Autologous WJ-MSCs for RIF"
ABSTRACT = "Stromal cells\thelped\nwomen."
TEXT = f"{TITLE}\n{ABSTRACT}"


class Terms:
    def label(self, curie: str) -> str | None:
        return None

    def terms(self, curie: str) -> tuple[Term, ...]:
        return ()

    def parents(self, curie: str) -> tuple[str, ...]:
        above = {
            "MSCKG:vocabulary/recurrent-implantation-failure": ("MSCKG:vocabulary/implantation-failure",),
            "MSCKG:vocabulary/implantation-failure": ("MESH:D007247",),
        }
        return above.get(curie, ())


def document(title: str = TITLE, abstract: str = ABSTRACT, name: str = "7") -> Document:
    end = len(title)
    passages = (Passage(Section.TITLE, 0, end), Passage(Section.ABSTRACT, end + 1, end + 1 + len(abstract)))
    return Document(name, Paper("PMID:7", title), f"{title}\n{abstract}", passages)


def mention(text: str, kind: MentionType) -> Mention:
    start = TEXT.index(text)
    return Mention("7", start, start + len(text), text, kind)


def annotated() -> AnnotatedDocument:
    product = Intervention(
        ProductKind.CELLS,
        "CL:0002568",
        "MSCKG:vocabulary/whartons-jelly",
        DonorRelation.AUTOLOGOUS,
        "autologous Wharton's jelly MSC",
    )
    rif = "MSCKG:vocabulary/recurrent-implantation-failure"
    evidence = Evidence("7", "PMID:7", TITLE, 0, len(TITLE), Section.TITLE, StudyType.OBSERVATIONAL, "rule", 0.5)
    return AnnotatedDocument(
        document(),
        (
            Grounding(mention("WJ-MSCs", MentionType.CELL_TYPE), ("CL:0000134",), "MSC", "exact", 0.9),
            Grounding(mention("RIF", MentionType.DISEASE), (rif,), "RIF", "abbreviation", 0.8),
            Grounding(mention("Stromal cells", MentionType.CELL_TYPE), (), None, "none", 0.0),
            Grounding(mention("women", MentionType.SPECIES), ("NCBITaxon:9606",), "women", "people", 1.0),
        ),
        (
            InterventionUse(
                product,
                (mention("Autologous WJ-MSCs", MentionType.INTERVENTION),),
                routes=(Route.INTRAUTERINE,),
                targets=(rif,),
            ),
        ),
        (
            Assertion(
                product.id,
                "biolink:applied_to_treat",
                rif,
                Polarity.NOT_STATED,
                Qualifiers("NCBITaxon:9606", StudyType.OBSERVATIONAL),
                (evidence,),
            ),
            Assertion(
                product.id,
                "biolink:applied_to_treat",
                "MESH:D000001",
                Polarity.NOT_STATED,
                Qualifiers(),
                (evidence,),
                True,
            ),
        ),
        Study(StudyType.OBSERVATIONAL, None, ("NCBITaxon:9606",)),
    )


def test_pubtator_block() -> None:
    product = annotated().interventions[0].intervention.id
    assert to_pubtator(annotated()) == (
        "7|t|Autologous WJ-MSCs for RIF\n"
        "7|a|Stromal cells helped women.\n"
        f"7\t0\t18\tAutologous WJ-MSCs\tIntervention\t{product}\n"
        "7\t11\t18\tWJ-MSCs\tCellType\tCL:0000134\n"
        "7\t23\t26\tRIF\tDisease\tMSCKG:vocabulary/recurrent-implantation-failure\n"
        "7\t27\t40\tStromal cells\tCellType\t-\n"
        "7\t48\t53\twomen\tSpecies\tNCBITaxon:9606\n"
        "\n"
    )


def test_jsonl_follows_the_curators_form() -> None:
    record = json.loads(to_jsonl(annotated(), Terms()))
    assert record["diseases"] == ["NIL:recurrent implantation failure"]
    assert record["broader"] == {"NIL:recurrent implantation failure": "MESH:D007247"}
    assert record["species"] == ["NCBITaxon:9606"]
    assert record["cell_types"] == ["CL:0002568"]
    (intervention,) = record["interventions"]
    assert intervention == {
        "surface": ["Autologous WJ-MSCs"],
        "product": "cells",
        "cell": "CL:0002568",
        "tissue": "WJ",
        "donor": "autologous",
        "carrier": None,
        "route": "intrauterine",
        "dose": None,
        "targets": ["NIL:recurrent implantation failure"],
        "evidence": "observational",
        "phase": None,
    }
    (assertion,) = record["assertions"]
    assert assertion == {
        "intervention": 0,
        "predicate": "applied_to_treat",
        "disease": "NIL:recurrent implantation failure",
        "polarity": "not_stated",
        "species": "NCBITaxon:9606",
        "evidence": "observational",
        "sentence": TITLE,
    }
    for entry in record["mentions"]:
        assert TEXT[entry["start"] : entry["end"]] == entry["text"]


@given(st.text(max_size=60), st.text(max_size=60), st.text(min_size=1, max_size=8))
def test_a_pubtator_block_is_two_lines_whatever_the_text(title: str, abstract: str, name: str) -> None:
    block = to_pubtator(AnnotatedDocument(document(title, abstract, name)))
    head, body, blank, end = block.split("\n")
    assert (blank, end) == ("", "")
    text = head.split("|", 2)[2] + " " + body.split("|", 2)[2]
    assert len(text) == len(title) + 1 + len(abstract)
    assert len(block.splitlines()) == 3
