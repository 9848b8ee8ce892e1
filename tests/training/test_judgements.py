from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.nlp import load_pipeline
from kg.nlp.assertion.facts import read_facts
from kg.nlp.intervention.normal import view
from kg.ontology import open_ontology
from kg.training.curated import Curated, is_meant, read_curated
from kg.training.judgements import (
    YES_NO,
    Fit,
    disease_examples,
    fit,
    named_once,
    result_examples,
    study_examples,
    target_examples,
)

IUA = "MESH:D006175"
SENTENCE = "BMSCs reduced fibrosis in intrauterine adhesions."
DOCUMENT = {
    "id": "1",
    "title": "BMSCs in intrauterine adhesions",
    "abstract": f"Rats with intrauterine adhesions and a history of osteoporosis were injected with BMSCs. {SENTENCE}",
}
CURATED = {
    "id": "1",
    "diseases": [IUA],
    "interventions": [{"product": "cells", "cell": "CL:0002540", "tissue": "UBERON:0002371", "targets": [IUA]}],
    "assertions": [
        {
            "intervention": 0,
            "disease": IUA,
            "polarity": "positive",
            "evidence": "preclinical_in_vivo",
            "sentence": SENTENCE,
        }
    ],
}


@pytest.fixture(scope="module")
def curated(tmp_path_factory: pytest.TempPathFactory) -> Curated:
    folder = tmp_path_factory.mktemp("curated")
    (folder / "a.docs.jsonl").write_text(json.dumps(DOCUMENT) + "\n", encoding="utf-8")
    (folder / "a.gold.jsonl").write_text(json.dumps(CURATED) + "\n", encoding="utf-8")
    (found,) = read_curated([str(folder / "a.gold.jsonl")], load_pipeline())
    return found


def test_examples(curated: Curated) -> None:
    ontology = open_ontology()
    assert curated.partners() == {0: 0}
    assert [label for _, label in study_examples(curated, ontology)] == ["preclinical_in_vivo"]
    assert [label for _, label in disease_examples(curated, ontology)] == ["yes", "no", "no"]
    assert [label for _, label in target_examples(curated, ontology)] == ["yes", "no", "no"]
    labels = [label for _, label in result_examples(curated, ontology)]
    assert labels == ["none", "none", "positive"] * 2


def test_named_once(curated: Curated) -> None:
    facts = read_facts(curated.doc, view(curated.doc))
    once = named_once(facts)
    assert [d.sentence for d in facts.diseases] == [0, 1, 1, 2, 2]
    assert [d.sentence for d in once.diseases] == [0, 1, 1, 2]
    assert once.named == [{0}, {0}, set()]


def test_a_gold_file_needs_its_texts(tmp_path: Path) -> None:
    (tmp_path / "a.docs.jsonl").write_text(json.dumps(DOCUMENT) + "\n", encoding="utf-8")
    gold = tmp_path / "b.gold.jsonl"
    gold.write_text(f"{json.dumps(CURATED)}\n{json.dumps({**CURATED, 'id': '2'})}\n", encoding="utf-8")
    with pytest.raises(SourceError, match="no text for 2"):
        list(read_curated([f"{gold}={tmp_path / 'a.docs.jsonl'}"], load_pipeline()))


def test_is_meant() -> None:
    ontology = open_ontology()
    thin = "MSCKG:vocabulary/thin-endometrium"
    assert is_meant(IUA, [IUA], {}, ontology)
    assert is_meant("MSCKG:vocabulary/chronic-endometritis", ["MESH:D004716"], {}, ontology)
    assert is_meant(thin, ["NIL:thin endometrium"], {}, ontology)
    assert not is_meant(thin, ["MESH:D014591"], {}, ontology)
    assert not is_meant(IUA, ["MESH:D004715"], {}, ontology)


def test_fit_learns_and_drops_what_is_rare() -> None:
    examples = [({"good": 1.0, f"only {n}": 1.0}, "yes") for n in range(20)] + [({"bad": 1.0}, "no")] * 20
    model = fit(examples, YES_NO, Fit(1.0, 2))
    assert set(model.weights) == {"good", "bad"}
    assert model.probabilities({"good": 1.0})["yes"] > 0.8 > 0.2 > model.probabilities({"bad": 1.0})["yes"]
    assert fit(examples, YES_NO, Fit(1.0, 2)).to_json() == model.to_json()
