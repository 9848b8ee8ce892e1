from __future__ import annotations

import pytest

from kg.grounding import Context, make_grounder
from kg.grounding.defaults import cell_names
from kg.identifiers import is_curie
from kg.model import MentionType
from kg.ontology import Ontology, open_ontology


@pytest.fixture(scope="module")
def onto() -> Ontology:
    return open_ontology()


@pytest.mark.parametrize(
    ("phrase", "curies", "method"),
    [
        ("M1 and M2 macrophages", ("CL:0000863", "CL:0000890"), "expanded"),
        ("B and T cells", ("CL:0000236", "CL:0000084"), "expanded"),
        ("PDGFRB+ endothelial cells", ("CL:0000115",), "head"),
        ("hippocampal astrocytes", ("CL:0002604",), "normalized"),
        ("adipose MSCs", ("CL:0002570",), "expanded"),
        ("memory CD8+ T cells", ("CL:0000909",), "expanded"),
        ("natural killer (NK) cells", ("CL:0000623",), "expanded"),
        ("striped progenitors", (), "none"),
        ("cells", (), "none"),
    ],
)
def test_phrases_are_read_whole_by_parts_or_by_their_head(
    onto: Ontology, phrase: str, curies: tuple[str, ...], method: str
) -> None:
    decision = make_grounder(onto, list(MentionType)).ground(phrase, MentionType.CELL_TYPE, Context(""))
    assert (decision.curies, decision.method) == (curies, method)


def test_short_forms_of_the_document_are_written_out(onto: Ontology) -> None:
    context = Context("", [("ABC", "astrocytes")])
    decision = make_grounder(onto, list(MentionType)).ground("reactive ABC", MentionType.CELL_TYPE, context)
    assert decision.curies == ("CL:0000127",)


def test_a_head_scores_lower_than_a_whole_name(onto: Ontology) -> None:
    ground = make_grounder(onto, list(MentionType)).ground
    whole = ground("T cell", MentionType.CELL_TYPE, Context(""))
    head = ground("XYZ1+ T cell", MentionType.CELL_TYPE, Context(""))
    assert (head.curies, head.method) == (whole.curies, "head")
    assert head.score < whole.score


def test_plural_short_forms_and_words_that_are_no_cells(onto: Ontology) -> None:
    ground = make_grounder(onto, list(MentionType)).ground
    assert ground("GMPs", MentionType.CELL_TYPE, Context("")).curies == ("CL:0000557",)
    assert ground("GMP", MentionType.CELL_TYPE, Context("")).curies == ()
    assert ground("band", MentionType.CELL_TYPE, Context("")).curies == ()


def test_settled_names_are_current_classes(onto: Ontology) -> None:
    for curie, name in cell_names().values():
        concept = onto.concept(curie)
        assert is_curie(curie), name
        assert concept is not None, name
        assert not concept.obsolete, name
