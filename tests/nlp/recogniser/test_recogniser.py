from __future__ import annotations

import itertools
import shutil
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from spacy.language import Language

from kg.errors import GroundingError
from kg.nlp import load_pipeline
from kg.nlp.recogniser import MODEL, Recogniser, load_recogniser
from kg.nlp.recogniser.decode import ALLOWED, FIRST, LAST, decode
from kg.nlp.recogniser.features import LABELS
from kg.nlp.recogniser.files import FILES, normaliser_fingerprint, read_manifest, verify


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return load_recogniser()


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def best_by_brute_force(probabilities: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> float:
    """Highest log probability of any allowed sequence of labels."""
    scores = np.log(probabilities + 1e-9)
    best = -np.inf
    for path in itertools.product(range(len(LABELS)), repeat=len(scores)):
        if FIRST[path[0]] and LAST[path[-1]] and all(ALLOWED[a, b] for a, b in itertools.pairwise(path)):
            best = max(best, sum(scores[i, label] for i, label in enumerate(path)))
    return best


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 4).flatmap(lambda n: arrays(np.float64, (n, len(LABELS)), elements=st.floats(0.01, 1.0))))
def test_decoding_finds_the_best_allowed_sequence(
    probabilities: np.ndarray[tuple[int, int], np.dtype[np.float64]],
) -> None:
    (mentions,) = decode([probabilities])
    labels = ["O"] * len(probabilities)
    for start, end, _ in mentions:
        labels[start:end] = ["S"] if end - start == 1 else ["B", *["I"] * (end - start - 2), "E"]
    found = sum(np.log(probabilities[i, LABELS.index(label)] + 1e-9) for i, label in enumerate(labels))
    assert found == pytest.approx(best_by_brute_force(probabilities))


def test_sentences_are_decoded_alike_alone_and_together() -> None:
    generator = np.random.default_rng(0)
    sentences = [generator.random((size, len(LABELS))) for size in (3, 1, 7)]
    assert decode(sentences) == [decode([one])[0] for one in sentences]


@settings(deadline=None, max_examples=40)
@given(st.text(alphabet="aeinrst ICD-()'.,\n", max_size=120))
def test_mentions_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    analysis = load_recogniser().analyse(text, [(0, len(text))], [])
    end = 0
    for first, last, probability in sorted(analysis.mentions):
        assert end <= first < last <= len(text)
        assert text[first:last].strip() == text[first:last]
        assert 0.0 <= probability <= 1.0
        end = last


def test_it_finds_a_disease_that_no_vocabulary_lists(nlp: Language) -> None:
    doc = nlp("Two patients developed severe trimethazoline-induced hepatotoxicity with jaundice.")
    found = {span.text for span in doc.spans["kg_mentions"] if span.label_ == "Disease"}
    assert any("hepatotoxicity" in text for text in found)
    assert "jaundice" in found


def test_an_organism_with_its_short_form_is_no_disease(nlp: Language) -> None:
    doc = nlp("Cells hold the Epstein-Barr virus (EBV). HIV infection was excluded.")
    found = {(span.text, span.label_) for span in doc.spans["kg_mentions"]}
    assert ("HIV infection", "Disease") in found
    assert ("Epstein-Barr virus", "Species") in found


def test_the_component_works_in_a_pipeline_of_someone_else() -> None:
    nlp = spacy.blank("en")
    for name in ("kg_sentences", "kg_abbreviations", "kg_lexicon", "kg_recogniser", "kg_grounder"):
        nlp.add_pipe(name)
    doc = nlp("She had thin endometrium and asthma.")
    assert [(s.text, s.kb_id_) for s in doc.spans["kg_mentions"] if s.label_ == "Disease"] == [
        ("thin endometrium", "MSCKG:vocabulary/thin-endometrium"),
        ("asthma", "MESH:D001249"),
    ]


def test_the_shipped_model_is_whole_and_small() -> None:
    verify(MODEL)
    assert sum(file.stat().st_size for file in MODEL.iterdir()) < 25_000_000


def test_the_normaliser_is_the_one_that_the_model_was_trained_with() -> None:
    assert read_manifest(MODEL)["normaliser"] == normaliser_fingerprint(), (
        "train the model again: make train CORPORA=..."
    )


@pytest.mark.parametrize("name", FILES)
def test_an_altered_or_missing_file_is_refused(tmp_path: Path, name: str) -> None:
    model = tmp_path / "model"
    shutil.copytree(MODEL, model)
    with (model / name).open("ab") as file:
        file.write(b"x")
    with pytest.raises(GroundingError, match=name):
        verify(model)
    (model / name).unlink()
    with pytest.raises(GroundingError, match=name):
        verify(model)
