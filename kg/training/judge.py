"""Trains the judge (`kg.nlp.recogniser.judge`) on proposals for documents that the models have not seen."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np

from kg.nlp.recogniser.features import Words
from kg.nlp.recogniser.judge import FEATURES, Features
from kg.nlp.recogniser.model import Models
from kg.nlp.recogniser.proposals import Draft
from kg.nlp.recogniser.usage import Usage
from kg.training.examples import Prepared
from kg.training.trees import fit
from kg.training.usage import write_usage

FOLDS: Final = 3
SETTINGS: Final = {
    "max_iter": 250,
    "learning_rate": 0.04,
    "max_leaf_nodes": 12,
    "min_samples_leaf": 40,
    "l2_regularization": 5.0,
    "early_stopping": False,
    "random_state": 0,
}
"""Of scikit-learn's boosted trees; chosen by cross-validation on the training documents."""
_SHARED: Final = ("gazetteer.marisa", "gazetteer.npz", "words.marisa", "words.npz", "vectors.npz")
_log = logging.getLogger(__name__)


def drafts(model: Path, documents: Sequence[Prepared]) -> Iterator[Draft]:
    """Yield what the models of a directory say of documents."""
    models = Models.load(model, Words.load(model))
    for document in documents:
        text = document.example.text
        yield models.draft(text, document.sentences, document.added, document.abbreviations)


def train(model: Path, documents: Sequence[Prepared], train_models: Callable[[Path, Sequence[Prepared]], None]) -> None:
    """Train and write ``judge.npz``, ``usage.marisa`` and ``usage.npz``.

    In turn each fold of the documents is left out, models and usage are learned from the others, and what they say of
    the documents left out becomes rows.

    Args:
        model: the model's directory, with all that the models share.
        documents: what to train on.
        train_models: trains the models on documents and writes them into a directory.
    """
    rows: list[list[float]] = []
    right: list[bool] = []
    for fold in range(FOLDS):
        _log.info("judge: models without fold %d of %d", fold + 1, FOLDS)
        inside = [document for document in documents if document.example.fold(FOLDS) != fold]
        outside = [document for document in documents if document.example.fold(FOLDS) == fold]
        with TemporaryDirectory() as name:
            work = Path(name)
            for file in _SHARED:
                shutil.copyfile(model / file, work / file)
            train_models(work, inside)
            write_usage(inside, work)
            features = Features(Usage.load(work), Words.load(work))
            for document, draft in zip(outside, drafts(work, outside), strict=True):
                gold = set(document.example.gold)
                rows += features.rows(draft)
                right += [draft.characters(place) in gold for place in draft.scores]
    write_usage(documents, model)
    fit(np.array(rows, np.float32), np.array(right), SETTINGS).save(model / "judge.npz", FEATURES)
