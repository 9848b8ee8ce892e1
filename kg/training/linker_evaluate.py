"""Cross-validation of the linker on annotated mentions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from kg.grounding import Decision, Grounder
from kg.grounding.linker import Linker
from kg.grounding.names import Names
from kg.grounding.rerank import Model
from kg.identifiers import Curie
from kg.ontology.normalize import key
from kg.training.linker_examples import FOLDS, Example, memory_of
from kg.training.linker_fit import Table, fit
from kg.training.linker_words import Words

Answers = Mapping[int, Decision]
"""What a linker says about examples, by their positions."""


def cross_validate(
    examples: Sequence[Example],
    table: Table,
    words: Words,
    alike: Mapping[str, Mapping[str, float]],
    names: Names,
    grounder: Grounder,
) -> dict[int, Decision]:
    """Return what linkers trained on four folds say about the fifth, with the documents' gold mentions given.

    Args:
        examples: all of them.
        table: their features (`kg.training.linker_fit.table_of`).
        words: what the translations are learned from.
        alike: words that stand for each other.
        names: the names of all diseases.
        grounder: gives the exact readings.
    """
    folds = np.asarray([e.fold for e in examples])[table.owner]
    answers: dict[int, Decision] = {}
    for fold in range(FOLDS):
        memory = memory_of(e for e in examples if e.fold != fold)
        model = Model(fit(table.part(folds != fold)), alike, words.table(fold), memory, {})
        linker = Linker(names, model, grounder)
        documents: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for index, example in enumerate(examples):
            if example.fold == fold:
                documents[example.corpus, example.document].append(index)
        for members in documents.values():
            exact = {examples[i].surface: examples[i].exact for i in members}
            found = linker.link_all(exact, examples[members[0]].context)
            answers |= {i: found[examples[i].surface] for i in members}
    return answers


def report(examples: Sequence[Example], answers: Answers) -> Iterator[str]:
    """Yield a line for each corpus: how many mentions are right, of all and of those that no other fold has.

    A mention with several ids counts as right when one of them is found. Each mention counts, not each surface.
    """
    seen = [{key(e.surface) for e in examples if e.fold != fold and (e.ids or e.composite)} for fold in range(FOLDS)]
    totals: defaultdict[str, Counter[str]] = defaultdict(Counter)
    concepts: defaultdict[tuple[str, str], tuple[set[Curie], set[Curie]]] = defaultdict(lambda: (set(), set()))
    for index, example in enumerate(examples):
        found = {curie for curie in answers[index].curies if curie.startswith("MESH:")}
        gold, predicted = concepts[example.corpus, example.document]
        gold |= example.ids
        predicted |= found
        total = totals[example.corpus]
        if example.ids:
            is_right = not example.ids.isdisjoint(found)
            for name in ("all",) if key(example.surface) in seen[example.fold] else ("all", "unseen"):
                total[name] += example.count
                total[name + " right"] += example.count * is_right
                total[name + " wrong"] += example.count * (bool(found) and not is_right)
        if example.composite:
            total["composite"] += len(example.ids)
            total["composite right"] += len(example.ids & found)
    for corpus, t in sorted(totals.items()):
        sets = [pair for (c, _), pair in concepts.items() if c == corpus]
        hit = sum(len(gold & found) for gold, found in sets)
        wanted, given = sum(len(gold) for gold, _ in sets), sum(len(found) for _, found in sets)
        yield (
            f"{corpus:12} all {t['all right'] / max(t['all'], 1):.3f}"
            f"  unseen {t['unseen right'] / max(t['unseen'], 1):.3f}"
            f" (wrong {t['unseen wrong'] / max(t['unseen'], 1):.3f}, n {t['unseen']})"
            f"  composite ids {t['composite right']}/{t['composite']}"
            f"  concept P {hit / max(given, 1):.3f} R {hit / max(wanted, 1):.3f}"
            f" F1 {2 * hit / max(wanted + given, 1):.3f}"
        )
