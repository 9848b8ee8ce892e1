"""Precision, recall and F1 of mentions and of document-level concepts: pure functions on sets.

The two levels are those of the BioCreative V CDR task (Li et al. 2016, doi:10.1093/database/baw068): strict mention
spans, and the set of concept ids of each document; both micro-averaged over documents.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

VOCABULARIES: Final = {"Disease": "MESH:", "Species": "NCBITaxon:", "CellType": "CL:"}
"""Types that are scored, with the vocabulary whose ids count."""
OPTIONAL_TYPES: Final = {"CellVague": "CellType", "CellHeterogeneous": "CellType", "cell_vague": "CellType"}
"""Gold types whose mentions are neither required nor an error, and the type that they excuse."""
ACCEPTABLE: Final = "~"
"""Ends a gold id that is right but not required (a related, not an exact, concept)."""


class Level(StrEnum):
    """What is counted."""

    MENTION = "mention"
    CONCEPT = "concept"
    DOCUMENT = "document"
    """Interventions and statements of a document (`kg.evaluation.interventions`)."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """A mention in the form that is scored: offsets, type, ids (a gold id may end in ``~``)."""

    start: int
    end: int
    type: str
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """True positives, false positives, false negatives."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    @property
    def precision(self) -> float:
        """Share of the predictions that are right, 0 when there is none."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found, 0 when there is none."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one type at one level."""

    type: str
    level: Level
    counts: Counts


def score(pairs: Iterable[tuple[Iterable[Annotated], Iterable[Annotated]]], types: Iterable[str]) -> list[Score]:
    """Compare predictions with gold.

    Args:
        pairs: for each document its gold and its predicted mentions.
        types: which types; a type without a vocabulary here is scored at the level of mentions only.

    Returns:
        For each type the mention score, then the concept score.
    """
    wanted = list(types)
    mention = dict.fromkeys(wanted, Counts())
    concept = dict.fromkeys(wanted, Counts())
    for gold, predicted in pairs:
        gold, predicted = list(gold), list(predicted)
        for kind in wanted:
            mention[kind] += mention_counts(gold, predicted, kind)
            if kind in VOCABULARIES:
                concept[kind] += concept_counts(gold, predicted, kind)
    rows: list[Score] = []
    for kind in wanted:
        rows.append(Score(kind, Level.MENTION, mention[kind]))
        if kind in VOCABULARIES:
            rows.append(Score(kind, Level.CONCEPT, concept[kind]))
    return rows


def mention_counts(gold: list[Annotated], predicted: list[Annotated], kind: str) -> Counts:
    """Count one document's mentions by strict span."""
    want = {(a.start, a.end) for a in gold if a.type == kind}
    spare = {(a.start, a.end) for a in gold if OPTIONAL_TYPES.get(a.type) == kind}
    have = {(a.start, a.end) for a in predicted if a.type == kind}
    return Counts(len(want & have), len(have - want - spare), len(want - have))


def concept_counts(gold: list[Annotated], predicted: list[Annotated], kind: str) -> Counts:
    """Count one document's concept ids; ids of other vocabularies count for nothing."""
    prefix = VOCABULARIES[kind]
    firm = {i for a in gold if a.type == kind for i in a.ids if i.startswith(prefix) and not i.endswith(ACCEPTABLE)}
    related = {i for a in gold if kind in (a.type, OPTIONAL_TYPES.get(a.type)) for i in a.ids}
    accept = firm | {i.rstrip(ACCEPTABLE) for i in related}
    got = {i for a in predicted if a.type == kind for i in a.ids if i.startswith(prefix)}
    return Counts(len(firm & got), len(got - accept), len(firm - got))
