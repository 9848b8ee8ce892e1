"""Trains the linear chain and writes what the recogniser reads of it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import marisa_trie
import numpy as np
import pycrfsuite

from kg.nlp.recogniser.features import LABELS, Words, attributes
from kg.training.examples import Prepared

SETTINGS: Final = {
    "c1": 0.1,
    "c2": 0.05,
    "max_iterations": 90,
    "feature.possible_transitions": False,
    "feature.minfreq": 2,
}
"""Of L-BFGS in crfsuite; chosen on the dev split."""


def train(model: Path, documents: Iterable[Prepared]) -> None:
    """Train and write ``linear.marisa`` and ``linear.npz``.

    Args:
        model: the model's directory, with ``words.*``.
        documents: what to train on.
    """
    words = Words.load(model)
    trainer = pycrfsuite.Trainer(verbose=False)
    for document in documents:
        for sentence, added, wanted in zip(document.sentences, document.added, document.labels, strict=True):
            trainer.append(pycrfsuite.ItemSequence(attributes(sentence, added, words)), list(wanted))
    trainer.set_params(SETTINGS)
    with TemporaryDirectory() as work:
        file = str(Path(work) / "model.crfsuite")
        trainer.train(file)
        tagger = pycrfsuite.Tagger()
        tagger.open(file)
        info = tagger.info()
    _convert(info.state_features, info.transitions, model)


def _convert(states: dict[tuple[str, str], float], steps: dict[tuple[str, str], float], output: Path) -> None:
    """Write weights as ``linear.marisa`` (attributes) and ``linear.npz`` (a row for each)."""
    names = marisa_trie.Trie(sorted({name for name, _ in states}))
    weights = np.zeros((len(names), len(LABELS)), np.float16)
    for (name, label), weight in states.items():
        weights[names[name], LABELS.index(label)] = weight
    transitions = np.zeros((len(LABELS), len(LABELS)), np.float32)
    for (before, after), weight in steps.items():
        transitions[LABELS.index(before), LABELS.index(after)] = weight
    names.save(str(output / "linear.marisa"))
    np.savez_compressed(output / "linear.npz", weights=weights, transitions=transitions)
