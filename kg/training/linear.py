"""Trains the linear chain and writes what the recogniser reads."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import marisa_trie
import numpy as np
import pycrfsuite
import spacy
from spacy.language import Language

from kg.nlp import abbreviations, sentences, tokenizer
from kg.nlp.recogniser.features import LABELS, Abbreviation, DocumentView, Words, attributes
from kg.nlp.recogniser.gazetteer import Gazetteer, Tagged
from kg.nlp.recogniser.model import Recogniser

_REGISTERED: Final = (abbreviations, sentences, tokenizer)
SETTINGS: Final = {
    "c1": 0.1,
    "c2": 0.05,
    "max_iterations": 90,
    "feature.possible_transitions": False,
    "feature.minfreq": 2,
}
"""Of L-BFGS in crfsuite; chosen on the dev split."""


@dataclass(frozen=True, slots=True)
class Example:
    """A document with its disease spans (characters)."""

    identifier: str
    corpus: str
    title: str
    text: str
    gold: tuple[tuple[int, int], ...]

    @property
    def is_dev(self) -> bool:
        """Tell whether the document belongs to the dev split: a fifth, by hash of its id."""
        return int(hashlib.sha256(self.identifier.encode()).hexdigest(), 16) % 5 == 0


def read_pubtator(path: Path, kind: str = "Disease") -> Iterator[Example]:
    """Yield the documents of a PubTator file."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.strip("\n").split("\n")
        parts = [line.split("|", 2) for line in lines[:2]]
        if len(parts) < 2 or any(len(part) < 3 for part in parts):
            continue
        fields = [line.split("\t") for line in lines[2:]]
        gold = sorted({(int(f[1]), int(f[2])) for f in fields if len(f) > 4 and f[4] == kind})
        text = f"{parts[0][2]} {parts[1][2]}"
        yield Example(parts[0][0], path.name.split(".")[0], parts[0][2], text, tuple(gold))


class Preparation:
    """Makes sentences and attributes of documents, as the pipeline does."""

    def __init__(self, gazetteer: Gazetteer, words: Words) -> None:
        self._gazetteer: Final = gazetteer
        self._words: Final = words
        self._nlp: Final[Language] = spacy.blank(
            "en", config={"nlp": {"tokenizer": {"@tokenizers": "kg_tokenizer.v1"}}}
        )
        self._nlp.add_pipe("kg_sentences")
        self._nlp.add_pipe("kg_abbreviations")

    def parts(self, example: Example) -> tuple[list[tuple[int, int]], list[Abbreviation]]:
        """Return the bounds of the sentences and the abbreviations of a document."""
        doc = self._nlp.make_doc(example.text)
        border = len(example.title)
        doc._.kg_passages = [
            {"section": "title", "start": 0, "end": border},
            {"section": "abstract", "start": border + 1, "end": len(example.text)},
        ]
        for _, component in self._nlp.pipeline:
            doc = component(doc)
        found = [Abbreviation(d["short"], d["long"], d["long_start"], d["long_end"]) for d in doc._.kg_abbreviations]
        return [(s.start_char, s.end_char) for s in doc.sents], found

    def sequences(self, example: Example) -> Iterator[tuple[list[list[str]], list[str]]]:
        """Yield attributes and labels, sentence by sentence."""
        bounds, short = self.parts(example)
        tagged = [self._gazetteer.tag(example.text, start, end) for start, end in bounds]
        tagged = [sentence for sentence in tagged if sentence.spans]
        view = DocumentView(tagged, short, self._gazetteer, self._words)
        for index, sentence in enumerate(tagged):
            added = view.attributes(sentence, first=index == 0)
            yield attributes(sentence, added, self._words), labels(sentence, example.gold)


def labels(sentence: Tagged, gold: Iterable[tuple[int, int]]) -> list[str]:
    """Return the label of each token; of overlapping mentions the first and longest counts."""
    result = ["O"] * len(sentence.spans)
    free = -1
    for start, end in sorted(gold, key=lambda span: (span[0], -span[1])):
        if start < free:
            continue
        free = end
        inside = [i for i, (a, b) in enumerate(sentence.spans) if a < end and start < b]
        for index in inside:
            place = "S" if len(inside) == 1 else "B" if index == inside[0] else "E" if index == inside[-1] else "I"
            result[index] = place
    return result


def train(model: Path, corpora: Iterable[Path], *, held_out: bool = False) -> None:
    """Train on every document of the corpora (without the dev split, if `held_out`) and write ``linear.*``.

    Args:
        model: the model's directory, with ``gazetteer.*`` and ``words.*``.
        corpora: PubTator files with diseases.
        held_out: leave out the dev split.
    """
    preparation = Preparation(Gazetteer.load(model), Words.load(model))
    trainer = pycrfsuite.Trainer(verbose=False)
    for path in corpora:
        for example in read_pubtator(path):
            if not (held_out and example.is_dev):
                for rows, wanted in preparation.sequences(example):
                    trainer.append(pycrfsuite.ItemSequence(rows), wanted)
    trainer.set_params(SETTINGS)
    with TemporaryDirectory() as work:
        file = str(Path(work) / "model.crfsuite")
        trainer.train(file)
        tagger = pycrfsuite.Tagger()
        tagger.open(file)
        info = tagger.info()
    convert(info.state_features, info.transitions, model)


def evaluate(model: Path, corpora: Iterable[Path]) -> Iterator[str]:
    """Yield precision, recall and F1 of exact spans on the dev split of each corpus, in percent."""
    recogniser = Recogniser.load(model)
    preparation = Preparation(Gazetteer.load(model), Words.load(model))
    for path in corpora:
        hits = predicted = wanted = 0
        for example in read_pubtator(path):
            if example.is_dev:
                found = {(a, b) for a, b, _ in recogniser.analyse(example.text, *preparation.parts(example)).mentions}
                hits += len(found & set(example.gold))
                predicted += len(found)
                wanted += len(example.gold)
        shares = 100 * hits / max(1, predicted), 100 * hits / max(1, wanted), 200 * hits / max(1, predicted + wanted)
        yield f"{path.name}: precision {shares[0]:.1f}, recall {shares[1]:.1f}, F1 {shares[2]:.1f}"


def convert(states: dict[tuple[str, str], float], steps: dict[tuple[str, str], float], output: Path) -> None:
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
