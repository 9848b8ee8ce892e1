"""The trained judgements on a document: what each intervention is given for, and what is reported of it.

They are logistic regressions over the features of `kg.nlp.assertion.signals`, trained on curated documents
(`kg.training.judgements`). A result is judged sentence by sentence, which gives the evidence, and on the document as a
whole; the polarity is the one that both together make likeliest.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.identifiers import Curie
from kg.model.assertion import Polarity
from kg.nlp.assertion.context import polarity_of
from kg.nlp.assertion.cues import TITLE_RESULT
from kg.nlp.assertion.facts import Facts
from kg.nlp.assertion.signals import document_features, sentence_features, target_features, tells_result
from kg.nlp.logistic import load

TARGETS: Final = Path(__file__).parent / "targets.json"
RESULTS: Final = Path(__file__).parent / "results.json"
DOCUMENTS: Final = Path(__file__).parent / "documents.json"
NOTHING: Final = "none"
"""Class of a sentence that says nothing of an intervention and a disease; the others are values of `Polarity`."""
_LIKELY: Final = 0.4
"""Least probability of a target."""
_BEST: Final = 0.15
"""Where no disease is a likely target, the likeliest is one from this probability on."""
_EVIDENCE: Final = 0.3
"""Least probability that a further sentence says something, for it to be evidence beside the first."""
_SENTENCES: Final = 3
_WHOLE: Final = 0.5
"""Weight of the judgement on the document as a whole beside the sum of those on its sentences."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What sentences report: `confidence` is the share of the evidence that is for `polarity`, in [0, 1].

    `sentences` are the numbers of those that it rests on, the weightiest first.
    """

    polarity: Polarity
    sentences: tuple[int, ...]
    confidence: float


def targets(f: Facts) -> list[tuple[Curie, ...]]:
    """Return for each intervention the diseases that it is given for, the likeliest first.

    Raises:
        GroundingError: the model is missing or damaged.
    """
    if f.fields or not f.body:
        return [tuple(f.targets)] * f.count  # a record and a bare title say by their form what they are on
    model = load(TARGETS)
    diseases = list(dict.fromkeys(curie for mention in f.diseases for curie in mention.curies))
    found: list[tuple[Curie, ...]] = []
    for index in range(f.count):
        likely = [(-model.probabilities(target_features(f, index, c))["yes"], c) for c in diseases]
        likely.sort()
        chosen = tuple(c for p, c in likely if -p >= _LIKELY)
        found.append(chosen or tuple(c for p, c in likely[:1] if -p >= _BEST))
    return found


def verdict(f: Facts, index: int, disease: Curie, among: Collection[int] | None = None) -> Verdict | None:
    """Judge what a document reports of an intervention for a disease; None where there is no sentence.

    Args:
        f: the document.
        index: the intervention.
        disease: its target.
        among: the sentences to look at; None: all.

    Raises:
        GroundingError: the model is missing or damaged.
    """
    if not f.body:
        return _of_title(f)
    model = load(RESULTS)
    total = dict.fromkeys(Polarity, 0.0)
    silent: list[tuple[float, int]] = []
    telling: list[tuple[float, int]] = []
    described = {
        n: sentence_features(f, n, index, disease) for n in (range(len(f.sentences)) if among is None else among)
    }
    for number, features in sorted(described.items()):
        said = model.probabilities(features)
        total[Polarity.NOT_STATED] += said[str(Polarity.NOT_STATED)]
        (telling if tells_result(features) else silent).append((said[NOTHING], number))
        if tells_result(features):
            for polarity in (Polarity.POSITIVE, Polarity.NEGATIVE, Polarity.INCONCLUSIVE):
                total[polarity] += said[str(polarity)]
    if not described:
        return None
    whole = load(DOCUMENTS).probabilities(document_features(list(described.values())))
    mass = max(1e-9, sum(total.values()))
    share = {p: (1 - _WHOLE) * total[p] / mass + _WHOLE * whole[str(p)] for p in Polarity}
    best = max(share, key=lambda polarity: share[polarity])
    weights = sorted(telling + silent if best is Polarity.NOT_STATED else telling or silent)
    kept = [number for nothing, number in weights[:_SENTENCES] if 1 - nothing >= _EVIDENCE]
    return Verdict(best, tuple(kept or [weights[0][1]]), round(share[best], 3))


def _of_title(f: Facts) -> Verdict:
    """Judge a bare title: few state a result."""
    said = polarity_of(f.text) if TITLE_RESULT.search(f.text) else None
    return Verdict(said or Polarity.NOT_STATED, (0,), 1.0)
