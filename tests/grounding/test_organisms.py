"""Grounding of organisms: former names, names below the species, bins, acronyms."""

from __future__ import annotations

import pytest

from kg.grounding import UNGROUNDED, Context, Grounder, TermIndex
from kg.grounding.defaults import common_names
from kg.grounding.score import ABBREVIATION, FORMER
from kg.model import MentionType
from kg.ontology import Ontology
from kg.ontology.normalize import key

SPECIES = MentionType.SPECIES


@pytest.fixture(scope="module")
def grounder(taxa: Ontology) -> Grounder:
    return Grounder(TermIndex(taxa, [SPECIES]))


def test_a_former_name_grounds_to_the_species_of_today(grounder: Grounder) -> None:
    decision = grounder.ground("Oldgenus marneffei", SPECIES, Context(""))
    assert (decision.curies, decision.term) == (("NCBITaxon:13",), "Newgenus marneffeus")
    assert (decision.method, decision.score) == ("former name", FORMER)


def test_a_short_form_of_a_former_name_too(grounder: Grounder) -> None:
    decision = grounder.ground("O. marneffei", SPECIES, Context("Oldgenus marneffei is a fungus."))
    assert (decision.curies, decision.method) == (("NCBITaxon:13",), "binomial")


def test_a_genus_that_spells_the_name_out_comes_before_an_earlier_one(grounder: Grounder) -> None:
    both = Context("Newgenus grows. Neverthere are others: Newgenus vulgaris, and Nogenus vulgaris.")
    assert grounder.ground("N. vulgaris", SPECIES, both).curies == ("NCBITaxon:14",)


@pytest.mark.parametrize(
    "name",
    [
        *("Xanthomonas campestris pv. raphani", "Xanthomonas campestris pv. ignota", "Xanthomonas campestris B100"),
        "Xanthomonas campestris, sp. nov.",
    ],
)
def test_what_is_below_a_species_grounds_to_it(grounder: Grounder, name: str) -> None:
    decision = grounder.ground(name, SPECIES, Context(""))
    assert (decision.curies, decision.method) == (("NCBITaxon:21",), "species of")
    assert decision.score == pytest.approx(ABBREVIATION)


def test_a_binomial_that_is_glued_together(grounder: Grounder) -> None:
    decision = grounder.ground("Xanthomonascampestris", SPECIES, Context(""))
    assert (decision.curies, decision.method) == (("NCBITaxon:21",), "glued")


def test_a_taxon_without_rank_above_the_species_is_no_organism(grounder: Grounder) -> None:
    assert grounder.ground("bins of everything", SPECIES, Context("")) == UNGROUNDED


def test_an_acronym_needs_words_of_a_full_name(grounder: Grounder) -> None:
    assert grounder.ground("WRIV", SPECIES, Context("WRIV was seen.")) == UNGROUNDED
    supported = Context("WRIV, a virus of a western river")
    assert grounder.ground("WRIV", SPECIES, supported).curies == ("NCBITaxon:40",)


@pytest.mark.parametrize(
    ("name", "curie"),
    [
        ("Nipah virus", "NCBITaxon:3052225"),
        ("bacteriophage P22", "NCBITaxon:10754"),
        ("sunflower", "NCBITaxon:4232"),
        ("leek", "NCBITaxon:4681"),
    ],
)
def test_usual_names_are_settled(name: str, curie: str) -> None:
    assert common_names()[key(name)][0] == curie
