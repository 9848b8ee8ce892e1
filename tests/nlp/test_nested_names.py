from __future__ import annotations

from spacy.language import Language

from kg.nlp import load_pipeline
from kg.ontology.ontology import default_directory, open_ontology


def mentions(nlp: Language, text: str) -> list[tuple[str, str]]:
    doc = nlp(text)
    return [(s.text, s.label_) for s in doc.spans["kg_mentions"]]


def test_the_organism_in_a_disease_is_a_mention_where_only_names_count() -> None:
    ontology = open_ontology(default_directory())
    text = "Dengue virus infection spreads. Tuberculosis does not."
    with_people = mentions(load_pipeline(ontology), text)
    names = mentions(load_pipeline(ontology, people=False), text)
    assert ("Dengue virus", "Species") not in with_people
    assert names == [("Dengue virus infection", "Disease"), ("Dengue virus", "Species"), ("Tuberculosis", "Disease")]


def test_calves_and_adjectives_are_organisms_only_with_people() -> None:
    ontology = open_ontology(default_directory())
    text = "A murine line grew in fetal calf serum with bovine albumin."
    species = [m for m in mentions(load_pipeline(ontology), text) if m[1] == "Species"]
    names = [m for m in mentions(load_pipeline(ontology, people=False), text) if m[1] == "Species"]
    assert species == [("murine", "Species"), ("calf", "Species"), ("bovine", "Species")]
    assert names == [("bovine", "Species")]
