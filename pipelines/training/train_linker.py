"""Train the linker of diseases (``kg/grounding/data/linker.npz``) on annotated abstracts.

    python pipelines/training/train_linker.py [--part train] [--cross-validate] [-o FILE] CORPUS.pubtator...

The corpora are PubTator files with ``Disease`` annotations and MeSH ids; the shipped model is trained on the training
and development parts of BC5CDR, NCBI Disease and BioRED. With ``--cross-validate`` it writes nothing and prints what
five folds by document id give: accuracy over gold mentions, over those whose surface is in no other fold, and the F1
of documents' concepts. Needs scikit-learn, which comes with scispacy. Takes about two minutes.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier  # type: ignore[import-untyped]

from kg.evaluation.split import Part, in_part
from kg.grounding import Context, Grounder, make_grounder
from kg.grounding.linker import Linker, written_out
from kg.grounding.memory import Memory
from kg.grounding.names import Names, alike_words
from kg.grounding.rerank import Model, Trees
from kg.model import MentionType
from kg.nlp.load import load_pipeline
from kg.ontology import Ontology, open_ontology
from kg.ontology.normalize import key
from kg.sources.pubtator import read_gold

FOLDS = 5
SETTINGS = {
    "max_iter": 150,
    "learning_rate": 0.08,
    "max_leaf_nodes": 12,
    "max_depth": 6,
    "min_samples_leaf": 20,
    "l2_regularization": 1.0,
    "early_stopping": False,
    "random_state": 0,
}
NO_TREES = Trees(
    feature=np.zeros(0, np.int16),
    threshold=np.zeros(0, np.float32),
    left=np.zeros(0, np.int32),
    right=np.zeros(0, np.int32),
    value=np.zeros(0, np.float32),
    root=np.zeros(0, np.int32),
    base=0.0,
    depth=0,
)


@dataclass(frozen=True, slots=True)
class Example:
    """One surface in one document: the ids that the annotators gave it, and how often it is there."""

    corpus: str
    document: str
    surface: str
    ids: frozenset[str]
    composite: bool
    count: int
    context: Context
    exact: str | None
    others: frozenset[str]

    @property
    def fold(self) -> int:
        """The fold of the document, the same in all corpora."""
        return int(hashlib.sha256(self.document.encode()).hexdigest(), 16) // 5 % FOLDS


def examples(paths: Iterable[Path], part: Part, ontology: Ontology) -> Iterator[Example]:
    """Read annotated documents."""
    nlp = load_pipeline(ontology)
    grounder = make_grounder(ontology, list(MentionType))
    for path in paths:
        for gold in read_gold(path):
            if not in_part(gold.document.id, part):
                continue
            doc = nlp.make_doc(gold.document.text)
            doc._.kg_passages = [
                {"section": str(p.section), "start": p.start, "end": p.end} for p in gold.document.passages
            ]
            for name in ("kg_sentences", "kg_abbreviations"):
                doc = nlp.get_pipe(name)(doc)
            context = Context(gold.document.text, ((d["short"], d["long"]) for d in doc._.kg_abbreviations))
            ids: dict[str, tuple[str, ...]] = {}
            counts: Counter[str] = Counter()
            for annotation in gold.annotations:
                if annotation.type == "Disease":
                    ids.setdefault(annotation.text, annotation.identifiers)
                    counts[annotation.text] += 1
            exact = {s: _exact(grounder, s, context) for s in ids}
            for surface, given in ids.items():
                known = frozenset(i for i in given if i.startswith("MESH:") and ontology.resolve(i) == i)
                others = frozenset(c for s, c in exact.items() if c is not None and s != surface)
                corpus = path.name.split(".")[0]
                yield Example(
                    corpus=corpus,
                    document=gold.document.id,
                    surface=surface,
                    ids=known,
                    composite=len(given) > 1,
                    count=counts[surface],
                    context=context,
                    exact=exact[surface],
                    others=others,
                )


def _exact(grounder: Grounder, surface: str, context: Context) -> str | None:
    curies = grounder.ground(surface, MentionType.DISEASE, context).curies
    return curies[0] if curies else None


def memory_of(chosen: Iterable[Example]) -> Memory:
    """Return the memory of examples with just one id; a short form is remembered by its long form and by itself."""
    pairs: list[tuple[str, str]] = []
    for example in chosen:
        if len(example.ids) == 1 and not example.composite:
            form = key(written_out(example.surface, example.context)).strip()
            itself = key(example.surface).strip()
            forms = {form} | ({itself} if len(itself) > 2 else set())
            pairs += [(f, curie) for f in sorted(forms) for curie in example.ids]
    return Memory.of(pairs)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of features: of which example, whether the candidate is right."""

    rows: npt.NDArray[np.float32]
    owner: npt.NDArray[np.int64]
    right: npt.NDArray[np.bool_]


def table_of(
    chosen: Sequence[Example], memories: Mapping[int, Memory], names: Names, alike: Mapping[str, Mapping[str, float]]
) -> Table:
    """Compute features; the memory of an example is that of the other folds, as for a new document."""
    linkers = {fold: Linker(names, Model(NO_TREES, alike, memory, {})) for fold, memory in memories.items()}
    rows: list[list[float]] = []
    owner: list[int] = []
    right: list[bool] = []
    for index, example in enumerate(chosen):
        if example.composite:
            continue
        candidates, found = linkers[example.fold].scored(example.surface, example.context, example.others)
        rows += found
        owner += [index] * len(found)
        right += [candidate.curie in example.ids for candidate in candidates]
    return Table(np.asarray(rows, np.float32), np.asarray(owner), np.asarray(right))


