from __future__ import annotations

from importlib.metadata import entry_points

import spacy
from spacy.language import Language

from kg.nlp.load import COMPONENTS, load_pipeline
from kg.ontology import Ontology

TEXT = "Thin endometrium (TE) in women was treated with mesenchymal stem cells (MSCs)."


def test_components_in_order(nlp: Language) -> None:
    assert tuple(nlp.pipe_names) == COMPONENTS
    analysis = nlp.analyze_pipes()
    assert analysis is not None
    assert analysis["problems"] == {name: [] for name in COMPONENTS}


def test_every_component_has_an_entry_point() -> None:
    names = {point.name for point in entry_points(group="spacy_factories") if point.value.startswith("kg.")}
    assert set(COMPONENTS) <= names


def test_two_processes_give_what_one_gives(nlp: Language) -> None:
    texts = [TEXT, "", "Heart failure."] * 2
    alone = [_mentions(doc) for doc in nlp.pipe(texts)]
    assert [_mentions(doc) for doc in nlp.pipe(texts, n_process=2, batch_size=2)] == alone


def test_a_pipeline_is_stored_and_read_again(nlp: Language, ontology: Ontology) -> None:
    config = load_pipeline(ontology).config
    again = spacy.util.load_model_from_config(config, auto_fill=True)
    assert _mentions(again(TEXT)) == _mentions(nlp(TEXT))


def _mentions(doc: spacy.tokens.Doc) -> list[tuple[str, str]]:
    return [(span.id_, span.kb_id_) for span in doc.spans["kg_mentions"]]
