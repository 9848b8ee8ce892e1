"""Annotated documents as the recogniser sees them: sentences, attributes and labels."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import spacy
from spacy.language import Language

from kg.nlp import abbreviations, sentences, tokenizer
from kg.nlp.recogniser.features import Abbreviation, DocumentView, Words
from kg.nlp.recogniser.gazetteer import Gazetteer, Tagged

_REGISTERED: Final = (abbreviations, sentences, tokenizer)
_DEV: Final = 5
"""One document in so many belongs to the dev split."""


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
        return self._number % _DEV == 0

    def fold(self, folds: int) -> int:
        """Return the document's fold, the same in all corpora and independent of the dev split."""
        return self._number // _DEV % folds

    @property
    def _number(self) -> int:
        return int(hashlib.sha256(self.identifier.encode()).hexdigest(), 16)


@dataclass(frozen=True, slots=True)
class Prepared:
    """An example as tokens.

    Attributes:
        example: what it was made from.
        abbreviations: what the document defines.
        sentences: its sentences.
        added: attributes that the document adds to each token of each sentence.
        labels: the label of each token of each sentence.
    """

    example: Example
    abbreviations: Sequence[Abbreviation]
    sentences: Sequence[Tagged]
    added: Sequence[Sequence[Sequence[str]]]
    labels: Sequence[str]


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
    """Makes sentences and attributes of documents, as the pipeline does.

    Args:
        gazetteer: vocabulary terms.
        words: what is known of words beforehand.
    """

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

    def prepare(self, example: Example) -> Prepared:
        """Return a document as tokens."""
        bounds, short = self.parts(example)
        tagged = [self._gazetteer.tag(example.text, start, end) for start, end in bounds]
        tagged = [sentence for sentence in tagged if sentence.words]
        view = DocumentView(tagged, short, self._gazetteer, self._words)
        added = [view.attributes(sentence, first=number == 0) for number, sentence in enumerate(tagged)]
        return Prepared(example, short, tagged, added, [labels(sentence, example.gold) for sentence in tagged])


def labels(sentence: Tagged, gold: Iterable[tuple[int, int]]) -> str:
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
    return "".join(result)