def fit(rows: npt.NDArray[np.float32], right: npt.NDArray[np.bool_]) -> Trees:
    """Train boosted trees and write them down as arrays."""
    classifier: Any = HistGradientBoostingClassifier(**SETTINGS).fit(rows, right)
    parts: dict[str, list[Any]] = {name: [] for name in ("feature", "threshold", "left", "right", "value")}
    roots: list[int] = []
    depth = 0
    for (predictor,) in classifier._predictors:
        nodes = predictor.nodes
        start = len(parts["feature"])
        here = np.arange(len(nodes))
        leaf = nodes["is_leaf"].astype(bool)
        roots.append(start)
        depth = max(depth, int(nodes["depth"].max()))
        parts["feature"] += np.where(leaf, 0, nodes["feature_idx"]).tolist()
        parts["threshold"] += np.where(leaf, 0.0, nodes["num_threshold"]).tolist()
        parts["left"] += (np.where(leaf, here, nodes["left"]) + start).tolist()
        parts["right"] += (np.where(leaf, here, nodes["right"]) + start).tolist()
        parts["value"] += np.where(leaf, nodes["value"], 0.0).tolist()
    return Trees(
        np.asarray(parts["feature"], np.int16),
        np.asarray(parts["threshold"], np.float32),
        np.asarray(parts["left"], np.int32),
        np.asarray(parts["right"], np.int32),
        np.asarray(parts["value"], np.float32),
        np.asarray(roots, np.int32),
        float(classifier._baseline_prediction.item()),
        depth,
    )


def cross_validate(chosen: Sequence[Example], names: Names, alike: Mapping[str, Mapping[str, float]]) -> None:
    """Print what models trained on four folds do on the fifth."""
    memories = {fold: memory_of(e for e in chosen if e.fold != fold) for fold in range(FOLDS)}
    table = table_of(chosen, memories, names, alike)
    folds = np.asarray([chosen[i].fold for i in table.owner])
    policies = ("exact", "exact, linked", "memory, exact, linked", "linked")
    totals: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    concepts: dict[tuple[str, str, str], tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for fold in range(FOLDS):
        trees = fit(table.rows[folds != fold], table.right[folds != fold])
        linker = Linker(names, Model(trees, alike, memories[fold], {}))
        seen = {key(e.surface) for e in chosen if e.fold != fold and (e.ids or e.composite)}
        for e in (e for e in chosen if e.fold == fold):
            linked = linker.link(e.surface, e.context, e.others).curies
            memory = linker.remembered(e.surface, e.context)
            exact = () if e.exact is None else (e.exact,)
            answers = (exact, exact or linked, (memory.curies if memory else ()) or exact or linked, linked)
            for policy, answer in zip(policies, answers, strict=True):
                total = totals[e.corpus, policy]
                new = "" if key(e.surface) in seen else "new "
                gold, predicted = concepts[e.corpus, policy, e.document]
                gold |= e.ids
                predicted |= {curie for curie in answer if curie.startswith("MESH:")}
                if e.ids:
                    total[new + "all"] += e.count
                    total[new + "right"] += e.count * bool(e.ids.intersection(answer))
                    total[new + "wrong"] += e.count * bool(answer and not e.ids.intersection(answer))
                if e.composite:
                    total["composite"] += len(e.ids)
                    total["composite right"] += len(e.ids.intersection(answer))
    for name, t in sorted(totals.items()):
        corpus, policy = name
        sets = [pair for (c, p, _), pair in concepts.items() if (c, p) == name]
        hit = sum(len(gold & found) for gold, found in sets)
        wanted = sum(len(gold) for gold, _ in sets)
        answered = sum(len(found) for _, found in sets)
        unseen = t["new all"]
        sys.stdout.write(
            f"{corpus:12} {policy:21} all {(t['right'] + t['new right']) / (t['all'] + unseen):.3f}"
            f"  unseen {t['new right'] / unseen:.3f} (wrong {t['new wrong'] / unseen:.3f}, n {unseen})"
            f"  composite ids {t['composite right']}/{t['composite']}"
            f"  concept P {hit / answered:.3f} R {hit / wanted:.3f} F1 {2 * hit / (wanted + answered):.3f}\n"
        )


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--part", type=Part, default=Part.ALL, choices=list(Part), help="documents to train on")
    parser.add_argument("--cross-validate", action="store_true")
    parser.add_argument("-o", "--output", type=Path, default=Path("kg/grounding/data/linker.npz"))
    arguments = parser.parse_args()
    ontology = open_ontology()
    chosen = list(examples(arguments.corpora, arguments.part, ontology))
    names = Names(ontology)
    alike = alike_words(names)
    if arguments.cross_validate:
        cross_validate(chosen, names, alike)
        return
    memories = {fold: memory_of(e for e in chosen if e.fold != fold) for fold in range(FOLDS)}
    table = table_of(chosen, memories, names, alike)
    header = {
        "corpora": sorted({e.corpus for e in chosen}),
        "part": str(arguments.part),
        "documents": len({e.document for e in chosen}),
        "examples": len(chosen),
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "ontology": ontology.fingerprint,
        "settings": SETTINGS,
    }
    Model(fit(table.rows, table.right), alike, memory_of(chosen), header).save(arguments.output)


if __name__ == "__main__":
    main()
