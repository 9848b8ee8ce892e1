"""What the linker of diseases learns from: mentions in annotated abstracts, with their documents."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.evaluation.split import Part, in_part
from kg.grounding import Context, Decision, Grounder
from kg.grounding.linker import written_out
from kg.grounding.memory import Memory
from kg.identifiers import Curie
from kg.model import MentionType
from kg.nlp.load import load_pipeline
from kg.ontology import Ontology
from kg.ontology.normalize import key
from kg.sources.pubtator import GoldDocument, read_gold

FOLDS: Final = 5
_SHORTEST: Final = 3
"""A remembered short form has at least this many characters."""


@dataclass(frozen=True, slots=True)
class Example:
    """A surface with the concepts that it means.

    Attributes:
        corpus: where it is from.
        document: the document's id.
        surface: the mention's text.
        ids: the concepts that it means, of those that the vocabulary has.
        composite: annotators gave it several ids.
        count: how often it is in the document.
        context: the document.
        exact: what exact readings say.
        others: concepts that exact readings give to the document's other mentions.
    """

    corpus: str
    document: str
    surface: str
    ids: frozenset[Curie]
    composite: bool
    count: int
    context: Context
    exact: Decision
    others: frozenset[Curie]

    @property
    def fold(self) -> int:
        """The fold of the document or concept, the same in all corpora."""
        return fold_of(self.document)


def fold_of(name: str) -> int:
    """Return the fold, 0 to `FOLDS` - 1, of a document or concept; independent of the development part."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) // 5 % FOLDS


def is_one_of(every: int, name: str) -> bool:
    """Tell whether a name is among one in so many, chosen by its hash."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % every == 0


def from_corpora(paths: Iterable[Path], part: Part, ontology: Ontology, grounder: Grounder) -> Iterator[Example]:
    """Read annotated documents.

    Args:
        paths: PubTator files with ``Disease`` annotations.
        part: which documents.
        ontology: the terminologies; ids that they do not have are left out.
        grounder: gives the exact readings.

    Raises:
        SourceError: a file cannot be read.
    """
    nlp = load_pipeline(ontology)
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
            yield from _of_document(path.name.split(".")[0], gold, context, ontology, grounder)


def _of_document(
    corpus: str, gold: GoldDocument, context: Context, ontology: Ontology, grounder: Grounder
) -> Iterator[Example]:
    ids: dict[str, tuple[str, ...]] = {}
    counts: Counter[str] = Counter()
    for annotation in gold.annotations:
        if annotation.type == "Disease":
            ids.setdefault(annotation.text, annotation.identifiers)
            counts[annotation.text] += 1
    exact = {surface: grounder.ground(surface, MentionType.DISEASE, context) for surface in ids}
    for surface, given in ids.items():
        yield Example(
            corpus=corpus,
            document=gold.document.id,
            surface=surface,
            ids=frozenset(i for i in given if i.startswith("MESH:") and ontology.resolve(i) == i),
            composite=len(given) > 1,
            count=counts[surface],
            context=context,
            exact=exact[surface],
            others=frozenset(curie for s, d in exact.items() if s != surface for curie in d.curies),
        )


def memory_of(chosen: Iterable[Example]) -> Memory:
    """Return the memory of examples with just one id: in how many documents a surface means a concept.

    A short form is remembered by its long form and by itself.
    """
    found: set[tuple[str, str, Curie]] = set()
    for example in chosen:
        if len(example.ids) == 1 and not example.composite:
            form = key(written_out(example.surface, example.context)).strip()
            itself = key(example.surface).strip()
            forms = {form} | ({itself} if len(itself) >= _SHORTEST else set())
            found.update((example.document, f, curie) for f in forms for curie in example.ids)
    return Memory.of((form, curie) for _, form, curie in sorted(found))
