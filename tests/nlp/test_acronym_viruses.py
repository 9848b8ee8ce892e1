from __future__ import annotations

from kg.grounding import Context, Grounder, TermIndex
from kg.model import MentionType
from kg.nlp.acronym_viruses import acronym_viruses
from kg.ontology import Ontology


def test_an_acronym_before_virus_is_read_by_its_long_form(taxa: Ontology) -> None:
    grounder = Grounder(TermIndex(taxa, [MentionType.SPECIES]))
    text = "Western river (WR) fever is due to WR virus; XY virus and WR viruses differ."
    context = Context(text, [("WR", "Western river"), ("XY", "nothing")])
    assert [text[a:b] for a, b in acronym_viruses(text, context, grounder)] == ["WR virus", "WR viruses"]
