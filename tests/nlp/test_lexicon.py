from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from kg.errors import GroundingError
from kg.model import MentionType
from kg.nlp import load_pipeline
from kg.nlp.lexicon import Candidate, Regions, choose
from kg.ontology import Ontology

DISEASE, CELL, SPECIES, TISSUE = (
    MentionType.DISEASE,
    MentionType.CELL_TYPE,
    MentionType.SPECIES,
    MentionType.TISSUE,
)


def mentions(nlp: Language, text: str) -> list[tuple[str, str, str]]:
    doc = nlp(text)
    return [(span.text, span.label_, span.kb_id_) for span in doc.spans["kg_mentions"]]


THIN = "MSCKG:vocabulary/thin-endometrium"


def test_a_short_form_means_its_long_form_before_its_definition_too(nlp: Language) -> None:
    assert mentions(nlp, "On TE. Thin endometrium (TE) is hard to treat. TEs differ.") == [
        ("TE", "Disease", THIN),
        ("Thin endometrium", "Disease", THIN),
        ("TE", "Disease", THIN),
        ("TEs", "Disease", THIN),
    ]


def test_a_short_form_of_something_else_is_no_mention(nlp: Language) -> None:
    text = "Rifampicin (RIF) was given for renal insufficiency. RIF worked."
    assert mentions(nlp, text) == [("renal insufficiency", "Disease", "MESH:D051437")]


def test_an_undefined_ambiguous_short_form_has_no_concept(nlp: Language) -> None:
    assert [found for found in mentions(nlp, "RIF and TE and MS were seen.") if found[2]] == []


def test_the_longest_term_wins_over_all_types(nlp: Language) -> None:
    assert mentions(nlp, "Cancer of the endometrium was seen.") == [
        ("Cancer of the endometrium", "Disease", "MESH:D016889")
    ]


def test_a_tissue_stays_inside_a_cell_type(nlp: Language) -> None:
    assert mentions(nlp, "Mesenchymal stem cells (MSCs) and umbilical cord-derived MSCs were compared.")[2:] == [
        ("umbilical cord-derived MSCs", "CellType", "CL:0002569"),
        ("umbilical cord", "Tissue", "UBERON:0002331"),
    ]


def test_people_and_binomials(nlp: Language, ontology: Ontology) -> None:
    text = "Staphylococcus aureus was found in women; S. aureus was not in mice."
    with_people = mentions(nlp, text)
    assert with_people == [
        ("Staphylococcus aureus", "Species", "NCBITaxon:1280"),
        ("women", "Species", "NCBITaxon:9606"),
        ("S. aureus", "Species", "NCBITaxon:1280"),
        ("mice", "Species", "NCBITaxon:10090"),
    ]
    assert mentions(load_pipeline(ontology, people=False), text) == [m for m in with_people if m[0] != "women"]


def test_no_term_crosses_a_sentence(nlp: Language) -> None:
    assert mentions(nlp, "It was heart. Failure came.") == []


def test_works_in_a_pipeline_of_another_tokenizer(ontology: Ontology) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_lexicon", config={"ontology": str(ontology.directory), "types": ["Disease"]})
    doc = nlp("Alzheimer's disease, not bone marrow.")
    assert [(s.text, s.label_, s.kb_id_, s.id_) for s in doc.spans["kg_mentions"]] == [
        ("Alzheimer's disease", "Disease", "", "0-19-Disease")
    ]


def test_an_unknown_type_is_refused(ontology: Ontology) -> None:
    with pytest.raises(GroundingError, match=r"'Gene'.*types are Disease"):
        spacy.blank("en").add_pipe("kg_lexicon", config={"ontology": str(ontology.directory), "types": ["Gene"]})


def test_choose_takes_the_leftmost_then_the_longest() -> None:
    a, b, c = Candidate(0, 5, DISEASE), Candidate(0, 9, DISEASE), Candidate(7, 12, SPECIES)
    assert choose([c, a, b]) == [b]
    assert choose([c, a]) == [a, c]


def test_choose_prefers_what_the_document_defines() -> None:
    assert choose([Candidate(0, 3, DISEASE), Candidate(0, 3, SPECIES, defined=True)]) == [
        Candidate(0, 3, SPECIES, defined=True)
    ]


@pytest.mark.parametrize(("kind", "kept"), [(CELL, True), (DISEASE, False)])
def test_choose_keeps_tissues_in_cell_types_only(kind: MentionType, kept: bool) -> None:
    outer, inner = Candidate(0, 20, kind), Candidate(0, 8, TISSUE)
    assert choose([inner, outer]) == ([outer, inner] if kept else [outer])


def test_choose_drops_a_tissue_that_sticks_out_or_covers_the_whole() -> None:
    cell = Candidate(5, 20, CELL)
    assert choose([cell, Candidate(0, 8, TISSUE), Candidate(5, 20, TISSUE)]) == [cell]


def test_regions() -> None:
    regions = Regions([(10, 20), (0, 5)])
    assert [regions.hold(*span) for span in ((0, 5), (1, 4), (4, 6), (10, 21), (12, 20), (6, 8))] == [
        *(True, True, False, False, True, False)
    ]
    assert [regions.touch(*span) for span in ((5, 10), (4, 6), (19, 30), (0, 30))] == [False, True, True, True]


def test_the_word_cells_belongs_to_a_cell_type(nlp: Language) -> None:
    assert mentions(nlp, "Fibroblast cells and fibroblasts.") == [
        ("Fibroblast cells", "CellType", "CL:0000057"),
        ("fibroblasts", "CellType", "CL:0000057"),
    ]


@pytest.mark.parametrize("border", [True, False])
def test_a_cell_name_does_not_reach_back_over_its_passage(nlp: Language, border: bool) -> None:
    title, abstract = "Repair of the human endometrial", "stromal cells were cultured."
    text = f"{title} {abstract}"
    doc = nlp.make_doc(text)
    if border:
        doc._.kg_passages = [
            {"section": "title", "start": 0, "end": len(title)},
            {"section": "abstract", "start": len(title) + 1, "end": len(text)},
        ]
    found = [span.text for span in nlp(doc).spans["kg_mentions"] if span.label_ == "CellType"]
    assert found == (["stromal cells"] if border else ["endometrial stromal cells"])
